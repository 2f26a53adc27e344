import { add, mul, type Scalar, scalar, sum, type Tensor, tidy, valueAndGrads } from "@tensorflow/tfjs-core";
import { entriesOf } from "./add-sums.ts";
import { refuse, show } from "./errors.ts";
import { stopGradient } from "./stop-gradient.ts";

/** What no prediction changes: these entries of a record have no slope. */
const constants: readonly string[] = ["labelled", "valid"];

/** How a loss changes with each entry of a record of sums, in the shapes of the entries; what no prediction changes has no slope. */
export type Slopes<Sums extends object> = Omit<Sums, "labelled" | "valid">;

/**
 * A loss of sums, and how it changes with each of them: what the one who added up the sums of all shards tells each shard, so that it can go
 * backwards over its own part alone, with {@link alongSlopes}.
 *
 * ```math
 * S = \sum_k S^{(k)}(\theta), \qquad \frac{\partial L(S)}{\partial \theta} = \sum_k \left\langle \frac{\partial L}{\partial S}, \frac{\partial S^{(k)}}{\partial \theta} \right\rangle
 * ```
 *
 * @param loss - a function of sums that returns a scalar, for instance `(sums) => diceFromOverlap(sums, options)`
 * @param sums - the sums of the whole, as `addSums` or `stackSums` returns them
 * @returns `value`, the loss, and `slopes`, a record like `sums` without `labelled` and `valid`, which no prediction changes
 * @throws Error where the loss is no scalar
 *
 * @example
 * ```ts
 * import { overlap, slopesOfSums } from "@lossary/core-reduce";
 * import { diceFromOverlap } from "@lossary/losses-region";
 * import { tensor3d } from "@tensorflow/tfjs";
 *
 * const sums = overlap(tensor3d([[[1], [0]]]), tensor3d([[[0.9], [0.2]]]));
 * const { value, slopes } = slopesOfSums((all: typeof sums) => diceFromOverlap(all), sums);
 * value.print(); // 0.1429: 1 - 1.8 / 2.1
 * slopes.falsePositives.print(); // 0.4082: 1.8 / 2.1²
 * ```
 */
export function slopesOfSums<Sums extends object>(
  loss: (sums: Sums) => Tensor,
  sums: Sums,
): { readonly value: Scalar; readonly slopes: Slopes<Sums> } {
  const entries = entriesOf("slopesOfSums", "sums", sums).filter(([name]) => !constants.includes(name));
  if (entries.length === 0) refuse("slopesOfSums", "sums", "a record of sums that predictions change", sums);
  const names = entries.map(([name]) => name);
  return tidy(() => {
    let isScalar = true;
    let result: Tensor | undefined;
    const { value, grads } = valueAndGrads((...given: Tensor[]) => {
      result = loss({ ...sums, ...Object.fromEntries(given.map((one, index) => [names[index], one])) });
      isScalar = result.rank === 0;
      // tfjs refuses a gradient with respect to what a loss does not read; its slope is 0
      return given.reduce((total, one) => add(total, mul(sum(one), 0)), sum(result)) as Scalar;
    })(entries.map(([, one]) => one));
    // not before: of a function that throws, tfjs keeps what it has saved for the way back
    if (!isScalar) refuse("slopesOfSums", "loss", "a function that returns a scalar", result);
    const slopes = Object.fromEntries(names.map((name, index) => [name, grads[index]]));
    return { value: value as Scalar, slopes: slopes as unknown as Slopes<Sums> };
  }) as { value: Scalar; slopes: Slopes<Sums> };
}

/**
 * The sums of a shard, weighed with the slopes of the loss of the whole. Its value means nothing, but its gradient with respect to whatever the sums
 * were made from is that of the loss of the whole: differentiate it in each shard, and add up the gradients.
 *
 * ```math
 * \sum_{\text{entries}} \left\langle \frac{\partial L}{\partial S}, S^{(k)} \right\rangle
 * ```
 *
 * @param sums - the sums of the shard, made anew under the gradient tape, in the rows in which they were sent
 * @param slopes - what `slopesOfSums` said, for these rows
 * @returns a scalar
 * @throws Error for a slope of which there is no sum, or in another shape
 *
 * @example
 * ```ts
 * import { addSums, alongSlopes, type Overlap, overlap, slopesOfSums } from "@lossary/core-reduce";
 * import { diceFromOverlap } from "@lossary/losses-region";
 * import { grad, tensor3d, type Tensor } from "@tensorflow/tfjs";
 *
 * const truth = tensor3d([[[1], [0]]]);
 * const here = tensor3d([[[0.9], [0.2]]]);
 * const there = tensor3d([[[0.5], [0.7]]]);
 * const whole = addSums([overlap(truth, here), overlap(truth, there)]);
 * const { slopes } = slopesOfSums((sums: Overlap) => diceFromOverlap(sums), whole);
 *
 * // dL/dp of the first shard: as if both were on one machine
 * grad((p: Tensor) => alongSlopes(overlap(truth, p), slopes))(here).print(); // -0.3137, 0.1514
 * ```
 */
export function alongSlopes<Sums extends object>(sums: Sums, slopes: Partial<Slopes<Sums>>): Scalar {
  return tidy(() => {
    const own = new Map(entriesOf("alongSlopes", "sums", sums));
    const weighed = entriesOf("alongSlopes", "slopes", slopes).map(([name, slope]) => {
      const values = own.get(name);
      if (values === undefined) {
        throw new Error(
          `alongSlopes: there are no sums of the slope ${show(name)}; there are ${[...own.keys()].join(", ") || "none"}`,
        );
      }
      if (values.shape.join() !== slope.shape.join()) {
        refuse("alongSlopes", `slopes.${name}`, `[${values.shape.join(",")}] like the sums`, slope);
      }
      return sum(mul(values, stopGradient(slope)));
    });
    return weighed.reduce((total, one) => add(total, one), scalar(0)) as Scalar;
  });
}
