import { basename } from "node:path";
import ts from "typescript";
import { at, librarySources, type Source } from "./source.ts";
import { type Problems, verdict } from "./verdict.ts";
import { libraryPackages, type WorkspacePackage } from "./workspace.ts";

/** Which package may stand on which: two deep and without a cycle. */
const arrows: Readonly<Record<string, readonly string[]>> = {
  catalogue: [],
  "core-reduce": [],
  "distance-map": ["core-reduce"],
  "losses-region": ["core-reduce"],
  "losses-distribution": ["core-reduce", "distance-map"],
  "losses-boundary": ["core-reduce", "distance-map"],
  metrics: ["core-reduce", "distance-map"],
  "test-kit": [],
  "losses-compound": ["core-reduce", "distance-map", "losses-distribution", "losses-region", "losses-boundary"],
};

const scope = "@lossary/";
const peer = "@tensorflow/tfjs-core";

/** The packages whose peers are others than tfjs-core alone: the catalogue is data, the test kit declares tests and trains models in them. */
const peersOf: Readonly<Record<string, readonly string[]>> = {
  catalogue: [],
  "test-kit": [peer, "@tensorflow/tfjs-layers", "fast-check", "vitest"],
};

/** Packages depend on each other along the arrows alone, as `dependencies` with `workspace:^`; tfjs-core is the only peer of those that compute. */
export function dependencies(root: string): Problems {
  const packages = libraryPackages(root);
  return verdict("package", packages.length, packages.flatMap(declared));
}

/** Sources import what their package declares, by its public name, and use every own package that they declare. */
export function imports(root: string): Problems {
  const sources = librarySources(root);
  const found = sources.map((source) => ({ source, imports: importsOf(source) }));
  const problems = found.flatMap(({ source, imports }) => imports.flatMap((one) => imported(source, one)));
  for (const library of new Set(sources.map((source) => source.package))) {
    const names = found
      .filter(({ source }) => source.package === library)
      .flatMap(({ imports }) => imports.map(({ name }) => packageName(name)));
    for (const name of Object.keys(library.manifest.dependencies ?? {})) {
      if (!names.includes(name)) problems.push(`${library.folder}: depends on ${name} and never imports it`);
    }
  }
  return verdict("import", found.flatMap(({ imports }) => imports).length, problems);
}

function declared({ folder, manifest }: WorkspacePackage): string[] {
  const allowed = arrows[basename(folder)];
  if (allowed === undefined) return [`${folder}: has no place among the arrows`];
  const problems: string[] = [];
  for (const [name, version] of Object.entries(manifest.dependencies ?? {})) {
    if (!name.startsWith(scope)) problems.push(`depends on ${name}; only own packages may be dependencies`);
    else if (!allowed.includes(name.slice(scope.length))) problems.push(`must not depend on ${name}`);
    else if (version !== "workspace:^") problems.push(`needs ${name} as "workspace:^", has "${version}"`);
  }
  const peers = Object.keys(manifest.peerDependencies ?? {});
  const expected = peersOf[basename(folder)] ?? [peer];
  if (peers.join() !== expected.join())
    problems.push(`must have the peers [${expected.join(", ")}], has [${peers.join(", ")}]`);
  if (manifest.optionalDependencies) problems.push("must not have optionalDependencies");
  return problems.map((problem) => `${folder}: ${problem}`);
}

interface Import {
  readonly node: ts.Node;
  readonly name: string;
  readonly typeOnly: boolean;
}

function imported(source: Source, { node, name, typeOnly }: Import): string[] {
  const { manifest, folder } = source.package;
  const here = at(source, node);
  if (name.startsWith(".")) {
    const target = new URL(name, `file:///${source.file}`).pathname.slice(1);
    if (!target.startsWith(`${folder}/src/`)) return [`${here}: "${name}" leaves the sources of the package`];
    return name.endsWith(".ts") ? [] : [`${here}: "${name}" must name the file, .ts included`];
  }
  const target = packageName(name);
  // A type leaves nothing behind in the module, so it may come from what the package is only developed with.
  const reachable = {
    ...manifest.dependencies,
    ...manifest.peerDependencies,
    ...(typeOnly && manifest.devDependencies),
  };
  if (!(target in reachable)) return [`${here}: imports ${target}, which ${folder}/package.json does not declare`];
  return target === peer && name !== peer ? [`${here}: "${name}" reaches into ${peer}; import from its root`] : [];
}

function importsOf({ tree }: Source): Import[] {
  const found: Import[] = [];
  const visit = (node: ts.Node): void => {
    if ((ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) && node.moduleSpecifier) {
      const typeOnly = ts.isImportDeclaration(node)
        ? node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword
        : node.isTypeOnly;
      found.push({ node, name: (node.moduleSpecifier as ts.StringLiteral).text, typeOnly });
    }
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      const [argument] = node.arguments;
      if (argument && ts.isStringLiteral(argument)) found.push({ node, name: argument.text, typeOnly: false });
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}

/** `@lossary/distance-map/array` belongs to `@lossary/distance-map`. */
function packageName(specifier: string): string {
  return specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/");
}
