import { diceFromOverlap, diceLoss, generalizedDiceFromOverlap, generalizedDiceLoss } from "@lossary/losses-region";
import type { NamedTerm } from "./compound.ts";
import type { TermRecord } from "./one-pass.ts";

/** With which intersection a ratio is made. */
export function intersectionOf({ intersection }: TermRecord): "product" | "semimetric" {
  return intersection === "product" ? "product" : "semimetric";
}

/** Dice as a term: by itself, or from sums that a pass has made. */
export const diceTerm: NamedTerm = {
  loss: diceLoss,
  weight: 1,
  overlap: {
    loss: "diceLoss",
    name: "diceFromOverlap",
    from: diceFromOverlap,
    // squares go with the product
    intersection: (options) => (options.denominator === "squares" ? "product" : intersectionOf(options)),
  },
};

/** Generalised Dice likewise. */
export const generalizedDiceTerm: NamedTerm = {
  loss: generalizedDiceLoss,
  weight: 1,
  overlap: {
    loss: "generalizedDiceLoss",
    name: "generalizedDiceFromOverlap",
    from: generalizedDiceFromOverlap,
    intersection: intersectionOf,
  },
};
