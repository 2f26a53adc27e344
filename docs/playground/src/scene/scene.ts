/** How many channels a prediction has: one, or one a class of exclusive classes, background included. */
export type Channels = 1 | 2 | 3 | 4;

/** The sides that a scene can have, in pixels. */
export const sizes = [64, 96, 128] as const;

/** The side of a scene. */
export type Size = (typeof sizes)[number];

/** A truth and a prediction as they were painted: the class of each pixel, row by row. */
export interface Scene {
  readonly size: Size;
  readonly channels: Channels;
  readonly truth: Uint8Array;
  readonly prediction: Uint8Array;
  /** The probability that the prediction gives to the class painted, far from its border. */
  readonly confidence: number;
  /** The distance from the border, in pixels, over which the logits of the prediction change by one; 0 is a step. */
  readonly softness: number;
}

/** The two masks of a scene. */
export type MaskName = "truth" | "prediction";

/** How many classes can be painted, background included. */
export function paintableClasses(channels: Channels): number {
  return Math.max(2, channels);
}

/** A mask in another size: each pixel takes the class of the nearest one. */
export function resized(mask: Uint8Array, from: number, to: number): Uint8Array {
  if (from === to) return mask;
  const nearest = (pixel: number) => Math.floor(((pixel + 0.5) * from) / to);
  return Uint8Array.from(
    { length: to * to },
    (_, i) => mask[nearest(Math.floor(i / to)) * from + nearest(i % to)] as number,
  );
}

/** A mask whose classes are all below a number: what is no longer there becomes the last class that is. */
export function withinClasses(mask: Uint8Array, classes: number): Uint8Array {
  return mask.map((label) => Math.min(label, classes - 1));
}
