import {
  detached,
  errorTerms,
  type Problem,
  selectLargest,
  sumMap,
  takingWeights,
  weightsOf,
} from "@lossary/core-reduce";
import {
  add,
  cast,
  div,
  greater,
  less,
  logicalAnd,
  minimum,
  mul,
  ones,
  reshape,
  sub,
  sum,
  type Tensor,
  type Tensor2D,
} from "@tensorflow/tfjs-core";

/** How {@link hardVoxels} chooses. */
export interface Choice {
  readonly percent: number;
  readonly threshold: number | undefined;
  readonly per: "batch" | "sample";
  readonly includeBackground: boolean;
}

/** The weights of the voxels that top-K keeps, 0 for the others; where the last places are shared, a share of the weight; `[batch, voxels]`. */
export function hardVoxels(map: Tensor2D, problem: Problem, counted: Tensor2D | undefined, choice: Choice): Tensor2D {
  return detached(() => {
    const { batch, voxels } = problem;
    const rows: [number, number] = choice.per === "sample" ? [batch, voxels] : [1, batch * voxels];
    const [values, candidates] = [reshape(map, rows) as Tensor2D, counted && (reshape(counted, rows) as Tensor2D)];
    const { threshold } = choice;
    const kept =
      threshold === undefined
        ? selectLargest(values, candidates, choice.percent, problem.fused)
        : uncertainOrHardest(
            values,
            candidates,
            less(reshape(probabilityOfTruth(problem, choice), rows), threshold),
            problem.fused,
          );
    const ofMap = reshape(kept, [batch, voxels]) as Tensor2D;
    // what is kept counts, so that it weighs 1 where there are no weights
    return problem.weights ? mul(ofMap, weightsOf(problem) as Tensor2D) : ofMap;
  });
}

/** The voxels below the threshold; where a row has none, its hardest one. */
function uncertainOrHardest(
  values: Tensor2D,
  candidates: Tensor2D | undefined,
  isUncertain: Tensor,
  fused: boolean,
): Tensor2D {
  const uncertain = cast(
    candidates ? logicalAnd(isUncertain, greater(candidates, 0)) : isUncertain,
    "float32",
  ) as Tensor2D;
  const found = minimum(reshape(sumMap(uncertain), [values.shape[0], 1]), 1);
  return add(uncertain, mul(sub(1, found), selectLargest(values, candidates, 0, fused)));
}

/**
 * What of the truth is predicted: for exclusive classes sum g p, for channels the mean over those that take part of g p + (1 - g)(1 - p). Both are what
 * there is of it less the errors.
 */
function probabilityOfTruth(problem: Problem, { includeBackground }: Choice): Tensor {
  const { classes, labels, multiLabel } = problem;
  // what a voxel weighs says nothing of its probability
  const given = { ...problem, weights: undefined };
  if (multiLabel) {
    const taking = takingWeights(problem, { includeBackground });
    const share = div(taking, sum(taking)) as Tensor2D;
    return sub(1, errorTerms(given, { positive: share, negative: share }));
  }
  const all = labels.rank === 3 ? sum(cast(labels, "float32"), -1) : 1;
  return sub(all, errorTerms(given, { positive: ones([1, classes]) }));
}
