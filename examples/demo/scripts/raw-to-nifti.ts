// Converts raw volumes with a JSON header beside them to NIfTI, the format that the demo reads:
//
//   node examples/demo/scripts/raw-to-nifti.ts image.json labels.json OUTDIR
//
// writes OUTDIR/image.nii.gz and OUTDIR/labels.nii.gz. A header names its raw file, which is little-endian, C order, axes XYZ:
//
//   { "file": "image.bin", "dtype": "float32" | "uint8", "order": "C", "axes": "XYZ", "shape": [49, 54, 9], "spacing": [0.5, 0.5, 7.5] }
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { niftiFile, type VolumeToWrite } from "../src/write-nifti.ts";

interface RawHeader {
  file: string;
  dtype: string;
  order: string;
  axes: string;
  shape: [number, number, number];
  spacing: [number, number, number];
}

function readRaw(headerPath: string): VolumeToWrite {
  const { file, dtype, order, axes, shape, spacing } = JSON.parse(readFileSync(headerPath, "utf8")) as RawHeader;
  if (order !== "C" || axes !== "XYZ" || !["float32", "uint8"].includes(dtype)) {
    throw new Error(
      `${headerPath}: expected order C, axes XYZ and dtype float32 or uint8, got ${order}, ${axes}, ${dtype}`,
    );
  }
  // A copy of its own: a Buffer may begin anywhere in its pool, a Float32Array only at multiples of four.
  const bytes = Uint8Array.from(readFileSync(join(dirname(headerPath), file)));
  const values = dtype === "uint8" ? bytes : new Float32Array(bytes.buffer);
  const voxels = shape[0] * shape[1] * shape[2];
  if (values.length !== voxels) throw new Error(`${file}: expected ${shape.join(" x ")} voxels, got ${values.length}`);
  return { shape, spacing, values };
}

const paths = process.argv.slice(2);
const out = paths.pop();
if (!out || paths.length === 0) {
  process.stderr.write("usage: node raw-to-nifti.ts HEADER.json... OUTDIR\n");
  process.exitCode = 1;
} else {
  mkdirSync(out, { recursive: true });
  for (const path of paths) {
    const target = join(out, `${basename(path, ".json")}.nii.gz`);
    writeFileSync(target, niftiFile(readRaw(path)));
    process.stdout.write(`${target}\n`);
  }
}
