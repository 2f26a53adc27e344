import { fileURLToPath } from "node:url";
import { defineConfig, type ViteUserConfig } from "vitest/config";

/** The test configuration that every package shares: sources instead of builds, results written for the final count. */
export const sharedConfig: ViteUserConfig = defineConfig({
  resolve: { conditions: ["@lossary/source"] },
  ssr: { resolve: { conditions: ["@lossary/source", "node", "import", "module", "default"] } },
  test: {
    include: ["test/**/*.test.ts"],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    reporters: ["default", ["json", { outputFile: ".results/tests.json" }]],
    maxWorkers: 1,
  },
});

/** The same for suites that compute, on the backends that there are in Node. */
export const backendsConfig: ViteUserConfig = {
  ...sharedConfig,
  test: { ...sharedConfig.test, setupFiles: fileURLToPath(new URL("tools/lanes/src/node.ts", import.meta.url)) },
};
