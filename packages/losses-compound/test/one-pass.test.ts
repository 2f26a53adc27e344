import { boundaryLoss, hausdorffDistanceLoss } from "@lossary/losses-boundary";
import {
  asymmetricUnifiedFocalLoss,
  comboLoss,
  diceBoundaryLoss,
  diceCrossEntropyLoss,
  diceFocalLoss,
  diceHausdorffLoss,
  diceTopKLoss,
  exponentialLogarithmicLoss,
  generalizedDiceFocalLoss,
  symmetricUnifiedFocalLoss,
} from "@lossary/losses-compound";
import { balancedCrossEntropyLoss, crossEntropyLoss, focalLoss, topKLoss } from "@lossary/losses-distribution";
import { diceLoss, generalizedDiceLoss } from "@lossary/losses-region";
import { onEachBackend } from "@lossary/test-kit";
import {
  add,
  cast,
  grad,
  greater,
  mul,
  oneHot,
  profile,
  reshape,
  slice,
  softmax,
  square,
  sum,
  type Tensor,
  tensor,
  tidy,
} from "@tensorflow/tfjs-core";
import { describe, expect, it } from "vitest";

type Loss = (labels: Tensor, predictions: Tensor, options?: object) => Tensor;
type Terms = (labels: Tensor, predictions: Tensor, shared: object) => Tensor;

/** Each compound beside the same sum made of its terms, each called for itself, and the kernel of its one pass. */
const compounds: Record<string, [Loss, Terms, kernel?: string]> = {
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
  diceTopKLoss: [
    (g, p, shared) => diceTopKLoss(g, p, { ...shared, topK: { percent: 35, per: "sample" } }),
    (g, p, shared) => add(diceLoss(g, p, shared), topKLoss(g, p, { ...shared, percent: 35, per: "sample" })),
    "LossaryOverlapCrossEntropy",
  ],
  "diceTopKLoss below a threshold": [
    (g, p, shared) => diceTopKLoss(g, p, { ...shared, topK: { threshold: 0.4 } }),
    (g, p, shared) => add(diceLoss(g, p, shared), topKLoss(g, p, { ...shared, threshold: 0.4 })),
    "LossaryOverlapCrossEntropy",
  ],
  diceBoundaryLoss: [
    (g, p, shared) => diceBoundaryLoss(g, p, { ...shared, boundaryWeight: 0.5, boundary: { spacing: 1.5 } }),
    (g, p, shared) => add(diceLoss(g, p, shared), mul(0.5, boundaryLoss(g, p, { ...shared, spacing: 1.5 }))),
    "LossaryOverlapFieldSums",
  ],
  "diceBoundaryLoss with a map of the labels": [
    (g, p, shared) => diceBoundaryLoss(g, p, { ...shared, boundary: { distanceMap: mapLike(p) } }),
    (g, p, shared) =>
      add(diceLoss(g, p, shared), mul(0.01, boundaryLoss(g, p, { ...shared, distanceMap: mapLike(p) }))),
    "LossaryOverlapFieldSums",
  ],
  diceHausdorffLoss: [
    (g, p, shared) => diceHausdorffLoss(g, p, { ...shared, hausdorffWeight: 0.2, hausdorff: { alpha: 1 } }),
    (g, p, shared) => add(diceLoss(g, p, shared), mul(0.2, hausdorffDistanceLoss(g, p, { ...shared, alpha: 1 }))),
    "LossaryOverlapFieldSums",
  ],
  "diceHausdorffLoss with a map of the labels alone": [
    (g, p, shared) => diceHausdorffLoss(g, p, { ...shared, hausdorff: { sided: "target", distanceMap: mapLike(p) } }),
    (g, p, shared) => {
      const own = { ...shared, sided: "target" as const, distanceMap: mapLike(p) };
      return add(diceLoss(g, p, shared), mul(0.01, hausdorffDistanceLoss(g, p, own)));
    },
    "LossaryOverlapFieldSums",
  ],
};

/** Some distances, one a voxel and class. */
function mapLike({ shape, size }: Tensor): Tensor {
  return tensor(
    Array.from({ length: size }, (_, i) => ((i * 7) % 11) - 4),
    shape,
  );
}

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

/** The same labels in other forms. */
const truths = {
  indices,
  dense: () => tidy(() => oneHot(indices(), 3)),
  soft: () => tidy(() => add(mul(0.8, oneHot(indices(), 3)), 0.05)),
  mask: () => tidy(() => cast(greater(indices(), 0), "int32")),
};

/** What sums terms over the voxels, or makes a map of them. */
const passes = [
  "LossaryCrossEntropy",
  "LossaryCrossEntropySums",
  "LossaryOverlapCrossEntropy",
  "LossaryOverlapFieldSums",
  "LossaryOverlapSums",
  "LossarySquaredErrorSums",
];

/** Which of our kernels run. */
async function kernelsOf(run: () => Tensor): Promise<string[]> {
  const { kernels } = await profile(() => tidy(run));
  return kernels.map(({ name }) => name).filter((name) => name.startsWith("Lossary"));
}

onEachBackend("one pass for both terms", () => {
  describe.each(Object.entries(compounds))("%s", (_name, [compound, ofTerms, kernel = "LossaryCrossEntropySums"]) => {
    it.each([
      { activation: "softmax" },
      { activation: "sigmoid", fused: false },
      { activation: "sigmoid", ignoreLabel: 1, weights: true },
      { activation: "softmax", includeBackground: false, reduction: "sample" },
      { activation: "softmax", classWeights: [1, 2, 3], reduction: "sum", ignoreLabel: 0 },
      { activation: "softmax", labels: "soft", weights: true },
      { activation: "sigmoid", labels: "dense", includeBackground: false, fused: false },
      { activation: "none", labels: "dense", weights: true },
      { activation: "sigmoid", labels: "mask", weights: true, reduction: "sample" },
    ])("is the sum of its terms in value and gradient: %j", ({ weights: weighted, labels: kind, ...rest }) => {
      const options = () => ({ ...rest, ...(weighted && { weights: weights() }) });
      const truth = () => truths[(kind ?? "indices") as keyof typeof truths]();
      const prediction = () => {
        if (rest.activation === "none") return tidy(() => softmax(logits()));
        return kind === "mask" ? slice(logits(), [0, 0, 0], [-1, -1, 1]) : logits();
      };
      const run = (loss: Loss) => Array.from(tidy(() => loss(truth(), prediction(), options())).dataSync());
      const expected = run(ofTerms as Loss);
      expect(run(compound)).toBeClose(expected, { relative: 2e-6 });
      const gradient = (loss: Loss) => {
        const upstream = expected.map((_, at) => 1 + at);
        const dy = reshape(tensor(upstream), upstream.length === 1 ? [] : [upstream.length]);
        return Array.from(tidy(() => grad((x) => loss(truth(), x, options()))(prediction(), dy)).dataSync());
      };
      expect(gradient(compound)).toBeClose(gradient(ofTerms as Loss), { relative: 5e-6 });
    });

    it("has the second derivatives of its terms without fused kernels", () => {
      const curvature = (loss: Loss) => {
        const slope = grad((x: Tensor) => loss(indices(), x, { activation: "softmax", fused: false }));
        const steepness = (x: Tensor) => sum(square(slope(x)));
        return Array.from(tidy(() => grad(steepness)(logits())).dataSync());
      };
      const expected = curvature(ofTerms as Loss);
      expect(expected.some((value) => Math.abs(value) > 1e-4)).toBe(true);
      expect(curvature(compound)).toBeClose(expected, { relative: 2e-5 });
    });

    it("reads the voxels once", async () => {
      const kernels = await kernelsOf(() => compound(indices(), logits(), { activation: "softmax" }));
      const ofPasses = kernels.filter((name) => passes.includes(name));
      expect(ofPasses).toEqual([kernel]);
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

  it.each([
    ["diceBoundaryLoss", diceBoundaryLoss as Loss, ["LossaryOverlapSums", "LossaryOverlapSums"]],
    ["diceHausdorffLoss", diceHausdorffLoss as Loss, ["LossaryOverlapSums", "LossarySquaredErrorSums"]],
    ["diceTopKLoss", diceTopKLoss as Loss, ["LossaryCrossEntropy", "LossaryOverlapSums"]],
  ] as [string, Loss, string[]][])(
    "%s reads them twice where its Dice has an activation of its own",
    async (_name, loss, expected) => {
      const probabilities = tidy(() => softmax(logits()));
      const kernels = await kernelsOf(() => loss(indices(), probabilities, { dice: { activation: "softmax" } }));
      expect(kernels.filter((name) => passes.includes(name)).sort()).toEqual(expected);
    },
  );

  it("a table of classes comes out of one pass too", async () => {
    const options = { activation: "softmax", reduction: "none", boundaryWeight: 2 } as const;
    const run = () => diceBoundaryLoss(indices(), logits(), options);
    const shared = { activation: "softmax", reduction: "none" } as const;
    const expected = tidy(() =>
      add(diceLoss(indices(), logits(), shared), mul(2, boundaryLoss(indices(), logits(), shared))),
    );
    expect(expected.shape).toEqual([2, 3]);
    expect(Array.from(run().dataSync())).toBeClose(Array.from(expected.dataSync()), { relative: 2e-6 });
    expect((await kernelsOf(run)).filter((name) => passes.includes(name))).toEqual(["LossaryOverlapFieldSums"]);
  });

  it("lets an equation on sums speak for its loss in errors", () => {
    const call = (options: object) => () => diceFocalLoss(indices(), logits(), options);
    expect(call({ dice: { smooth: -1 } })).toThrow("diceFocalLoss: diceLoss: smooth must be");
    expect(call({ focal: { alpha: [1, 2] } })).toThrow("diceFocalLoss: focalLoss: alpha must be");
    expect(call({ activation: "softplus" })).toThrow("diceFocalLoss: activation must be");
  });

  it("lets terms of fields and of choices speak for themselves", () => {
    const boundary = (options: object) => () => diceBoundaryLoss(indices(), logits(), options);
    const spaced = { boundary: { distanceMap: mapLike(logits()), spacing: 2 } };
    expect(boundary(spaced)).toThrow("diceBoundaryLoss: boundaryLoss: spacing contradicts distanceMap");
    const foreign = { boundary: { distanceMap: indices() } };
    expect(boundary(foreign)).toThrow("diceBoundaryLoss: boundaryLoss: distanceMap must be");
    expect(boundary({ classWeights: [1] })).toThrow("Loss: classWeights must be 3 numbers");
    expect(boundary({ dice: { smooth: -1 } })).toThrow("diceBoundaryLoss: diceLoss: smooth must be");
    const topK = (options: object) => () => diceTopKLoss(indices(), logits(), options);
    expect(topK({ topK: { percent: 0 } })).toThrow("diceTopKLoss: topKLoss: percent must be above 0");
    expect(topK({ topK: { share: 0 } })).toThrow('diceTopKLoss: topKLoss: there is no option "share"');
    expect(topK({ reduction: "none" })).toThrow("diceTopKLoss: terms must have one shape to be added");
    const hausdorff = { hausdorff: { sided: "target", predictionMask: "argmax" } };
    const call = () => diceHausdorffLoss(indices(), logits(), hausdorff as object);
    expect(call).toThrow("diceHausdorffLoss: hausdorffDistanceLoss: predictionMask contradicts");
  });
});
