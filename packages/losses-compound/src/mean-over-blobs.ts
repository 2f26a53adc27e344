import {
  channelsOf,
  joinChannels,
  type Problem,
  probabilities,
  type SettledShared,
  weightsOf,
  withGradient,
} from "@lossary/core-reduce";
import {
  add,
  concat,
  dispose,
  mul,
  reshape,
  slice,
  type Tensor,
  type Tensor2D,
  type Tensor3D,
  tensor,
  tidy,
  zeros,
} from "@tensorflow/tfjs-core";
import { type Blobs, findBlobs } from "./find-blobs.ts";
import { slopeOf } from "./slope-of.ts";

/**
 * The mean over samples, classes and components of any loss; nothing where no sample has a component.
 *
 * Each blob costs a pass over its whole sample. They come one after the other, and once more on the way back, so that what one of them holds is
 * gone before the next begins: memory does not grow with their number.
 *
 * @param options - those of one component
 */
export function meanOverBlobs<LossOptions extends object>(
  loss: (labels: Tensor, predictions: Tensor, options?: LossOptions) => Tensor,
  problem: Problem,
  { includeBackground }: SettledShared,
  options: object,
): Tensor | undefined {
  const found = findBlobs(problem, includeBackground);
  if (found.length === 0) return undefined;
  const lossOf = (channel: Tensor) => (target: Tensor, weights: Tensor) =>
    loss(target, channel, { ...options, weights } as unknown as LossOptions);
  const lossSlope = (channel: Tensor) => (target: Tensor, weights: Tensor) =>
    slopeOf((p) => lossOf(p)(target, weights), channel);
  const p = probabilities(problem);
  const weights = weightsOf(problem);
  return withGradient<Tensor3D, Tensor>(
    p,
    weights ? [p, weights] : [p],
    (x) => {
      const channelOf = channelsOfSamples(x, problem);
      return found
        .map((blobs) => tidy(() => sumOver(blobs, problem, weights, lossOf(channelOf(blobs)))))
        .reduce((sum, term) => add(sum, term));
    },
    (upstream, [x, kept]) => {
      const channelOf = channelsOfSamples(x as Tensor3D, problem);
      return joined(found, problem, (blobs) =>
        mul(sumOver(blobs, problem, kept as Tensor2D, lossSlope(channelOf(blobs))), upstream),
      );
    },
  );
}

/** The sum over the components of a term, each with its mask and with voxel weights that are 0 on the other components, times their share. */
function sumOver(
  { sample, components, count, share }: Blobs,
  { spatial, voxels }: Problem,
  weights: Tensor2D | undefined,
  term: (target: Tensor, weights: Tensor) => Tensor,
): Tensor {
  const shape = [1, ...spatial];
  const ofSample = weights && reshape(slice(weights, [sample, 0], [1, voxels]), shape);
  const termOf = (blob: number) => {
    const { own, taken } = masksOf(components, blob);
    const ofVoxels = tensor(taken, shape);
    return term(tensor(own, shape, "int32"), ofSample ? mul(ofVoxels, ofSample) : ofVoxels);
  };
  let sum = tidy(() => termOf(1));
  for (let blob = 2; blob <= count; blob++) {
    const next = tidy(() => add(sum, termOf(blob)));
    dispose(sum);
    sum = next;
  }
  return mul(sum, share);
}

/** 1 on a component, and 1 on it and on the background. A loop over the numbers is several times faster than the comparisons of a backend. */
function masksOf(components: Int32Array, blob: number): { own: Int32Array; taken: Float32Array } {
  const own = new Int32Array(components.length);
  const taken = new Float32Array(components.length);
  for (let i = 0; i < components.length; i++) {
    const isOwn = components[i] === blob;
    own[i] = isOwn ? 1 : 0;
    taken[i] = isOwn || components[i] === 0 ? 1 : 0;
  }
  return { own, taken };
}

/** Each class of each sample as predictions of one class, `[1, ...spatial, 1]`. */
function channelsOfSamples(probability: Tensor3D, { voxels, spatial }: Problem): (blobs: Blobs) => Tensor {
  const channels = channelsOf(probability);
  return ({ sample, label }) =>
    tidy(() => reshape(slice(channels(label), [sample, 0, 0], [1, voxels, 1]), [1, ...spatial, 1]));
}

/** Slopes of the channels as one of all probabilities, 0 where a class has no component. */
function joined(found: readonly Blobs[], { batch, voxels, classes }: Problem, slope: (blobs: Blobs) => Tensor) {
  const ofSample = (sample: number, label: number): Tensor3D => {
    const blobs = found.find((one) => one.sample === sample && one.label === label);
    return blobs ? tidy(() => reshape(slope(blobs), [1, voxels, 1])) : zeros([1, voxels, 1]);
  };
  const samples = Array.from({ length: batch }, (_, sample) => sample);
  return joinChannels(
    Array.from({ length: classes }, (_, label) =>
      tidy(() =>
        concat(
          samples.map((sample) => ofSample(sample, label)),
          0,
        ),
      ),
    ),
  );
}
