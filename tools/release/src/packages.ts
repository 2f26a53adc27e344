import { globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** What a release reads of a package.json. */
export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly exports: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
}

/** A published package. */
export interface Package {
  readonly folder: string;
  readonly manifest: Manifest;
}

/** The published packages, each behind those that it depends on. */
export function packagesOf(root: string): Package[] {
  const all = globSync("packages/*/package.json", { cwd: root })
    .sort()
    .map((file) => ({
      folder: join(root, dirname(file)),
      manifest: JSON.parse(readFileSync(join(root, file), "utf8")) as Manifest,
    }));
  const sorted: Package[] = [];
  const add = (one: Package): void => {
    if (sorted.includes(one)) return;
    for (const name of Object.keys(one.manifest.dependencies ?? {})) {
      const other = all.find(({ manifest }) => manifest.name === name);
      if (other) add(other);
    }
    sorted.push(one);
  };
  all.forEach(add);
  return sorted;
}
