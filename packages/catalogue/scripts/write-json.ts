// The catalogue for those who do not run JavaScript: dist/losses.json.
import { writeFileSync } from "node:fs";
import { lossCatalogue } from "../src/index.ts";

writeFileSync(new URL("../dist/losses.json", import.meta.url), `${JSON.stringify(lossCatalogue, undefined, 1)}\n`);
