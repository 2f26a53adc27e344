import { expect, it } from "vitest";
import { effortOn } from "../backends.ts";
import { type LossCall, readGradient, readLoss } from "../evaluate.ts";
import { oneHot } from "./examples.ts";
import type { Subject } from "./suite.ts";

/** Label maps of the extreme corners, by what they hold. */
const maps = {
  empty: (voxels: number) => new Int32Array(voxels),
  mixed: (voxels: number) => Int32Array.from({ length: voxels }, (_, i) => (i % 3 === 1 ? 1 : 0)),
  full: (voxels: number) => new Int32Array(voxels).fill(1),
};

/** Finite value and gradient at every extreme, and exactly 0 where there is nothing to learn. */
export function isFiniteAtCorners(subject: Subject, backend: string): void {
  const { loss, variants, zeroAtPerfect } = subject;
  const looks = effortOn(backend).thorough ? Number.POSITIVE_INFINITY : 1;
  it("is finite in value and gradient for {empty, mixed, full} truth and prediction, saturated", async () => {
    let looked = 0;
    for (const [truth, prediction, call] of cornerCalls(subject, looks)) {
      for (const variant of variants.slice(0, looks)) {
        const at = { ...call, options: { ...subject.required, ...variant, ...call.options } };
        const where = `${truth} truth, ${prediction} prediction, ${JSON.stringify(at.shape)}, ${JSON.stringify(at.options)}`;
        const { values } = await readLoss(loss, at);
        expect(values.every(Number.isFinite), where).toBe(true);
        expect((await readGradient(loss, at)).every(Number.isFinite), where).toBe(true);
        if (zeroAtPerfect && truth === prediction && !("labelSmoothing" in variant))
          expect(values[0], where).toBeClose(0, { absolute: 1e-6 });
        if (zeroAtPerfect) expect(values[0], where).toBeGreaterThan(-1e-6);
        looked += 1;
      }
    }
    expect(looked).toBeGreaterThanOrEqual(9 * Math.min(looks, variants.length));
  });

  it("is 0 with a zero gradient where every voxel is ignored", async () => {
    if (subject.without.includes("weights"))
      return expect(readLoss(loss, ignoredCall(subject))).rejects.toThrow(/weights/);
    for (const variant of variants) {
      const call = ignoredCall(subject, variant);
      expect((await readLoss(loss, call)).values).toEqual([0]);
      expect((await readGradient(loss, call)).map(Math.abs)).toEqual(new Array(call.predictions.length).fill(0));
    }
  });
}

/** Every pair of corner maps, for one voxel and for several, with each activation and class count. */
function* cornerCalls(
  { ranks, classes, activations, targets }: Subject,
  sizes: number,
): Generator<[string, string, LossCall]> {
  const corners = Object.entries(maps);
  for (const count of classes.filter((c) => c <= 2 || Math.min(...classes) > 2)) {
    for (const activation of activations.filter((name) => count > 1 || name !== "softmax")) {
      for (const side of [3, 1].slice(0, sizes)) {
        const rank = Math.min(...ranks);
        const shape = [2, side, ...new Array<number>(rank - 1).fill(2), count];
        const voxels = shape.slice(0, -1).reduce((product, length) => product * length, 1);
        for (const [truth, labelsOf] of corners) {
          for (const [prediction, predictedOf] of corners) {
            const labels = labelsOf(voxels);
            const hard = oneHot(predictedOf(voxels), count);
            const predictions = activation === "none" ? hard : hard.map((p) => (2 * p - 1) * 1e4);
            yield [
              truth,
              prediction,
              {
                shape,
                predictions,
                labels: targets.includes("indices") ? labels : oneHot(labels, count),
                options: { activation },
              },
            ];
          }
        }
      }
    }
  }
}

function ignoredCall(subject: Subject, variant: object = {}): LossCall {
  const [, , call] = [...cornerCalls(subject, 2)].at(-2) as [string, string, LossCall];
  const voxels = call.predictions.length / (call.shape.at(-1) as number);
  return { ...call, options: { ...subject.required, ...variant, ...call.options, weights: new Float64Array(voxels) } };
}
