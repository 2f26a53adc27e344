import { contract } from "./contract/contract.ts";
import type { RecordedCall } from "./contract/records.ts";
import type { AnyLoss } from "./evaluate.ts";
import { boundaryLosses } from "./losses/boundary.ts";
import { compoundLosses } from "./losses/compound.ts";
import type { LossDescription } from "./losses/description.ts";
import { distributionLosses } from "./losses/distribution.ts";
import { regionLosses } from "./losses/region.ts";
import { type ReferenceLossName, referenceLosses } from "./reference/losses.ts";

/** Every loss of Lossary, described for the contract; some take other options for other numbers of classes. */
const descriptions: Readonly<Record<ReferenceLossName, readonly LossDescription[]>> = {
  ...boundaryLosses,
  ...compoundLosses,
  ...distributionLosses,
  ...regionLosses,
};

/**
 * Runs the contract of every loss of Lossary that is among some exports, on every backend of `testOn`: what a backend, or a kernel that is
 * registered for one, has to pass. Exports under other names are left alone.
 *
 * @param losses - losses under their names, for instance all that `@lossary/losses-region` exports
 * @param recordsOf - the numbers of others that a loss must agree with; none where it is left out
 * @throws Error where there is no loss of Lossary among them
 *
 * @example
 * ```javascript
 * import * as region from "@lossary/losses-region";
 * import { contractsOf } from "@lossary/test-kit";
 *
 * contractsOf(region);
 * ```
 */
export function contractsOf(
  losses: Readonly<Record<string, unknown>>,
  recordsOf: (loss: ReferenceLossName) => readonly RecordedCall[] = () => [],
): void {
  const names = (Object.keys(descriptions) as ReferenceLossName[]).filter((name) => name in losses);
  if (names.length === 0)
    throw new Error(
      `contractsOf: losses must hold a loss of Lossary under its name (got ${Object.keys(losses).join(", ")})`,
    );
  for (const name of names) {
    const loss = losses[name] as AnyLoss;
    for (const description of descriptions[name])
      contract({ ...description, name, loss, reference: referenceLosses[name], records: recordsOf(name) });
  }
}
