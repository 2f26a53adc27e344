import { pathToFileURL } from "node:url";
import { format } from "node:util";
import type { Outcome } from "./examples-run.ts";

// Run as a script: node examples-runner.ts PRELOAD FILE...; its last line is the list of outcomes.
const [preload, ...files] = process.argv.slice(2);
const print = console.log;
console.warn = () => undefined; // tfjs greets those who run it in Node
if (preload) await import(preload);

const outcomes: Outcome[] = [];
for (const file of files) {
  const output: string[] = [];
  console.log = (...values: unknown[]) => output.push(format(...values));
  try {
    await import(pathToFileURL(file).href);
    outcomes.push({ output });
  } catch (error) {
    outcomes.push({ output, error: error instanceof Error ? `${error.name}: ${error.message}` : String(error) });
  }
}
print(JSON.stringify(outcomes));
process.exit(0);
