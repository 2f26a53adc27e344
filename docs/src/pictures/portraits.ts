import { chart, type Line, mapPanel, upAndDown } from "./charts.ts";
import { lossNames, lossOf, slopesOf } from "./losses.ts";
import { disc, half, lesion, lesionLogits, predictedDisc, rightBut } from "./scene.ts";
import { sheet } from "./svg.ts";

const radius = 6;
const truth = disc(radius);
const shares = Array.from({ length: 25 }, (_, step) => 0.02 + 0.04 * step);
const shifts = Array.from({ length: 15 }, (_, step) => step);
const radii = Array.from({ length: 15 }, (_, step) => step);

/**
 * Four pictures of a loss: against the probability that all voxels of one side of a border get, against the shift of a disc, against its size, and
 * the gradient on a lesion.
 */
function portrait(name: string): string {
  const line = (label: 0 | 1, color: Line["color"]): Line => ({
    name: `g = ${label}`,
    color,
    points: shares.map((p) => [p, lossOf(name, half, rightBut(half, label, p))] as const),
  });
  const push = slopesOf(name, lesion, lesionLogits).map((slope) => -slope);
  return sheet(`${name} against the probability, the shift and the size of a disc, and its gradient on a lesion`, [
    [
      chart({
        title: "probability",
        x: "p where the target is g",
        names: 44,
        lines: [line(1, "one"), line(0, "zero")],
      }),
      chart({
        title: "shift of a disc",
        x: "shift, voxels",
        lines: [
          { color: "ink", points: shifts.map((shift) => [shift, lossOf(name, truth, predictedDisc(radius, shift))]) },
        ],
      }),
    ],
    [
      chart({
        title: "size of a disc",
        x: "radius, voxels",
        right: radius,
        lines: [{ color: "ink", points: radii.map((other) => [other, lossOf(name, truth, predictedDisc(other))]) }],
      }),
      mapPanel({
        title: "descent on a lesion",
        values: push,
        colours: upAndDown(push),
        outlines: [lesion, lesionLogits.map((x) => (x > 0 ? 1 : 0))],
        size: 168,
      }),
    ],
  ]);
}

/** The portrait of every loss, by its name. */
export function portraits(): Map<string, string> {
  return new Map(lossNames.map((name) => [name, portrait(name)]));
}
