import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { readNifti } from "../src/read-nifti.ts";
import { niftiFile } from "../src/write-nifti.ts";

const values = Float32Array.from({ length: 24 }, (_, i) => i + 0.5);
const bytesOf = (file: Uint8Array) => Uint8Array.from(file);
const volume = (spacing: [number, number, number]) => bytesOf(niftiFile({ shape: [2, 3, 4], spacing, values }));

describe("a NIfTI volume", () => {
  it("is cut across its coarsest axis, the third", () => {
    const { slices, spacing, shape } = readNifti(volume([0.5, 0.25, 7.5]), "v.nii.gz");
    expect(shape).toEqual([2, 3, 4]);
    expect(spacing).toEqual([0.25, 0.5]); // down is y, across is x
    expect(slices).toHaveLength(4);
    expect(slices[1]).toMatchObject({ height: 3, width: 2 });
    // C order: voxel (x, y, z) is 12 x + 4 y + z, plus 0.5. Rows from the largest y down; here z = 1.
    expect([...Array.from(slices[1]?.values ?? [])]).toEqual([9.5, 21.5, 5.5, 17.5, 1.5, 13.5]);
  });

  it("is cut across its first axis if that is the coarsest", () => {
    const { slices, spacing } = readNifti(volume([5, 1, 2]), "v.nii.gz");
    expect(slices).toHaveLength(2);
    expect(slices[0]).toMatchObject({ height: 4, width: 3 });
    expect(spacing).toEqual([2, 1]);
  });

  it("may be without compression, and applies slope and offset", () => {
    const raw = Buffer.from(
      gunzipSync(niftiFile({ shape: [1, 1, 2], spacing: [1, 1, 1], values: Uint8Array.of(3, 4) })),
    );
    raw.writeFloatLE(2, 112); // scl_slope
    raw.writeFloatLE(-1, 116); // scl_inter
    const { slices } = readNifti(bytesOf(raw), "v.nii");
    expect(slices.map(({ values }) => values[0])).toEqual([5, 7]); // 2 * 3 - 1, 2 * 4 - 1
  });
});

describe("a file that is no volume is refused with its name", () => {
  it("when it is something else", () => {
    expect(() => readNifti(new Uint8Array(400), "v.nii")).toThrow("v.nii: not a NIfTI-1 or NIfTI-2 file");
  });

  it("when its gzip data are damaged", () => {
    expect(() => readNifti(volume([1, 1, 1]).slice(0, 50), "v.nii.gz")).toThrow(/v\.nii\.gz: damaged gzip data/);
  });

  it("when voxels are missing at the end", () => {
    const raw = gunzipSync(volume([1, 1, 1]));
    expect(() => readNifti(bytesOf(raw.subarray(0, raw.length - 10)), "v.nii")).toThrow(/v\.nii: the file is cut off/);
  });

  it("when it is a series of volumes", () => {
    const raw = Buffer.from(gunzipSync(volume([1, 1, 1])));
    raw.writeInt16LE(4, 40);
    raw.writeInt16LE(5, 48);
    expect(() => readNifti(bytesOf(raw), "v.nii")).toThrow(
      /one 2-D or 3-D volume, but its dimensions are 2 x 3 x 4 x 5/,
    );
  });
});
