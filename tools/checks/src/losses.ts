import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { losses, type PublicExport, publicApi } from "./public-api.ts";
import { type Problems, verdict } from "./verdict.ts";

/** Every loss has its own source file, its own test file, and a row in the tables of both READMEs. */
export function lossFiles(root: string): Problems {
  const found = losses(publicApi(root));
  const problems = found.flatMap((loss) => {
    const { folder } = loss.package;
    const concept = kebab(loss.name.replace(/Loss$/, ""));
    const source = `${folder}/src/${concept}.ts`;
    const test = `${folder}/test/${concept}.test.ts`;
    const missing: string[] = [];
    if (loss.file !== source) missing.push(`is declared in ${loss.file}, belongs into ${source}`);
    if (!existsSync(join(root, test))) missing.push(`has no test file ${test}`);
    else if (!readFileSync(join(root, test), "utf8").includes(loss.name)) missing.push(`does not occur in ${test}`);
    for (const readme of ["README.md", `${folder}/README.md`]) {
      if (!hasRow(join(root, readme), loss)) missing.push(`has no row in a table of ${readme}`);
    }
    return missing.map((problem) => `${loss.name}: ${problem}`);
  });
  return verdict("loss", found.length, problems);
}

function hasRow(readme: string, { name }: PublicExport): boolean {
  if (!existsSync(readme)) return false;
  const row = new RegExp(`^\\|[^|]*\`${name}\``, "m");
  return row.test(readFileSync(readme, "utf8"));
}

/** crossEntropy -> cross-entropy */
function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
