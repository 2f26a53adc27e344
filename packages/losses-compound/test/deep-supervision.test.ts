import { deepSupervision, deepSupervisionWeights, diceCrossEntropyLoss } from "@lossary/losses-compound";
import { diceLoss } from "@lossary/losses-region";
import { onEachBackend } from "@lossary/test-kit";
import { grads, sum, type Tensor, tensor, tensor2d, tensor3d, zeros } from "@tensorflow/tfjs-core";
import { expect, it } from "vitest";

onEachBackend("deepSupervision", () => {
  it("weighs three levels with 2/3, 1/3 and 0, as nnU-Net does", () => {
    expect(deepSupervisionWeights(3)).toBeClose([2 / 3, 1 / 3, 0]);
    expect(deepSupervisionWeights(1)).toEqual([1]);
  });

  it("takes the voxel nearest to the middle of each coarse one: 0 1 2 3 4 5 become 1 4 at a third", () => {
    const seen: number[][] = [];
    const spy = (labels: Tensor, predictions: Tensor) => {
      seen.push(Array.from(labels.dataSync()));
      return sum(predictions);
    };
    deepSupervision(spy, [1, 1])(tensor2d([[0, 1, 2, 3, 4, 5]], [1, 6], "int32"), [zeros([1, 6, 6]), zeros([1, 2, 6])]);
    expect(seen).toEqual([
      [0, 1, 2, 3, 4, 5],
      [1, 4],
    ]);
  });

  it("is the weighted sum of the loss at each level, with gradients for each output", () => {
    const labels = tensor([0, 1, 1, 0, 1, 1, 0, 0, 0, 1, 0, 1, 1, 1, 0, 1], [1, 4, 4], "int32");
    const [fine, coarse] = [
      [1, 4, 4, 2],
      [1, 2, 2, 2],
    ].map((shape) =>
      tensor(
        Array.from({ length: shape.reduce((a, b) => a * b) }, (_, i) => Math.sin(i)),
        shape,
      ),
    ) as [Tensor, Tensor];
    const picked = tensor([1, 0, 1, 1], [1, 2, 2], "int32"); // rows and columns 1 and 3
    const options = { activation: "softmax" } as const;
    const expected =
      (Number(diceCrossEntropyLoss(labels, fine, options).dataSync()[0]) * 3 +
        Number(diceCrossEntropyLoss(picked, coarse, options).dataSync()[0])) /
      4;
    const loss = deepSupervision(diceCrossEntropyLoss, [0.75, 0.25]);
    expect(loss(labels, [fine, coarse], options).dataSync()).toBeClose(expected, { relative: 1e-6 });
    const slopes = grads((a: Tensor, b: Tensor) => loss(labels, [a, b], options))([fine, coarse]);
    for (const slope of slopes) expect(Math.max(...slope.dataSync().map(Math.abs))).toBeGreaterThan(1e-3);
  });

  it("brings voxel weights along, and lets the voxels grow", () => {
    const seen: unknown[] = [];
    const spy = (_labels: Tensor, predictions: Tensor, options?: { weights?: Tensor; spacing?: number[] }) => {
      seen.push([Array.from(options?.weights?.dataSync() ?? []), options?.spacing]);
      return sum(predictions);
    };
    const options = { weights: tensor2d([[1, 2, 3, 4]]), spacing: [0.5] };
    deepSupervision(spy, [1, 1])(zeros([1, 4], "int32"), [zeros([1, 4, 2]), zeros([1, 2, 2])], options);
    expect(seen).toEqual([
      [[1, 2, 3, 4], [0.5]],
      [[2, 4], [1]],
    ]);
  });

  it("lets a spacing that is one number grow along each axis as the voxels do", () => {
    const seen: unknown[] = [];
    const spy = (_labels: Tensor, predictions: Tensor, options?: { spacing?: number | readonly number[] }) => {
      seen.push(options?.spacing);
      return sum(predictions);
    };
    deepSupervision(spy, [1, 1])(zeros([1, 4, 4], "int32"), [zeros([1, 4, 4, 2]), zeros([1, 2, 1, 2])], {
      spacing: 0.5,
    });
    expect(seen).toEqual([
      [0.5, 0.5],
      [1, 2],
    ]);
  });

  it("refuses outputs that are no coarser versions of the first, and weights that do not fit", () => {
    const loss = deepSupervision(diceLoss);
    const labels = tensor3d([[[1], [0]]]);
    expect(() => loss(labels, [])).toThrow(
      "deepSupervision: predictions must be a list of tensors, one an output, the finest first (got [])",
    );
    expect(() => loss(labels, [zeros([1, 2, 1]), zeros([1, 3, 1])])).toThrow(
      "deepSupervision: predictions[1] must be [1,2,1] or coarser in its spatial axes (got float32 tensor [1,3,1])",
    );
    expect(() => deepSupervision(diceLoss, [1])(labels, [zeros([1, 2, 1]), zeros([1, 1, 1])])).toThrow(
      "deepSupervision: weights must be 2 numbers, one an output (got [1])",
    );
    // no loss sees these at the finest resolution, where the weight is 0
    const outputs = [zeros([1, 2, 1]), zeros([1, 1, 1])];
    const ofCoarse = deepSupervision(diceLoss, [0, 1]);
    expect(() => ofCoarse(zeros([1, 3, 1]), outputs)).toThrow(
      "deepSupervision: labels must be a tensor of full resolution, [batch,2] or with more axes (got float32 tensor [1,3,1])",
    );
    expect(() => ofCoarse(labels, outputs, { weights: zeros([1]) })).toThrow(
      "deepSupervision: weights must be a tensor of full resolution, [batch,2] or with more axes (got float32 tensor [1])",
    );
    expect(() => deepSupervision(diceLoss, [0, 0])).toThrow(
      /weights must be finite numbers, none below 0 and not all 0/,
    );
  });
});
