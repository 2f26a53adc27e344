import {
  asymmetricUnifiedFocalLoss,
  comboLoss,
  diceCrossEntropyLoss,
  diceFocalLoss,
  diceTopKLoss,
  exponentialLogarithmicLoss,
  generalizedDiceFocalLoss,
  symmetricUnifiedFocalLoss,
} from "@lossary/losses-compound";
import { balancedCrossEntropyLoss, crossEntropyLoss, focalLoss } from "@lossary/losses-distribution";
import { diceLoss, generalizedDiceLoss } from "@lossary/losses-region";
import { onEachBackend } from "@lossary/test-kit";
import { add, grad, mul, profile, reshape, type Tensor, tensor, tidy } from "@tensorflow/tfjs-core";
import { describe, expect, it } from "vitest";

type Loss = (labels: Tensor, predictions: Tensor, options?: object) => Tensor;
type Terms = (labels: Tensor, predictions: Tensor, shared: object) => Tensor;

/** Each compound beside the same sum made of its terms, each called for itself. */
const compounds: Record<string, [Loss, Terms]> = {
  comboLoss: [
    comboLoss,
    (g, p, shared) =>
      add(
        mul(0.5, balancedCrossEntropyLoss(g, p, { beta: 0.5, ...shared })),
        mul(0.5, diceLoss(g, p, { smooth: 1, ...shared })),
      ),
  ],
  diceCrossEntropyLoss: [
    diceCrossEntropyLoss,
    (g, p, shared) => add(diceLoss(g, p, shared), crossEntropyLoss(g, p, shared)),
  ],
  diceFocalLoss: [diceFocalLoss, (g, p, shared) => add(diceLoss(g, p, shared), focalLoss(g, p, shared))],
  generalizedDiceFocalLoss: [
    generalizedDiceFocalLoss,
    (g, p, shared) => add(generalizedDiceLoss(g, p, shared), focalLoss(g, p, shared)),
  ],
};

const labels = () => Array.from({ length: 20 }, (_, i) => (i * 7 + (i >> 2)) % 3);
const indices = () => tensor(labels(), [2, 10], "int32");
const logits = () =>
  tensor(
    Array.from({ length: 60 }, (_, i) => 2 * Math.sin(i * 1.7)),
    [2, 10, 3],
  );
const weights = () =>
  tensor(
    Array.from({ length: 20 }, (_, i) => i % 4),
    [2, 10],
  );

/** Which of our kernels run. */
async function kernelsOf(run: () => Tensor): Promise<string[]> {
  const { kernels } = await profile(() => tidy(run));
  return kernels.map(({ name }) => name).filter((name) => name.startsWith("Lossary"));
}

onEachBackend("one pass for both terms", () => {
  describe.each(Object.entries(compounds))("%s", (_name, [compound, ofTerms]) => {
    it.each([
      { activation: "softmax" },
      { activation: "sigmoid", fused: false },
      { activation: "sigmoid", ignoreLabel: 1, weights: true },
      { activation: "softmax", includeBackground: false, reduction: "sample" },
      { activation: "softmax", classWeights: [1, 2, 3], reduction: "sum", ignoreLabel: 0 },
    ])("is the sum of its terms in value and gradient: %j", ({ weights: weighted, ...rest }) => {
      const options = () => ({ ...rest, ...(weighted && { weights: weights() }) });
      const run = (loss: Loss) => Array.from(tidy(() => loss(indices(), logits(), options())).dataSync());
      const expected = run(ofTerms as Loss);
      expect(run(compound)).toBeClose(expected, { relative: 2e-6 });
      const gradient = (loss: Loss) => {
        const upstream = expected.map((_, at) => 1 + at);
        const dy = reshape(tensor(upstream), upstream.length === 1 ? [] : [upstream.length]);
        return Array.from(tidy(() => grad((x) => loss(indices(), x, options()))(logits(), dy)).dataSync());
      };
      expect(gradient(compound)).toBeClose(gradient(ofTerms as Loss), { relative: 5e-6 });
    });

    it("reads the voxels once", async () => {
      const kernels = await kernelsOf(() => compound(indices(), logits(), { activation: "softmax" }));
      expect(kernels.filter((name) => name === "LossaryCrossEntropySums")).toHaveLength(1);
      expect(kernels).not.toContain("LossaryOverlapSums");
      expect(kernels).not.toContain("LossaryCrossEntropy");
    });
  });

  it("reads them twice where the terms do not read the same, and gives the sum of what they say", async () => {
    const run = () =>
      diceCrossEntropyLoss(indices(), logits(), { activation: "softmax", crossEntropy: { ignoreLabel: 2 } });
    const kernels = await kernelsOf(run);
    expect(kernels).toContain("LossaryOverlapSums");
    expect(kernels).toContain("LossaryCrossEntropySums");
    const expected = tidy(() =>
      add(
        diceLoss(indices(), logits(), { activation: "softmax" }),
        crossEntropyLoss(indices(), logits(), { activation: "softmax", ignoreLabel: 2 }),
      ),
    );
    expect(Array.from(run().dataSync())).toBeClose(Array.from(expected.dataSync()));
  });

  it("keeps the options of each term apart", () => {
    const value = diceCrossEntropyLoss(indices(), logits(), {
      activation: "softmax",
      dice: { denominator: "squares", includeBackground: false, over: "batch", smooth: 1 },
      crossEntropy: { labelSmoothing: 0.2, classWeights: [1, 2, 3], normalize: "weights" },
    });
    const expected = tidy(() =>
      add(
        diceLoss(indices(), logits(), {
          activation: "softmax",
          denominator: "squares",
          includeBackground: false,
          over: "batch",
          smooth: 1,
        }),
        crossEntropyLoss(indices(), logits(), {
          activation: "softmax",
          labelSmoothing: 0.2,
          classWeights: [1, 2, 3],
          normalize: "weights",
        }),
      ),
    );
    expect(Array.from(value.dataSync())).toBeClose(Array.from(expected.dataSync()), { relative: 2e-6 });
  });

  it.each([
    ["symmetricUnifiedFocalLoss", symmetricUnifiedFocalLoss, 1],
    ["asymmetricUnifiedFocalLoss, whose classes have two exponents,", asymmetricUnifiedFocalLoss, 2],
  ] as const)("%s makes its parts in as few passes as it has exponents", async (_name, loss, passes) => {
    for (const activation of ["softmax", "sigmoid"] as const) {
      const kernels = await kernelsOf(() => loss(indices(), logits(), { activation }));
      expect(kernels.filter((name) => name === "LossaryCrossEntropySums")).toHaveLength(passes);
      expect(kernels).not.toContain("LossaryOverlapSums");
      expect(kernels).not.toContain("LossaryCrossEntropy");
    }
  });

  it("exponentialLogarithmicLoss makes both parts in one pass, soft targets and channels included", async () => {
    const soft = tensor(
      Array.from({ length: 60 }, (_, i) => ((i * 7) % 5) / 5),
      [2, 10, 3],
    );
    for (const [truth, activation] of [
      [indices(), "softmax"],
      [soft, "softmax"],
      [soft, "sigmoid"],
    ] as const) {
      const kernels = await kernelsOf(() => exponentialLogarithmicLoss(truth, logits(), { activation }));
      expect(kernels.filter((name) => name === "LossaryCrossEntropySums")).toHaveLength(1);
      expect(kernels).not.toContain("LossaryOverlapSums");
      expect(kernels).not.toContain("LossaryCrossEntropy");
    }
  });

  it("leaves terms that are no equation on sums to themselves", async () => {
    const kernels = await kernelsOf(() => diceTopKLoss(indices(), logits(), { activation: "softmax" }));
    expect(kernels).toContain("LossaryOverlapSums");
    expect(kernels).toContain("LossaryCrossEntropy");
  });

  it("lets an equation on sums speak for its loss in errors", () => {
    const call = (options: object) => () => diceFocalLoss(indices(), logits(), options);
    expect(call({ dice: { smooth: -1 } })).toThrow("diceFocalLoss: diceLoss: smooth must be");
    expect(call({ focal: { alpha: [1, 2] } })).toThrow("diceFocalLoss: focalLoss: alpha must be");
    expect(call({ activation: "softplus" })).toThrow("diceFocalLoss: activation must be");
  });
});
