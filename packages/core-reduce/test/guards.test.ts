import { detached, guardedPower, oneMinusRatio, safeDivide, stopGradient } from "@lossary/core-reduce";
import { onEachBackend, readNumbers } from "@lossary/test-kit";
import { add, cast, grad, greater, memory, mul, sub, sum, type Tensor, tensor1d } from "@tensorflow/tfjs-core";
import { expect, it } from "vitest";

const slopesOf = (f: (x: Tensor) => Tensor, at: number[]) => readNumbers(grad((x: Tensor) => sum(f(x)))(tensor1d(at)));

onEachBackend("stopGradient and detached", () => {
  it("keeps the value and lets no gradient through: d/dx x stop(x) = x", async () => {
    expect(await slopesOf((x) => mul(x, stopGradient(x)), [3, -2])).toEqual([3, -2]);
  });

  it("is connected: the gradient of stop(x) alone is 0, not an error", async () => {
    expect(await slopesOf((x) => stopGradient(x), [3, -2])).toEqual([0, 0]);
  });

  it("lets comparisons stand on the way: d/dx x [x > 0] = [x > 0]", async () => {
    expect(
      await slopesOf(
        (x) =>
          mul(
            x,
            detached(() => cast(greater(x, 0), "float32")),
          ),
        [-1, 2],
      ),
    ).toEqual([0, 1]);
  });
});

onEachBackend("helpers outside of a tidy", () => {
  it("leave nothing behind but what they return", () => {
    const [x, y] = [tensor1d([1, 2]), tensor1d([0, 2])];
    const made = [
      () => safeDivide(x, y),
      () => detached(() => mul(x, y)),
      () => stopGradient(x),
      () => guardedPower(x, 0.5),
      () => oneMinusRatio(x, y, { smoothNumerator: 1, smoothDenominator: 1 }),
    ];
    for (const make of made) {
      const before = memory().numTensors;
      make().dispose();
      expect(memory().numTensors).toBe(before);
    }
    expect(x.isDisposed || y.isDisposed).toBe(false);
  });
});

onEachBackend("safeDivide", () => {
  it("is 0 with gradient 0 where the denominator is 0", async () => {
    expect(await readNumbers(safeDivide(tensor1d([1, 5, 0]), tensor1d([4, 0, 0])))).toEqual([0.25, 0, 0]);
    expect(await slopesOf((x) => safeDivide(x, tensor1d([4, 0])), [1, 5])).toEqual([0.25, 0]);
    expect(await slopesOf((x) => safeDivide(tensor1d([8, 8]), x), [2, 0])).toBeClose([-2, 0]);
    expect(await readNumbers(safeDivide(tensor1d([1, 5]), 4))).toEqual([0.25, 1.25]);
    expect(await slopesOf((x) => safeDivide(x, 0), [1, 5])).toEqual([0, 0]);
  });
});

onEachBackend("guardedPower", () => {
  it("is the power, with 0 for its gradient at 0 and below", async () => {
    // WebGPU has 1e-19 for a power of 0
    expect(await readNumbers(guardedPower(tensor1d([4, 0, -1e-7]), 0.5))).toBeClose([2, 0, 0], { relative: 1e-7 });
    expect(await slopesOf((x) => guardedPower(x, 0.5), [4, 0, -1e-7])).toEqual([0.25, 0, 0]);
    expect(await slopesOf((x) => guardedPower(x, 2), [3, 0])).toBeClose([6, 0]);
  });

  it("has a finite gradient down to the smallest numbers: 0 at 1e-40, .01 * 1e-30^-.99 at 1e-30", async () => {
    expect(await slopesOf((x) => guardedPower(x, 0.01), [1e-40])).toEqual([0]);
    expect(await slopesOf((x) => guardedPower(x, 0.01), [1e-30])).toBeClose(0.01 * 1e-30 ** -0.99);
  });
});

onEachBackend("oneMinusRatio", () => {
  const smoothing = { smoothNumerator: 0.5, smoothDenominator: 1 };

  it("is 1 - (3 + .5) / (3 + 1 + 1) = .3 for 1 error and 3 right", async () => {
    expect(await readNumbers(oneMinusRatio(tensor1d([1]), tensor1d([3]), smoothing))).toBeClose(0.3);
  });

  it("stays finite where sums of what is no distribution make the whole 3 - 4 + 1 = 0: it is sD then", async () => {
    const [errors, right] = [tensor1d([3]), tensor1d([-4])];
    expect(await readNumbers(oneMinusRatio(errors, right, smoothing))).toBeClose(3.5);
    expect(await slopesOf((e) => oneMinusRatio(e, right, smoothing), [3])).toBeClose(-3.5);
    expect(await slopesOf((r) => oneMinusRatio(errors, r, smoothing), [-4])).toBeClose(-3.5);
  });

  it("has the gradients (R + sN) / d^2 = .14 and -(E + sD - sN) / d^2 = -.06", async () => {
    expect(await slopesOf((errors) => oneMinusRatio(errors, tensor1d([3]), smoothing), [1])).toBeClose(0.14);
    expect(await slopesOf((right) => oneMinusRatio(tensor1d([1]), right, smoothing), [3])).toBeClose(-0.06);
  });

  it("has finite gradients whatever is added: at 1e-12 those of the formula, 0 and -1e12", async () => {
    const ofNothing = (smoothNumerator: number, smoothDenominator: number) => {
      const smoothing = { smoothNumerator, smoothDenominator };
      return Promise.all([
        slopesOf((errors) => oneMinusRatio(errors, tensor1d([0]), smoothing), [0]),
        slopesOf((right) => oneMinusRatio(tensor1d([0]), right, smoothing), [0]),
      ]);
    };
    const [ofErrors, ofRight] = await ofNothing(0, 1e-12);
    expect(ofErrors).toEqual([0]);
    expect(ofRight).toBeClose(-1e12);
    for (const [numerator, denominator] of [
      [1.5, 1e-30],
      [1.5, 1e-12],
      [0, 1e-39],
    ] as const) {
      const slopes = (await ofNothing(numerator, denominator)).flat();
      expect(slopes.filter((slope) => !Number.isFinite(slope))).toEqual([]);
    }
  });

  it("is 0 with gradient 0 where there is nothing at all", async () => {
    const none = { smoothNumerator: 0, smoothDenominator: 0 };
    expect(await slopesOf((x) => add(oneMinusRatio(x, x, none), sub(x, x)), [0])).toEqual([0]);
  });
});
