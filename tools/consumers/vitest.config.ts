import { mergeConfig } from "vitest/config";
import { sharedConfig } from "../../vitest.shared.ts";
import { hasChromium } from "./src/chromium.ts";

export default mergeConfig(sharedConfig, {
  test: { globalSetup: "setup.ts", exclude: hasChromium() ? [] : ["test/browser.test.ts"] },
});
