/** A mask as shares of its classes, `[pixels, classes]`. */
export function oneHot(mask: Uint8Array, classes: number): Float32Array {
  const shares = new Float32Array(mask.length * classes);
  mask.forEach((label, i) => {
    shares[i * classes + label] = 1;
  });
  return shares;
}

/** Probabilities as shares of classes: one channel has the background as its rest. */
export function sharesOf(probabilities: Float32Array, channels: number): Float32Array {
  if (channels > 1) return probabilities;
  const shares = new Float32Array(2 * probabilities.length);
  probabilities.forEach((p, i) => {
    shares[2 * i] = 1 - p;
    shares[2 * i + 1] = p;
  });
  return shares;
}
