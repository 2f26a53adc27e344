import { existsSync } from "node:fs";
import type { LaunchOptions } from "playwright";

const path = process.env.LOSSARY_CHROMIUM ?? "/usr/bin/chromium";

/** How the browser that is tested in is started, with more flags where they are wanted: it asks nobody for anything. */
export function chromiumOptions(...flags: string[]): LaunchOptions & { args: string[] } {
  const quiet = ["quic", "background-networking", "component-update", "sync"].map((name) => `--disable-${name}`);
  return { executablePath: path, args: ["--no-sandbox", "--no-first-run", ...quiet, ...flags] };
}

/** Whether there is a browser; where there is none this says what is not tested, and continuous integration does not go on without one. */
export function hasChromium(untested: string): boolean {
  if (existsSync(path)) return true;
  if (process.env.CI === "true")
    throw new Error(`there is no ${path}: install chromium, or name yours in LOSSARY_CHROMIUM`);
  console.error(`
  NOT TESTED: ${untested}. There is no ${path}.
  Debian has it: apt-get install chromium. Elsewhere name yours in LOSSARY_CHROMIUM.
`);
  return false;
}
