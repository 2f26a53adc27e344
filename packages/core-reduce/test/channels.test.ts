import { channelsOf, detached, joinChannels } from "@lossary/core-reduce";
import { onEachBackend, readNumbers } from "@lossary/test-kit";
import { grad, mul, type Tensor, type Tensor3D, tensor, tensor3d } from "@tensorflow/tfjs-core";
import { expect, it } from "vitest";

// two samples of three voxels of four channels
const numbers = (dtype: "float32" | "int32") =>
  tensor(
    Array.from({ length: 24 }, (_, at) => at),
    [2, 3, 4],
    dtype,
  ) as Tensor3D;

onEachBackend("channelsOf", () => {
  it.each(["float32", "int32"] as const)(
    "takes every fourth number from the channel's own on, of %s",
    async (dtype) => {
      const values = numbers(dtype);
      const channels = channelsOf(values);
      for (const channel of [0, 3, 1]) {
        const taken = channels(channel);
        expect([taken.shape, taken.dtype]).toEqual([[2, 3, 1], dtype]);
        expect(await readNumbers(taken)).toEqual([0, 4, 8, 12, 16, 20].map((at) => at + channel));
      }
    },
  );
  it("is undone by joining", async () => {
    const values = numbers("float32");
    const joined = detached(() => joinChannels([0, 1, 2, 3].map(channelsOf(values))));
    expect(await readNumbers(joined)).toEqual(Array.from({ length: 24 }, (_, at) => at));
  });
  it("is differentiable: the gradient goes to the channel that was asked for", async () => {
    const slope = grad((x: Tensor) => mul(channelsOf(x as Tensor3D)(1), 3))(
      tensor3d([
        [
          [1, 2],
          [3, 4],
        ],
      ]),
    );
    expect(await readNumbers(slope)).toEqual([0, 3, 0, 3]);
  });
});
