import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

/** Runs the tests of the built site in a browser; without a browser they are left out here with a warning, and fail in continuous integration. */
const chromium = process.env.LOSSARY_CHROMIUM ?? "/usr/bin/chromium";
if (existsSync(chromium)) {
  const { status } = spawnSync("vitest", ["run", "--config", "vitest.site.config.ts", ...process.argv.slice(2)], {
    stdio: "inherit",
    env: { ...process.env, LOSSARY_CHROMIUM: chromium },
  });
  process.exitCode = status ?? 1;
} else {
  console.error(`
  NOT TESTED: the site in a browser. There is no ${chromium}.
  Debian has it: apt-get install chromium. Elsewhere name yours in LOSSARY_CHROMIUM.
`);
  process.exitCode = process.env.CI === "true" ? 1 : 0;
}
