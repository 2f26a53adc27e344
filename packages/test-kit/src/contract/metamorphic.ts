import { expect, it } from "vitest";
import { type LossCall, readGradient, readLoss } from "../evaluate.ts";
import { mostClasses, oneHot, plainCall } from "./examples.ts";
import { itWhere } from "./it-where.ts";
import type { Subject } from "./suite.ts";

/** Facts about how a loss answers to a change of its input, whatever its formula. */
export function obeysMetamorphicFacts(subject: Subject): void {
  const { loss, variants, spatial, targets, without } = subject;
  const classes = mostClasses(subject);

  itWhere(!spatial)("does not depend on the order of the voxels", async () => {
    for (const variant of variants) {
      const call = plainCall(subject, variant);
      const moved = permuted(call, classes);
      expect((await readLoss(loss, moved.call)).values).toBeClose((await readLoss(loss, call)).values, {
        relative: 1e-6,
      });
      expect(moved.back(await readGradient(loss, moved.call))).toBeClose(await readGradient(loss, call), {
        relative: 1e-6,
      });
    }
  });

  itWhere(!without.includes("weights"))("gives voxels of weight 0 no influence, whatever stands there", async () => {
    for (const variant of variants) {
      const call = plainCall(subject, variant);
      const weights = Float64Array.from({ length: call.predictions.length / classes }, (_, i) => (i % 3 === 0 ? 0 : 1));
      const clean = { ...call, options: { ...call.options, weights } };
      const garbage = [1e30, -1e30, Number.POSITIVE_INFINITY, Number.NaN];
      const dirty = {
        ...clean,
        predictions: call.predictions.map((x, i) =>
          weights[Math.floor(i / classes)] === 0 ? (garbage[i % 4] as number) : x,
        ),
        labels:
          call.labels instanceof Int32Array
            ? call.labels.map((label, i) => (weights[i] === 0 ? -7 : label))
            : call.labels,
      };
      expect((await readLoss(loss, dirty)).values).toEqual((await readLoss(loss, clean)).values);
      const slopes = await readGradient(loss, dirty);
      expect(slopes).toEqual(await readGradient(loss, clean));
      expect(slopes.filter((_, i) => weights[Math.floor(i / classes)] === 0).every((slope) => slope === 0)).toBe(true);
    }
  });

  itWhere(targets.includes("indices") && !without.includes("ignoreLabel"))(
    "treats ignoreLabel as weight 0",
    async () => {
      for (const variant of variants) {
        const call = plainCall(subject, variant) as LossCall & { labels: Int32Array };
        const ignored = call.labels.map((label, i) => (i % 4 === 1 ? 255 : label));
        const weights = Float64Array.from(ignored, (label) => (label === 255 ? 0 : 1));
        const byLabel = { ...call, labels: ignored, options: { ...call.options, ignoreLabel: 255 } };
        const byWeight = { ...call, options: { ...call.options, weights } };
        expect((await readLoss(loss, byLabel)).values).toBeClose((await readLoss(loss, byWeight)).values, {
          relative: 1e-6,
        });
        expect(await readGradient(loss, byLabel)).toBeClose(await readGradient(loss, byWeight), { relative: 1e-6 });
      }
    },
  );

  it("does not change with weights of 1 and class weights of 1", async () => {
    const call = plainCall(subject, variants[0]);
    const ones: Record<string, unknown> = {
      weights: new Float64Array(call.predictions.length / classes).fill(1),
      ...(subject.unitClassWeights && { classWeights: new Array(classes).fill(1) }),
    };
    for (const name of Object.keys(ones).filter((option) => !without.includes(option))) {
      const weighted = { ...call, options: { ...call.options, [name]: ones[name] } };
      expect((await readLoss(loss, weighted)).values, name).toBeClose((await readLoss(loss, call)).values, {
        relative: 1e-6,
      });
      expect(await readGradient(loss, weighted), name).toBeClose(await readGradient(loss, call), { relative: 1e-6 });
    }
  });

  itWhere(targets.includes("indices") && targets.includes("one-hot"))(
    "takes class indices and one-hot labels alike",
    async () => {
      for (const variant of variants.filter((options) => !("labelSmoothing" in options))) {
        const call = plainCall(subject, variant) as LossCall & { labels: Int32Array };
        const dense = { ...call, labels: oneHot(call.labels, classes) };
        expect((await readLoss(loss, dense)).values).toBeClose((await readLoss(loss, call)).values, { relative: 1e-6 });
        expect(await readGradient(loss, dense)).toBeClose(await readGradient(loss, call), { relative: 1e-6 });
      }
    },
  );
}

/** The call with the voxels of each sample in another order, and what puts a gradient back. */
function permuted(call: LossCall & { predictions: Float64Array; labels: Float64Array | Int32Array }, classes: number) {
  const voxels = call.predictions.length / classes;
  const perSample = voxels / (call.shape[0] as number);
  const from = Array.from(
    { length: voxels },
    (_, i) => Math.floor(i / perSample) * perSample + (((i % perSample) * 7 + 3) % perSample),
  );
  if (new Set(from).size !== voxels) throw new Error("contract: the permutation does not reach every voxel");
  const move = <T extends Float64Array | Int32Array>(values: T): T => {
    const width = values.length / voxels;
    return values.map((_, i) => values[(from[Math.floor(i / width)] as number) * width + (i % width)] as number) as T;
  };
  const back = (slopes: number[]) => {
    const restored = new Array<number>(slopes.length);
    slopes.forEach((slope, i) => {
      restored[(from[Math.floor(i / classes)] as number) * classes + (i % classes)] = slope;
    });
    return restored;
  };
  return { call: { ...call, predictions: move(call.predictions), labels: move(call.labels) }, back };
}
