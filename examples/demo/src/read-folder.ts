import { existsSync, readFileSync, statSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { DemoError, reasonOf } from "./demo-error.ts";
import { type Pair, pairFiles } from "./pair-files.ts";
import { readNifti } from "./read-nifti.ts";
import { type Raster, readPngImage, readPngMask } from "./read-png.ts";
import { type Dataset, type Sample, standardised } from "./sample.ts";

/** An image and its mask as read, before the masks of all agree on what their values mean. */
interface Slice {
  name: string;
  image: Raster;
  mask: Raster;
  spacing: [number, number];
}

/** One pair of files: a single picture, or the slices of a volume. */
type Subject = Slice[];

const mostClasses = 16;

/**
 * Reads image and mask pairs (see `namingRules`). With folders train/ and val/ these are the two sets. Otherwise every fifth
 * image or volume, from the first by name, is kept for validation; of a single volume, every fifth slice.
 *
 * The distinct mask values, in ascending order, are the classes: 0 and 255 become 0 and 1.
 */
export function readFolder(folder: string): Dataset {
  const root = resolve(folder);
  if (!existsSync(root)) throw new DemoError(`--data ${folder}: there is no such folder (looked for ${root}).`);
  if (!statSync(root).isDirectory())
    throw new DemoError(`--data ${folder}: this is a file; give the folder that holds images and masks.`);
  const { train, validation, how } = divide(root);
  const all = [...train, ...validation];
  const values = maskValues(all);
  const channels = all[0]?.image.channels ?? 1;
  const odd = all.find(({ image }) => image.channels !== channels);
  if (odd)
    throw new DemoError(
      `${odd.name} has ${odd.image.channels} channel(s), ${all[0]?.name} has ${channels}: all images must be grey, or all in colour.`,
    );
  const sample = ({ name, image, mask, spacing }: Slice): Sample => ({
    ...{ name, spacing, channels, height: image.height, width: image.width },
    image: standardised(image.values),
    mask: Uint8Array.from(mask.values, (value) => values.indexOf(value)),
  });
  return {
    title: basename(root),
    description: `${train.length} training and ${validation.length} validation images from ${folder}; ${how}.`,
    classNames: nameClasses(values),
    channels,
    unit: all.some(({ spacing }) => spacing[0] !== 1 || spacing[1] !== 1) ? "mm" : "px",
    train: train.map(sample),
    validation: validation.map(sample),
  };
}

function nameClasses(values: number[]): string[] {
  if (values.length === 2) return ["background", "foreground"];
  return values.map((value, index) => {
    if (index === 0) return "background";
    return value === index ? `class ${index}` : `class ${index} (value ${value})`;
  });
}

function divide(root: string): { train: Slice[]; validation: Slice[]; how: string } {
  const validationFolder = ["val", "validation"].map((name) => join(root, name)).find((path) => existsSync(path));
  const trainFolder = join(root, "train");
  if (existsSync(trainFolder) !== (validationFolder !== undefined)) {
    const [there, lacking] = validationFolder ? [validationFolder, "train/"] : [trainFolder, "val/"];
    throw new DemoError(
      `${there} is there, but ${lacking} beside it is missing: give both, or no such folders at all.`,
    );
  }
  if (validationFolder) {
    const read = (path: string) => pairFiles(path).flatMap(readPair);
    return {
      train: read(trainFolder),
      validation: read(validationFolder),
      how: "divided by the folders train/ and val/",
    };
  }
  const subjects = pairFiles(root).map(readPair);
  const single = subjects.length === 1;
  const units: Subject[] = single ? (subjects[0] as Subject).map((slice) => [slice]) : subjects;
  if (units.length < 2) {
    throw new DemoError(
      `${root}: one image with its mask is not enough: one is needed to train and another one to validate.`,
    );
  }
  return {
    train: units.filter((_, index) => index % 5 !== 0).flat(),
    validation: units.filter((_, index) => index % 5 === 0).flat(),
    how: `every fifth ${single ? "slice of the one volume" : "file"}, from the first by name, validates`,
  };
}

function readPair(pair: Pair): Subject {
  const isPng = /\.png$/i.test(pair.image);
  if (isPng !== /\.png$/i.test(pair.mask))
    throw new DemoError(`${pair.image} and ${pair.mask}: image and mask must be of the same format.`);
  const subject = isPng ? readPngPair(pair) : readNiftiPair(pair);
  for (const { image, mask } of subject) {
    if (image.height !== mask.height || image.width !== mask.width) {
      throw new DemoError(
        `${pair.mask}: a mask must have the size of its image, ${image.width} x ${image.height} (${pair.image}); it is ${mask.width} x ${mask.height}.`,
      );
    }
    const value = Array.from(mask.values).find((value) => !Number.isInteger(value) || value < 0);
    if (value !== undefined)
      throw new DemoError(`${pair.mask}: a mask must hold whole numbers from 0 on, but ${value} occurs.`);
  }
  return subject;
}

function readPngPair({ name, image, mask }: Pair): Subject {
  return [
    { name, image: readPngImage(bytesOf(image), image), mask: readPngMask(bytesOf(mask), mask), spacing: [1, 1] },
  ];
}

function readNiftiPair({ name, image, mask }: Pair): Subject {
  const volume = readNifti(bytesOf(image), image);
  const labels = readNifti(bytesOf(mask), mask);
  if (volume.shape.join() !== labels.shape.join()) {
    throw new DemoError(
      `${mask}: a mask must have the size of its image, ${volume.shape.join(" x ")} (${image}); it is ${labels.shape.join(" x ")}.`,
    );
  }
  return volume.slices.map((slice, index) => ({
    name: `${name} slice ${index + 1}`,
    image: slice,
    mask: labels.slices[index] as Raster,
    spacing: volume.spacing,
  }));
}

function bytesOf(path: string): Uint8Array<ArrayBuffer> {
  try {
    return new Uint8Array(readFileSync(path));
  } catch (error) {
    throw new DemoError(`${path}: cannot be read, ${reasonOf(error)}.`);
  }
}

/** The distinct mask values in ascending order; 0 is always among them, as the background. */
function maskValues(slices: Slice[]): number[] {
  const values = new Set<number>([0]);
  for (const { mask, name } of slices) {
    for (let i = 0; i < mask.values.length; i++) values.add(mask.values[i] as number);
    if (values.size > mostClasses) {
      throw new DemoError(
        `the masks up to ${name} hold more than ${mostClasses} different values. Each value counts as a class; number the ` +
          "classes 0, 1, 2, ... (in a mask of numbered instances, set every instance to 1; JPEG artefacts must go).",
      );
    }
  }
  if (values.size < 2) throw new DemoError("every mask is empty (all 0): there is nothing to learn.");
  return [...values].sort((a, b) => a - b);
}
