/** The sides of an image of three axes; those in front that are not there are 1. */
export type Image = readonly [depth: number, height: number, width: number];

/** An image of one to three axes as one of three. */
export function imageOf(spatial: readonly number[]): Image {
  const [width = 1, height = 1, depth = 1] = spatial.toReversed();
  return [depth, height, width];
}
