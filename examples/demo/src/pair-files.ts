import { readdirSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { DemoError, reasonOf } from "./demo-error.ts";

/** An image file and the file that labels its pixels. */
export interface Pair {
  name: string;
  image: string;
  mask: string;
}

/** The naming that `--data` understands, for help and error messages. */
export const namingRules = `Images and masks are paired by name, in one of three ways:
  cell1.png + cell1_mask.png         (mask, label, labels or seg, before or after the name)
  image1.png + mask1.png             (image or img in one name, one of the words above in the other)
  images/cell1.png + masks/cell1.png (or labels/)
The same holds for NIfTI volumes: .nii or .nii.gz instead of .png.`;

const formats = /\.(png|nii|nii\.gz)$/i;
const imageWords = new Set(["image", "images", "img"]);
const maskWords = new Set(["mask", "masks", "label", "labels", "seg"]);

/** Finds every image of a folder and its mask. Throws if either lacks the other, or if there is none at all. */
export function pairFiles(folder: string): Pair[] {
  const found = filesIn(folder);
  const images = new Map<string, string>();
  const masks = new Map<string, string>();
  for (const path of found.filter((path) => formats.test(path))) {
    const { key, isMask } = readName(path, folder);
    const group = isMask ? masks : images;
    const earlier = group.get(key);
    if (earlier) {
      throw new DemoError(
        `${earlier} and ${path} both look like the ${isMask ? "mask" : "image"} of "${key}". Rename one of them.`,
      );
    }
    group.set(key, path);
  }
  if (images.size === 0 && masks.size === 0) throw new DemoError(nothingFound(folder, found));
  const lonelyImage = [...images].find(([key]) => !masks.has(key));
  if (lonelyImage) throw new DemoError(`${lonelyImage[1]}: no mask belongs to this image.\n\n${namingRules}`);
  const lonelyMask = [...masks].find(([key]) => !images.has(key));
  if (lonelyMask) throw new DemoError(`${lonelyMask[1]}: no image belongs to this mask.\n\n${namingRules}`);
  return [...images]
    .map(([name, image]) => ({ name, image, mask: masks.get(name) as string }))
    .sort((a, b) => a.name.localeCompare(b.name, "en", { numeric: true }));
}

/** Files of the folder itself and of its folders for images and masks. */
function filesIn(folder: string): string[] {
  return namesIn(folder)
    .filter((name) => !name.startsWith("."))
    .flatMap((name) => {
      const path = join(folder, name);
      // A link to nowhere counts as a file: reading it says what is wrong.
      const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
      if (!isFolder) return [path];
      const word = name.toLowerCase();
      return imageWords.has(word) || maskWords.has(word) ? filesIn(path) : [];
    })
    .sort();
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    throw new DemoError(`${folder}: cannot be read, ${reasonOf(error)}.`);
  }
}

/** Splits "cell_01_mask.png" into what it is about, "cell_01", and what it is, a mask. */
function readName(path: string, folder: string): { key: string; isMask: boolean } {
  const stem = basename(path).replace(formats, "");
  // Words end where letters end: "mask512" holds "mask", "mask" and "512" are two parts, "masked" is another word.
  const parts = stem.match(/[a-z]+|[^a-z]+/gi) ?? [];
  const isWord = (words: Set<string>) => (part: string) => words.has(part.toLowerCase());
  const inMaskFolder = path.slice(folder.length).split(/[\\/]/).slice(0, -1).some(isWord(maskWords));
  const isMask = inMaskFolder || parts.some(isWord(maskWords));
  const rest = parts
    .filter((part) => !isWord(isMask ? maskWords : imageWords)(part) && !isWord(imageWords)(part))
    .join("");
  const key = rest.replace(/([_\-. ])[_\-. ]+/g, "$1").replace(/^[_\-. ]+|[_\-. ]+$/g, "");
  return { key: key || "image", isMask };
}

function nothingFound(folder: string, found: string[]): string {
  const others = [...new Set(found.map((path) => /\.[^.\\/]+$/.exec(path)?.[0] ?? basename(path)))];
  const saw =
    others.length > 0 ? ` It holds other files (${found.length}: ${others.slice(0, 5).join(", ")}).` : " It is empty.";
  return `${folder}: no PNG images and no NIfTI volumes here.${saw}\n\n${namingRules}`;
}
