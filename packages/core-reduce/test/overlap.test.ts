import { type Overlap, overlap } from "@lossary/core-reduce";
import { onEachBackend, readNumbers } from "@lossary/test-kit";
import { add, grad, mul, slice, sub, sum, type Tensor, tensor2d, tensor3d } from "@tensorflow/tfjs-core";
import { expect, it } from "vitest";

const truth = () => tensor3d([[[1], [0], [1], [1]]]);
const guess = () => tensor3d([[[0.9], [0.2], [0.6], [0.3]]]);

onEachBackend("overlap", () => {
  it("sums p = .9 .2 .6 .3 against g = 1 0 1 1: I 1.8, P 2, G 3, FP .2, FN 1.2, E .7", async () => {
    const sums = overlap(truth(), guess());
    expect(await readNumbers(sums.intersection)).toBeClose(1.8);
    expect(await readNumbers(sums.predicted)).toBeClose(2);
    expect(await readNumbers(sums.labelled)).toBeClose(3);
    expect(await readNumbers(sums.falsePositives)).toBeClose(0.2);
    expect(await readNumbers(sums.falseNegatives)).toBeClose(1.2);
    expect(await readNumbers(sums.squaredErrors)).toBeClose(0.01 + 0.04 + 0.16 + 0.49);
    expect(await readNumbers(sums.valid)).toEqual([4]);
  });

  it("adds up: the sums of two halves are those of the whole", async () => {
    const half = (x: Tensor, from: number) => slice(x, [0, from, 0], [1, 2, 1]);
    const [first, second] = [0, 2].map((from) => overlap(half(truth(), from), half(guess(), from))) as [
      Overlap,
      Overlap,
    ];
    const whole = overlap(truth(), guess());
    for (const name of Object.keys(whole) as (keyof Overlap)[]) {
      expect(await readNumbers(add(first[name], second[name])), name).toBeClose(await readNumbers(whole[name]));
    }
  });

  it("leaves class 0 out of every sum with includeBackground: false, after the activation", async () => {
    const logits = tensor3d([
      [
        [Math.log(3), 0],
        [0, 0],
      ],
    ]);
    const labels = tensor2d([[1, 0]], [1, 2], "int32");
    const sums = overlap(labels, logits, { activation: "softmax", includeBackground: false });
    expect(sums.intersection.shape).toEqual([1, 1]);
    expect(await readNumbers(sums.intersection)).toBeClose(0.25);
    expect(await readNumbers(sums.predicted)).toBeClose(0.75);
  });

  it("sends no gradient through what is labelled", async () => {
    const slopes = grad((p: Tensor) => {
      const { predicted, labelled } = overlap(truth(), p);
      return sum(mul(predicted, labelled));
    })(guess());
    expect(await readNumbers(slopes)).toBeClose([3, 3, 3, 3]);
  });

  it("keeps a small gradient through I beside a large one through FP, which is 0 where p < g: d/dp (1e6 FP - 1e-3 I) = -1e-3", async () => {
    const slopes = grad((p: Tensor) => {
      const { falsePositives, intersection } = overlap(tensor3d([[[1]]]), p);
      return sum(add(mul(falsePositives, 1e6), mul(intersection, -1e-3)));
    })(tensor3d([[[0.25]]]));
    expect(await readNumbers(slopes)).toBeClose([-1e-3], { absolute: 0 });
  });

  it("survives labels that are disposed between the forward and the backward pass", async () => {
    const slopes = grad((p: Tensor) => {
      const labels = truth();
      const sums = overlap(labels, p);
      labels.dispose();
      return sum(sub(sums.falsePositives, sums.intersection));
    })(guess());
    expect(await readNumbers(slopes)).toEqual([-1, 1, -1, -1]);
  });

  it("has second derivatives in its portable form: d2/dx2 of sum (p - g)^2 at x = 0, g = 1 is 2 p'^2 + 2 (p - g) p'' = .125", async () => {
    const options = { activation: "sigmoid", fused: false } as const;
    const once = grad((x: Tensor) => sum(overlap(tensor3d([[[1]]]), x, options).squaredErrors));
    const twice = grad((x: Tensor) => sum(mul(once(x), 1)));
    expect(await readNumbers(twice(tensor3d([[[0]]])))).toBeClose(0.125);
  });
});
