import { styleText } from "node:util";
import { runDemo } from "./demo.ts";
import { DemoError } from "./demo-error.ts";
import { help, readOptions } from "./options.ts";

const interruption = new AbortController();
process.on("SIGINT", () => {
  if (interruption.signal.aborted) process.exit(130);
  interruption.abort();
});

try {
  const options = readOptions(process.argv.slice(2));
  if (options) await runDemo(options, interruption.signal);
  else process.stdout.write(help);
} catch (error) {
  if (!(error instanceof DemoError)) throw error;
  process.stderr.write(`${styleText("red", "error", { stream: process.stderr })}: ${error.message}\n`);
  process.exitCode = 1;
}
