import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const packages = fileURLToPath(new URL("../../../packages", import.meta.url));

/** A package as it would be published. */
export interface Packed {
  readonly name: string;
  readonly folder: string;
  /** The path of its tarball. */
  readonly tarball: string;
}

/** An empty folder outside the repository; `remove` takes it away. */
export function emptyFolder(): { path: string; remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), "lossary-consumer-"));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** Packs every package into a folder. */
export function packAll(into: string): Packed[] {
  return readdirSync(packages).map((name) => {
    const folder = join(packages, name);
    const told = execFileSync("pnpm", ["pack", "--json", "--pack-destination", into], {
      cwd: folder,
      encoding: "utf8",
    });
    const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as { name: string };
    const { filename } = JSON.parse(told.slice(told.indexOf("{"))) as { filename: string };
    return { name: manifest.name, folder, tarball: join(into, filename.split("/").at(-1) as string) };
  });
}

/**
 * Installs packages of ours and of the registry as a user does. Ours come from tarballs; those of them that are not named come along as
 * dependencies of the others, or not at all.
 */
export function install(
  into: string,
  packed: readonly Packed[],
  others: readonly string[],
  named: readonly string[] = packed.map(({ name }) => name),
): void {
  const files = packed.map(({ name, tarball }) => [name, `file:${tarball}`] as const);
  const dependencies = Object.fromEntries(files.filter(([name]) => named.includes(name)));
  const overrides = Object.fromEntries(files.filter(([name]) => !named.includes(name)));
  writeFileSync(
    join(into, "package.json"),
    JSON.stringify({ name: "consumer", private: true, type: "module", dependencies, overrides }),
  );
  run(into, "npm", ["install", "--no-audit", "--no-fund", "--prefer-offline", "--loglevel=error", ...others]);
}

/** What a command prints; throws with all that it has printed where it fails. */
export function run(folder: string, command: string, given: readonly string[]): string {
  // what the package manager that runs the tests says of this package is nothing to the user's commands; its registry is
  const environment = Object.entries(process.env).filter(
    ([name]) => !/^(npm_(package|lifecycle|command|execpath|node_execpath)|pnpm_|node_options$)/i.test(name),
  );
  try {
    return execFileSync(command, given, {
      cwd: folder,
      encoding: "utf8",
      env: Object.fromEntries(environment),
      stdio: "pipe",
    });
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    throw new Error(`${command} ${given.join(" ")}:\n${stdout}${stderr}`, { cause: error });
  }
}
