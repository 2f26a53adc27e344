import { execFileSync } from "node:child_process";
import { lstatSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Problems, verdict } from "./verdict.ts";

/** What must not stand in a file that others clone: traces of one machine, of its network, of its secrets. */
const traces: readonly (readonly [RegExp, string])[] = [
  [
    /(?<![\w.@:~$*/-])\/(?:root|home|Users|work|workspace|farm|private|mnt|var\/folders)\/[\w.-]+/,
    "a path of one machine",
  ],
  [/\b[A-Za-z]:\\Users\\/, "a path of one machine"],
  [/https?:\/\/(?:[\w-]+\.)*(?:registry|artifactory|nexus|verdaccio|mirrors?)\.[\w.-]+/, "the host of a registry"],
  [/\bregistry\s*=\s*\S+|_auth(?:Token)?\s*=/, "a registry setting"],
  [/https?:\/\/(?:10|127|192\.168|172\.(?:1[6-9]|2\d|3[01]))\.\d/, "an address of a private network"],
];

/** No tracked file holds a path of somebody's machine, a registry host or a registry setting. */
export function machineTraces(root: string): Problems {
  const files = execFileSync("git", ["ls-files", "-z"], { cwd: root, encoding: "utf8" })
    .split("\0")
    .filter((file) => file !== "" && lstatSync(join(root, file), { throwIfNoEntry: false })?.isFile());
  const problems = files.flatMap((file) => {
    const content = readFileSync(join(root, file));
    if (content.includes(0)) return []; // not text
    return content
      .toString("utf8")
      .split("\n")
      .flatMap((line, index) => {
        const found = traces.find(([pattern]) => pattern.test(line));
        return found ? [`${file}:${index + 1}: holds ${found[1]}`] : [];
      });
  });
  return verdict("tracked file", files.length, problems);
}
