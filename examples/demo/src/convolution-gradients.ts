import {
  backend_util,
  Conv2DBackpropFilter,
  type Conv2DBackpropFilterAttrs,
  Conv2DBackpropInput,
  type Conv2DBackpropInputAttrs,
  conv2d,
  getKernel,
  pad,
  registerKernel,
  reshape,
  reverse,
  slice,
  type Tensor4D,
  type TensorInfo,
  tidy,
  transpose,
  unregisterKernel,
} from "@tensorflow/tfjs-core";

type Shape4D = [number, number, number, number];
type Pair = [number, number];

/** What both gradients need to know of the forward convolution: where its window began and how it moved. */
function geometry(
  inputShape: Shape4D,
  filterShape: Shape4D,
  attributes: Conv2DBackpropFilterAttrs | Conv2DBackpropInputAttrs,
) {
  if (attributes.dataFormat !== "NHWC") {
    throw new Error(`convolution gradient: data format must be NHWC, got ${attributes.dataFormat}`);
  }
  const { strides, pad, dimRoundingMode } = attributes;
  const info = backend_util.computeConv2DInfo(inputShape, filterShape, strides, 1, pad, dimRoundingMode);
  return {
    outputSize: [info.outHeight, info.outWidth] as Pair,
    stride: [info.strideHeight, info.strideWidth] as Pair,
    before: [info.padInfo.top, info.padInfo.left] as Pair,
  };
}

/** Pads the two spatial axes; a negative number crops. */
function padOrCrop(image: Tensor4D, before: Pair, after: Pair): Tensor4D {
  const [batch, height, width, channels] = image.shape;
  const cropped = slice(
    image,
    [0, Math.max(0, -before[0]), Math.max(0, -before[1]), 0],
    [
      batch,
      height + Math.min(0, before[0]) + Math.min(0, after[0]),
      width + Math.min(0, before[1]) + Math.min(0, after[1]),
      channels,
    ],
  );
  const grown = [0, 1].map((axis): Pair => [Math.max(0, before[axis as 0 | 1]), Math.max(0, after[axis as 0 | 1])]);
  return pad(cropped, [[0, 0], ...grown, [0, 0]] as [Pair, Pair, Pair, Pair]);
}

/** Puts `stride - 1` zeros after every pixel: the inverse of taking each `stride`-th one. */
function spreadByZeros(image: Tensor4D, [vertical, horizontal]: Pair): Tensor4D {
  const [batch, height, width, channels] = image.shape;
  // Rows and columns are padded as plain matrices: a zero row is `width * channels` zeros behind each row.
  const rows = pad(reshape(image, [batch * height, width * channels]), [
    [0, 0],
    [0, (vertical - 1) * width * channels],
  ]);
  const columns = pad(reshape(rows, [batch * height * vertical * width, channels]), [
    [0, 0],
    [0, (horizontal - 1) * channels],
  ]);
  return reshape(columns, [batch, height * vertical, width * horizontal, channels]);
}

/**
 * The gradient of a convolution with respect to its filter, as a convolution.
 *
 * dL/dw[ky,kx,i,o] = sum over n,y,x of input[n, y s + ky - top, x s + kx - left, i] dy[n,y,x,o] slides dy over the input, with
 * the stride as dilation. The sum runs over the batch and the result has the input channels as its first free axis, so
 * channels and batch change places: channels become the batch, the batch becomes the channels.
 */
export function filterGradient(input: Tensor4D, dy: Tensor4D, attributes: Conv2DBackpropFilterAttrs): Tensor4D {
  return tidy(() => {
    const [, height, width] = input.shape;
    const [filterHeight, filterWidth] = attributes.filterShape;
    const { outputSize, stride, before } = geometry(input.shape, attributes.filterShape, attributes);
    // The window that the filter's top left weight saw begins `before` outside; beyond the last window nothing was seen.
    const padded = padOrCrop(input, before, [
      (outputSize[0] - 1) * stride[0] + filterHeight - height - before[0],
      (outputSize[1] - 1) * stride[1] + filterWidth - width - before[1],
    ]);
    const images: Tensor4D = transpose(padded, [3, 1, 2, 0]);
    const windows: Tensor4D = transpose(dy, [1, 2, 0, 3]);
    return transpose(conv2d(images, windows, 1, "valid", "NHWC", stride), [1, 2, 0, 3]) as Tensor4D;
  });
}

/**
 * The gradient of a convolution with respect to its input, as a convolution: dy, spread apart by the stride, convolved with
 * the filter turned half round and its two channel axes exchanged. XNNPACK does this about ten times faster than the loop
 * that tfjs ships for wasm.
 */
export function inputGradient(dy: Tensor4D, filter: Tensor4D, attributes: Conv2DBackpropInputAttrs): Tensor4D {
  return tidy(() => {
    const [, height, width] = attributes.inputShape;
    const [filterHeight, filterWidth] = filter.shape;
    const { stride, before } = geometry(attributes.inputShape, filter.shape, attributes);
    const spread = spreadByZeros(dy, stride);
    const padded = padOrCrop(
      spread,
      [filterHeight - 1 - before[0], filterWidth - 1 - before[1]],
      [height + before[0] - spread.shape[1], width + before[1] - spread.shape[2]],
    );
    return conv2d(padded, transpose(reverse(filter, [0, 1]), [0, 1, 3, 2]) as Tensor4D, 1, "valid");
  });
}

/** Teaches the wasm backend to train 2-D convolutions: its Conv2DBackpropFilter is missing, its Conv2DBackpropInput slow. */
export function registerConvolutionGradients(backendName = "wasm"): void {
  type Given = { inputs: Record<string, TensorInfo>; attrs: unknown };
  const kernels = {
    [Conv2DBackpropFilter]: ({ inputs, attrs }: Given) =>
      filterGradient(inputs.x as Tensor4D, inputs.dy as Tensor4D, attrs as Conv2DBackpropFilterAttrs),
    [Conv2DBackpropInput]: ({ inputs, attrs }: Given) =>
      inputGradient(inputs.dy as Tensor4D, inputs.filter as Tensor4D, attrs as Conv2DBackpropInputAttrs),
  };
  for (const [kernelName, gradient] of Object.entries(kernels)) {
    if (getKernel(kernelName, backendName)) unregisterKernel(kernelName, backendName);
    registerKernel({ kernelName, backendName, kernelFunc: (given) => gradient(given as unknown as Given) });
  }
}
