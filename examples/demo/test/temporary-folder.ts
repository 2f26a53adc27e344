import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { encode } from "fast-png";
import { afterEach } from "vitest";

/** A folder with the given files, removed after the test. */
export function temporaryFolder(files: Record<string, Uint8Array | string> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), "lossary-demo-"));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }
  return folder;
}

/** A grey PNG whose pixels a function of row and column makes. */
export function greyPng(height: number, width: number, greyAt: (row: number, column: number) => number): Uint8Array {
  const data = Uint8Array.from({ length: height * width }, (_, i) => greyAt(Math.floor(i / width), i % width));
  return encode({ width, height, data, channels: 1, depth: 8 });
}

/** A bright disc in the dark, and its mask of 0 and 255. */
export function discPair(side: number, radius: number): { image: Uint8Array; mask: Uint8Array } {
  const inside = (row: number, column: number) => Math.hypot(row - side / 2, column - side / 2) < radius;
  return {
    image: greyPng(side, side, (row, column) => (inside(row, column) ? 180 : 40) + ((7 * row + 13 * column) % 20)),
    mask: greyPng(side, side, (row, column) => (inside(row, column) ? 255 : 0)),
  };
}
