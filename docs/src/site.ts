import { copyFileSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Application } from "typedoc";
import { linkProblems } from "./links.ts";
import { ProblemLogger } from "./problem-logger.ts";
import { typesetMath } from "./typeset.ts";

const here = dirname(fileURLToPath(import.meta.url));
const mathFont = fileURLToPath(
  import.meta.resolve("@fontsource/stix-two-math/files/stix-two-math-latin-400-normal.woff2"),
);
const temml = dirname(fileURLToPath(import.meta.resolve("temml/dist/Temml-Local.css")));

const documented = ["Class", "Enum", "Function", "Interface", "TypeAlias", "Variable"] as const;
const validation = {
  notExported: true,
  invalidLink: true,
  invalidPath: true,
  notDocumented: true,
  rewrittenLink: true,
};

/**
 * Builds the site of the repository under `root` into `out`: the API of every package, the guides and the decisions, formulas typeset.
 *
 * @returns what is wrong, one line for each problem: missing documentation, broken links, bad TeX, warnings of typedoc
 */
export async function buildSite(root: string, out: string): Promise<string[]> {
  const problems: string[] = [];
  const report = (problem: string): void => void problems.push(problem);
  const folders = globSync("packages/*/package.json", { cwd: root })
    .map((file) => join(root, dirname(file)))
    .sort();
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  const styles = join(out, "site.css");
  writeFileSync(styles, read(join(temml, "Temml-Local.css")) + read(join(here, "site.css")));
  const app = await Application.bootstrap({
    name: "Lossary",
    entryPointStrategy: "packages",
    entryPoints: folders,
    packageOptions: {
      entryPoints: [entryPattern(folders)],
      tsconfig: "tsconfig.build.json",
      // What the workspace's own type check adds, for packages see each other's sources here as they do there.
      compilerOptions: (JSON.parse(read(join(root, "tsconfig.json"))) as TypeScriptConfig).compilerOptions,
      includeVersion: true,
      validation,
      requiredToBeDocumented: [...documented],
    },
    readme: join(root, "README.md"),
    projectDocuments: globSync("docs/{*.md,decisions/*.md}", { cwd: root })
      .map((file) => join(root, file))
      .sort(),
    validation,
    requiredToBeDocumented: [...documented],
    disableGit: true,
    disableSources: true,
    githubPages: true,
    hideGenerator: true,
    customCss: styles,
    markdownItLoader: (parser: Parameters<typeof typesetMath>[0]) => typesetMath(parser, report),
    highlightLanguages: ["bash", "html", "javascript", "json", "typescript", "yaml"],
    cleanOutputDir: false,
  });
  app.logger = new ProblemLogger(report);
  const project = await app.convert();
  if (project === undefined) return [...problems, "typedoc could not read the packages"];
  app.validate(project);
  await app.generateDocs(project, out);
  copyFileSync(join(temml, "Temml.woff2"), join(out, "assets/Temml.woff2"));
  copyFileSync(mathFont, join(out, "assets/stix-two-math.woff2"));
  rmSync(styles);
  return [...problems, ...linkProblems(out)];
}

/** One pattern for the sources behind every entry of every package: typedoc reads it relative to each of them. */
function entryPattern(folders: readonly string[]): string {
  const modules = folders.flatMap((folder) => {
    const { exports = {} } = JSON.parse(read(join(folder, "package.json"))) as Manifest;
    return Object.values(exports).flatMap((conditions) => {
      const source = conditions["@lossary/source"];
      return source === undefined ? [] : basename(source, ".ts");
    });
  });
  return `src/@(${[...new Set(modules)].join("|")}).ts`;
}

interface TypeScriptConfig {
  readonly compilerOptions: Readonly<Record<string, unknown>>;
}

interface Manifest {
  readonly exports?: Readonly<Record<string, { readonly "@lossary/source"?: string }>>;
}

function read(file: string): string {
  return readFileSync(file, "utf8");
}
