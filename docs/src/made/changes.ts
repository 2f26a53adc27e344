import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { getReleasePlan } from "@changesets/get-release-plan";

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly private?: boolean;
}

/** What changed in each published package: what waits for the next release, and the changelogs of those that were. */
export async function changes(root: string): Promise<string> {
  const plan = await getReleasePlan(root);
  const folders = globSync("packages/*/package.json", { cwd: root }).map((file) => join(root, file, ".."));
  const sections = folders.sort().map((folder) => {
    const { name, version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Manifest;
    const release = plan.releases.find((one) => one.name === name);
    const waiting = plan.changesets.filter(({ id }) => release?.changesets.includes(id));
    const changelog = join(folder, "CHANGELOG.md");
    return [
      `## ${name}`,
      version === "0.0.0" ? "Not released yet." : `The released version is ${version}.`,
      ...(release && waiting.length > 0
        ? [`### ${release.newVersion}, not released yet`, ...waiting.map(({ summary }) => item(summary))]
        : []),
      ...(existsSync(changelog) ? [demoted(readFileSync(changelog, "utf8"))] : []),
    ].join("\n\n");
  });
  return sections.join("\n\n");
}

/** Some paragraphs as one item of a list. */
function item(text: string): string {
  return `- ${text.trim().replaceAll("\n", "\n  ")}`;
}

/** A changelog without its title, its headings one level deeper. */
function demoted(changelog: string): string {
  return changelog
    .replace(/^# .*$/m, "")
    .replaceAll(/^#/gm, "##")
    .trim();
}
