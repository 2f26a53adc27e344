import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
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

/** The list of exports of a package, where its sources exist already. */
export function entryFile({ path }: WorkspacePackage): string | undefined {
  const entry = join(path, "src/index.ts");
  return existsSync(entry) ? entry : undefined;
}

function readManifest(path: string): Manifest {
  return JSON.parse(readFileSync(join(path, "package.json"), "utf8")) as Manifest;
}
