import { dispose, type Tensor3D, tidy } from "@tensorflow/tfjs-core";

/**
 * Folds items into one tensor. Of all that is made on the way only the running result is alive from one item to the next, so that memory does
 * not grow with their number. For use where nothing is recorded for a gradient: in a gradient of one's own, or detached.
 */
export function folded<Item>(
  start: Tensor3D,
  items: Iterable<Item>,
  next: (sofar: Tensor3D, item: Item) => Tensor3D,
): Tensor3D {
  let sofar = start;
  for (const item of items) {
    const result = tidy(() => next(sofar, item));
    if (sofar !== start) dispose(sofar);
    sofar = result;
  }
  return sofar;
}
