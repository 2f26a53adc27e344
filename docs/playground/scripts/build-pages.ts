import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { copyAssets } from "../../src/assets.ts";
import { buildApps } from "../../src/build-apps.ts";

/** Builds both pages as the site does, with the site's fonts and frame but without the rest of it, into a folder. */
const out = process.argv[2];
if (out === undefined) throw new Error("build-pages: give the folder to build into");
rmSync(out, { recursive: true, force: true });
mkdirSync(join(out, "assets"), { recursive: true });
await buildApps(fileURLToPath(new URL("..", import.meta.url)), out);
copyAssets(out);
