import { normal, seededRandom } from "@lossary/example-demo/random";

/** How much brighter a class is than the one before it; with several, all of them share the range. */
const contrast = 0.6;

/**
 * The image that a mask could have come from: each class has a brightness of its own, light falls unevenly, and noise lies over it. The same seed
 * makes the same image.
 *
 * @param noise - the standard deviation of the noise, in the range of the image, 0 to 1
 */
export function noisyImage(mask: Uint8Array, size: number, classes: number, noise: number, seed: number): Float32Array {
  const random = seededRandom(seed);
  const phase = 2 * Math.PI * random();
  return Float32Array.from(mask, (label, i) => {
    const [x, y] = [(i % size) / size, Math.floor(i / size) / size];
    const light = 0.08 * Math.sin(2 * Math.PI * (x + 0.7 * y) + phase);
    return 0.2 + (contrast * label) / (classes - 1) + light + noise * normal(random);
  });
}
