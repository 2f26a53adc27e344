// Writes src/loss-catalogue.generated.ts anew: what the documentation of the losses says, and what they do when they are called.
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import "@tensorflow/tfjs-backend-cpu";
import { entries } from "./entries.ts";
import { moduleText } from "./module-text.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const file = fileURLToPath(new URL("../src/loss-catalogue.generated.ts", import.meta.url));
const losses = entries(root);
writeFileSync(file, moduleText(losses));
console.log(`${losses.length} losses are in the catalogue`);
