import { clDiceFromOverlap, clDiceLoss, skeletonOverlap } from "@lossary/losses-region";
import { gradientOf, lossOf, onEachBackend } from "@lossary/test-kit";
import { add, dispose, grad, profile, slice, type Tensor, tensor, tidy } from "@tensorflow/tfjs-core";
import { expect, it } from "vitest";

/** A picture of digits 0 to 9, tenths of a probability, as `[1, ...spatial, 1]`. */
function picture(...rows: string[]) {
  const values = rows.flatMap((row) => [...row].map((digit) => Number(digit) / 9));
  return { shape: [1, rows.length, (rows[0] as string).length, 1], values };
}

const lossAt = (truth: ReturnType<typeof picture>, guess: ReturnType<typeof picture>, options: object = {}) =>
  lossOf(clDiceLoss, { shape: truth.shape, labels: truth.values, predictions: guess.values, options }).values;

/** The skeleton of a mask, read as where the mask of a single voxel inside of it is found: sum S(g) p with p = 1 there alone. */
function skeletonOf(mask: number[], shape: number[], options: object = {}): number[] {
  return mask.map((_, voxel) => {
    const only = mask.map((_, other) => (other === voxel ? 1 : 0));
    return tidy(() => {
      const found = skeletonOverlap(tensor(mask, shape), tensor(only, shape), options).labelledFound;
      return Math.round(found.dataSync()[0] as number);
    });
  });
}

onEachBackend("clDiceLoss", () => {
  it("is 1/9 for a line of five pixels of which the middle one is missed: t_p = 1, t_s = 4/5", () => {
    const [truth, guess] = [picture("00000", "99999", "00000"), picture("00000", "99099", "00000")];
    expect(lossAt(truth, guess)).toBeClose(1 / 9);
  });

  it("costs the same for a gap in a line of one pixel and of three: 1/13 for one place of seven", () => {
    const thin = [picture("0000000", "9999999", "0000000"), picture("0000000", "9990999", "0000000")] as const;
    const thick = [picture("9999999", "9999999", "9999999"), picture("9990999", "9990999", "9990999")] as const;
    const framed = ({ values }: ReturnType<typeof picture>) => ({
      shape: [1, 5, 7, 1],
      values: [...new Array(7).fill(0), ...values, ...new Array(7).fill(0)],
    });
    expect(lossAt(...thin)).toBeClose(1 / 13); // 1 - 2 (6/7) / (1 + 6/7)
    expect(lossAt(framed(thick[0]), framed(thick[1]))).toBeClose(1 / 13);
  });

  it("finds the middle line of a bar and the centre of a cube", () => {
    const bar = picture("0000000", "0999990", "0999990", "0999990", "0000000");
    expect(skeletonOf(bar.values, bar.shape)).toEqual(
      picture("0000000", "0000000", "0099900", "0000000", "0000000").values,
    );
    const inner = (i: number) => [Math.floor(i / 25), Math.floor(i / 5) % 5, i % 5].every((x) => x >= 1 && x <= 3);
    const cube = Array.from({ length: 125 }, (_, i) => (inner(i) ? 1 : 0));
    expect(skeletonOf(cube, [1, 5, 5, 5, 1])).toEqual(cube.map((_, i) => (i === 62 ? 1 : 0)));
  });

  it("needs as many iterations as the largest radius: half a width of 5 is not reached in one", () => {
    const bar = Array.from({ length: 9 }, (_, i) => (i >= 2 && i <= 6 ? 1 : 0));
    expect(skeletonOf(bar, [1, 9, 1], { iterations: 1 }).some((s) => s > 0)).toBe(false);
    expect(skeletonOf(bar, [1, 9, 1], { iterations: 2 })).toEqual([0, 0, 0, 0, 1, 0, 0, 0, 0]);
  });

  it("follows the soft skeleton by hand: .7 in the middle of 0 .5 .9 .5 0, so that L = 1 - 2 * .9 / 1.9", () => {
    // eroded once: .5 in the middle; r_0 = .9 - .5, r_1 = .5, S = .4 + .5 * .6
    const call = {
      shape: [1, 5, 1],
      labels: [0, 1, 1, 1, 0],
      predictions: [0, 0.5, 0.9, 0.5, 0],
      options: { smooth: 0 },
    };
    expect(lossOf(clDiceLoss, call).values).toBeClose(1 - 1.8 / 1.9);
    // d/dt_s = -2 / 1.9^2, and t_s is the probability in the middle
    expect(gradientOf(clDiceLoss, call)).toBeClose([0, 0, -2 / 1.9 ** 2, 0, 0]);
  });

  it("is 0 at the perfect prediction, 0 for nothing at all, 1 where no skeleton meets the other mask", () => {
    const [left, right] = [picture("90000", "90000"), picture("00009", "00009")];
    expect(lossAt(left, left)).toEqual([0]);
    expect(lossAt(picture("00000"), picture("00000"))).toEqual([0]);
    expect(lossAt(left, right, { smooth: 0 })).toEqual([1]);
  });

  it("turns with the image, ties and plateaus included: the gradient of the mirrored image is the mirrored gradient", () => {
    const [truth, guess] = [
      picture("0000000", "0999900", "0099990", "0000000"),
      picture("3300000", "0955990", "0995990", "0000337"),
    ];
    const mirrored = <T>(values: readonly T[]) => values.map((_, i) => values[values.length - 1 - i] as T);
    const call = { shape: truth.shape, labels: truth.values, predictions: guess.values };
    const turned = { ...call, labels: mirrored(call.labels), predictions: mirrored(call.predictions) };
    expect(gradientOf(clDiceLoss, turned)).toBeClose(mirrored(gradientOf(clDiceLoss, call)));
    expect(gradientOf(clDiceLoss, call).some((slope) => slope !== 0)).toBe(true);
  });

  it("leaves ignored voxels out of every window, as if the image ended there", () => {
    const half = { shape: [1, 3, 1], labels: [1, 1, 1], predictions: [0.9, 0.4, 0.8] };
    const whole = {
      shape: [1, 5, 1],
      labels: [1, 1, 1, 0, 1],
      predictions: [0.9, 0.4, 0.8, 0.1, 0.7],
      options: { weights: Float32Array.of(1, 1, 1, 0, 0) },
    };
    expect(lossOf(clDiceLoss, whole).values).toBeClose(lossOf(clDiceLoss, half).values);
    expect(gradientOf(clDiceLoss, whole)).toBeClose([...gradientOf(clDiceLoss, half), 0, 0]);
  });

  it("keeps little on the way back: 100 depths need at most 60 maps more than 1, a root's worth", async () => {
    const shape = [1, 24, 24, 1];
    const [mask, guess] = [tensor(new Array(576).fill(1), shape), tensor(new Array(576).fill(0.5), shape)];
    const peakOf = async (iterations: number) => {
      const step = () => tidy(() => grad((p: Tensor) => clDiceLoss(mask, p, { iterations }))(guess));
      const { peakBytes } = await profile(step);
      return peakBytes / (576 * 4);
    };
    const shallow = await peakOf(0);
    expect((await peakOf(99)) - shallow).toBeLessThan(60);
    dispose([mask, guess]);
  });

  it("is that of the whole from the added sums of two images", () => {
    const shape = [2, 3, 5, 1];
    const mask = () =>
      tensor([...picture("00000", "99999", "00000").values, ...picture("00090", "00090", "00090").values], shape);
    const guess = () =>
      tensor(
        Array.from({ length: 30 }, (_, i) => 0.5 + 0.4 * Math.sin(i * 1.7)),
        shape,
      );
    const image = (x: Tensor, n: number) => slice(x, [n, 0, 0, 0], [1, -1, -1, -1]);
    const [whole, added] = tidy(() => {
      const [first, second] = [0, 1].map((n) => skeletonOverlap(image(mask(), n), image(guess(), n))) as [
        object,
        object,
      ];
      const sums = Object.entries(first).map(([name, values]) => [name, add(values, second[name as never])]);
      return [clDiceLoss(mask(), guess(), { over: "batch" }), clDiceFromOverlap(Object.fromEntries(sums))];
    }) as [Tensor, Tensor];
    expect(Array.from(added.dataSync())).toBeClose(Array.from(whole.dataSync()));
  });

  it("refuses predictions without a spatial axis and depths that are no counts", () => {
    const flat = { shape: [2, 1], labels: [1, 0], predictions: [0.5, 0.5] };
    expect(() => lossOf(clDiceLoss, flat)).toThrow(/^clDiceLoss: predictions must be .* 1 to 3 spatial axes/);
    const line = picture("090");
    for (const iterations of [-1, 1.5]) {
      expect(() => lossAt(line, line, { iterations })).toThrow(
        /^clDiceLoss: iterations must be an integer of at least 0/,
      );
    }
  });
});
