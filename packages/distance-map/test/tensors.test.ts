import "@tensorflow/tfjs-backend-cpu";
import "@tensorflow/tfjs-backend-wasm";
import { getBackend, grad, memory, ready, setBackend, type Tensor, tensor } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import {
  borderWeightMap,
  borderWeightMapAsync,
  distanceMap,
  distanceMapAsync,
  hausdorffField,
  hausdorffFieldAsync,
  penaltyMap,
  penaltyMapAsync,
  signedDistanceMap,
  signedDistanceMapAsync,
} from "../src/index.ts";

describe.each(["cpu", "wasm"])("the maps of tensors, backend %s", (backend) => {
  beforeAll(async () => {
    await setBackend(backend);
    await ready();
    expect(getBackend()).toBe(backend);
  });

  const mask = (): Tensor => tensor([0, 0, 1, 1, 1, 0, 0], [1, 7, 1], "float32");

  it("are those of the specification on 0011100", () => {
    expect([...distanceMap(mask()).dataSync()]).toEqual([0, 0, 1, 2, 1, 0, 0]);
    expect([...signedDistanceMap(mask()).dataSync()]).toEqual([2, 1, 0, -1, 0, 1, 2]);
    expect([...penaltyMap(mask()).dataSync()]).toEqual([0, 1, 1, 0, 1, 1, 0]);
    expect([...hausdorffField(mask()).dataSync()]).toEqual([2, 1, 1, 2, 1, 1, 2]);
  });

  it("end no distance at a voxel of weight 0, which lies on no side", async () => {
    // 0 x 1 1 1 0 0: the first inner voxel is 2 from the outside
    const weights = tensor([1, 0, 1, 1, 1, 2, 1], [1, 7]);
    expect([...distanceMap(mask(), { weights }).dataSync()]).toEqual([0, 0, 2, 2, 1, 0, 0]);
    expect([...signedDistanceMap(mask(), { weights }).dataSync()]).toEqual([2, 0, -1, -1, 0, 1, 2]);
    expect([...hausdorffField(mask(), { weights }).dataSync()]).toEqual([2, 0, 2, 2, 1, 1, 2]);
    expect(await (await signedDistanceMapAsync(mask(), { weights })).data()).toEqual(
      signedDistanceMap(mask(), { weights }).dataSync(),
    );
    expect([...penaltyMap(mask(), { weights }).dataSync()]).toEqual([0, 0, 0, 0, 1, 1, 0]);
    const none = tensor([1, 1, 0, 0, 0, 1, 1], [1, 7]);
    expect([...hausdorffField(mask(), { weights: none, borderless: 5 }).dataSync()]).toEqual([5, 5, 0, 0, 0, 5, 5]);
    expect(() => distanceMap(mask(), { weights: tensor([1, 1]) })).toThrow(
      /distanceMap: weights must be \[1,7\], one a voxel \(got float32 tensor \[2\]\)/,
    );
  });

  it("refuse what is no tensor, and options that are none, in their own names", async () => {
    for (const [now, later, who] of [
      [borderWeightMap, borderWeightMapAsync, "borderWeightMap"],
      [distanceMap, distanceMapAsync, "distanceMap"],
      [hausdorffField, hausdorffFieldAsync, "hausdorffField"],
      [penaltyMap, penaltyMapAsync, "penaltyMap"],
      [signedDistanceMap, signedDistanceMapAsync, "signedDistanceMap"],
    ] as const) {
      expect(() => now([0, 1] as never)).toThrow(`${who}: labels must be a tensor of numbers (got [0, 1])`);
      expect(() => now(mask(), null as never)).toThrow(`${who}: options must be an object of named options (got null)`);
      await expect(later(undefined as never)).rejects.toThrow(`${who}: labels must be a tensor of numbers`);
      await expect(later(mask(), { spacing: 0 })).rejects.toThrow(`${who}: spacing must be a positive number`);
    }
  });

  it("take int32 masks of one class, with and without a channel", () => {
    for (const shape of [
      [1, 7],
      [1, 7, 1],
    ]) {
      const labels = tensor([0, 0, 1, 1, 1, 0, 0], shape, "int32");
      const phi = signedDistanceMap(labels, { classes: 1 });
      expect(phi.shape).toEqual([1, 7, 1]);
      expect([...phi.dataSync()]).toEqual([2, 1, 0, -1, 0, 1, 2]);
    }
  });

  it("give every sample and class its own map, indices or one-hot", () => {
    // 3 classes, two images of 2 x 3; class 2 is absent from the first, 255 is of no class
    const indices = tensor([0, 0, 1, 0, 1, 1, 2, 2, 2, 255, 1, 1], [2, 2, 3], "int32");
    const values = indices.dataSync();
    const hot = [...values].flatMap((label) => [0, 1, 2].map((c) => Number(label === c)));
    const options = { spacing: [2, 1] };
    for (const dtype of ["float32", "int32", "bool"] as const) {
      const a = signedDistanceMap(indices, { classes: 3, ...options });
      const b = signedDistanceMap(tensor(hot, [2, 2, 3, 3], dtype), options);
      expect(a.shape).toEqual([2, 2, 3, 3]);
      expect(a.dtype).toBe("float32");
      expect(a.dataSync()).toEqual(b.dataSync());
      const absent = [...a.dataSync()].filter((_, i) => i < 18 && i % 3 === 2);
      expect(absent).toEqual([0, 0, 0, 0, 0, 0]);
    }
    const distances = distanceMap(indices, { classes: 3, squared: true, ...options }).dataSync();
    expect([...distances].filter((_, i) => i < 18 && i % 3 === 1)).toEqual(
      [0, 0, 4, 0, 1, 4].map((v, i) => (i === 2 ? 1 : i === 5 ? 4 : v)),
    );
  });

  it("give absent and full classes their constants", () => {
    const labels = tensor([0, 0, 0], [1, 3], "int32");
    const columns = (map: Tensor): number[][] => [0, 1].map((c) => [...map.dataSync()].filter((_, i) => i % 2 === c));
    expect(columns(signedDistanceMap(labels, { classes: 2 }))).toEqual([
      [0, 0, 0],
      [0, 0, 0],
    ]);
    expect(columns(penaltyMap(labels, { classes: 2 }))).toEqual([
      [1, 1, 1],
      [0, 0, 0],
    ]);
    expect(columns(hausdorffField(labels, { classes: 2, alpha: 2 }))).toEqual([
      [1, 1, 1],
      [1, 1, 1],
    ]);
    expect(columns(hausdorffField(labels, { classes: 2, borderless: 0 }))).toEqual([
      [0, 0, 0],
      [0, 0, 0],
    ]);
  });

  it("threshold probabilities at one half", () => {
    const p = tensor([0.1, 0.5, 0.51, 0.9, 1, 0, 0.2], [1, 7, 1]);
    expect([...hausdorffField(p).dataSync()]).toEqual([2, 1, 1, 2, 1, 1, 2]);
  });

  it("weigh gaps between objects, or between a class's components", () => {
    const gap = Math.fround(1 + 10 * Math.exp(-9 / 50));
    const objects = tensor([1, 0, 0, 2], [1, 4], "int32");
    const weights = borderWeightMap(objects, { objects: true });
    expect(weights.shape).toEqual([1, 4]);
    expect([...weights.dataSync()]).toEqual([1, gap, gap, 1]);
    const perClass = borderWeightMap(tensor([1, 0, 0, 1], [1, 4], "int32"), { classes: 1 });
    expect(perClass.shape).toEqual([1, 4, 1]);
    expect([...perClass.dataSync()]).toEqual([1, gap, gap, 1]);
  });

  it("are the same asynchronously", async () => {
    const pairs: [Tensor, Promise<Tensor>][] = [
      [distanceMap(mask()), distanceMapAsync(mask())],
      [signedDistanceMap(mask()), signedDistanceMapAsync(mask())],
      [penaltyMap(mask()), penaltyMapAsync(mask())],
      [hausdorffField(mask()), hausdorffFieldAsync(mask())],
      [borderWeightMap(mask()), borderWeightMapAsync(mask())],
    ];
    for (const [now, later] of pairs) expect((await later).dataSync()).toEqual(now.dataSync());
  });

  it("leave nothing but their result, and are constants for a gradient", () => {
    const labels = mask();
    const before = memory().numTensors;
    const map = signedDistanceMap(labels);
    expect(memory().numTensors).toBe(before + 1);
    map.dispose();
    expect(memory().numTensors).toBe(before);
    expect(() => grad((p) => signedDistanceMap(p))(labels)).toThrow(/Cannot compute gradient/);
  });

  it("say which labels they want", () => {
    expect(() => signedDistanceMap(tensor([0, 1], [1, 2], "int32"))).toThrow(
      "signedDistanceMap: one-hot labels must be [batch, ...spatial, classes] with 1 to 3 spatial axes (got int32 [1,2]; int32 class indices need the option classes)",
    );
    expect(() => distanceMap(mask(), { classes: 2 })).toThrow(
      /must be int32 class indices .* \(got float32 \[1,7,1\]\)/,
    );
    expect(() => distanceMap(mask(), { classes: 0 })).toThrow(/classes must be a whole number >= 1/);
    expect(() => distanceMap(mask(), { spacing: [1, 1] })).toThrow(/spacing must be a positive number or 1 of them/);
    expect(() => distanceMap(mask(), { sampling: 2 } as never)).toThrow(/unknown option "sampling"/);
    expect(() => penaltyMap(mask(), { alpha: 2 } as never)).toThrow(/unknown option "alpha"/);
    expect(() => borderWeightMap(mask(), { objects: true })).toThrow(/objects must be int32/);
  });
});
