import type { LossEntry } from "../src/loss-entry.ts";

/** The catalogue as a module: each field and each option on a line of its own, so that a change shows what changed. */
export function moduleText(losses: readonly LossEntry[]): string {
  return `// Made by scripts/generate.ts from the sources of the losses.
import type { LossEntry } from "./loss-entry.ts";

/** Every loss of Lossary as data, by families and then by names. */
export const lossCatalogue: readonly LossEntry[] = [
${losses.map(entryText).join("")}];
`;
}

function entryText(loss: LossEntry): string {
  const fields = Object.entries(loss).map(([name, value]) =>
    name === "options"
      ? `    options: [\n${loss.options.map((option) => `      ${JSON.stringify(option)},\n`).join("")}    ],\n`
      : `    ${name}: ${JSON.stringify(value)},\n`,
  );
  return `  {\n${fields.join("")}  },\n`;
}
