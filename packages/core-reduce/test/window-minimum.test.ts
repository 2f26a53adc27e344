import { windowMinimum, windowMinimumGradient, windowSum } from "@lossary/core-reduce";
import { onEachBackend, readNumbers } from "@lossary/test-kit";
import { type Tensor3D, tensor3d } from "@tensorflow/tfjs-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chooseArrays } from "../src/fused/array-choice.ts";

// blocks: so small that images are cut into many
describe.each(["fused", "blocks", "loops", "portable"])("%s", (kernels) => {
  const fused = kernels !== "portable";
  beforeAll(() => {
    if (kernels === "loops") chooseArrays({ loopsAlone: true });
    if (kernels === "blocks") chooseArrays({ largestTile: 256 });
  });
  afterAll(() => chooseArrays());
  onEachBackend("windowMinimum", () => {
    const line = { spatial: [5], axes: [0], fused };

    it("is the smallest of three in a row, of two at the ends, below 0 too", async () => {
      const x = tensor3d([3, -1, 4, 1, 5], [1, 5, 1]);
      expect(await readNumbers(windowMinimum(x, line))).toEqual([-1, -1, -1, 1, 1]);
    });

    it("is a tensor of its own where no axis is looked along", async () => {
      const x = tensor3d([3, -1], [1, 2, 1]);
      windowMinimum(x, { spatial: [2], axes: [], fused }).dispose();
      expect(await readNumbers(x)).toEqual([3, -1]);
    });

    it("lets ties share evenly: 2 2 5 with upstream 6 6 6 gives 3 + 3, 3 + 3 + 6, 0", async () => {
      const x = tensor3d([2, 2, 5], [1, 3, 1]);
      const window = { ...line, spatial: [3] };
      const slope = windowMinimumGradient(tensor3d([6, 6, 6], [1, 3, 1]), x, windowMinimum(x, window), window);
      expect(await readNumbers(slope)).toEqual([6, 12, 0]);
    });

    it("looks along the axes that it is told, within a sample and a class", async () => {
      // two samples of 2 x 2 voxels of two classes
      const x = tensor3d([1, 8, 2, 7, 3, 6, 4, 5, 9, 0, 9, 0, 9, 0, 9, 0], [2, 4, 2]);
      const along = async (axes: number[]) =>
        (await readNumbers(windowMinimum(x, { spatial: [2, 2], axes, fused }))).slice(0, 8);
      expect(await along([0])).toEqual([1, 6, 2, 5, 1, 6, 2, 5]);
      expect(await along([1])).toEqual([1, 7, 1, 7, 3, 5, 3, 5]);
      expect(await along([0, 1])).toEqual([1, 6, 1, 5, 1, 5, 2, 5]);
    });

    it("has gradients that add up to those that came in", async () => {
      const values = Float32Array.from({ length: 2 * 24 * 2 }, (_, i) => ((i * 7) % 5) / 4);
      const x = tensor3d(values, [2, 24, 2]);
      const window = { spatial: [2, 3, 4], axes: [0, 1, 2], fused };
      const upstream = tensor3d(
        Float32Array.from(values, (_, i) => i % 3),
        [2, 24, 2],
      );
      const slope = await readNumbers(windowMinimumGradient(upstream, x, windowMinimum(x, window), window));
      const total = (list: number[]) => list.reduce((sum, value) => sum + value, 0);
      expect(total(slope)).toBeClose(total(await readNumbers(upstream)));
    });

    it.each([
      { spatial: [3, 4, 5], classes: 3 },
      { spatial: [7, 8, 5], classes: 2 },
      { spatial: [3, 3, 40], classes: 2 },
      { spatial: [3, 2, 3, 2], classes: 2 },
      { spatial: [40, 9], classes: 1 },
      { spatial: [300], classes: 1 },
    ])("is what a search of every window finds, and so is the gradient: $spatial", async ({ spatial, classes }) => {
      const batch = 2;
      const voxels = spatial.reduce((size, side) => size * side, 1);
      // few levels, so that many windows hold ties
      const values = Array.from({ length: batch * voxels * classes }, (_, i) => ((i * 37) % 11) / 8);
      const slopes = values.map((_, i) => Math.cos(i));
      const all = [...spatial.keys()];
      for (const axes of [all, all.slice(1), [0]]) {
        const window = { spatial, axes, fused };
        const [x, upstream] = [values, slopes].map((list) => tensor3d(list, [batch, voxels, classes])) as [
          Tensor3D,
          Tensor3D,
        ];
        const least = windowMinimum(x, window);
        const members = windowsOf(spatial, axes);
        const [smallest, sums, gradient] = [values.map(() => 0), values.map(() => 0), values.map(() => 0)];
        for (let place = 0; place < values.length; place++) {
          const [row, c] = [Math.floor(place / classes), place % classes];
          const first = row - (row % voxels);
          const found = (members[row % voxels] as number[]).map((voxel) => (first + voxel) * classes + c);
          smallest[place] = Math.min(...found.map((at) => values[at] as number));
          sums[place] = found.reduce((sum, at) => sum + (values[at] as number), 0);
          const ties = found.filter((at) => values[at] === smallest[place]);
          for (const at of ties) gradient[at] = (gradient[at] as number) + (slopes[place] as number) / ties.length;
        }
        expect(await readNumbers(least)).toEqual(smallest);
        // whole eighths, which no order of adding rounds
        expect(await readNumbers(windowSum(x, window))).toEqual(sums);
        expect(await readNumbers(windowMinimumGradient(upstream, x, least, window))).toBeClose(gradient);
      }
    });
  });
});

/** For each voxel, those of its window: itself, and what is one step away along one of the axes. */
function windowsOf(spatial: readonly number[], axes: readonly number[]): number[][] {
  const key = JSON.stringify([spatial, axes]);
  const known = found.get(key) ?? searched(spatial, axes);
  found.set(key, known);
  return known;
}

const found = new Map<string, number[][]>();

function searched(spatial: readonly number[], axes: readonly number[]): number[][] {
  const places = spatial.reduce<number[][]>(
    (all, side) => all.flatMap((place) => Array.from({ length: side }, (_, at) => [...place, at])),
    [[]],
  );
  const distance = (a: readonly number[], b: readonly number[]) =>
    a.map((at, axis) => Math.abs(at - (b[axis] as number)));
  const isNear = (steps: readonly number[]) => {
    const total = steps.reduce((sum, step) => sum + step, 0);
    return total === 0 || (total === 1 && axes.includes(steps.indexOf(1)));
  };
  return places.map((center) => places.flatMap((other, at) => (isNear(distance(center, other)) ? [at] : [])));
}
