import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { bumpProblems } from "./bumps.ts";
import { packInto } from "./pack.ts";
import { type Package, packagesOf } from "./packages.ts";

// Run as a script: the whole release of what is committed, in a copy of the repository that is thrown away, up to what would be published.
const root = fileURLToPath(new URL("../../..", import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), "lossary-release-"));
const copy = join(scratch, "repository");
const run = (command: string, ...given: string[]) => {
  console.log(`\n$ ${command} ${given.join(" ")}`);
  return execFileSync(command, given, { cwd: copy, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
};

try {
  execFileSync("git", ["clone", "--quiet", root, copy]);
  run("pnpm", "install", "--frozen-lockfile", "--prefer-offline");
  const before = packagesOf(copy);
  run("pnpm", "exec", "changeset", "version");
  const after = packagesOf(copy);
  const problems = bumpProblems(before, after, changelogOf);
  if (problems.length > 0) throw new Error(problems.join("\n"));
  run("pnpm", "run", "build");
  for (const tarball of packInto(join(scratch, "tarballs"), after)) {
    const told = execFileSync(
      "npm",
      ["publish", "--dry-run", "--access", "public", "--provenance=false", "--json", tarball],
      {
        cwd: scratch,
        encoding: "utf8",
        stdio: ["ignore", "pipe", "ignore"],
      },
    );
    const { size, entryCount } = sizeOf(told);
    console.log(`${basename(tarball)}: ${(size / 1000).toFixed(1)} kB, ${entryCount} files`);
  }
  expectNoCascade(after);
  const versions = after.map(({ manifest: { name, version } }) => `${name} ${version}`);
  console.log(`\nWould publish ${versions.join(", ")}`);
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

/** A minor release of the package that all others depend on makes patches of them, and nothing more. */
function expectNoCascade(released: readonly Package[]): void {
  const core = "@lossary/core-reduce";
  writeFileSync(join(copy, ".changeset/tried.md"), `---\n"${core}": minor\n---\n\nSomething new.\n`);
  run("pnpm", "exec", "changeset", "version");
  const kinds = packagesOf(copy).map(({ manifest: { name, version } }) => {
    const old = released.find(({ manifest }) => manifest.name === name)?.manifest.version ?? "";
    const changed = version.split(".").findIndex((part, place) => part !== old.split(".")[place]);
    return { name, kind: ["major", "minor", "patch"][changed] ?? "nothing" };
  });
  const wrong = kinds.filter(({ name, kind }) => kind !== (name === core ? "minor" : "patch") && kind !== "nothing");
  if (wrong.length > 0) throw new Error(`a minor release of ${core} is ${JSON.stringify(wrong)} elsewhere`);
  console.log(
    `A minor release of ${core} after that is: ${kinds.map(({ name, kind }) => `${name} ${kind}`).join(", ")}`,
  );
}

function changelogOf({ folder }: Package): string {
  return readFileSync(join(folder, "CHANGELOG.md"), "utf8");
}

/** npm prints what it would publish alone, or under the name of the package. */
function sizeOf(told: string): { size: number; entryCount: number } {
  const parsed = JSON.parse(told.slice(told.indexOf("{"))) as object;
  return ("size" in parsed ? parsed : Object.values(parsed)[0]) as { size: number; entryCount: number };
}
