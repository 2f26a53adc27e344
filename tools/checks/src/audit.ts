import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { type Problems, verdict } from "./verdict.ts";

/** The part of pnpm's lockfile that the audit reads. */
interface Lockfile {
  readonly importers: Readonly<Record<string, Importer>>;
  readonly snapshots: Readonly<Record<string, { readonly dependencies?: Readonly<Record<string, string>> }>>;
}

interface Importer {
  readonly dependencies?: Readonly<Record<string, { readonly version: string }>>;
  readonly optionalDependencies?: Readonly<Record<string, { readonly version: string }>>;
  readonly devDependencies?: Readonly<Record<string, { readonly version: string }>>;
}

/** The only thing from others that comes with our packages: what users bring themselves, as the peer. */
const peer = "@tensorflow/tfjs-core";

/** Licences under which tools may stand in a repository of this one. */
const licences =
  /^\(?((0BSD|Apache-2\.0|Artistic-2\.0|BSD|BSD-[23]-Clause|BlueOak-1\.0\.0|CC-BY-[34]\.0|CC0-1\.0|ISC|MIT|MIT-0|MIT\/X11|MPL-2\.0|OFL-1\.1|Python-2\.0|Unlicense|WTFPL|Zlib)( (OR|AND) )?)+\)?$/;

function read(root: string): Lockfile {
  return parse(readFileSync(join(root, "pnpm-lock.yaml"), "utf8")) as Lockfile;
}

/** The lockfile knows of no package of others that comes with one of ours. */
export function ownDependencies(root: string): Problems {
  const published = Object.entries(read(root).importers).filter(([folder]) => folder.startsWith("packages/"));
  const problems = published.flatMap(([folder, { dependencies, optionalDependencies }]) =>
    Object.entries({ ...dependencies, ...optionalDependencies })
      .filter(([, { version }]) => !version.startsWith("link:../"))
      .map(([name, { version }]) => `${folder} brings ${name} ${version} along; packages bring nothing but each other`),
  );
  return verdict("published package", published.length, problems);
}

/** What comes with the peer, as `name@version`: what runs in a program of our users beside our packages. */
export function runtimeClosure(root: string): string[] {
  const { importers, snapshots } = read(root);
  const found = new Set<string>();
  const visit = (name: string, version: string): void => {
    const key = `${name}@${version}`;
    const bare = key.replace(/\(.*$/, "");
    if (found.has(bare)) return;
    found.add(bare);
    for (const [other, its] of Object.entries(snapshots[key]?.dependencies ?? {})) visit(other, its);
  };
  for (const [folder, { devDependencies }] of Object.entries(importers)) {
    const version = devDependencies?.[peer]?.version;
    if (folder.startsWith("packages/") && version !== undefined) visit(peer, version);
  }
  return [...found].sort();
}

/** What `pnpm audit --json` prints, as far as it is read. */
interface Advisories {
  readonly advisories?: Readonly<
    Record<
      string,
      { module_name: string; severity: string; title: string; url: string; findings: { version: string }[] }
    >
  >;
}

/** The advisories against what runs in a program of our users, out of what `pnpm audit --json` has printed; nothing where it could not ask. */
export function advisoriesAgainst(closure: readonly string[], printed: string): string[] | undefined {
  let told: Advisories;
  try {
    told = JSON.parse(printed) as Advisories;
  } catch {
    return undefined;
  }
  if (told.advisories === undefined) return undefined;
  return Object.values(told.advisories).flatMap(({ module_name, severity, title, url, findings }) =>
    findings
      .map(({ version }) => `${module_name}@${version}`)
      .filter((one) => closure.includes(one))
      .map((one) => `${one}: ${severity}: ${title}, ${url}`),
  );
}

/** Packages by their licence, as `pnpm licenses list --json` prints them, and those whose licence is none of the usual ones. */
export function licenceProblems(printed: string): { counts: string; problems: string[] } {
  const told = JSON.parse(printed) as Record<string, { name: string }[]>;
  const counts = Object.entries(told).map(([licence, packages]) => `${licence} ${packages.length}`);
  const problems = Object.entries(told)
    .filter(([licence]) => !licences.test(licence))
    .flatMap(([licence, packages]) => packages.map(({ name }) => `${name} has the licence ${licence}`));
  return { counts: counts.join(", "), problems };
}

if (import.meta.main) {
  const root = process.argv[2] ?? process.cwd();
  const pnpm = (...given: string[]) => spawnSync("pnpm", given, { cwd: root, encoding: "utf8", timeout: 60_000 });
  const closure = runtimeClosure(root);
  console.log(`Comes with the packages: nothing; with their peer: ${closure.join(", ")}`);
  const { stdout, stderr } = pnpm("audit", "--json");
  const against = advisoriesAgainst(closure, stdout);
  if (against === undefined) {
    console.error(`
  NOT AUDITED: the registry gives no advisories here.
  ${(stderr || stdout).trim().replaceAll(/\s+/g, " ").slice(0, 200)}
`);
  }
  const { counts, problems } = licenceProblems(pnpm("--recursive", "licenses", "list", "--json").stdout);
  console.log(`Licences of the tools: ${counts}`);
  const all = [...ownDependencies(root), ...(against ?? []), ...problems];
  for (const problem of all) console.error(problem);
  process.exitCode = all.length === 0 ? 0 : 1;
}
