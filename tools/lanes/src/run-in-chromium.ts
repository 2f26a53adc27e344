import { spawnSync } from "node:child_process";
import { hasChromium } from "./chromium.ts";

/** Runs tests of the package that this is called in, which need a browser: with the arguments of the command line, and its exit status. */
export function runInChromium(config: string, untested: string): void {
  if (!hasChromium(untested)) return;
  const { status } = spawnSync("vitest", ["run", "--config", config, ...process.argv.slice(2)], { stdio: "inherit" });
  process.exitCode = status ?? 1;
}
