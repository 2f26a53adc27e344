import { cpSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { TestProject } from "vitest/node";
import { emptyFolder, install, type Packed, packAll } from "./src/packed.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Every package as it would be published. */
    packed: Packed[];
    /** A folder in which they, tfjs and TypeScript are installed. */
    consumer: string;
  }
}

/** Packs every package once, and installs all of them from their tarballs into one consumer. */
export default function setup(project: TestProject): () => void {
  const [tarballs, consumer] = [emptyFolder(), emptyFolder()];
  const packed = packAll(tarballs.path);
  const tfjs = ["core", "layers", "backend-cpu"].map((name) => `@tensorflow/tfjs-${name}@4.22.0`);
  install(consumer.path, packed, [...tfjs, "typescript@~6.0.3", "vitest@^5.1.1", "fast-check@^4.10.2"]);
  cpSync(fileURLToPath(new URL("programs", import.meta.url)), consumer.path, { recursive: true });
  project.provide("packed", packed);
  project.provide("consumer", consumer.path);
  return () => {
    tarballs.remove();
    consumer.remove();
  };
}
