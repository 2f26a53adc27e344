import { initializers, input, type LayersModel, layers, model, type SymbolicTensor } from "@tensorflow/tfjs-layers";
import { BatchNormalization } from "./batch-normalization.ts";

/** Channels on each level, finest first; each further level halves the resolution. */
const widths = [8, 16, 32, 64];

/** A side of an image that the network takes must be a multiple of this. */
export const sideMultiple = 2 ** (widths.length - 1);

/**
 * A small 2-D U-Net (Ronneberger et al. 2015): logits of every class for every pixel.
 *
 * Resolution is halved by strided convolutions and doubled by transposed ones, not by pooling: the gradient of max pooling on
 * tfjs's wasm backend is wrong where a window is negative throughout. The same seed gives the same first weights. Behind each convolution stand
 * the layers that `behind` makes.
 */
export function unet(
  channels: number,
  classes: number,
  seed: number,
  behind: () => layers.Layer[] = () => [new BatchNormalization({}), layers.reLU()],
): LayersModel {
  let layerSeed = seed * 1000;
  const options = (filters: number, kernelSize: number) => ({
    filters,
    kernelSize,
    padding: "same" as const,
    kernelInitializer: initializers.heNormal({ seed: ++layerSeed }),
  });
  const convolve = (x: SymbolicTensor, filters: number, strides = 1) => {
    // The normalization takes every channel's mean away, so a bias before it would be in vain.
    const convolved = layers.conv2d({ ...options(filters, 3), strides, useBias: false }).apply(x);
    return behind().reduce((x, layer) => layer.apply(x) as SymbolicTensor, convolved as SymbolicTensor);
  };
  const upsample = (x: SymbolicTensor, filters: number) =>
    layers.conv2dTranspose({ ...options(filters, 2), strides: 2 }).apply(x) as SymbolicTensor;

  const image = input({ shape: [null, null, channels] });
  const skips: SymbolicTensor[] = [];
  let x = image;
  widths.forEach((width, level) => {
    x = convolve(x, width, level === 0 ? 1 : 2);
    x = convolve(x, width);
    skips.push(x);
  });
  for (let level = widths.length - 2; level >= 0; level--) {
    const width = widths[level] as number;
    x = layers.concatenate().apply([upsample(x, width), skips[level] as SymbolicTensor]) as SymbolicTensor;
    x = convolve(convolve(x, width), width);
  }
  const kernelInitializer = initializers.leCunNormal({ seed: ++layerSeed });
  const logits = layers.conv2d({ filters: classes, kernelSize: 1, kernelInitializer }).apply(x) as SymbolicTensor;
  return model({ inputs: image, outputs: logits });
}
