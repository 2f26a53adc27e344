import { fileURLToPath } from "node:url";
import { defineConfig, mergeConfig } from "vitest/config";
import { sharedConfig } from "../../vitest.shared.ts";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const { reporters: _, include: __, ...shared } = sharedConfig.test ?? {};

/** The tests that drive the built pages in a browser; they themselves run in Node, where the library says what the numbers must be. */
export default mergeConfig(
  { ...sharedConfig, test: shared },
  defineConfig({
    test: {
      include: ["browser/*.test.ts"],
      globalSetup: here("browser/served-site.ts"),
      reporters: ["default", ["json", { outputFile: here(".results/tests-browser.json") }]],
    },
  }),
);
