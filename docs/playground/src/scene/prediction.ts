import { signedDistanceTransform } from "@lossary/distance-map/array";
import type { Channels, Scene } from "./scene.ts";

/** The mask of a class; with one channel that is class 1. */
function maskOf(painted: Uint8Array, channels: Channels, channel: number): Uint8Array {
  const label = channels === 1 ? 1 : channel;
  return painted.map((pixel) => (pixel === label ? 1 : 0));
}

/** Signed distances to the painted borders, negative inside, `[size, size, channels]`; the diagonal of the image for a class without a border. */
export function signedDistances({ prediction, size, channels }: Scene): Float32Array {
  const out = new Float32Array(size * size * channels);
  for (let channel = 0; channel < channels; channel++) {
    const distances = signedDistanceTransform(maskOf(prediction, channels, channel), [size, size], {
      noBackground: "diagonal",
    });
    for (let i = 0; i < distances.length; i++) out[i * channels + channel] = distances[i] as number;
  }
  return out;
}

/**
 * The largest logit of a painted prediction, so that the painted class has the probability `confidence` far from its border.
 *
 * With one channel sigma(a) = c. With C exclusive classes one has the logit a and the others -a:
 * e^a / (e^a + (C - 1) e^-a) = c, hence a = ln(c (C - 1) / (1 - c)) / 2.
 */
export function largestLogit(confidence: number, channels: Channels): number {
  const odds = confidence / (1 - confidence);
  return channels === 1 ? Math.log(odds) : Math.log(odds * (channels - 1)) / 2;
}

/** What a distance of one pixel adds to a logit. With two classes the difference of both logits counts, so that they agree with one channel. */
export function slope(softness: number, channels: Channels): number {
  return 1 / (softness * (channels === 1 ? 1 : 2));
}

/** The logits of a painted prediction, `[size, size, channels]`: its distance to the border, positive inside, limited on both sides. */
export function logitsOf(scene: Scene): Float32Array {
  const limit = largestLogit(scene.confidence, scene.channels);
  const steepness = scene.softness === 0 ? Number.POSITIVE_INFINITY : slope(scene.softness, scene.channels);
  return signedDistances(scene).map((distance) => Math.min(limit, Math.max(-limit, -distance * steepness)));
}

/** The probabilities behind logits: sigmoid of one channel, softmax of several. */
export function probabilitiesOf(logits: Float32Array, channels: Channels): Float32Array {
  if (channels === 1) return logits.map((logit) => 1 / (1 + Math.exp(-logit)));
  const out = new Float32Array(logits.length);
  for (let first = 0; first < logits.length; first += channels) {
    const powers = logits.subarray(first, first + channels).map(Math.exp);
    const total = powers.reduce((sum, power) => sum + power, 0);
    for (let channel = 0; channel < channels; channel++) out[first + channel] = (powers[channel] as number) / total;
  }
  return out;
}
