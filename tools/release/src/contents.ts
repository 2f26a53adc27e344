import { execFileSync } from "node:child_process";
import type { Manifest } from "./packages.ts";

/** The files of a tarball, relative to the package, and its package.json. */
export interface Contents {
  readonly files: readonly string[];
  readonly manifest: Manifest;
}

/** Looks into a tarball. */
export function contentsOf(tarball: string): Contents {
  const files = execFileSync("tar", ["-tzf", tarball], { encoding: "utf8" }).trim().split("\n");
  const manifest = execFileSync("tar", ["-xzOf", tarball, "package/package.json"], { encoding: "utf8" });
  return { files: files.map((file) => file.replace(/^package\//, "")), manifest: JSON.parse(manifest) as Manifest };
}

/** What must be in every tarball; a changelog is there from the first release on. */
const always = ["LICENSE", "README.md", "package.json"];

/** What may be beside that: what was built, with its maps, and the sources that the maps lead to. */
const allowed =
  /^(LICENSE|README\.md|CHANGELOG\.md|package\.json|dist\/[\w./-]+\.(js|d\.ts|js\.map|d\.ts\.map|json)|src\/[\w./-]+\.ts)$/;

/** What is wrong with a tarball, one line for each problem. */
export function contentsProblems({ files, manifest }: Contents): string[] {
  const { name, version, dependencies = {}, peerDependencies = {} } = manifest;
  const missing = [...always, ...exported(manifest)]
    .filter((file) => !files.includes(file))
    .map((file) => `${file} is missing`);
  const foreign = files.filter((file) => !allowed.test(file)).map((file) => `${file} has no business here`);
  const unmapped = files
    .filter((file) => /^dist\/.*\.js$/.test(file) && !files.includes(`${file}.map`))
    .map((file) => `${file} has no map`);
  const ranges = Object.entries({ ...dependencies, ...peerDependencies })
    .filter(([, range]) => !/^\^\d+\.\d+\.\d+/.test(range))
    .map(([other, range]) => `depends on ${other} ${range}, which is no range`);
  const ownPeers = Object.keys(peerDependencies).filter((other) => other.startsWith("@lossary/"));
  const peers = ownPeers.map((other) => `has the peer ${other}, whose minor releases would be major ones of this`);
  return [...missing, ...foreign, ...unmapped, ...ranges, ...peers].map((problem) => `${name} ${version}: ${problem}`);
}

/** The files that the exports of a package name; its sources among them. */
function exported({ exports }: Manifest): string[] {
  return Object.values(exports).flatMap((entry) =>
    (typeof entry === "string" ? [entry] : Object.values(entry)).map((file) => file.replace(/^\.\//, "")),
  );
}
