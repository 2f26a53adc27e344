import { Tensor } from "@tensorflow/tfjs-core";
import { refuse } from "./errors.ts";

/**
 * Checks that class indices are class indices, by reading them: for a data pipeline or a first batch, never inside a loss.
 *
 * A loss never reads values, which would stall a device; it treats an index that is no class as ignored. This is how to find out.
 *
 * @param labels - int32 class indices of any shape
 * @param classes - how many classes there are; 1 for a mask of 0 and 1
 * @param options - `ignoreLabel`: the index that is allowed beside the classes
 * @returns a promise that resolves where every label is fine
 * @throws Error naming the first label that is none, and where it stands
 *
 * @example
 * ```ts
 * import { checkLabels } from "@lossary/core-reduce";
 * import { tensor2d } from "@tensorflow/tfjs";
 *
 * await checkLabels(tensor2d([[0, 2, 255]], [1, 3], "int32"), 3, { ignoreLabel: 255 });
 * ```
 */
export async function checkLabels(
  labels: Tensor,
  classes: number,
  options: { ignoreLabel?: number } = {},
): Promise<void> {
  if (!(labels instanceof Tensor) || labels.dtype !== "int32")
    refuse("checkLabels", "labels", "int32 class indices", labels);
  if (!Number.isInteger(classes) || classes < 1) refuse("checkLabels", "classes", "an integer of at least 1", classes);
  const values = await labels.data();
  const count = Math.max(2, classes);
  const at = values.findIndex((label) => (label < 0 || label >= count) && label !== options.ignoreLabel);
  if (at < 0) return;
  const allowed = options.ignoreLabel === undefined ? "" : `, or ${options.ignoreLabel} to ignore`;
  refuse(
    "checkLabels",
    `labels[${placeOf(at, labels.shape).join(", ")}]`,
    `from 0 to ${count - 1}${allowed}`,
    values[at],
  );
}

/** The indices along each axis of a flat place. */
function placeOf(flat: number, shape: readonly number[]): number[] {
  const place: number[] = [];
  let rest = flat;
  for (const side of [...shape].reverse()) {
    place.unshift(rest % side);
    rest = Math.floor(rest / side);
  }
  return place;
}
