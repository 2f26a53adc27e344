import { fileURLToPath } from "node:url";
import { buildSite } from "./site.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const out = fileURLToPath(new URL("../dist", import.meta.url));

const problems = await buildSite(root, out);
for (const problem of problems) console.error(problem);
console.log(problems.length === 0 ? "The site is in docs/dist" : `${problems.length} problems`);
process.exitCode = problems.length === 0 ? 0 : 1;
