import { backendsConfig } from "../../../vitest.shared.ts";
import { report, scratch } from "./scratch.ts";

/** The tests of the copy that holds a mutant. */
export default {
  ...backendsConfig,
  root: scratch,
  test: { ...backendsConfig.test, reporters: [["json", { outputFile: report }]] },
};
