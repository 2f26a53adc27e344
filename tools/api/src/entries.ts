import { globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../..", import.meta.url));

/** Something that users import by a name of its own, and where its report lies. */
export interface Entry {
  /** As users write it: `@lossary/distance-map/array`. */
  readonly name: string;
  /** The folder of its package. */
  readonly folder: string;
  /** Its built declarations. */
  readonly types: string;
  /** The report that is committed. */
  readonly report: string;
}

/** Every entry with types of every published package. */
export function entries(): Entry[] {
  return globSync("packages/*/package.json", { cwd: root })
    .sort()
    .flatMap((file) => {
      const folder = join(root, dirname(file));
      const manifest = JSON.parse(readFileSync(join(root, file), "utf8")) as {
        name: string;
        exports: Readonly<Record<string, { types?: string }>>;
      };
      return Object.entries(manifest.exports).flatMap(([path, { types }]) => {
        if (types === undefined) return [];
        const name = manifest.name + path.slice(1);
        const report = join(folder, "etc", `${name.replace("@lossary/", "").replace("/", "-")}.api.md`);
        return { name, folder, types: join(folder, types), report };
      });
    });
}
