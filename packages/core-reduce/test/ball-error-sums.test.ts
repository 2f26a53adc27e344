import { type BallRow, ballErrorSums } from "@lossary/core-reduce";
import { onEachBackend, readNumbers } from "@lossary/test-kit";
import { distanceBetween, positions } from "@lossary/test-kit/reference";
import { type Tensor, type Tensor2D, type Tensor3D, tensor, valueAndGrads } from "@tensorflow/tfjs-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chooseArrays } from "../src/fused/array-choice.ts";

const refused = (): never => {
  throw new Error("the portable implementation is that of hausdorffConvolutionLoss, whose contract holds it");
};
const portable = { forward: refused, backward: refused };

// blocks: so small that images are cut along both fast axes, and that the largest ball below does not fit
describe.each(["fused", "blocks", "loops"])("%s", (kernels) => {
  beforeAll(() => {
    if (kernels === "loops") chooseArrays({ loopsAlone: true });
    if (kernels === "blocks") chooseArrays({ largestTile: 256 });
  });
  afterAll(() => chooseArrays());
  onEachBackend("ballErrorSums", () => {
    it.each([
      { spatial: [50], classes: 1, radii: [1, 4], given: "indices" },
      { spatial: [3, 2], classes: 3, radii: [2], given: "dense" },
      { spatial: [21, 37], classes: 2, radii: [1, 2.3, 5], given: "indices" },
      { spatial: [4, 18, 35], classes: 1, radii: [1.5, 2], given: "dense" },
      { spatial: [7, 7, 5], classes: 2, radii: [6], given: "indices" },
      // means of exactly one half decide for neither side
      { spatial: [9, 7], classes: 1, radii: [2, 3], given: "indices", level: 0.5 },
    ])(
      "are what every ball says, and so is the gradient: $spatial, $given",
      async ({ spatial, classes, radii, given, level }) => {
        const batch = 2;
        const points = positions(spatial, 1);
        const voxels = points.length;
        // few and large steps, so that balls are full and empty of either side
        const p = Array.from(
          { length: batch * voxels * classes },
          (_, i) => level ?? (1 + Math.sin(i / 40 + (i % classes))) / 2,
        );
        const index = Array.from({ length: batch * voxels }, (_, i) => Math.floor(i / 30) % 2);
        const dense = p.map((_, i) =>
          index[Math.floor(i / classes)] === (classes === 1 ? 1 : i % classes) ? 1 : 0.125,
        );
        const hard = dense.map((value) => Number(value === 1));
        const g = given === "indices" ? hard : dense;
        const upstream = Array.from({ length: batch * classes }, (_, i) => 1 + i / 4);
        for (const v of [undefined, index.map((_, i) => [0, 1, 2.5, 1, 1][i % 5] as number)]) {
          const { sums, slopes } = once([spatial, classes, v], { p, g, v, points, batch, classes, radii, upstream });
          const labels =
            given === "indices" ? tensor(index, [batch, voxels], "int32") : tensor(g, [batch, voxels, classes]);
          const weights = v && (tensor(v, [batch, voxels]) as Tensor2D);
          const predictions = tensor(p, [batch, voxels, classes]) as Tensor3D;
          const balls = radii.map((radius) => ({ weight: radius ** 2, rows: rowsWithin(radius, spatial) }));
          const all = (x: Tensor) =>
            ballErrorSums(
              { predictions: x as Tensor3D, labels: labels as Tensor2D, weights },
              { spatial, balls, fused: true },
              portable,
            );
          expect(await readNumbers(all(predictions))).toBeClose(sums);
          const { value, grads } = valueAndGrads((x: Tensor) => all(x) as Tensor)(
            [predictions],
            tensor(upstream, [batch, classes]),
          );
          expect(await readNumbers(value)).toBeClose(sums);
          expect(await readNumbers(grads[0] as Tensor)).toBeClose(slopes);
        }
      },
    );
  }, ["cpu", "wasm"]);
});

/** The rows of a ball as long as an image is. */
function rowsWithin(radius: number, spatial: readonly number[]): BallRow[] {
  const most = spatial.slice(0, -1).map((side) => Math.min(side - 1, Math.floor(radius)));
  const offsets = most.reduce<number[][]>(
    (all, reach) => all.flatMap((one) => Array.from({ length: 2 * reach + 1 }, (_, i) => [...one, i - reach])),
    [[]],
  );
  return offsets.flatMap((offset) => {
    const rest = radius ** 2 - offset.reduce((sum, step) => sum + step * step, 0);
    const half = Math.min(Math.floor(Math.sqrt(rest)), (spatial.at(-1) as number) - 1);
    return rest < 0 ? [] : [{ offset, half }];
  });
}

interface Problem {
  readonly p: readonly number[];
  readonly g: readonly number[];
  readonly v: readonly number[] | undefined;
  readonly points: readonly (readonly number[])[];
  readonly batch: number;
  readonly classes: number;
  readonly radii: readonly number[];
  readonly upstream: readonly number[];
}

const known = new Map<string, ReturnType<typeof defined>>();

/** Every form and backend is compared with the same. */
function once(key: unknown, problem: Problem) {
  const name = JSON.stringify(key);
  const found = known.get(name) ?? defined(problem);
  known.set(name, found);
  return found;
}

/** In double precision, ball by ball: the sums, and the slope of the sums times upstream. */
function defined({ p, g, v, points, batch, classes, radii, upstream }: Problem) {
  const [sums, slopes] = [upstream.map(() => 0), p.map(() => 0)];
  const step = (x: number) => [Math.max(2 * x - 1, 0), x > 0.5 ? 2 : 0] as const;
  for (const radius of radii) {
    const within = points.map((point) =>
      points.flatMap((other, j) => (distanceBetween(point, other) <= radius ? [j] : [])),
    );
    for (let n = 0; n < batch; n++) {
      const weight = (i: number) => (v ? (v[n * points.length + i] as number) : 1);
      for (let c = 0; c < classes; c++) {
        const at = (i: number) => (n * points.length + i) * classes + c;
        const scale = upstream[n * classes + c] as number;
        for (let i = 0; i < points.length; i++) {
          if (weight(i) === 0) continue;
          const ball = (within[i] as number[]).filter((j) => weight(j) > 0);
          const meanOf = (values: readonly number[]) =>
            ball.reduce((sum, j) => sum + (values[at(j)] as number), 0) / ball.length;
          const [meanP, meanG, pHere, gHere] = [meanOf(p), meanOf(g), p[at(i)] as number, g[at(i)] as number];
          const [noneP, slopeNone] = step(1 - meanP);
          const [allP, slopeAll] = step(meanP);
          const [missed, invented] = [noneP + step(meanG)[0], step(1 - meanG)[0] + allP];
          const [error, times] = [pHere - gHere, weight(i) * radius ** 2];
          const factor = gHere * missed + pHere * invented;
          sums[n * classes + c] = (sums[n * classes + c] as number) + times * error ** 2 * factor;
          const add = (j: number, slope: number) => {
            slopes[at(j)] = (slopes[at(j)] as number) + times * scale * slope;
          };
          add(i, 2 * error * factor + error ** 2 * invented);
          for (const j of ball) add(j, (error ** 2 * (pHere * slopeAll - gHere * slopeNone)) / ball.length);
        }
      }
    }
  }
  return { sums, slopes };
}
