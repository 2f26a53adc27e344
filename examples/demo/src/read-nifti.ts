import { decompress, isCompressed, isNIFTI, NIFTI1, readHeader, readImage } from "nifti-reader-js";
import { DemoError } from "./demo-error.ts";
import type { Raster } from "./read-png.ts";

/** A NIfTI volume: its slices across the coarsest axis, and the spacing of their pixels in mm (down, across). */
export interface Volume {
  slices: Raster[];
  spacing: [number, number];
  /** Voxels along the file's three axes. */
  shape: [number, number, number];
}

type Numbers = ArrayLike<number>;

/** Reads element `index` of little- or big-endian data. */
type Reader = (view: DataView, index: number, littleEndian: boolean) => number;

const readerOf: Record<number, Reader> = {
  [NIFTI1.TYPE_UINT8]: (view, i) => view.getUint8(i),
  [NIFTI1.TYPE_INT8]: (view, i) => view.getInt8(i),
  [NIFTI1.TYPE_INT16]: (view, i, little) => view.getInt16(2 * i, little),
  [NIFTI1.TYPE_UINT16]: (view, i, little) => view.getUint16(2 * i, little),
  [NIFTI1.TYPE_INT32]: (view, i, little) => view.getInt32(4 * i, little),
  [NIFTI1.TYPE_UINT32]: (view, i, little) => view.getUint32(4 * i, little),
  [NIFTI1.TYPE_FLOAT32]: (view, i, little) => view.getFloat32(4 * i, little),
  [NIFTI1.TYPE_FLOAT64]: (view, i, little) => view.getFloat64(8 * i, little),
};

/**
 * Reads a volume and cuts it into slices across the axis with the coarsest spacing (the last of them if several are alike):
 * along that axis neighbouring slices have the least in common.
 */
export function readNifti(bytes: Uint8Array<ArrayBuffer>, path: string): Volume {
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
  let raw: ArrayBuffer;
  try {
    raw = (isCompressed(file) ? decompress(file) : file) as ArrayBuffer;
  } catch (error) {
    throw new DemoError(`${path}: damaged gzip data (${(error as Error).message}).`);
  }
  if (!isNIFTI(raw)) throw new DemoError(`${path}: not a NIfTI-1 or NIfTI-2 file.`);
  const header = readHeader(raw);
  const [rank = 0, ...extents] = header.dims;
  if (rank < 2 || extents.slice(3, rank).some((extent) => extent > 1)) {
    throw new DemoError(
      `${path}: must be one 2-D or 3-D volume, but its dimensions are ${extents.slice(0, rank).join(" x ")}.`,
    );
  }
  const shape = [0, 1, 2].map((axis) => (axis < rank ? (extents[axis] ?? 1) : 1)) as [number, number, number];
  const voxels = shape[0] * shape[1] * shape[2];
  const data = new DataView(readImage(header, raw));
  const read = readerOf[header.datatypeCode];
  if (!read)
    throw new DemoError(
      `${path}: voxels of NIfTI type ${header.datatypeCode} are not supported; save it as float32 or integers.`,
    );
  if (data.byteLength < (voxels * header.numBitsPerVoxel) / 8) {
    throw new DemoError(
      `${path}: the file is cut off: ${shape.join(" x ")} voxels announced, ${data.byteLength} bytes of data there.`,
    );
  }
  // A slope of 0 means by the standard that there is no scaling.
  const slope = header.scl_slope || 1;
  const offset = header.scl_slope ? header.scl_inter : 0;
  const values = Float32Array.from({ length: voxels }, (_, i) => slope * read(data, i, header.littleEndian) + offset);
  const steps = [1, 2, 3].map((axis) => Math.abs(header.pixDims[axis] ?? 0) || 1) as [number, number, number];
  return cut(values, shape, steps);
}

function cut(values: Numbers, shape: [number, number, number], steps: [number, number, number]): Volume {
  const through = steps.lastIndexOf(Math.max(...steps.filter((_, axis) => (shape[axis] as number) > 1)));
  const [across, down] = [0, 1, 2].filter((axis) => axis !== through) as [0 | 1 | 2, 0 | 1 | 2];
  const strides = [1, shape[0], shape[0] * shape[1]];
  const width = shape[across];
  const height = shape[down];
  const slices = Array.from({ length: shape[through] as number }, (_, index) => {
    const slice = new Float32Array(height * width);
    for (let row = 0; row < height; row++) {
      for (let column = 0; column < width; column++) {
        // NIfTI's axes point right, to the front and up; pictures count rows from the top.
        const voxel =
          index * (strides[through] as number) +
          (height - 1 - row) * (strides[down] as number) +
          column * (strides[across] as number);
        slice[row * width + column] = values[voxel] as number;
      }
    }
    return { height, width, channels: 1, values: slice };
  });
  return { slices, spacing: [steps[down], steps[across]], shape };
}
