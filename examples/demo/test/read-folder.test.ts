import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readFolder } from "../src/read-folder.ts";
import { niftiFile } from "../src/write-nifti.ts";
import { discPair, greyPng, temporaryFolder } from "./temporary-folder.ts";

const { image, mask } = discPair(16, 5);

describe("a folder of pairs", () => {
  it("gives every fifth image, from the first, to validation", () => {
    const names = ["a", "b", "c", "d", "e", "f", "g"];
    const files = names.flatMap((name) => [
      [`${name}.png`, image],
      [`${name}_mask.png`, mask],
    ]);
    const { train, validation, classNames } = readFolder(temporaryFolder(Object.fromEntries(files)));
    expect(validation.map(({ name }) => name)).toEqual(["a", "f"]);
    expect(train.map(({ name }) => name)).toEqual(["b", "c", "d", "e", "g"]);
    expect(classNames).toEqual(["background", "foreground"]);
    expect(Math.max(...(train[0]?.mask ?? []))).toBe(1); // 255 in the file
  });

  it("is divided by train/ and val/ where they are", () => {
    const folder = temporaryFolder({
      "train/1.png": image,
      "train/1_mask.png": mask,
      "train/2.png": image,
      "train/2_mask.png": mask,
      "val/images/3.png": image,
      "val/masks/3.png": mask,
    });
    const { train, validation } = readFolder(folder);
    expect([train.length, validation.map(({ name }) => name)]).toEqual([2, ["3"]]);
  });

  it("may be a single volume, of which every fifth slice validates, with distances in mm", () => {
    const values = Uint8Array.from({ length: 4 * 4 * 7 }, (_, i) => i % 3);
    const file = niftiFile({ shape: [4, 4, 7], spacing: [0.5, 0.5, 7.5], values });
    const { train, validation, classNames, unit } = readFolder(
      temporaryFolder({ "t2s.nii.gz": file, "t2s_seg.nii.gz": file }),
    );
    expect(validation.map(({ name }) => name)).toEqual(["t2s slice 1", "t2s slice 6"]);
    expect(train).toHaveLength(5);
    expect(validation[0]?.spacing).toEqual([0.5, 0.5]);
    expect([classNames, unit]).toEqual([["background", "class 1", "class 2"], "mm"]);
  });
});

describe("a folder that cannot be used is refused in words", () => {
  const wrong: [string, Record<string, Uint8Array>, RegExp][] = [
    [
      "unequal sizes",
      { "a.png": image, "a_mask.png": greyPng(16, 12, () => 1) },
      /a_mask\.png: a mask must have the size of its image, 16 x 16 .*; it is 12 x 16/,
    ],
    ["one image alone", { "a.png": image, "a_mask.png": mask }, /one image with its mask is not enough/],
    [
      "a mask of photographs",
      { "a.png": image, "a_mask.png": image, "b.png": image, "b_mask.png": mask },
      /more than 16 different values/,
    ],
    [
      "train without val",
      { "train/a.png": image, "train/a_mask.png": mask },
      /train is there, but val\/ beside it is missing/,
    ],
    ["a damaged image", { "a.png": image.slice(0, 40), "a_mask.png": mask }, /a\.png: not a readable PNG/],
    [
      "empty masks",
      {
        "a.png": image,
        "a_mask.png": greyPng(16, 16, () => 0),
        "b.png": image,
        "b_mask.png": greyPng(16, 16, () => 0),
      },
      /every mask is empty/,
    ],
  ];
  it.each(wrong)("%s", (_, files, message) => {
    expect(() => readFolder(temporaryFolder(files))).toThrow(message);
  });

  it("no folder at all", () => {
    const missing = join(temporaryFolder(), "nowhere");
    expect(() => readFolder(missing)).toThrow(`--data ${missing}: there is no such folder`);
  });

  it("a file in place of a folder", () => {
    expect(() => readFolder(join(temporaryFolder({ "a.png": image }), "a.png"))).toThrow(
      /this is a file; give the folder/,
    );
  });
});
