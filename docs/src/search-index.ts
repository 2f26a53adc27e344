import { join } from "node:path";
import { close, createIndex } from "pagefind";

/** Writes the full-text index of everything under `data-pagefind-body` into `out/pagefind`, with the program that searches it. */
export async function writeSearchIndex(out: string, report: (problem: string) => void): Promise<void> {
  try {
    const { index, errors } = await createIndex({ keepIndexUrl: true, excludeSelectors: ["math", ".tsd-signature"] });
    errors.forEach(report);
    const read = await index?.addDirectory({ path: out });
    read?.errors.forEach(report);
    if (!read?.page_count) report("the search found no page");
    const written = await index?.writeFiles({ outputPath: join(out, "pagefind") });
    written?.errors.forEach(report);
  } finally {
    await close();
  }
}
