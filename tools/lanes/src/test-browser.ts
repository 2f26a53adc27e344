import { runInChromium } from "./run-in-chromium.ts";

// Run as a script: the browser lane of the package that it is called in.
runInChromium("vitest.browser.config.ts", "WebGL, WebGPU and browsers");
