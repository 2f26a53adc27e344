import {
  add,
  concat,
  conv2d,
  conv2dTranspose,
  type Rank,
  randomNormal,
  relu,
  type Tensor,
  type Tensor4D,
  tidy,
  type Variable,
  variable,
  zeros,
} from "@tensorflow/tfjs-core";

/** Channels on each level, finest first; each further level halves the resolution. */
const widths = [8, 16, 32] as const;

/** A small network that maps an image to logits. */
export interface Network {
  readonly weights: readonly Variable[];
  /** Logits `[1, size, size, channels]` of an image `[1, size, size, 1]`. */
  predict(image: Tensor4D): Tensor4D;
  dispose(): void;
}

/**
 * A U-Net of three levels (Ronneberger et al. 2015), without normalization. Resolution is halved by strided convolutions and doubled by transposed
 * ones: those have right gradients on every backend. The same seed gives the same first weights.
 */
export function createNetwork(channels: number, seed: number): Network {
  const weights: Variable[] = [];
  /** A variable; the values that it begins with are let go. */
  const weight = (make: () => Tensor): Variable => {
    const made = tidy(() => variable(make()));
    weights.push(made);
    return made;
  };
  const filter = (shape: [number, number, number, number], inputs: number, gain = 2) => {
    const deviation = Math.sqrt(gain / inputs);
    const own = seed + weights.length;
    return weight(() => randomNormal(shape, 0, deviation, "float32", own)) as Variable<Rank.R4>;
  };
  const bias = (size: number) => weight(() => zeros([size]));

  const convolution = (from: number, to: number, stride: 1 | 2 = 1, side = 3, gain = 2) => {
    const kernel = filter([side, side, from, to], side * side * from, gain);
    const shift = bias(to);
    return (x: Tensor4D) => add(conv2d(x, kernel, stride, "same"), shift) as Tensor4D;
  };
  const doubling = (from: number, to: number) => {
    const kernel = filter([2, 2, to, from], from);
    return (x: Tensor4D) => {
      const [batch, height, width] = x.shape;
      return conv2dTranspose(x, kernel, [batch, 2 * height, 2 * width, to], 2, "same");
    };
  };

  const [fine, middle, coarse] = widths;
  const down = [
    [convolution(1, fine), convolution(fine, fine)],
    [convolution(fine, middle, 2), convolution(middle, middle)],
    [convolution(middle, coarse, 2), convolution(coarse, coarse)],
  ] as const;
  const up = [
    [doubling(coarse, middle), convolution(2 * middle, middle)],
    [doubling(middle, fine), convolution(2 * fine, fine)],
  ] as const;
  const last = convolution(fine, channels, 1, 1, 1);

  return {
    weights,
    predict: (image) => {
      const levels: Tensor4D[] = [];
      let x = image;
      for (const [first, second] of down) {
        x = relu(second(relu(first(x))));
        levels.push(x);
      }
      for (const [i, [double, mix]] of up.entries()) {
        x = relu(mix(concat([double(x), levels[1 - i] as Tensor4D], -1)));
      }
      return last(x);
    },
    dispose: () => {
      for (const one of weights) one.dispose();
    },
  };
}
