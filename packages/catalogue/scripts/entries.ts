import type { LossEntry } from "../src/loss-entry.ts";
import type { LossOption } from "../src/loss-option.ts";
import { expectationOf, optionNames, takenBy } from "./behaviour.ts";
import { type DocumentedLoss, documentedLosses } from "./documented-losses.ts";

/**
 * The catalogue of the repository under `root`: what the sources say of each loss, and what the loss does when it is called.
 *
 * @throws Error where the two disagree about the options that there are, or about the words that an option may be
 */
export function entries(root: string): LossEntry[] {
  return documentedLosses(root).map((loss) => {
    const { labelsDescription, predictionsDescription, example, ...described } = loss;
    checkNames(loss);
    return {
      ...described,
      options: loss.options.map((option) => withExpectation(loss, option)),
      labelsDescription,
      predictionsDescription,
      ...takenBy(loss),
      example,
    };
  });
}

function checkNames(loss: DocumentedLoss): void {
  const documented = loss.options.map(({ name }) => name).sort();
  const taken = optionNames(loss).sort();
  if (documented.join() === taken.join()) return;
  throw new Error(`${loss.name}: its type has the options ${documented.join(", ")}; it takes ${taken.join(", ")}`);
}

function withExpectation(loss: DocumentedLoss, { words, ...option }: DocumentedLoss["options"][number]): LossOption {
  const expectation = expectationOf(loss, option.name);
  const { schema } = expectation;
  const taken = [schema, ...(schema?.anyOf ?? [])].flatMap((one) => one?.enum ?? []);
  if ([...words].sort().join() !== [...taken].sort().join()) {
    throw new Error(
      `${loss.name}: the type of ${option.name} has the words ${words.join(", ")}; it takes ${taken.join(", ")}`,
    );
  }
  const { name, group, description, type: written, ...rest } = option;
  // the compiler keeps words in an order of its own
  const type = schema?.enum ? schema.enum.map((word) => JSON.stringify(word)).join(" | ") : written;
  return { name, group, description, type, ...expectation, ...rest };
}
