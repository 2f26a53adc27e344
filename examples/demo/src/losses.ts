import { createRequire } from "node:module";
import { diceLoss } from "@lossary/losses-region";
import { add, neg, type Tensor, tanh } from "@tensorflow/tfjs-core";
import { DemoError } from "./demo-error.ts";

/** A loss of class indices and logits, ready for training. */
export type SegmentationLoss = (labels: Tensor, logits: Tensor) => Tensor;

type LibraryLoss = (labels: Tensor, predictions: Tensor, options?: object) => Tensor;

/** Softmax over the logits, as most losses take them. */
const throughSoftmax =
  (loss: LibraryLoss, options: object = {}): SegmentationLoss =>
  (labels, logits) =>
    loss(labels, logits, { activation: "softmax", ...options });

/** The losses that want more than a softmax, or something else. */
const ownWays: Record<string, (loss: LibraryLoss) => SegmentationLoss> = {
  // a loss made out of another one
  blobLoss: (make) => throughSoftmax((make as unknown as (loss: LibraryLoss) => LibraryLoss)(diceLoss as LibraryLoss)),
  // every mistake as bad as any other
  generalizedWassersteinDiceLoss: (loss) => (labels, logits) => {
    const classes = logits.shape.at(-1) as number;
    const distanceMatrix = Array.from({ length: classes }, (_, row) =>
      Array.from({ length: classes }, (_, column) => (row === column ? 0 : 1)),
    );
    return loss(labels, logits, { activation: "softmax", distanceMatrix });
  },
  // scores as they come, each class against the rest
  lovaszHingeLoss: (loss) => (labels, logits) => loss(labels, logits),
  // distances to the border, negative inside, so that the largest logit still names the class
  signedDistanceRegressionLoss: (loss) => (labels, logits) => loss(labels, neg(tanh(logits))),
  weightedCrossEntropyLoss: (loss) => throughSoftmax(loss, { classWeights: "inverseFrequency" }),
};

/** Every loss that the loss packages among this package's dependencies export, by name. A new one is found by itself. */
export async function libraryLosses(): Promise<Map<string, SegmentationLoss>> {
  const manifest = createRequire(import.meta.url)("../package.json") as { dependencies: Record<string, string> };
  const packages = Object.keys(manifest.dependencies).filter((name) => name.startsWith("@lossary/losses-"));
  const losses = new Map<string, SegmentationLoss>();
  for (const name of packages) {
    const exported: Record<string, unknown> = await import(name);
    for (const [key, value] of Object.entries(exported)) {
      if (!key.endsWith("Loss") || typeof value !== "function") continue;
      losses.set(key, (ownWays[key] ?? throughSoftmax)(value as LibraryLoss));
    }
  }
  return new Map([...losses].sort(([a], [b]) => a.localeCompare(b)));
}

/** Dice, cross entropy and their sum: what the demo compares when nobody says otherwise. */
export const defaultLosses = "diceLoss,crossEntropyLoss,diceLoss+crossEntropyLoss";

/**
 * Reads `--loss`: names separated by commas, sums by plus signs, or "all" for every loss of the library.
 *
 * @returns the chosen losses by name, each ready for logits
 */
export function chooseLosses(wanted: string, library: Map<string, SegmentationLoss>): Map<string, SegmentationLoss> {
  const names = wanted === "all" ? [...library.keys()] : wanted.split(",").map((name) => name.trim());
  return new Map(
    names.map((name) => {
      const terms = name.split("+").map((term) => {
        const loss = library.get(term.trim());
        if (!loss) throw new DemoError(unknownLoss(term.trim(), library));
        return loss;
      });
      const sum: SegmentationLoss = (labels, logits) =>
        terms.map((loss) => loss(labels, logits)).reduce((total, term) => add(total, term));
      return [name, sum];
    }),
  );
}

function unknownLoss(name: string, library: Map<string, SegmentationLoss>): string {
  return `--loss: there is no loss "${name}". The library has ${[...library.keys()].join(", ")}; join them with "," or "+", or say "all".`;
}
