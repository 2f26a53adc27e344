import { globSync, readFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { parse } from "yaml";

/** What the checks read of a package.json. */
export interface Manifest {
  readonly name?: string;
  readonly version?: string;
  readonly private?: boolean;
  readonly description?: string;
  readonly keywords?: readonly string[];
  readonly license?: string;
  readonly engines?: Readonly<Record<string, string>>;
  readonly type?: string;
  readonly sideEffects?: unknown;
  readonly files?: readonly string[];
  readonly exports?: Readonly<Record<string, unknown>>;
  readonly publishConfig?: Readonly<Record<string, unknown>>;
  readonly scripts?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

/** A folder of the workspace that has a package.json. */
export interface WorkspacePackage {
  /** Relative to the root, with forward slashes: `packages/core-reduce`. */
  readonly folder: string;
  readonly path: string;
  readonly manifest: Manifest;
}

/** Every package that `pnpm-workspace.yaml` names, in the order of their folders. */
export function workspacePackages(root: string): WorkspacePackage[] {
  const settings = parse(readFileSync(join(root, "pnpm-workspace.yaml"), "utf8")) as { packages?: string[] };
  const patterns = (settings.packages ?? []).map((pattern) => `${pattern}/package.json`);
  return globSync(patterns, { cwd: root, exclude: (name) => name === "node_modules" })
    .map((file) => dirname(file))
    .sort()
    .map((folder) => ({ folder, path: join(root, folder), manifest: readManifest(join(root, folder)) }));
}

/** The packages that are published: everything under `packages/`. */
export function libraryPackages(root: string): WorkspacePackage[] {
  return workspacePackages(root).filter(({ folder }) => folder.startsWith("packages/"));
}

/** Something that users import by a name of its own. */
export interface Entry {
  /** As users write it: `@lossary/distance-map/array`. */
  readonly name: string;
  /** The TypeScript behind it, an absolute path. */
  readonly source: string;
  /** The declarations that the build makes of it, an absolute path. */
  readonly types: string;
}

/** The entries of a package, from its `exports`. */
export function entriesOf({ path, manifest }: WorkspacePackage): Entry[] {
  return Object.entries(manifest.exports ?? {}).flatMap(([entry, conditions]) => {
    const { "@lossary/source": source, types } = (conditions ?? {}) as Record<string, unknown>;
    if (typeof source !== "string" || typeof types !== "string") return [];
    return { name: posix.join(manifest.name ?? "", entry), source: join(path, source), types: join(path, types) };
  });
}

function readManifest(path: string): Manifest {
  return JSON.parse(readFileSync(join(path, "package.json"), "utf8")) as Manifest;
}
