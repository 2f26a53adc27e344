import { detached, groupSums, type Overlap, overlapSums, safeDivide } from "@lossary/core-reduce";
import { add, cast, div, greater, mean, onesLike, sum, type Tensor, tidy, where } from "@tensorflow/tfjs-core";
import { hardPredictions } from "./hard-predictions.ts";
import { overlapMetricRules, prepareMetric } from "./options.ts";

/** Counts of a class: in truth and prediction both, and in one of them alone. */
export type Counts = Pick<Overlap, "falseNegatives" | "falsePositives" | "intersection">;

/**
 * A ratio of counts for each class that is in truth or prediction; a class that is in neither says nothing, and is 1 where it is asked for.
 *
 * @param size - what the intersection is divided by, in units of the intersection that it would be if all were right
 */
export function overlapMetric(
  who: string,
  labels: Tensor,
  predictions: Tensor,
  options: object | undefined,
  ratio: (counts: Counts) => Tensor,
): Tensor {
  return tidy(() =>
    detached(() => {
      const { problem, settled } = prepareMetric(who, labels, predictions, options, overlapMetricRules);
      const hard = {
        ...problem,
        predictions: hardPredictions(problem, settled.threshold),
        activation: "none" as const,
      };
      const sums = overlapSums(hard, { intersection: "product", includeBackground: settled.includeBackground });
      const { falseNegatives, falsePositives, intersection } = groupSums(who, sums, settled);
      const counts = { falseNegatives, falsePositives, intersection };
      const found = greater(add(add(falseNegatives, falsePositives), intersection), 0);
      const values = where(found, ratio(counts), onesLike(intersection));
      if (settled.reduction === "none") return values;
      const taking = cast(found, "float32");
      const classes = sum(taking, 1);
      const ofFound = safeDivide(sum(where(found, values, 0), 1), classes);
      const ofSamples = where(greater(classes, 0), ofFound, onesLike(ofFound));
      return settled.reduction === "sample" ? ofSamples : mean(ofSamples);
    }),
  );
}

/** Divides counts; 0 / 0 is 0. */
export function ratioOf(numerator: Tensor, denominator: Tensor): Tensor {
  return div(numerator, where(greater(denominator, 0), denominator, onesLike(denominator)));
}
