import { hasChromium } from "@lossary/lanes/chromium";
import { mergeConfig } from "vitest/config";
import { sharedConfig } from "../../vitest.shared.ts";

export default mergeConfig(sharedConfig, {
  test: { globalSetup: "setup.ts", exclude: hasChromium("the packages in browsers") ? [] : ["test/browser.test.ts"] },
});
