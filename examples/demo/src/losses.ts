import { createRequire } from "node:module";
import { diceLoss } from "@lossary/losses-region";
import { add, mul, neg, type Tensor, tanh } from "@tensorflow/tfjs-core";
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
  // centre lines; those of the background mean nothing
  clDiceLoss: (loss) => throughSoftmax(loss, { includeBackground: false }),
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
 * The losses that are made to stand beside a region loss, because alone they cannot be relied on to teach a network that knows nothing yet: "all" trains them
 * so. Distances count in pixels, so their weights are small.
 */
export const partnered: Record<string, string> = {
  // is content with an empty prediction where objects are small; partner and weight are those of Kervadec 2019
  boundaryLoss: "generalizedDiceLoss+0.01*boundaryLoss",
  // moves a boundary that is there already
  activeBoundaryLoss: "diceLoss+0.1*activeBoundaryLoss",
  // charge a false alarm far away hundreds of times what a missed thin structure costs: alone they may end with nothing predicted
  hausdorffDistanceLoss: "diceCrossEntropyLoss+0.01*hausdorffDistanceLoss",
  logHausdorffDistanceLoss: "diceLoss+0.1*logHausdorffDistanceLoss",
  // is content with a network that is unsure everywhere
  hausdorffErosionLoss: "diceLoss+0.1*hausdorffErosionLoss",
  // sees centre lines alone; halves with Dice, as in Shit 2021
  clDiceLoss: "0.5*diceLoss+0.5*clDiceLoss",
};

/**
 * Reads `--loss`: names separated by commas, weighted sums as "a+0.5*b", or "all" for every loss of the library, some of them with a partner.
 *
 * @returns the chosen losses by name, each ready for logits
 */
export function chooseLosses(wanted: string, library: Map<string, SegmentationLoss>): Map<string, SegmentationLoss> {
  const names =
    wanted === "all"
      ? [...library.keys()].map((name) => partnered[name] ?? name)
      : wanted.split(",").map((name) => name.trim());
  return new Map(
    names.map((name) => {
      const terms = name.split("+").map((term) => readTerm(term.trim(), library));
      const sum: SegmentationLoss = (labels, logits) =>
        terms.map((loss) => loss(labels, logits)).reduce((total, term) => add(total, term));
      return [name, sum];
    }),
  );
}

/** Reads "diceLoss" or "0.5*diceLoss". */
function readTerm(term: string, library: Map<string, SegmentationLoss>): SegmentationLoss {
  const [, factor, name = term] = /^(?:([^*]*)\*)?([^*]*)$/.exec(term) ?? [];
  const loss = library.get(name.trim());
  if (!loss) throw new DemoError(unknownLoss(name.trim(), library));
  if (factor === undefined) return loss;
  const weight = Number(factor);
  if (factor.trim() === "" || !(weight > 0 && weight < Number.POSITIVE_INFINITY))
    throw new DemoError(`--loss: the factor of ${name.trim()} must be a number above 0, got "${factor.trim()}".`);
  return (labels, logits) => mul(loss(labels, logits), weight);
}

function unknownLoss(name: string, library: Map<string, SegmentationLoss>): string {
  return `--loss: there is no loss "${name}". The library has ${[...library.keys()].join(", ")}; join them with "," or "+", or say "all".`;
}
