import * as maps from "@lossary/distance-map";
import * as boundary from "@lossary/losses-boundary";
import { tensor } from "@tensorflow/tfjs-core";
import fc from "fast-check";
import { nonsense } from "../content.ts";
import { optionNames, options } from "../options.ts";
import { type Sizes, sizes } from "../shapes.ts";
import type { Subject } from "../subject.ts";
import { dense, indices, misfit } from "../tensors.ts";

type TensorMap = (labels: never, options?: never) => unknown;

const classesOf = (given: Sizes, name: string) =>
  fc
    .oneof({ weight: 9, arbitrary: fc.constant(given.classes) }, { weight: 1, arbitrary: nonsense })
    .map((classes) => ({ [name]: classes }));

/** Labels and options of a map: class indices with the number of classes, one-hot labels without. */
function mapCalls(names: readonly string[]): fc.Arbitrary<readonly unknown[]> {
  const others = names.filter((name) => name !== "classes" && name !== "objects" && name !== "out");
  return sizes.chain((given) => {
    const indexed = fc
      .tuple(indices(given), options(others, given), classesOf(given, "classes"))
      .map(([labels, chosen, classes]) => [labels, { ...chosen, ...classes }]);
    const oneHot = fc.tuple(dense(given), options(others, given));
    const wrong = fc.tuple(misfit(given), options(others, given));
    const objects = fc
      .tuple(indices(given), options(others, given))
      .map(([labels, chosen]) => [labels, { ...chosen, objects: true }]);
    return fc.oneof(
      { weight: 5, arbitrary: indexed },
      { weight: 5, arbitrary: oneHot },
      { weight: 1, arbitrary: wrong },
      { weight: names.includes("objects") ? 3 : 0, arbitrary: objects },
    );
  });
}

/** A map was asked for infinite distances, or for some that float32 does not hold. */
const isInfinite = ([, chosen]: readonly unknown[]) =>
  Object.values(chosen as object).some(
    (value) => value === "infinity" || value === Number.POSITIVE_INFINITY || value === 1e308,
  );

const ofLabels = ["weights", "classes"];
const objectNames = ["spacing", "backend", "w0", "sigma", "classes", "objects"];
const oneHot = tensor([0, 1], [1, 2, 1]);

function namesOf(name: string, map: TensorMap): readonly string[] {
  if (name.startsWith("borderWeightMap")) return objectNames;
  return name.startsWith("contour") ? optionNames(map, [oneHot]) : [...optionNames(map, [oneHot]), ...ofLabels];
}

const exported = {
  "distance-map": maps,
  "losses-boundary": {
    contourDistanceMap: boundary.contourDistanceMap,
    contourDistanceMapAsync: boundary.contourDistanceMapAsync,
  },
};

/** Maps of labels, as tensors. */
export const mapSubjects: readonly Subject[] = Object.entries(exported).flatMap(([from, functions]) =>
  Object.entries(functions).map(([name, map]) => {
    const now = name.replace("Async", "");
    const names = namesOf(name, (functions as Record<string, TensorMap>)[now] as TensorMap);
    return {
      name,
      from,
      call: map as TensorMap,
      given: mapCalls(names),
      infinite: isInfinite,
      speaksFor: [now, ...(now === "contourDistanceMap" ? ["distanceMap"] : [])],
    };
  }),
);
