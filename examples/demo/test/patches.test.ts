import { describe, expect, it } from "vitest";
import { cutPatch, mirrored, PatchSampler } from "../src/patches.ts";
import { seededRandom } from "../src/random.ts";
import type { Sample } from "../src/sample.ts";

function ramp(height: number, width: number): Sample {
  return {
    name: "ramp",
    height,
    width,
    channels: 1,
    image: Float32Array.from({ length: height * width }, (_, i) => i),
    mask: Uint8Array.from({ length: height * width }, (_, i) => (i === 5 ? 2 : i % 2)),
    spacing: [1, 1],
  };
}

const empty = (area: number) => ({ images: new Float32Array(area), labels: new Int32Array(area) });

describe("mirrored", () => {
  it("shows the border pixel twice: 2 1 0 | 0 1 2 | 2 1 0", () => {
    const seen = [-3, -2, -1, 0, 1, 2, 3, 4, 5].map((index) => mirrored(index, 3));
    expect(seen).toEqual([2, 1, 0, 0, 1, 2, 2, 1, 0]);
  });

  it("stays inside an image of one pixel", () => {
    expect([-2, -1, 0, 1, 2].map((index) => mirrored(index, 1))).toEqual([0, 0, 0, 0, 0]);
  });
});

describe("cutPatch", () => {
  it("is the image itself when it lies square on it", () => {
    const sample = ramp(4, 4);
    const patch = empty(16);
    cutPatch(sample, { centre: [1.5, 1.5], down: [1, 0], across: [0, 1] }, 4, patch);
    expect([...patch.images]).toEqual([...sample.image]);
    expect([...patch.labels]).toEqual([...sample.mask]);
  });

  it("is the transpose when rows and columns change places", () => {
    const patch = empty(4);
    cutPatch(ramp(2, 2), { centre: [0.5, 0.5], down: [0, 1], across: [1, 0] }, 2, patch);
    expect([...patch.images]).toEqual([0, 2, 1, 3]);
  });

  it("takes the mean of four pixels half-way between them", () => {
    const patch = empty(1);
    cutPatch(ramp(2, 2), { centre: [0.5, 0.5], down: [1, 0], across: [0, 1] }, 1, patch);
    expect(patch.images[0]).toBe(1.5); // (0 + 1 + 2 + 3) / 4
  });
});

describe("PatchSampler", () => {
  it("shows the same patches for the same seed", () => {
    const sample = ramp(20, 20);
    const first = new PatchSampler([sample], 8, seededRandom(3)).next(3);
    const second = new PatchSampler([sample], 8, seededRandom(3)).next(3);
    expect(first).toEqual(second);
  });

  it("shows a class of one pixel in four hundred in about half of a quarter of the patches", () => {
    // Half of the patches are centred on a pixel of class 1 or 2, each as often: class 2 sits in the middle of one in four.
    const sampler = new PatchSampler([ramp(20, 20)], 5, seededRandom(1));
    const { labels } = sampler.next(400);
    const centred = Array.from({ length: 400 }, (_, index) => labels[index * 25 + 12]).filter((label) => label === 2);
    expect(centred.length / 400).toBeGreaterThan(0.2);
    expect(centred.length / 400).toBeLessThan(0.32);
  });
});
