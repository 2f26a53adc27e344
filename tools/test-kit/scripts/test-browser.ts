import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { chromium } from "../vitest.browser.config.ts";

/**
 * Runs the browser lane of the package that it is called in; without a browser it is left out here with a warning, and fails in continuous
 * integration.
 */
if (existsSync(chromium)) {
  const { status } = spawnSync("vitest", ["run", "--config", "vitest.browser.config.ts", ...process.argv.slice(2)], {
    stdio: "inherit",
    env: { ...process.env, LOSSARY_CHROMIUM: chromium },
  });
  process.exitCode = status ?? 1;
} else {
  const isContinuousIntegration = process.env.CI === "true";
  console.error(`
  NOT TESTED: WebGL, WebGPU and browsers. There is no ${chromium}.
  Debian has it: apt-get install chromium. Elsewhere name yours in LOSSARY_CHROMIUM.
`);
  process.exitCode = isContinuousIntegration ? 1 : 0;
}
