import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { pairFiles } from "../src/pair-files.ts";
import { readFolder } from "../src/read-folder.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const folderOf = (...names: string[]) => temporaryFolder(Object.fromEntries(names.map((name) => [name, "x"])));

describe("images and masks are paired", () => {
  it.each([
    ["a word after the name", ["b_mask.png", "b.png"], "b", "b.png", "b_mask.png"],
    ["a word before the name", ["image7.png", "mask7.png"], "7", "image7.png", "mask7.png"],
    ["folders", ["images/c.png", "masks/c.png"], "c", "images/c.png", "masks/c.png"],
    [
      "folders for images and labels",
      ["images/c.nii.gz", "labels/c.nii.gz"],
      "c",
      "images/c.nii.gz",
      "labels/c.nii.gz",
    ],
    ["volumes", ["sub-01_t2s.nii.gz", "sub-01_t2s_seg.nii"], "sub-01_t2s", "sub-01_t2s.nii.gz", "sub-01_t2s_seg.nii"],
    ["names without more", ["image.nii", "labels.nii"], "image", "image.nii", "labels.nii"],
  ])("by %s", (_, names, name, image, mask) => {
    const folder = folderOf(...names);
    expect(pairFiles(folder)).toEqual([{ name, image: join(folder, image), mask: join(folder, mask) }]);
  });

  it("in the order of their numbers", () => {
    const folder = folderOf("image10.png", "mask10.png", "image9.png", "mask9.png");
    expect(pairFiles(folder).map(({ name }) => name)).toEqual(["9", "10"]);
  });

  it("where a word is part of another one it says nothing: unmasked.png is an image", () => {
    const folder = folderOf("unmasked.png", "unmasked_mask.png");
    expect(pairFiles(folder)[0]?.image).toBe(join(folder, "unmasked.png"));
  });

  it("among other files, which do not matter", () => {
    const folder = folderOf("a.png", "a_mask.png", "notes.txt", ".DS_Store", "preview/b.png");
    expect(pairFiles(folder)).toHaveLength(1);
  });
});

describe("pairing ends with the file's name and the naming rules", () => {
  it("for an image without a mask", () => {
    expect(() => pairFiles(folderOf("a.png", "a_mask.png", "b.png"))).toThrow(
      /b\.png: no mask belongs to this image[\s\S]*cell1_mask\.png/,
    );
  });

  it("for a mask without an image", () => {
    expect(() => pairFiles(folderOf("a.png", "a_mask.png", "masks/b.png"))).toThrow(
      /b\.png: no image belongs to this mask/,
    );
  });

  it("for two masks of one image", () => {
    expect(() => pairFiles(folderOf("a.png", "a_mask.png", "a_seg.png"))).toThrow(/both look like the mask of "a"/);
  });

  it("for a folder that holds something else", () => {
    expect(() => pairFiles(folderOf("a.jpg", "b.jpg"))).toThrow(
      /no PNG images and no NIfTI volumes here. It holds other files \(2: \.jpg\)/,
    );
  });

  it("for a link to nowhere, once it is read, and not before", () => {
    const folder = folderOf("a_mask.png");
    symlinkSync(join(folder, "nowhere"), join(folder, "a.png"));
    expect(pairFiles(folder)).toHaveLength(1);
    expect(() => readFolder(folder)).toThrow(/a\.png: cannot be read, it does not exist/);
  });

  it("for an empty folder", () => {
    expect(() => pairFiles(folderOf())).toThrow(/It is empty/);
  });
});
