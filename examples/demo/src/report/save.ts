import { closeSync, mkdirSync, openSync, statSync, unlinkSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { DemoError, reasonOf } from "../demo-error.ts";

/** Makes sure, before minutes of training, that the report can be written; an earlier report stays as it is. */
export function checkWritable(path: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    closeSync(openSync(path, "a"));
    const file = statSync(path);
    if (file.isFile() && file.size === 0) unlinkSync(path);
  } catch (error) {
    throw new DemoError(`--out ${path}: the report cannot be written there, ${reasonOf(error)}.`);
  }
}

export function saveReport(path: string, html: string): void {
  try {
    writeFileSync(path, html);
  } catch (error) {
    throw new DemoError(
      `${path}: the report could not be written, ${reasonOf(error)}. The table above stands; --out FILE names another place.`,
    );
  }
}
