import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** Writes pictures by their file names into a folder. */
export function writePictures(folder: string, pictures: ReadonlyMap<string, string>): void {
  for (const [name, svg] of pictures) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), svg);
  }
}
