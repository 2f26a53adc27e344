import {
  borderWeightMap,
  boundaryMap,
  distanceTransform,
  hausdorffField,
  labelDistanceTransform,
  penaltyMap,
} from "@lossary/distance-map/array";
import { mapPanel, upAndDown } from "./charts.ts";
import { cells, side } from "./scene.ts";
import { sheet } from "./svg.ts";
import { viridis } from "./viridis.ts";

/** The maps that distances give, of touching cells. */
export function maps(): Map<string, string> {
  const shape = [side, side] as const;
  const objects = Uint8Array.from(cells);
  const mask = objects.map((label) => (label > 0 ? 1 : 0));
  const outline = Float32Array.from(mask);
  const panel = (title: string, values: Float32Array, note: string, signed = false) =>
    mapPanel({
      title,
      note,
      values,
      colours: signed ? upAndDown(values) : viridis(values),
      outlines: signed ? [outline] : [],
      size: 168,
    });
  const range = (values: Float32Array): string => {
    const round = (value: number): string => String(Number(value.toPrecision(3)));
    return `${round(Math.min(...values))} to ${round(Math.max(...values))}`;
  };
  const distances = distanceTransform(mask, shape);
  const apart = labelDistanceTransform(objects, shape);
  const signed = boundaryMap(mask, shape);
  const penalty = penaltyMap(mask, shape);
  const field = hausdorffField(mask, shape);
  const weights = borderWeightMap(objects, shape);
  return new Map([
    [
      "maps.svg",
      sheet("Six maps of four touching cells", [
        [
          panel("distanceTransform", distances, range(distances)),
          panel("labelDistanceTransform", apart, range(apart)),
          panel("boundaryMap", signed, range(signed), true),
        ],
        [
          panel("penaltyMap", penalty, range(penalty)),
          panel("hausdorffField", field, range(field)),
          panel("borderWeightMap", weights, range(weights)),
        ],
      ]),
    ],
  ]);
}
