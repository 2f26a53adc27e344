import { fileURLToPath } from "node:url";
import { comparisons } from "./comparisons.ts";
import { maps } from "./maps.ts";
import { writePictures } from "./write.ts";

writePictures(fileURLToPath(new URL("../../pictures", import.meta.url)), new Map([...comparisons(), ...maps()]));
