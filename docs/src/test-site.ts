import { runInChromium } from "@lossary/lanes/run-in-chromium";

// Run as a script: the tests of the built site.
runInChromium("vitest.site.config.ts", "the site in a browser");
