import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, relative } from "node:path";
import { entries } from "./entries.ts";
import { reportOf } from "./report.ts";

// Run as a script: writes every report anew, for a change of what is exported that is meant.
for (const entry of entries()) {
  const { text, problems } = reportOf(entry);
  mkdirSync(dirname(entry.report), { recursive: true });
  writeFileSync(entry.report, text);
  console.log(relative(process.cwd(), entry.report), problems.length === 0 ? "" : problems.join("\n  "));
}
