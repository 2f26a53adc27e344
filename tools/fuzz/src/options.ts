import "./backends.ts";
import fc from "fast-check";
import { factor, nonsense, plain, positive, share } from "./content.ts";
import { denseShape, type Sizes } from "./shapes.ts";
import { weights } from "./tensors.ts";

/** The options that a function takes, as it says itself when it is given another one. */
export function optionNames(call: (...given: never[]) => unknown, before: readonly unknown[]): readonly string[] {
  try {
    call(...([...before, { "no option": 1 }] as never[]));
  } catch (error) {
    const said = (error as Error).message.match(/(?:the options are |\(expected )([\w, ]+)/)?.[1];
    if (said) return known(said.split(", "));
    throw error;
  }
  throw new Error(`${call.name} takes an option that nobody knows, and says nothing`);
}

/** The names; throws for one of which the fuzzer has no values, so that no option goes untried. */
function known(names: readonly string[]): readonly string[] {
  const unknown = names.filter((name) => !Object.hasOwn(values, name) && !isTerm(name));
  if (unknown.length > 0) throw new Error(`the fuzzer has no values for the options ${unknown.join(", ")}`);
  return names;
}

/** Records of options of a loss's terms, their weights, and arrays for results. */
function isTerm(name: string): boolean {
  return name.endsWith("Weight") || name === "out" || (termNames as readonly string[]).includes(name);
}

/** The names under which compound losses take the options of their terms. */
export const termNames = [
  "boundary",
  "crossEntropy",
  "dice",
  "focal",
  "generalizedDice",
  "hausdorff",
  "topK",
  "tversky",
] as const;

const classFactors = ({ classes }: Sizes) =>
  fc
    .array(fc.constantFrom(0, 1e-3, 0.25, 1, 2, 1000), { minLength: classes, maxLength: classes, size: "max" })
    .filter((values) => values.some((value) => value > 0));

const steps = ({ spatial }: Sizes) => {
  const step = fc.constantFrom(1, 0.5, 2.5, 1e-3, 100);
  return fc.oneof(step, fc.array(step, { minLength: spatial.length, maxLength: spatial.length }));
};

/** A matrix of distances between classes: 0 on the diagonal, the largest 1. */
const distances = ({ classes }: Sizes) =>
  fc.constantFrom(1, 0.5).map((far) =>
    Array.from({ length: classes }, (_, row) =>
      Array.from({ length: classes }, (_, column) => {
        if (row === column) return 0;
        return row + column === 1 ? 1 : far;
      }),
    ),
  );

/** Far apart, the two constants of a ratio make it as large as they ask for. */
const smoothing = () => fc.constantFrom(0, 1e-7, 1e-5, 0.5, 1, 100);

/** A power of what has no upper bound. */
const exponent = () => fc.constantFrom(1e-3, 0.3, 1, 2);

const flag = () => fc.boolean();
const size = () => factor;
const part = () => share;
const words =
  (...all: string[]) =>
  () =>
    fc.constantFrom(...all);

/** What every option may be, by its name; the few that mean different things to different functions know all of them. */
const values: Readonly<Record<string, (sizes: Sizes) => fc.Arbitrary<unknown>>> = {
  absentWeight: words("max", "zero"),
  activation: ({ activation }) => fc.constant(activation),
  after: () => fc.constantFrom(0, 1, 17),
  alpha: (sizes) => fc.oneof(share, fc.constantFrom(0, 0.5, 1, 2, 3), classFactors(sizes)),
  backend: words("auto", "wasm", "typescript"),
  beta: () => fc.oneof(fc.constant("auto"), share),
  betaRange: () => fc.tuple(share, share).map(([a, b]) => (a < b ? [a, b] : [b, a])),
  blobWeight: size,
  border: words("open", "background"),
  borderless: size,
  boundaryShare: part,
  classWeights: (sizes) =>
    fc.oneof({ weight: 6, arbitrary: classFactors(sizes) }, fc.constantFrom("batch", "inverseFrequency")),
  classes: words("present", "all"),
  components: flag,
  connectivity: words("face", "corner"),
  delta: part,
  denominator: words("squares", "sum"),
  directionSmoothing: part,
  distanceMap: (sizes) => plain(denseShape(sizes), fc.constantFrom(0, 1, -1, 0.5, 100)),
  distanceMatrix: distances,
  distanceUnit: words("spacing", "diagonal"),
  distanceWeight: size,
  emptyClass: words("smooth", "skip", "penalize"),
  epsilon: () => fc.constantFrom(-1, -0.5, 0, 1, 5),
  erosions: () => fc.constantFrom(1, 2, 10, 24),
  falseNegativeWeight: size,
  falsePositiveWeight: size,
  focalWeight: part,
  fused: flag,
  gamma: () => fc.constantFrom(0, 1e-3, 0.5, 1, 1.5, 2, 4 / 3, 60),
  gammaCrossEntropy: exponent,
  gammaDice: exponent,
  ignoreLabel: ({ classes }) => fc.constantFrom(-1, 0, 1, classes, 255),
  includeBackground: flag,
  intersection: words("semimetric", "product"),
  iterations: () => fc.constantFrom(0, 1, 3, 40),
  labelSmoothing: part,
  mainWeight: size,
  maxAlpha: part,
  maxDistance: () => fc.constantFrom(1, 2, 20, 1e-3, Number.POSITIVE_INFINITY),
  missing: () => fc.oneof(fc.constant("diagonal"), factor),
  multiLabel: flag,
  noBackground: () => fc.oneof(fc.constantFrom("zero", "infinity", "diagonal"), factor),
  normalize: words("count", "weights"),
  objects: flag,
  of: words("foreground", "values"),
  over: words("sample", "batch"),
  per: words("batch", "sample"),
  percent: () => fc.constantFrom(0, 1e-6, 10, 30, 99.9, 100),
  percentile: () => fc.constantFrom(0, 50, 95, 100),
  predictionMask: words("threshold", "argmax"),
  productWeight: size,
  radii: () => fc.array(fc.constantFrom(0.5, 1, 3, 18), { minLength: 1, maxLength: 3 }),
  reduction: words("mean", "sum", "sample", "none"),
  sensitivityWeight: part,
  sided: words("both", "target"),
  sigma: () => positive,
  smooth: smoothing,
  smoothDenominator: smoothing,
  smoothNumerator: smoothing,
  spacing: steps,
  squared: flag,
  threshold: part,
  w0: size,
  weighting: words("square", "simple", "uniform", "foreground", "volume"),
  weights,
  zeroAt: words("between", "inside"),
};

/** Options of terms that are losses themselves, and factors of terms. */
export type TermNames = Readonly<Record<string, readonly string[]>>;

/** A ratio whose numerator is smoothed and whose denominator is not has no bound where next to nothing counts. */
function bounded(chosen: Record<string, unknown>): Record<string, unknown> {
  const below = chosen.smoothDenominator ?? chosen.smooth;
  return below === 0 ? { ...chosen, smoothNumerator: 0 } : chosen;
}

/** What a function that takes it does not do without. */
const required = ["distanceMatrix"];

/** A set of options: mostly ones that fit, now and then nonsense, or a name that is none. */
export function options(
  names: readonly string[],
  sizes: Sizes,
  terms: TermNames = {},
): fc.Arbitrary<Record<string, unknown>> {
  const one = (name: string): fc.Arbitrary<unknown> => {
    const own = terms[name];
    if (own) return options(own, sizes);
    return values[name]?.(sizes) ?? factor;
  };
  const fitting = fc
    .uniqueArray(fc.constantFrom(...names), { maxLength: 6 })
    .map((chosen) => [...new Set([...chosen, ...names.filter((name) => required.includes(name))])])
    .chain((chosen) => fc.record(Object.fromEntries(chosen.map((name) => [name, one(name)]))))
    .map((chosen) => (names.includes("activation") ? { activation: sizes.activation, ...chosen } : chosen))
    .map((chosen) => (names.includes("smoothNumerator") ? bounded(chosen) : chosen));
  const wrong = fc
    .tuple(fitting, fc.constantFrom(...names, "no option", "__proto__", "constructor"), nonsense)
    .map(([right, name, value]) => ({ ...right, [name]: value }));
  return fc.oneof({ weight: 5, arbitrary: fitting }, { weight: 1, arbitrary: wrong });
}
