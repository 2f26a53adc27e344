// The reductions voxel by voxel in double precision, written from their definitions: p by its formula, dL/dp by the textbook rules, and the
// Jacobian of the activation entry by entry. Nothing here shares its algebra with the kernels.

export type Activation = "none" | "sigmoid" | "softmax";

/** What a kernel reads, in plain numbers. */
export interface Given {
  readonly batch: number;
  readonly voxels: number;
  readonly classes: number;
  readonly activation: Activation;
  readonly predictions: Float64Array;
  /** Targets `[batch, voxels, classes]`, 0 and 1 for hard ones. */
  readonly target: Float64Array;
  /** v, 0 for everything that is ignored. */
  readonly weights: Float64Array;
}

interface Voxel {
  readonly p: number[];
  readonly q: number[];
  readonly minusLog: number[];
  readonly minusLogComplement: number[];
}

const smallest = 1e-7;
const sumOf = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const continued = (p: number) => (p > smallest ? -Math.log(p) : -Math.log(smallest) - (p - smallest) / smallest);

function voxelOf(x: readonly number[], activation: Activation): Voxel {
  if (activation === "none") {
    const q = x.map((p) => 1 - p);
    return { p: [...x], q, minusLog: x.map(continued), minusLogComplement: q.map(continued) };
  }
  if (activation === "sigmoid") {
    const softplus = (z: number) => Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)));
    return {
      p: x.map((z) => 1 / (1 + Math.exp(-z))),
      q: x.map((z) => 1 / (1 + Math.exp(z))),
      minusLog: x.map((z) => softplus(-z)),
      minusLogComplement: x.map((z) => softplus(z)),
    };
  }
  const logSum = (values: readonly number[]) => {
    const top = Math.max(...values);
    return top + Math.log(sumOf(values.map((value) => Math.exp(value - top))));
  };
  const total = logSum(x);
  const top = x.indexOf(Math.max(...x));
  // of all but the largest, the total without them has lost nothing
  const others = x.map((z, c) =>
    c === top ? logSum(x.filter((_other, k) => k !== c)) : total + Math.log1p(-Math.exp(z - total)),
  );
  // ln p = -ln (1 + the others' share), exact where p is next to 1
  const odds = (from: number, to: number) => Math.log1p(Math.exp(from - to));
  return {
    p: x.map((z) => Math.exp(z - total)),
    q: others.map((z) => Math.exp(z - total)),
    minusLog: x.map((z, c) => ((others[c] as number) - z > 30 ? total - z : odds(others[c] as number, z))),
    minusLogComplement: x.map((z, c) =>
      z - (others[c] as number) > 30 ? total - (others[c] as number) : odds(z, others[c] as number),
    ),
  };
}

/** One reduction: what a class of a voxel adds to which sums, and the derivative of that with respect to p. */
export interface Definition {
  /** How many sums there are; 0 for a map. */
  readonly kinds: number;
  /** Where a term goes, if not into sums `[kinds, batch, classes]` or a map `[batch, voxels]`. */
  readonly placeOf?: (given: Given, kind: number, sample: number, c: number, at: number) => number;
  /** How many numbers there are then. */
  readonly sizeOf?: (given: Given) => number;
  /** Whether a voxel counts as often as any other. */
  readonly isUnweighed?: boolean;
  readonly terms: (voxel: Voxel, g: number, c: number, at: number, weight: number) => number[];
  readonly slopes: (voxel: Voxel, g: number, c: number, at: number, weight: number) => number[];
}

/** Visits every voxel that weighs something. */
function each(given: Given, visit: (at: number, sample: number, voxel: Voxel) => void): void {
  const { batch, voxels, classes } = given;
  for (let at = 0; at < batch * voxels; at++) {
    if (given.weights[at] === 0) continue;
    const x = Array.from(given.predictions.subarray(at * classes, (at + 1) * classes));
    visit(at, Math.floor(at / voxels), voxelOf(x, given.activation));
  }
}

function placeIn(given: Given, { kinds, placeOf }: Definition, kind: number, sample: number, c: number, at: number) {
  if (placeOf) return placeOf(given, kind, sample, c, at);
  return kinds === 0 ? at : (kind * given.batch + sample) * given.classes + c;
}

function weightOf({ weights }: Given, { isUnweighed }: Definition, at: number): number {
  return isUnweighed ? 1 : (weights[at] as number);
}

/** Sums `[kinds, batch, classes]`, the map `[batch, voxels]`, or what the definition says. */
export function referenceValue(given: Given, definition: Definition): Float64Array {
  const { batch, voxels, classes } = given;
  const { kinds, terms, sizeOf } = definition;
  const result = new Float64Array(sizeOf?.(given) ?? (kinds === 0 ? batch * voxels : kinds * batch * classes));
  each(given, (at, sample, voxel) => {
    for (let c = 0; c < classes; c++) {
      const values = terms(voxel, given.target[at * classes + c] as number, c, at, given.weights[at] as number);
      values.forEach((value, kind) => {
        const place = placeIn(given, definition, kind, sample, c, at);
        result[place] = (result[place] as number) + weightOf(given, definition, at) * value;
      });
    }
  });
  return result;
}

/** The gradient of sum(upstream x value) with respect to the predictions. */
export function referenceGradient(given: Given, definition: Definition, upstream: ArrayLike<number>): Float64Array {
  const { classes, activation } = given;
  const result = new Float64Array(given.predictions.length);
  each(given, (at, sample, voxel) => {
    const { p, q } = voxel;
    const d = p.map((_, c) => {
      const values = definition.slopes(
        voxel,
        given.target[at * classes + c] as number,
        c,
        at,
        given.weights[at] as number,
      );
      return sumOf(
        values.map((slope, kind) => slope * (upstream[placeIn(given, definition, kind, sample, c, at)] as number)),
      );
    });
    for (let k = 0; k < classes; k++) {
      const jacobian = (c: number) => {
        if (activation === "none") return c === k ? 1 : 0;
        if (c === k) return (p[k] as number) * (q[k] as number);
        return activation === "sigmoid" ? 0 : -(p[c] as number) * (p[k] as number);
      };
      result[at * classes + k] = weightOf(given, definition, at) * sumOf(d.map((slope, c) => slope * jacobian(c)));
    }
  });
  return result;
}

/** g - p without losing the digits of p next to 1. */
const missingOf = ({ p, q }: Voxel, g: number, c: number) => (g === 1 ? (q[c] as number) : g - (p[c] as number));

export function overlapDefinition(product: boolean): Definition {
  return {
    kinds: 4,
    terms: (voxel, g, c) => {
      const [p, q, missing] = [voxel.p[c] as number, voxel.q[c] as number, missingOf(voxel, g, c)];
      const overlap = product
        ? [p * g, p * (1 - g), q * g]
        : [Math.min(p, g), Math.max(-missing, 0), Math.max(missing, 0)];
      return [...overlap, missing ** 2];
    },
    slopes: (voxel, g, c) => {
      const missing = missingOf(voxel, g, c);
      const inside = product || missing === 0 ? g : missing > 0 ? 1 : 0;
      return [inside, 1 - inside, -inside, -2 * missing];
    },
  };
}

/** One number an element, `[batch, voxels, classes]`. */
const everyElement = {
  kinds: 1,
  isUnweighed: true,
  sizeOf: ({ predictions }: Given) => predictions.length,
  placeOf: ({ classes }: Given, _kind: number, _sample: number, c: number, at: number) => at * classes + c,
};

/** |p - g|, or the hinge of scores. */
export function errorDefinition(hinge: boolean): Definition {
  if (!hinge) return { ...errorPowerDefinition(1), ...everyElement };
  const marginOf = ({ p }: Voxel, g: number, c: number) => 1 - (2 * g - 1) * (p[c] as number);
  return {
    ...everyElement,
    terms: (voxel, g, c) => [Math.max(marginOf(voxel, g, c), 0)],
    slopes: (voxel, g, c) => [marginOf(voxel, g, c) > 0 ? 1 - 2 * g : 0],
  };
}

/** g_l p_k of every pair of classes, `[batch, l, k]`. */
export function confusionDefinition({ target, classes }: Given): Definition {
  const truth = (at: number) => Array.from(target.subarray(at * classes, (at + 1) * classes));
  return {
    kinds: classes,
    sizeOf: ({ batch }) => batch * classes * classes,
    placeOf: (_given, kind, sample, c) => (sample * classes + kind) * classes + c,
    terms: ({ p }, _g, c, at) => truth(at).map((g) => g * (p[c] as number)),
    slopes: (_voxel, _g, _c, at) => truth(at),
  };
}

/** |p - g|^exponent; at p = g its slope is the limit that a hard target has. */
function errorPowerDefinition(exponent: number): Definition {
  return {
    kinds: 1,
    terms: (voxel, g, c) => [Math.abs(missingOf(voxel, g, c)) ** exponent],
    slopes: (voxel, g, c) => {
      const missing = missingOf(voxel, g, c);
      if (missing === 0) return [exponent === 1 ? 1 - 2 * g : 0];
      return [-Math.sign(missing) * exponent * Math.abs(missing) ** (exponent - 1)];
    },
  };
}

export function squaredErrorDefinition(field: ArrayLike<number>, classes: number): Definition {
  return {
    kinds: 1,
    terms: (voxel, g, c, at) => [missingOf(voxel, g, c) ** 2 * (field[at * classes + c] as number)],
    slopes: (voxel, g, c, at) => [-2 * missingOf(voxel, g, c) * (field[at * classes + c] as number)],
  };
}

/** Overlap, and behind it 1 - p and 1 - g where they overlap, the squared errors on either side of the truth, or a power of the errors. */
export function overlapErrorDefinition(
  product: boolean,
  beside: "powers" | "sides" | "trueNegatives",
  exponent: number,
): Definition {
  const ofOverlap = overlapDefinition(product);
  const powers = errorPowerDefinition(exponent);
  const others: Record<typeof beside, Pick<Definition, "slopes" | "terms">> = {
    powers,
    sides: {
      terms: (voxel, g, c) => [g, 1 - g].map((side) => missingOf(voxel, g, c) ** 2 * side),
      slopes: (voxel, g, c) => [g, 1 - g].map((side) => -2 * missingOf(voxel, g, c) * side),
    },
    trueNegatives: {
      terms: ({ q }, g, c) => [product ? (q[c] as number) * (1 - g) : Math.min(q[c] as number, 1 - g)],
      slopes: (voxel, g, c) => {
        const missing = missingOf(voxel, g, c);
        return [product || missing === 0 ? g - 1 : missing < 0 ? -1 : 0];
      },
    },
  };
  const { terms, slopes } = others[beside];
  return {
    kinds: beside === "sides" ? 6 : 5,
    terms: (...voxel) => [...ofOverlap.terms(...voxel), ...terms(...voxel)],
    slopes: (...voxel) => [...ofOverlap.slopes(...voxel), ...slopes(...voxel)],
  };
}

/** Overlap, and what a field multiplies. */
export function overlapFieldDefinition(
  product: boolean,
  fielded: "probability" | "squaredError",
  field: ArrayLike<number>,
  classes: number,
): Definition {
  const ofOverlap = overlapDefinition(product);
  return {
    kinds: 5,
    terms: (voxel, g, c, at) => {
      const value = fielded === "probability" ? (voxel.p[c] as number) : missingOf(voxel, g, c) ** 2;
      return [...ofOverlap.terms(voxel, g, c, at, 1), value * (field[at * classes + c] as number)];
    },
    slopes: (voxel, g, c, at) => {
      const slope = fielded === "probability" ? 1 : -2 * missingOf(voxel, g, c);
      return [...ofOverlap.slopes(voxel, g, c, at, 1), slope * (field[at * classes + c] as number)];
    },
  };
}

/** Overlap, and behind it the cross entropy of each sample, of which a part of each voxel was chosen. */
export function overlapAndChosenDefinition(
  product: boolean,
  chosen: ArrayLike<number>,
  crossEntropy: Definition,
): Definition {
  const ofOverlap = overlapDefinition(product);
  return {
    kinds: 5,
    isUnweighed: true,
    sizeOf: ({ batch, classes }) => 4 * batch * classes + batch,
    placeOf: ({ batch, classes }, kind, sample, c) =>
      kind === 4 ? 4 * batch * classes + sample : (kind * batch + sample) * classes + c,
    terms: ofBoth("terms"),
    slopes: ofBoth("slopes"),
  };

  function ofBoth(name: "slopes" | "terms"): Definition["terms"] {
    return (voxel, g, c, at, weight) => [
      ...ofOverlap[name](voxel, g, c, at, weight).map((value) => weight * value),
      ...crossEntropy[name](voxel, g, c, at, weight).map((value) => (chosen[at] as number) * value),
    ];
  }
}

export interface Terms {
  /** Whether there are terms with logarithms; left out, there are. */
  readonly logs?: boolean;
  /** How often the errors g (1 - p) and (1 - g) p are added; left out, never. */
  readonly errors?: number;
  readonly positive: ArrayLike<number>;
  readonly negative?: ArrayLike<number> | undefined;
  readonly gamma: number;
  readonly power?: number;
  readonly keep: number;
  readonly spread: number;
}

export function crossEntropyDefinition(terms: Terms, { activation, voxels, classes }: Given): Definition {
  const { positive, negative, gamma, power = 1, keep, spread, logs = true, errors = 0 } = terms;
  const coefficient = (list: ArrayLike<number>, c: number, at: number) =>
    list[(list.length === classes ? 0 : Math.floor(at / voxels) * classes) + c] as number;
  const weightsAt = (g: number, c: number, at: number) => {
    const smoothed = g * keep + spread;
    return [
      coefficient(positive, c, at) * smoothed,
      negative ? coefficient(negative, c, at) * (1 - smoothed) : 0,
    ] as const;
  };
  // the continued logarithm is straight below its bound
  const ofLog = (p: number) => 1 / (activation === "none" ? Math.max(p, smallest) : p);
  const ofPower = (minusLog: number) => (power === 1 ? 1 : minusLog === 0 ? 0 : power * minusLog ** (power - 1));
  const slope = (p: number, q: number, minusLog: number) =>
    (gamma === 0 ? 0 : -gamma * q ** (gamma - 1) * minusLog) -
    (logs ? q ** gamma * ofLog(p) * ofPower(minusLog) : 0) -
    errors;
  const term = (q: number, minusLog: number) => (logs ? q ** gamma * minusLog ** power : 0) + errors * q;
  return {
    kinds: 0,
    terms: ({ p, q, minusLog, minusLogComplement }, g, c, at) => {
      const [a, b] = weightsAt(g, c, at);
      return [
        a * term(q[c] as number, minusLog[c] as number) + b * term(p[c] as number, minusLogComplement[c] as number),
      ];
    },
    slopes: ({ p, q, minusLog, minusLogComplement }, g, c, at) => {
      const [a, b] = weightsAt(g, c, at);
      const ofPositive = a === 0 ? 0 : a * slope(p[c] as number, q[c] as number, minusLog[c] as number);
      return [ofPositive - (b === 0 ? 0 : b * slope(q[c] as number, p[c] as number, minusLogComplement[c] as number))];
    },
  };
}

/** The sums of both terms, each with a coefficient of 1, behind those of overlap where they are wanted too. */
export function crossEntropySumsDefinition(
  {
    gamma,
    power = 1,
    keep,
    spread,
    negatives,
    errors = 0,
    overlap,
  }: Omit<Terms, "negative" | "positive"> & {
    readonly negatives: boolean;
    readonly overlap: "none" | "product" | "semimetric";
  },
  given: Given,
): Definition {
  const [ones, zeros] = [1, 0].map((value) => new Float64Array(given.classes).fill(value)) as [
    Float64Array,
    Float64Array,
  ];
  const ofPositives = crossEntropyDefinition({ positive: ones, gamma, power, errors, keep, spread }, given);
  const ofNegatives = crossEntropyDefinition(
    { positive: zeros, negative: negatives ? ones : zeros, gamma, power, errors, keep, spread },
    given,
  );
  const ofOverlap = overlapDefinition(overlap === "product");
  const all = overlap === "none" ? [ofPositives, ofNegatives] : [ofOverlap, ofPositives, ofNegatives];
  return {
    kinds: overlap === "none" ? 2 : 6,
    terms: (...voxel) => all.flatMap(({ terms }) => terms(...voxel)),
    slopes: (...voxel) => all.flatMap(({ slopes }) => slopes(...voxel)),
  };
}
