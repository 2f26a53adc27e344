import { cpSync, existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { Application, Converter, type DocumentReflection } from "typedoc";
import { copyAssets, wholeMathFont, writeStyles } from "./assets.ts";
import { buildApps } from "./build-apps.ts";
import { finishPages } from "./finish-pages.ts";
import type { ToolbarLink } from "./frame.ts";
import { linkProblems } from "./links.ts";
import { insertParts, makeParts } from "./made/made.ts";
import { partsOf } from "./made/parts.ts";
import { notFoundPage } from "./not-found.ts";
import { writePictures } from "./pictures/write.ts";
import { ProblemLogger } from "./problem-logger.ts";
import { writeSearchIndex } from "./search-index.ts";
import { siteLinks } from "./site-links.ts";
import { readCorners } from "./theme/corners.ts";
import { nameDocument } from "./theme/documents.ts";
import { SiteRouter } from "./theme/router.ts";
import { siteTheme } from "./theme/theme.ts";
import { typesetMath } from "./typeset.ts";

const documented = ["Class", "Enum", "Function", "Interface", "TypeAlias", "Variable"] as const;
const validation = {
  notExported: true,
  invalidLink: true,
  invalidPath: true,
  notDocumented: true,
  rewrittenLink: true,
};

/**
 * Builds the site of the repository under `root` into `out`: the API of every package, the guides and the decisions, formulas typeset; the
 * pages of `docs/playground`, where it is there; the index that the search reads.
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
  mkdirSync(join(out, "assets"), { recursive: true });
  await buildApps(join(root, "docs/playground"), out);
  const documents = globSync("docs/{*.md,guides/*.md,decisions/*.md}", { cwd: root })
    .map((file) => join(root, file))
    .sort();
  const made = await makeParts(documents.map(read), partsOf(root));
  const pictures = join(root, "docs/pictures");
  if (existsSync(pictures)) cpSync(pictures, join(out, "pictures"), { recursive: true });
  const portraits = made.has("gallery") ? await drawPortraits(join(out, "pictures")) : [];
  const styles = join(out, "typedoc.css");
  writeStyles(styles);
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
    projectDocuments: documents,
    validation,
    requiredToBeDocumented: [...documented],
    disableGit: true,
    disableSources: true,
    githubPages: true,
    hideGenerator: true,
    includeHierarchySummary: false,
    customCss: styles,
    lightHighlightTheme: "github-light-high-contrast",
    darkHighlightTheme: "github-dark-high-contrast",
    markdownItLoader: (parser: Parameters<typeof typesetMath>[0]) => typesetMath(parser, report),
    highlightLanguages: ["bash", "html", "javascript", "json", "typescript", "yaml"],
    cleanOutputDir: false,
  });
  app.logger = new ProblemLogger(report);
  app.converter.on(Converter.EVENT_CREATE_DOCUMENT, (_context: unknown, document: DocumentReflection) => {
    nameDocument(document);
    insertParts(document, made);
  });
  app.renderer.defineRouter("site", SiteRouter);
  app.options.setValue("router", "site");
  app.renderer.defineTheme(
    "site",
    siteTheme({
      links: siteLinks(root),
      portraits: new Set(portraits),
      corners: readCorners(root),
      picture: existsSync(join(out, "pictures/descent.svg")) ? "pictures/descent.svg" : undefined,
    }),
  );
  app.options.setValue("theme", "site");
  const project = await app.convert();
  if (project === undefined) return [...problems, "typedoc could not read the packages"];
  app.validate(project);
  await app.generateDocs(project, out);
  rmSync(styles);
  copyAssets(out);
  await finishPages(out, wholeMathFont);
  writeNotFound(out, siteLinks(root));
  await writeSearchIndex(out, report);
  return [...problems, ...linkProblems(out)];
}

/** Writes the page for paths that do not exist; it must know the folders of the others. */
function writeNotFound(out: string, links: readonly ToolbarLink[]): void {
  const folders = globSync("*/", { cwd: out }).map((folder) => basename(folder));
  writeFileSync(join(out, "404.html"), notFoundPage(links, folders.sort()));
}

/** Draws the portrait of every loss, and tells of which. */
async function drawPortraits(folder: string): Promise<readonly string[]> {
  const { portraits } = await import("./pictures/portraits.ts");
  const drawn = portraits();
  writePictures(join(folder, "losses"), new Map([...drawn].map(([name, svg]) => [`${name}.svg`, svg])));
  return [...drawn.keys()];
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
