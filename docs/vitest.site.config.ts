import { defineConfig, type ViteUserConfig } from "vitest/config";
import { sharedConfig } from "../vitest.shared.ts";

const shared: ViteUserConfig = sharedConfig;

/** Tests of the site that was built, in a browser. */
export default defineConfig({
  ...shared,
  test: {
    ...shared.test,
    include: ["test/site/in-browser.ts"],
    reporters: ["default", ["json", { outputFile: ".results/tests-site.json" }]],
  },
}) as ViteUserConfig;
