import {
  addSums,
  type CrossEntropySums,
  crossEntropySums,
  type Overlap,
  overlap,
  slopesOfSums,
} from "@lossary/core-reduce";
import { diceCrossEntropyLoss } from "@lossary/losses-compound";
import { crossEntropyFromSums } from "@lossary/losses-distribution";
import { diceFromOverlap } from "@lossary/losses-region";
import { add, type Scalar, type Tensor, tidy } from "@tensorflow/tfjs-core";
import { unlabelled } from "./batches.ts";

const shared = { activation: "softmax", ignoreLabel: unlabelled } as const;
const dice = { ...shared, over: "batch" } as const;

/** What is trained, where all patches are at hand: batch Dice and the mean cross entropy of the labelled pixels. */
export function objective(labels: Tensor, logits: Tensor): Scalar {
  return diceCrossEntropyLoss(labels, logits, { ...shared, dice: { over: "batch" } }) as Scalar;
}

/** The sums of some patches, of which the same can be made, whatever patches others have. */
export interface Sums {
  readonly overlap: Overlap;
  readonly crossEntropy: CrossEntropySums;
}

/** One row: the patches of a shard are not told apart. */
export function sumsOf(labels: Tensor, logits: Tensor): Sums {
  return {
    overlap: addSums([overlap(labels, logits, dice)], { over: "batch" }),
    crossEntropy: addSums([crossEntropySums(labels, logits, shared)], { over: "batch" }),
  };
}

/** The sums of all shards. */
export function added(shards: readonly Sums[]): Sums {
  return {
    overlap: addSums(shards.map(({ overlap }) => overlap)),
    crossEntropy: addSums(shards.map(({ crossEntropy }) => crossEntropy)),
  };
}

/** The objective from the sums of all patches: its value, Dice, and how it changes with each sum. */
export function fromSums({ overlap, crossEntropy }: Sums) {
  return tidy(() => {
    const ofDice = slopesOfSums((sums: Overlap) => diceFromOverlap(sums, dice), overlap);
    const ofCrossEntropy = slopesOfSums((sums: CrossEntropySums) => crossEntropyFromSums(sums, shared), crossEntropy);
    const slopes = { overlap: ofDice.slopes, crossEntropy: ofCrossEntropy.slopes };
    return { value: add(ofDice.value, ofCrossEntropy.value) as Scalar, dice: ofDice.value, slopes };
  });
}
