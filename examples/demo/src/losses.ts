import { createRequire } from "node:module";
import { add, type Tensor } from "@tensorflow/tfjs-core";
import { DemoError } from "./demo-error.ts";

/** A loss of class indices and logits, ready for training. */
export type SegmentationLoss = (labels: Tensor, logits: Tensor) => Tensor;

type LibraryLoss = (labels: Tensor, predictions: Tensor, options: { activation: "softmax" }) => Tensor;

/** Every loss that the loss packages among this package's dependencies export, by name. A new one is found by itself. */
export async function libraryLosses(): Promise<Map<string, LibraryLoss>> {
  const manifest = createRequire(import.meta.url)("../package.json") as { dependencies: Record<string, string> };
  const packages = Object.keys(manifest.dependencies).filter((name) => name.startsWith("@lossary/losses-"));
  const losses = new Map<string, LibraryLoss>();
  for (const name of packages) {
    const exported: Record<string, unknown> = await import(name);
    for (const [key, value] of Object.entries(exported)) {
      if (key.endsWith("Loss") && typeof value === "function") losses.set(key, value as LibraryLoss);
    }
  }
  return new Map([...losses].sort(([a], [b]) => a.localeCompare(b)));
}

/** Dice, cross entropy and their sum: what the demo compares when nobody says otherwise. */
export const defaultLosses = "diceLoss,crossEntropyLoss,diceLoss+crossEntropyLoss";

/**
 * Reads `--loss`: names separated by commas, sums by plus signs, or "all" for every loss of the library.
 *
 * @returns the chosen losses by name, each applied to logits through a softmax
 */
export function chooseLosses(wanted: string, library: Map<string, LibraryLoss>): Map<string, SegmentationLoss> {
  const names = wanted === "all" ? [...library.keys()] : wanted.split(",").map((name) => name.trim());
  return new Map(
    names.map((name) => {
      const terms = name.split("+").map((term) => {
        const loss = library.get(term.trim());
        if (!loss) throw new DemoError(unknownLoss(term.trim(), library));
        return loss;
      });
      const sum: SegmentationLoss = (labels, logits) =>
        terms.map((loss) => loss(labels, logits, { activation: "softmax" })).reduce((total, term) => add(total, term));
      return [name, sum];
    }),
  );
}

function unknownLoss(name: string, library: Map<string, LibraryLoss>): string {
  return `--loss: there is no loss "${name}". The library has ${[...library.keys()].join(", ")}; join them with "," or "+", or say "all".`;
}
