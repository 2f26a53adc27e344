import { directionLosses, faceDivergences } from "@lossary/core-reduce";
import { onEachBackend, readNumbers } from "@lossary/test-kit";
import { type Tensor, type Tensor2D, type Tensor3D, tensor, valueAndGrads } from "@tensorflow/tfjs-core";
import { expect, it } from "vitest";

const attributes = { maxDistance: 3, smoothing: 0.2, tie: 1e-6 };

onEachBackend("directions", () => {
  it.each([
    { spatial: [9], classes: 1, activation: "none" },
    { spatial: [5, 7], classes: 3, activation: "none" },
    { spatial: [3, 4, 5], classes: 2, activation: "softmax" },
    { spatial: [6, 5], classes: 1, activation: "sigmoid" },
    { spatial: [4, 1, 3], classes: 4, activation: "softmax" },
  ] as const)(
    "are those of a search of all pairs of voxels: $spatial, $classes classes, $activation",
    async ({ spatial, classes, activation }) => {
      const batch = 2;
      const voxels = spatial.reduce((size: number, side) => size * side, 1);
      const raw = Array.from({ length: batch * voxels * classes }, (_, i) => 1.1 + Math.sin(i * 1.7));
      const totalOf = (row: number) =>
        raw.slice(row * classes, (row + 1) * classes).reduce((sum, value) => sum + value, 0);
      const p = raw.map((value, i) => (classes === 1 ? value / 2.2 : value / totalOf(Math.floor(i / classes))));
      const sides = Math.max(2, classes);
      const share = (row: number, side: number) =>
        classes > 1 ? (p[row * classes + side] as number) : side === 0 ? (p[row] as number) : 1 - (p[row] as number);
      const logarithms = Array.from({ length: batch * voxels * sides }, (_, i) =>
        Math.log(share(Math.floor(i / sides), i % sides)),
      );
      const divergence = (of: number, from: number) =>
        Array.from({ length: sides }, (_, side) => share(of, side) * (at(of, side) - at(from, side))).reduce(
          (sum, value) => sum + value,
        );
      const at = (row: number, side: number) => logarithms[row * sides + side] as number;
      // few levels, so that several neighbours are nearest
      const distance = Array.from({ length: batch * voxels }, (_, i) => ((i * 7) % 5) + 0.5);
      const boundary = distance.map((_, i) => Number(i % 4 !== 0));
      const places = Array.from({ length: voxels }, (_, i) => placeOf(i, spatial));
      const upstream = [1, -2];
      for (const v of [undefined, distance.map((_, i) => [1, 0, 2, 1, 1][i % 5] as number)]) {
        const weight = (row: number) => (v ? (v[row] as number) : 1);
        const [turns, losses, slopes] = [distance.map(() => 0), [0, 0], p.map(() => 0)];
        for (let n = 0; n < batch; n++) {
          const mass = { total: 0 };
          const pending: [number, number][] = [];
          for (let i = 0; i < voxels; i++) {
            const row = n * voxels + i;
            if (weight(row) === 0) continue;
            const steps = places.map((other) => other.map((x, axis) => Math.abs(x - (places[i]?.[axis] as number))));
            const ring = steps.flatMap((step, j) =>
              j !== i && Math.max(...step) === 1 && weight(n * voxels + j) > 0 ? [n * voxels + j] : [],
            );
            const faces = ring.filter((j) => steps[j - n * voxels]?.reduce((sum, x) => sum + x, 0) === 1);
            turns[row] = faces.reduce((sum, j) => sum + divergence(row, j), 0);
            const nearest = Math.min(...ring.map((j) => distance[j] as number));
            if (boundary[row] === 0 || !(nearest < (distance[row] as number))) continue;
            const goals = ring.filter((j) => distance[j] === nearest);
            const whole = ring.reduce((sum, j) => sum + Math.exp(divergence(row, j)), 0);
            const cost = (weight(row) * Math.min(distance[row] as number, 3)) / 3;
            mass.total += weight(row);
            for (const j of ring) {
              const target = 0.2 / ring.length + (goals.includes(j) ? 0.8 / goals.length : 0);
              const soft = Math.exp(divergence(row, j)) / whole;
              losses[n] = (losses[n] as number) - cost * target * Math.log(soft);
              for (let side = 0; side < sides; side++) {
                const place = classes === 1 ? row : row * classes + side;
                const sign = classes === 1 && side === 1 ? -1 : 1;
                pending.push([place, -sign * cost * (soft - target) * at(j, side)]);
              }
            }
          }
          if (mass.total === 0) continue;
          losses[n] = (losses[n] as number) / mass.total;
          for (const [place, slope] of pending) {
            slopes[place] = (slopes[place] as number) + (slope * (upstream[n] as number)) / mass.total;
          }
        }
        expect(losses.some((loss) => loss > 0)).toBe(true);
        // with respect to ln p + const, a logit of the softmax, or of ln (p / (1 - p))
        const ofLogits = slopes.map((slope, place) => {
          if (activation === "none") return slope;
          const [row, own] = [Math.floor(place / classes), p[place] as number];
          if (activation === "sigmoid") return slope * own * (1 - own);
          const mean = Array.from({ length: classes }, (_, c) => share(row, c) * (slopes[row * classes + c] as number));
          return own * (slope - mean.reduce((sum, value) => sum + value));
        });
        const map = (values: readonly number[], last: number) => tensor([...values], [batch, voxels, last]) as Tensor3D;
        const record = (row: number) => [
          ...Array.from({ length: sides }, (_, side) => share(row, side)),
          ...Array.from({ length: sides }, (_, side) => -at(row, side)),
        ];
        const distributions = map(
          distance.flatMap((_, row) => record(row)),
          2 * sides,
        );
        const weights = v && (tensor(v, [batch, voxels]) as Tensor2D);
        expect(await readNumbers(faceDivergences({ distributions, weights }, spatial))).toBeClose(turns);
        const all = (predictions: Tensor) =>
          directionLosses(
            {
              predictions: predictions as Tensor3D,
              distributions,
              weights,
              distance: map(distance, 1),
              boundary: map(boundary, 1),
            },
            { ...attributes, spatial, activation },
          ) as Tensor;
        const { value, grads } = valueAndGrads(all)([map(p, classes)], tensor(upstream));
        expect(await readNumbers(value)).toBeClose(losses);
        expect(await readNumbers(grads[0] as Tensor)).toBeClose(ofLogits);
        // without a gradient, nothing is left for one
        expect(await readNumbers(all(map(p, classes)))).toBeClose(losses);
      }
    },
  );
}, ["cpu", "wasm"]);

function placeOf(index: number, spatial: readonly number[]): number[] {
  let rest = index;
  const reversed = spatial.toReversed().map((side) => {
    const here = rest % side;
    rest = Math.floor(rest / side);
    return here;
  });
  return reversed.toReversed();
}
