import {
  dispose,
  engine,
  getBackend,
  reshape,
  slice,
  stack,
  type Tensor,
  type Tensor3D,
  tidy,
  transpose,
} from "@tensorflow/tfjs-core";
import { fusedChannel } from "./fused/reductions/channel.ts";
import { isFused, runConstant } from "./kernel.ts";

/**
 * The channels of values one by one. Where no kernel takes them out, a transposition puts each of them in one piece: to cut single ones out of
 * where they stand side by side costs backends ten times as much.
 *
 * @param values - `[batch, voxels, channels]`
 * @returns a function of the channel's index, from 0, that gives its values, `[batch, voxels, 1]`
 *
 * @example
 * ```ts
 * import { channelsOf } from "@lossary/core-reduce";
 * import { tensor3d } from "@tensorflow/tfjs";
 *
 * const channel = channelsOf(tensor3d([[[1, 2], [3, 4]]]));
 * channel(1).print(); // 2, 4
 * ```
 */
export function channelsOf(values: Tensor3D): (channel: number) => Tensor3D {
  const [batch, voxels, channels] = values.shape;
  const isFloat = values.dtype === "float32";
  if (channels === 1) return () => values;
  // nothing to differentiate: on arrays one pass takes a channel out, where a slice would copy all of them first
  if (isFloat && !engine().isTapeOn() && isFused(fusedChannel)) {
    return (channel) => runConstant(fusedChannel, { predictions: values }, { channel }, true, () => values);
  }
  // the transposition of tfjs does not compile there for anything but floats
  if (!isFloat && getBackend() === "webgpu") return (channel) => slice(values, [0, 0, channel], [batch, voxels, 1]);
  const apart = transpose(values, [2, 0, 1]);
  return (channel) => tidy(() => reshape(slice(apart, [channel, 0, 0], [1, batch, voxels]), [batch, voxels, 1]));
}

/**
 * Channels side by side, as {@link channelsOf} found them; disposes those that it is given.
 *
 * @param channels - at least one, each `[batch, voxels, 1]`
 * @returns `[batch, voxels, channels]`
 *
 * @example
 * ```ts
 * import { joinChannels } from "@lossary/core-reduce";
 * import { tensor3d } from "@tensorflow/tfjs";
 *
 * joinChannels([tensor3d([[[1], [3]]]), tensor3d([[[2], [4]]])]).print(); // 1, 2, 3, 4
 * ```
 */
export function joinChannels(channels: readonly Tensor3D[]): Tensor3D {
  const [first] = channels as [Tensor3D];
  if (channels.length === 1) return first;
  const apart: Tensor = stack(channels.map((channel) => reshape(channel, first.shape.slice(0, 2))));
  dispose([...channels]);
  const joined = transpose(apart, [1, 2, 0]) as Tensor3D;
  dispose(apart);
  return joined;
}
