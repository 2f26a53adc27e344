import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { Extractor, ExtractorConfig, type ExtractorMessage } from "@microsoft/api-extractor";
import type { Entry } from "./entries.ts";

/** What an entry exports, and what is wrong with that. */
export interface Report {
  readonly text: string;
  readonly problems: readonly string[];
}

/** The report of an entry, from its built declarations. */
export function reportOf({ folder, types, report }: Entry): Report {
  const scratch = mkdtempSync(join(tmpdir(), "lossary-api-"));
  const tsconfig = join(scratch, "tsconfig.json");
  const compilerOptions = {
    module: "nodenext",
    target: "es2022",
    lib: ["es2024", "dom"],
    types: [],
    skipLibCheck: true,
  };
  writeFileSync(tsconfig, JSON.stringify({ compilerOptions, files: [types] }));
  const problems: string[] = [];
  try {
    const config = ExtractorConfig.prepare({
      configObject: {
        projectFolder: folder,
        mainEntryPointFilePath: types,
        compiler: { tsconfigFilePath: tsconfig },
        apiReport: {
          enabled: true,
          reportFileName: basename(report),
          reportFolder: scratch,
          reportTempFolder: join(scratch, "temp"),
        },
        docModel: { enabled: false },
        dtsRollup: { enabled: false },
        tsdocMetadata: { enabled: false },
        newlineKind: "lf",
      },
      configObjectFullPath: undefined,
      packageJsonFullPath: join(folder, "package.json"),
    });
    const messageCallback = (message: ExtractorMessage): void => {
      message.handled = true;
      if (isProblem(message)) problems.push(`${message.messageId}: ${message.text}`);
    };
    Extractor.invoke(config, { localBuild: true, messageCallback });
    return { text: readFileSync(join(scratch, basename(report)), "utf8"), problems };
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

/** What the site checks already: that everything is documented and every link leads somewhere. There are no release tags. */
const ofDocumentation = ["ae-missing-release-tag", "ae-undocumented", "ae-unresolved-link"];

/** A type that is named in what is exported and cannot be imported, an export that two modules mean differently, broken declarations. */
function isProblem({ category, messageId }: ExtractorMessage): boolean {
  return category === "Compiler" || (category === "Extractor" && !ofDocumentation.includes(messageId));
}
