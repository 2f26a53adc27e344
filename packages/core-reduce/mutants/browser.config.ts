import browserConfig from "../../../tools/lanes/vitest.browser.config.ts";
import { report } from "./scratch.ts";

/** The tests of the copy that holds a mutant, in the browser of the browser lane. */
export default {
  ...browserConfig,
  test: {
    ...browserConfig.test,
    include: ["packages/core-reduce/.mutants/test/*.test.ts"],
    exclude: [],
    reporters: [["json", { outputFile: report }]],
  },
};
