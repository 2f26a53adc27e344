import { expect } from "vitest";
import { type LossCall, readGradient, readLoss } from "../evaluate.ts";
import type { Closeness } from "../to-be-close.ts";
import { itWhere } from "./it-where.ts";
import type { Subject } from "./suite.ts";

/** What a call of a loss gives according to somebody else: another implementation, a paper, a calculation by hand. */
export interface RecordedCall {
  /** Where the numbers come from; a failure says it. */
  readonly name: string;
  /** How the loss is called. */
  readonly call: LossCall;
  /** The entries of the value, one after the other. */
  readonly values: ArrayLike<number>;
  /** The gradient of sum(upstream x value) with respect to the predictions.
   * @defaultValue not compared */
  readonly gradient?: ArrayLike<number>;
  /** What the entries of the value are multiplied by before they are differentiated.
   * @defaultValue all 1 */
  readonly upstream?: ArrayLike<number>;
  /** How close the value must be.
   * @defaultValue that of `toBeClose` */
  readonly closeness?: Closeness;
  /** How close the gradient must be.
   * @defaultValue that of `toBeClose` */
  readonly gradientCloseness?: Closeness;
}

/** The numbers that others have found for the same calls. */
export function agreesWithRecords({ loss, records }: Subject): void {
  itWhere(records.length > 0)(`agrees with ${records.length} records of others`, async () => {
    for (const { name, call, values, gradient, upstream, closeness, gradientCloseness } of records) {
      expect((await readLoss(loss, call)).values, name).toBeClose(values, closeness);
      if (gradient) expect(await readGradient(loss, call, upstream), name).toBeClose(gradient, gradientCloseness);
    }
  });
}
