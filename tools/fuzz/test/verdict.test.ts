import { mul, scalar, sqrt, type Tensor, tensor } from "@tensorflow/tfjs-core";
import fc from "fast-check";
import { afterEach, expect, it } from "vitest";
import "../src/backends.ts";
import { fuzz } from "../src/fuzz.ts";
import type { Subject } from "../src/subject.ts";
import { judge } from "../src/verdict.ts";

const x = { tensor: [0, 1], shape: [2], dtype: "float32" as const };
const kept: Tensor[] = [];
afterEach(() => kept.splice(0).forEach((one) => void one.dispose()));

const subject = (call: (x: Tensor) => unknown, others: Partial<Subject> = {}): Subject => ({
  name: "tried",
  from: "nowhere",
  given: fc.constant([x]),
  call: call as Subject["call"],
  ...others,
});
const verdictOn = (call: (x: Tensor) => unknown, others?: Partial<Subject>) => judge(subject(call, others), [x]);

it("accepts what is finite, and what is refused with an error that teaches", async () => {
  expect(await verdictOn((given) => mul(given, 2))).toBe("accepted");
  expect(await verdictOn(async (given) => ({ a: mul(given, 2), b: [Float32Array.of(1)], c: 3 }))).toBe("accepted");
  expect(await verdictOn(() => refuse("z"))).toBe("refused");
  expect(await verdictOn(() => Promise.reject(new Error("other: x must be y (got z)")), { speaksFor: ["other"] })).toBe(
    "refused",
  );
});

/** What a call does wrong, what is said of it, and what else is known of the function. */
type Wrong = [what: string, call: (x: Tensor) => unknown, said: RegExp, others?: Partial<Subject>];

const wrongs: Wrong[] = [
  ["NaN", () => tensor([0, Number.NaN]), /result\[1\] is NaN/],
  ["infinity in a record", () => ({ total: tensor([Number.POSITIVE_INFINITY]) }), /result.total\[0\] is Infinity/],
  ["NaN where infinity was asked for", () => Number.NaN, /is NaN/, { infinite: () => true }],
  ["an error of somebody else", () => Reflect.ownKeys(1 as never), /does not teach: Reflect.ownKeys/],
  ["an error that says nothing", () => Promise.reject(new Error("tried: failed")), /does not teach: tried: failed/],
  ["what is left behind", (given) => mul(given, leave()), /1 tensors are left behind by a call that was accepted/],
  ["what is left behind by a refusal", () => refuse(leave()), /1 tensors are left behind by a call that was refused/],
  ["a disposed input", (given) => given.dispose(), /a tensor of the caller is disposed, float32 \[2\]/],
  ["a changed input", (given) => (given.dataSync() as Float32Array).fill(5), /is changed: 0 to 5/],
  ["a gradient that is not finite", (given) => sqrt(given), /gradient\[0\] is Infinity/, { gradientOf: 0 }],
];

function leave(): Tensor {
  const one = scalar(1);
  kept.push(one);
  return one;
}

function refuse(got: unknown): never {
  throw new Error(`tried: x must be y (got ${got})`);
}

it.each(wrongs)("refuses %s", async (_, call, said, others) => {
  await expect(verdictOn(call, others)).rejects.toThrow(said);
});

it("says how to repeat what is wrong, and counts what it called", async () => {
  const given = fc.tuple(fc.integer({ min: 0, max: 9 }));
  const call = (value: number) => (value > 3 ? Number.NaN : value);
  const bad = subject(call as never, { given });
  const { failures, counts } = await fuzz({ seconds: 0, seed: 7, subjects: [bad] });
  expect(failures).toHaveLength(1);
  expect(failures[0]).toMatchObject({
    subject: "tried",
    backend: "cpu",
    seed: 7,
    call: "[4]",
    wrong: "result[0] is NaN",
  });
  const again = await fuzz({ seconds: 0, seed: 7, subjects: [bad], path: failures[0]?.path as string });
  expect(again.failures[0]?.call).toBe("[4]");
  const fine = await fuzz({ seconds: 0, seed: 7, subjects: [subject(() => 1)] });
  expect(fine).toEqual({ counts: { tried: { accepted: 12, refused: 0 } }, failures: [] });
  expect(counts.tried?.refused).toBe(0);
});
