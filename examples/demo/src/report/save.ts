import { closeSync, mkdirSync, openSync, renameSync, statSync, unlinkSync, writeFileSync } from "node:fs";
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

/** Writes the report beside its place first, so that a full disk leaves an earlier report whole, and no half of the new one. */
export function saveReport(path: string, html: string): void {
  const isDevice = statSync(path, { throwIfNoEntry: false })?.isFile() === false;
  const draft = isDevice ? path : `${path}.part`;
  try {
    writeFileSync(draft, html);
    if (!isDevice) renameSync(draft, path);
  } catch (error) {
    if (statSync(draft, { throwIfNoEntry: false })?.isFile()) unlinkSync(draft);
    throw new DemoError(
      `${path}: the report could not be written, ${reasonOf(error)}. The table above stands; --out FILE names another place.`,
    );
  }
}
