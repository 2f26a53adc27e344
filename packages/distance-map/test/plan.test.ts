import { describe, expect, it } from "vitest";
import {
  createDistancePlan,
  distanceTransform,
  labelDistanceTransform,
  nearestBackground,
  signedDistanceTransform,
} from "../src/array.ts";
import { backends } from "./backends.ts";
import { random, randomMask } from "./brute-force.ts";

describe.each(backends)("a plan, backend %s", (backend) => {
  it.each([[[31]], [[20, 33]], [[7, 11, 18]]])(
    "gives what the single transforms give, call after call, %j",
    (shape) => {
      const next = random(51);
      const spacing = shape.map((_, axis) => 1 + axis);
      const plan = createDistancePlan(shape, { spacing, backend });
      const voxels = shape.reduce((product, extent) => product * extent, 1);
      const out = new Float32Array(voxels);
      expect(plan.shape).toEqual(shape);
      for (let trial = 0; trial < 20; trial++) {
        const mask = randomMask(next, voxels, 4);
        const source = trial % 2 ? Int32Array.from(mask) : mask;
        const options = { spacing, backend };
        expect(plan.run(source, out)).toBe(out);
        expect(out).toEqual(distanceTransform(mask, shape, options));
        expect(plan.labels(source)).toEqual(labelDistanceTransform(mask, shape, options));
        expect(plan.signed(source)).toEqual(signedDistanceTransform(mask, shape, options));
        expect(plan.nearest(source)).toEqual(nearestBackground(mask, shape, { spacing }));
      }
    },
  );

  it.each(["run", "labels"] as const)("allocates no array when it is warm and has an out: %s", (run) => {
    const shape = [20, 60, 70];
    const mask = randomMask(random(52), 20 * 60 * 70, 4);
    const out = new Float32Array(mask.length);
    const plan = createDistancePlan(shape, { backend });
    for (let call = 0; call < 3; call++) plan[run](mask, out);
    const before = process.memoryUsage().arrayBuffers;
    for (let call = 0; call < 20; call++) plan[run](mask, out);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(1024);
  });

  it("follows a caller who changes outputs", () => {
    const plan = createDistancePlan([4], { backend });
    const both = new Float32Array(8);
    plan.run([0, 1, 1, 1], both.subarray(0, 4));
    plan.run([1, 1, 1, 0], both.subarray(4));
    expect([...both]).toEqual([0, 1, 2, 3, 3, 2, 1, 0]);
  });
});
