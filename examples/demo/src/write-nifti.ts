import { gzipSync } from "node:zlib";

/** A volume to be written: voxels in C order, the last axis fastest. */
export interface VolumeToWrite {
  shape: [number, number, number];
  /** Voxel size along each axis in mm. */
  spacing: [number, number, number];
  values: Uint8Array | Float32Array;
}

const headerBytes = 352;

/** A gzipped NIfTI-1 file (.nii.gz). NIfTI's first axis is the fastest, so the voxels are turned round. */
export function niftiFile({ shape, spacing, values }: VolumeToWrite): Uint8Array {
  const bytesPerVoxel = values.BYTES_PER_ELEMENT;
  const file = Buffer.alloc(headerBytes + values.length * bytesPerVoxel);
  file.writeInt32LE(348, 0); // sizeof_hdr
  [3, ...shape, 1, 1, 1, 1].forEach((extent, axis) => {
    file.writeInt16LE(extent, 40 + 2 * axis); // dim
  });
  file.writeInt16LE(values instanceof Float32Array ? 16 : 2, 70); // datatype: float32 or uint8
  file.writeInt16LE(8 * bytesPerVoxel, 72); // bitpix
  [1, ...spacing].forEach((step, axis) => {
    file.writeFloatLE(step, 76 + 4 * axis); // pixdim
  });
  file.writeFloatLE(headerBytes, 108); // vox_offset
  file.writeUInt8(2, 123); // xyzt_units: mm
  file.writeInt16LE(1, 254); // sform_code: scanner space, axes along the voxels
  spacing.forEach((step, axis) => {
    file.writeFloatLE(step, 280 + 16 * axis + 4 * axis); // diagonal of srow_x, srow_y, srow_z
  });
  file.write("n+1\0", 344, "latin1"); // magic
  const [width, height, depth] = shape;
  let at = headerBytes;
  for (let z = 0; z < depth; z++) {
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const value = values[(x * height + y) * depth + z] as number;
        at = values instanceof Float32Array ? file.writeFloatLE(value, at) : file.writeUInt8(value, at);
      }
    }
  }
  return gzipSync(file);
}
