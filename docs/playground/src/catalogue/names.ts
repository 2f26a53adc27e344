import type { LossFamily } from "@lossary/catalogue";
import type { MapName } from "../compute/protocol.ts";

/** Words that are written otherwise than their letters in a name of code. */
const spellings: Readonly<Record<string, string>> = {
  "cl dice": "clDice",
  dou: "DoU",
  iou: "IoU",
  lovasz: "Lovász",
  "top k": "top-K",
  "log cosh": "log-cosh",
  "poly cross": "poly-cross",
  "distance penalized": "distance-penalised",
  "sensitivity specificity": "sensitivity-specificity",
  generalized: "generalised",
  wasserstein: "Wasserstein",
  matthews: "Matthews",
  hausdorff: "Hausdorff",
  tversky: "Tversky",
  dice: "Dice",
};

/** The name of a loss in words: `focalTverskyLoss` is "Focal Tversky". */
export function titleOf(name: string): string {
  let words = wordsOf(name.replace(/Loss$/, "").replace("DoU", "Dou"));
  for (const [letters, spelling] of Object.entries(spellings)) {
    words = words.replace(new RegExp(`\\b${letters}\\b`), spelling);
  }
  return words.startsWith("clDice") ? words : capitalised(words);
}

/** The first letter large. */
export function capitalised(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** The name of an option in words: `falsePositiveWeight` is "false positive weight". */
export function wordsOf(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

/** What the families are called. */
export const familyTitles: Readonly<Record<LossFamily, string>> = {
  distribution: "Distribution",
  region: "Region",
  boundary: "Boundary",
  compound: "Compound",
};

/** What the maps are called, and what they show. */
export const mapTitles: Readonly<Record<MapName, { readonly title: string; readonly shows: string }>> = {
  distanceMap: { title: "Distance", shows: "From inside to the border, in pixels" },
  signedDistanceMap: { title: "Signed distance", shows: "Negative inside: the map of the boundary loss" },
  penaltyMap: { title: "Penalty", shows: "1 at the border, 0 where it is farthest" },
  hausdorffField: { title: "Hausdorff field", shows: "To the border, on both sides" },
  borderWeightMap: { title: "Border weight", shows: "High in narrow gaps between objects" },
};

/** What a loss or a map that is computed is called. */
export function titleOfComputed(name: string): string {
  return name in mapTitles ? `the map “${mapTitles[name as MapName].title}”` : titleOf(name);
}

/** A line of Markdown without its marks. */
export function plainText(markdown: string): string {
  return markdown.replace(/`([^`]*)`/g, "$1").replace(/\[([^\]]*)\]\([^)]*\)/g, "$1");
}
