/** Errors and the masses of positives, each `[groups, size, classes]`, and the weights of voxels, `[groups, size]`. */
export interface JaccardArrays {
  readonly groups: number;
  readonly size: number;
  readonly classes: number;
  readonly errors: Float32Array;
  readonly positives: Float32Array;
  /** Left out where every voxel weighs 1. */
  readonly weights?: ArrayLike<number> | undefined;
}

/** Fills what the Jaccard loss grows by at each voxel, as the portable kernel says, in double precision. */
export function jaccardIncrements(given: JaccardArrays, increments: Float32Array): void {
  const { groups, size, classes } = given;
  const row = { order: new Int32Array(size), keys: new Int32Array(size), spare: new Int32Array(size) };
  for (let group = 0; group < groups; group++) {
    for (let label = 0; label < classes; label++) {
      const first = group * size * classes + label;
      sortFalling(given.errors, first, classes, row);
      fillRow(given, row.order, first, increments);
    }
  }
}

interface Row {
  /** The voxels of the row, largest error first. */
  readonly order: Int32Array;
  readonly keys: Int32Array;
  readonly spare: Int32Array;
}

function fillRow(given: JaccardArrays, order: Int32Array, first: number, increments: Float32Array): void {
  const { errors, positives, weights, classes, size } = given;
  const placeOf = (rank: number) => first + (order[rank] as number) * classes;
  const firstVoxel = Math.floor(first / classes);
  const negativeAt = (rank: number) => {
    const weight = weights ? (weights[firstVoxel + (order[rank] as number)] as number) : 1;
    return weight - (positives[placeOf(rank)] as number);
  };
  let labelled = 0;
  for (let rank = 0; rank < size; rank++) labelled += positives[placeOf(rank)] as number;
  let [intersection, union] = [labelled, labelled];
  for (let start = 0; start < size; ) {
    const level = errors[placeOf(start)] as number;
    let [end, left, whole] = [start, intersection, union];
    for (; end < size && errors[placeOf(end)] === level; end++) {
      left -= positives[placeOf(end)] as number;
      whole += negativeAt(end);
    }
    const perPositive = union > 0 ? (1 / union + 1 / whole) / 2 : 0;
    const perNegative = union > 0 ? (intersection + left) / 2 / (union * whole) : whole > 0 ? 1 / whole : 0;
    for (let rank = start; rank < end; rank++) {
      const at = placeOf(rank);
      increments[at] = (positives[at] as number) * perPositive + negativeAt(rank) * perNegative;
    }
    [intersection, union, start] = [Math.max(left, 0), whole, end];
  }
}

/** Fills the order in which errors fall. The bits of floats of at least 0 rise with them: two passes by 16 bits of their complement. */
function sortFalling(errors: Float32Array, first: number, classes: number, { order, keys, spare }: Row): void {
  const bits = new Int32Array(errors.buffer, errors.byteOffset, errors.length);
  for (let voxel = 0; voxel < order.length; voxel++) {
    // a zero of either sign is the smallest
    keys[voxel] = ~(bits[first + voxel * classes] as number) & 0x7fffffff;
    order[voxel] = voxel;
  }
  scatter(keys, order, spare, 0);
  scatter(keys, spare, order, 16);
}

/** Moves voxels from one order to the next, stable, rising by 16 bits of their keys. */
function scatter(keys: Int32Array, from: Int32Array, to: Int32Array, shift: number): void {
  const places = new Int32Array(65537);
  const digitOf = (voxel: number) => ((keys[voxel] as number) >>> shift) & 0xffff;
  for (const voxel of from) places[digitOf(voxel) + 1] = (places[digitOf(voxel) + 1] as number) + 1;
  for (let digit = 0; digit < 65536; digit++)
    places[digit + 1] = (places[digit + 1] as number) + (places[digit] as number);
  for (const voxel of from) {
    const digit = digitOf(voxel);
    to[places[digit] as number] = voxel;
    places[digit] = (places[digit] as number) + 1;
  }
}
