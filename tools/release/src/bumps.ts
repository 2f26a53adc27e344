import type { Package } from "./packages.ts";

/** What is wrong with the versions that `changeset version` gave, one line for each problem. */
export function bumpProblems(
  before: readonly Package[],
  after: readonly Package[],
  changelogOf: (one: Package) => string,
): string[] {
  return after.flatMap((one) => {
    const { name, version, peerDependencies } = one.manifest;
    const old = before.find(({ manifest }) => manifest.name === name)?.manifest;
    if (old === undefined) return [`${name}: was not there before`];
    if (old.version === version) return [];
    const problems: string[] = [];
    const text = changelogOf(one);
    if (!text.includes(`## ${version}`)) problems.push(`its changelog does not speak of ${version}`);
    // a new major must be somebody's decision, not the echo of somebody else's release
    const isMajor = version.split(".")[0] !== old.version.split(".")[0];
    if (isMajor && !text.includes("### Major Changes"))
      problems.push(`${old.version} became ${version} without a major change`);
    if (JSON.stringify(peerDependencies) !== JSON.stringify(old.peerDependencies))
      problems.push("its peers have changed");
    return problems.map((problem) => `${name}: ${problem}`);
  });
}
