import { distanceTransform } from "@lossary/distance-map/array";

/** The size of a label map and the distance between its pixels, down and across. */
export interface Grid {
  height: number;
  width: number;
  spacing: [number, number];
}

/**
 * 95th percentile Hausdorff distance of one class, in units of the spacing: of the distances from each contour pixel of one
 * map to the nearest contour pixel of the other, the 95th percentile, for both directions, the larger of the two (as MONAI
 * defines it). NaN where the class occurs in neither map; the diagonal of the image where it occurs in one only.
 */
export function hausdorff95(
  truth: ArrayLike<number>,
  prediction: ArrayLike<number>,
  label: number,
  grid: Grid,
): number {
  const contours = [truth, prediction].map((map) => contourOf(map, label, grid));
  const [ofTruth, ofPrediction] = contours.map((contour) => contour.some((pixel) => pixel === 1));
  if (!ofTruth && !ofPrediction) return Number.NaN;
  if (!ofTruth || !ofPrediction) return Math.hypot(grid.height * grid.spacing[0], grid.width * grid.spacing[1]);
  const [there, back] = contours as [Uint8Array, Uint8Array];
  return Math.max(directed95(there, back, grid), directed95(back, there, grid));
}

/** 1 on the pixels of the class that touch another class, or the border of the image, by an edge. */
function contourOf(map: ArrayLike<number>, label: number, { height, width }: Grid): Uint8Array {
  const contour = new Uint8Array(height * width);
  const inside = (row: number, column: number) =>
    row >= 0 && row < height && column >= 0 && column < width && map[row * width + column] === label;
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      if (!inside(row, column)) continue;
      const surrounded =
        inside(row - 1, column) && inside(row + 1, column) && inside(row, column - 1) && inside(row, column + 1);
      contour[row * width + column] = surrounded ? 0 : 1;
    }
  }
  return contour;
}

function directed95(from: Uint8Array, to: Uint8Array, { height, width, spacing }: Grid): number {
  // The transform measures the way to the nearest zero, so the contour that is looked for becomes the zeros.
  const away = to.map((pixel) => 1 - pixel);
  const distance = distanceTransform(away, [height, width], { spacing });
  const distances = Array.from(distance)
    .filter((_, pixel) => from[pixel] === 1)
    .sort((a, b) => a - b);
  const place = 0.95 * (distances.length - 1);
  const low = distances[Math.floor(place)] as number;
  const high = distances[Math.ceil(place)] as number;
  return low + (high - low) * (place - Math.floor(place));
}
