import { existsSync } from "node:fs";
import { basename, join } from "node:path";
import { type Problems, verdict } from "./verdict.ts";
import { libraryPackages, type Manifest, type WorkspacePackage } from "./workspace.ts";

const files = ["README.md", "src/index.ts", "test", "tsconfig.build.json", "vitest.config.ts"];

/** Every published package has the same files and the same shape of package.json. */
export function manifests(root: string): Problems {
  const packages = libraryPackages(root);
  return verdict("package", packages.length, packages.flatMap(shape));
}

function shape({ folder, path, manifest }: WorkspacePackage): string[] {
  const expected: [keyof Manifest, unknown][] = [
    ["name", `@lossary/${basename(folder)}`],
    ["license", "MIT"],
    ["type", "module"],
    ["sideEffects", false],
    ["engines", { node: ">=20" }],
    ["files", ["dist", "src", "CHANGELOG.md"]],
    ["publishConfig", { access: "public", provenance: true }],
  ];
  const problems = expected
    .filter(([field, value]) => JSON.stringify(manifest[field]) !== JSON.stringify(value))
    .map(([field, value]) => `${field} must be ${JSON.stringify(value)}, is ${JSON.stringify(manifest[field])}`);
  if (manifest.private) problems.push("must not be private");
  if (!/^\d+\.\d+\.\d+$/.test(manifest.version ?? "")) problems.push(`version "${manifest.version}" is not a version`);
  if (!manifest.description) problems.push("has no description");
  if (!manifest.keywords?.length) problems.push("has no keywords");
  for (const script of ["build", "test"]) {
    if (!manifest.scripts?.[script]) problems.push(`has no script "${script}"`);
  }
  for (const file of files) {
    if (!existsSync(join(path, file))) problems.push(`${file} is missing`);
  }
  problems.push(...exportsShape(manifest, path));
  return problems.map((problem) => `${folder}: ${problem}`);
}

/** `.` and every further entry: the source for the workspace, then the types, then the module; or data that the build writes. */
function exportsShape({ exports = {} }: Manifest, path: string): string[] {
  const problems = exports["./package.json"] === "./package.json" ? [] : ['exports lack "./package.json"'];
  if (exports["."] === undefined) problems.push('exports lack "."');
  for (const [entry, conditions] of Object.entries(exports)) {
    if (entry === "./package.json") continue;
    if (entry.endsWith(".json") && conditions === entry.replace("./", "./dist/")) continue;
    const source = (conditions as Record<string, unknown> | null)?.["@lossary/source"];
    const module = typeof source === "string" ? /^\.\/src\/(.+)\.ts$/.exec(source)?.[1] : undefined;
    const expected = {
      "@lossary/source": `./src/${module}.ts`,
      types: `./dist/${module}.d.ts`,
      default: `./dist/${module}.js`,
    };
    if (module === undefined || JSON.stringify(conditions) !== JSON.stringify(expected)) {
      problems.push(
        `exports "${entry}" must be source, types, default of one module, is ${JSON.stringify(conditions)}`,
      );
    } else if (!existsSync(join(path, `src/${module}.ts`))) {
      problems.push(`exports "${entry}" names src/${module}.ts, which is missing`);
    }
  }
  return problems;
}
