import { readFileSync } from "node:fs";

/** What a file under `fixtures/` holds. */
export function readFixture(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`../fixtures/${name}.json`, import.meta.url), "utf8"));
}
