import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { entriesOf, libraryPackages } from "@lossary/checks/workspace";

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
  return libraryPackages(root).flatMap((library) =>
    entriesOf(library).map(({ name, types }) => {
      const report = `${name.replace("@lossary/", "").replace("/", "-")}.api.md`;
      return { name, folder: library.path, types, report: join(library.path, "etc", report) };
    }),
  );
}
