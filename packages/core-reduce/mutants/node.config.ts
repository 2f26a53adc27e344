import { sharedConfig } from "../../../vitest.shared.ts";
import { report, scratch } from "./scratch.ts";

/** The tests of the copy that holds a mutant. */
export default {
  ...sharedConfig,
  root: scratch,
  test: { ...sharedConfig.test, reporters: [["json", { outputFile: report }]] },
};
