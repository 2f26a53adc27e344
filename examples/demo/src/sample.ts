/** One 2-D image with the class index of every pixel. Pixels row by row, channels last. */
export interface Sample {
  name: string;
  height: number;
  width: number;
  channels: number;
  /** Grey values or colours, standardised to mean 0 and deviation 1. */
  image: Float32Array;
  /** Class indices; 0 is the background. */
  mask: Uint8Array;
  /** Distance between neighbouring pixels down and across, in `unit`s of the data set. */
  spacing: [number, number];
}

/** What a network is trained on, and what it is judged by. */
export interface Dataset {
  title: string;
  /** Where the images come from and how they were divided, for the report. */
  description: string;
  /** Names of the classes, background first. */
  classNames: string[];
  channels: number;
  /** Unit of `spacing` and of distances. */
  unit: "px" | "mm";
  train: Sample[];
  validation: Sample[];
}

/** The same image with mean 0 and standard deviation 1; a constant image becomes 0. */
export function standardised(image: ArrayLike<number>): Float32Array {
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < image.length; i++) sum += image[i] as number;
  const mean = sum / image.length;
  for (let i = 0; i < image.length; i++) squares += ((image[i] as number) - mean) ** 2;
  const deviation = Math.sqrt(squares / image.length) || 1;
  return Float32Array.from(image, (value) => (value - mean) / deviation);
}
