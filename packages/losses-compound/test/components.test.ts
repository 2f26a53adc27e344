import { boundaryLoss, hausdorffDistanceLoss } from "@lossary/losses-boundary";
import {
  asymmetricUnifiedFocalLoss,
  comboLoss,
  diceBoundaryLoss,
  diceCrossEntropyLoss,
  diceFocalLoss,
  diceHausdorffLoss,
  diceTopKLoss,
  generalizedDiceFocalLoss,
  symmetricUnifiedFocalLoss,
} from "@lossary/losses-compound";
import { balancedCrossEntropyLoss, crossEntropyLoss, focalLoss, topKLoss } from "@lossary/losses-distribution";
import { diceLoss, generalizedDiceLoss } from "@lossary/losses-region";
import { onEachBackend } from "@lossary/test-kit";
import { memory, type Tensor, tensor, tidy } from "@tensorflow/tfjs-core";
import { expect, it } from "vitest";

type Loss = (labels: Tensor, predictions: Tensor, options?: object) => Tensor;
type Parts = Record<"focal" | "total" | "tversky", Tensor>;
type Triple = [number, number, number];
type Compound = (labels: Tensor, predictions: Tensor, options: object) => unknown;

/** Each compound, and of each of its terms the loss that it is and an option of its own. */
const compounds: [name: string, loss: Compound, terms: Record<string, [Loss, object]>][] = [
  [
    "diceCrossEntropyLoss",
    diceCrossEntropyLoss,
    { dice: [diceLoss, { denominator: "squares" }], crossEntropy: [crossEntropyLoss, { labelSmoothing: 0.1 }] },
  ],
  ["diceFocalLoss", diceFocalLoss, { dice: [diceLoss, { over: "batch" }], focal: [focalLoss, { gamma: 1.5 }] }],
  ["diceTopKLoss", diceTopKLoss, { dice: [diceLoss, { smooth: 1 }], topK: [topKLoss, { percent: 40 }] }],
  [
    "generalizedDiceFocalLoss",
    generalizedDiceFocalLoss,
    { generalizedDice: [generalizedDiceLoss, { smooth: 1 }], focal: [focalLoss, { gamma: 3 }] },
  ],
  ["diceBoundaryLoss", diceBoundaryLoss, { dice: [diceLoss, { smooth: 1 }], boundary: [boundaryLoss, { spacing: 2 }] }],
  [
    "diceHausdorffLoss",
    diceHausdorffLoss,
    { dice: [diceLoss, { smooth: 1 }], hausdorff: [hausdorffDistanceLoss, { alpha: 1, sided: "target" }] },
  ],
];

onEachBackend("components of compounds", () => {
  it.each(compounds)("%s: each term with its own options and weight, and their total", (_name, loss, terms) => {
    const labels = tensor(
      Array.from({ length: 40 }, (_, i) => (i >> 2) % 3),
      [2, 20],
      "int32",
    );
    const logits = tensor(
      Array.from({ length: 120 }, (_, i) => 2 * Math.sin(i * 1.7)),
      [2, 20, 3],
    );
    const shared = { activation: "softmax", ignoreLabel: 2, includeBackground: false };
    const names = Object.keys(terms);
    const own = Object.fromEntries(names.map((name) => [name, (terms[name] as [Loss, object])[1]]));
    const weights = Object.fromEntries(names.map((name, index) => [`${name}Weight`, 0.3 + index]));
    const before = memory().numTensors;
    const record = loss(labels, logits, { ...shared, ...own, ...weights, components: true }) as Record<string, Tensor>;
    expect(Object.keys(record).sort()).toEqual([...names, "total"].sort());
    expect(memory().numTensors).toBe(before + names.length + 1);
    const numberOf = (value: Tensor | undefined) => value?.dataSync()[0] as number;
    let total = 0;
    for (const [index, name] of names.entries()) {
      const [term, options] = terms[name] as [Loss, object];
      const alone = tidy(() => term(labels, logits, { ...shared, ...options }));
      expect(numberOf(record[name]), name).toBeCloseTo(numberOf(alone), 5);
      const plain = tidy(() => term(labels, logits, shared));
      expect(Math.abs(numberOf(alone) - numberOf(plain)), `${name}: its option says something`).toBeGreaterThan(1e-4);
      total += (0.3 + index) * numberOf(record[name]);
    }
    expect(numberOf(record.total)).toBeCloseTo(total, 4);
    const sum = tidy(() => loss(labels, logits, { ...shared, ...own, ...weights }) as Tensor);
    expect(numberOf(sum)).toBeCloseTo(total, 4);
  });

  it.each([
    ["symmetricUnifiedFocalLoss", symmetricUnifiedFocalLoss],
    ["asymmetricUnifiedFocalLoss", asymmetricUnifiedFocalLoss],
  ] as [string, Loss][])(
    "%s: each part is what it is alone, and the total their share of focalWeight",
    (_name, loss) => {
      for (const activation of ["softmax", "sigmoid"]) {
        const labels = tensor([0, 1, 2, 1, 0, 2, 1, 1], [2, 4], "int32");
        const logits = tensor(
          Array.from({ length: 24 }, (_, i) => 2 * Math.sin(i * 1.7)),
          [2, 4, 3],
        );
        const shared = { activation, ignoreLabel: 2, delta: 0.7, gamma: 0.3 };
        const alone = (options: object) =>
          tidy(() => loss(labels, logits, { ...shared, ...options })).dataSync()[0] as number;
        const before = memory().numTensors;
        const record = loss(labels, logits, { ...shared, focalWeight: 0.3, components: true }) as unknown as Parts;
        expect(Object.keys(record).sort()).toEqual(["focal", "total", "tversky"]);
        expect(memory().numTensors).toBe(before + 3);
        const [focal, tversky, total] = [record.focal, record.tversky, record.total].map(
          (x) => x.dataSync()[0],
        ) as Triple;
        expect(focal).toBeCloseTo(alone({ focalWeight: 1 }), 5);
        expect(tversky).toBeCloseTo(alone({ focalWeight: 0 }), 5);
        expect(Math.abs(focal - tversky)).toBeGreaterThan(0.01);
        expect(total).toBeCloseTo(0.3 * focal + 0.7 * tversky, 5);
        expect(alone({ focalWeight: 0.3 })).toBeCloseTo(total, 6);
      }
    },
  );

  it("comboLoss: alpha of its balanced cross entropy, and the rest of its Dice", () => {
    const labels = tensor([0, 1, 1, 0, 1], [1, 5], "int32");
    const logits = tensor([0.5, 1, -2, -1, 0.25], [1, 5, 1]);
    const shared = { activation: "sigmoid" } as const;
    const record = comboLoss(labels, logits, { ...shared, alpha: 0.3, beta: 0.6, smooth: 2, components: true });
    const [dice, crossEntropy, total] = [record.dice, record.crossEntropy, record.total].map((x) => x.dataSync()[0]);
    const parts = [
      diceLoss(labels, logits, { ...shared, smooth: 2 }),
      balancedCrossEntropyLoss(labels, logits, { ...shared, beta: 0.6 }),
    ].map((x) => x.dataSync()[0] as number) as [number, number];
    expect([dice, crossEntropy, total]).toEqual(
      [parts[0], parts[1], 0.3 * parts[1] + 0.7 * parts[0]].map((x) => expect.closeTo(x, 5)),
    );
  });
});
