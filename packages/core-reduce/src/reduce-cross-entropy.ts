import { add, mul, sum, type Tensor, type Tensor1D, type Tensor2D } from "@tensorflow/tfjs-core";
import type { ClassWeighting } from "./cross-entropy.ts";
import type { CrossEntropySums } from "./cross-entropy-sums.ts";
import { refuse } from "./errors.ts";
import type { SettledShared } from "./options.ts";
import { normalizerOf, reduceSamples } from "./reduce-voxels.ts";

/** How the classes of a problem stand to each other, which sums know as well. */
export interface ClassSpace {
  readonly who: string;
  readonly classes: number;
  readonly multiLabel: boolean;
}

/** What sums of cross entropy say of their classes, checked against the options of the equation behind them. */
export function classSpaceOf(
  who: string,
  { positives, negatives }: CrossEntropySums,
  options: Pick<SettledShared, "classWeights" | "includeBackground" | "multiLabel">,
): ClassSpace {
  const classes = positives.shape[1];
  const multiLabel = negatives !== undefined;
  if (options.multiLabel !== undefined && options.multiLabel !== multiLabel) {
    const made = multiLabel ? "independent channels" : "exclusive classes";
    throw new Error(`${who}: multiLabel: ${options.multiLabel} contradicts the sums, which were made of ${made}`);
  }
  if (options.classWeights !== undefined && options.classWeights.length !== classes) {
    refuse(who, "classWeights", `${classes} numbers, one a class, background included`, options.classWeights);
  }
  if (!options.includeBackground && classes === 1) {
    throw new Error(`${who}: includeBackground: false leaves no class of sums with 1 class`);
  }
  return { who, classes, multiLabel };
}

/**
 * From sums of cross entropy to the loss that a caller asked for.
 *
 * @param coefficients - what a positive and a negative of each class cost, `[1 or batch, classes]`
 */
export function reduceCrossEntropy(
  { who, classes, multiLabel }: ClassSpace,
  sums: CrossEntropySums,
  options: ClassWeighting & Pick<SettledShared, "reduction">,
  coefficients: { readonly positive: Tensor2D; readonly negative?: Tensor2D | undefined },
): Tensor {
  if (options.reduction === "none") {
    throw new Error(
      `${who}: reduction "none" asks for a map of voxels, which sums no longer know; use the loss itself`,
    );
  }
  const ofPositives = mul(coefficients.positive, sums.positives);
  const { negatives } = sums;
  const ofClasses =
    coefficients.negative && negatives ? add(ofPositives, mul(coefficients.negative, negatives)) : ofPositives;
  const ofSamples = sum(ofClasses, 1) as Tensor1D;
  return reduceSamples(ofSamples, options, () =>
    normalizerOf(sums.valid, () => sums.labelled, { classes, multiLabel }, options),
  );
}
