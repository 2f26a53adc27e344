import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { contentsOf, contentsProblems } from "./contents.ts";
import { type Package, packagesOf } from "./packages.ts";

/** Packs packages into a folder, after which nothing of them changes; throws for a tarball that is not as it must be. */
export function packInto(folder: string, packages: readonly Package[]): string[] {
  mkdirSync(folder, { recursive: true });
  const tarballs = packages.map(({ folder: cwd }) => {
    const told = execFileSync("pnpm", ["pack", "--json", "--pack-destination", folder], { cwd, encoding: "utf8" });
    const { filename } = JSON.parse(told.slice(told.indexOf("{"))) as { filename: string };
    return join(folder, basename(filename));
  });
  const problems = tarballs.flatMap((tarball) => contentsProblems(contentsOf(tarball)));
  if (problems.length > 0) throw new Error(problems.join("\n"));
  return tarballs;
}

/** Provenance ties a package to the repository that its manifest names: the one that this workflow runs for. */
function nameRepository({ folder }: Package, url: string): void {
  const file = join(folder, "package.json");
  const manifest = JSON.parse(readFileSync(file, "utf8")) as object;
  const directory = `packages/${basename(folder)}`;
  writeFileSync(file, `${JSON.stringify({ ...manifest, repository: { type: "git", url, directory } }, null, 2)}\n`);
}

/** Whether the registry has this version already; throws where it does not say. */
function isPublished({ manifest: { name, version } }: Package): boolean {
  const { status, stdout, stderr } = spawnSync("npm", ["view", `${name}@${version}`, "version", "--json"], {
    encoding: "utf8",
  });
  if (status === 0) return stdout.trim() !== "";
  if (stderr.includes("E404") || stdout.includes("E404")) return false;
  throw new Error(`npm view ${name}@${version}: ${stderr}`);
}

// Run as a script: node pack.ts FOLDER packs what the registry does not have, in the order in which it can be published.
if (import.meta.main) {
  const root = fileURLToPath(new URL("../../..", import.meta.url));
  const folder = resolve(process.argv[2] ?? "tarballs");
  const { GITHUB_REPOSITORY: repository, GITHUB_SERVER_URL: server } = process.env;
  const due = packagesOf(root).filter((one) => !isPublished(one));
  if (repository && server) for (const one of due) nameRepository(one, `git+${server}/${repository}.git`);
  const tarballs = packInto(folder, due);
  writeFileSync(join(folder, "order.txt"), tarballs.map((tarball) => `${basename(tarball)}\n`).join(""));
  console.log(
    tarballs.length === 0 ? "Everything is published already" : tarballs.map((tarball) => basename(tarball)).join("\n"),
  );
}
