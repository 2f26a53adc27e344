import {
  addSums,
  alongSlopes,
  type CrossEntropySums,
  type CrossEntropySumsOptions,
  crossEntropySums,
  slopesOfSums,
  splitSums,
  stackSums,
} from "@lossary/core-reduce";
import {
  balancedCrossEntropyFromSums,
  balancedCrossEntropyLoss,
  crossEntropyFromSums,
  crossEntropyLoss,
  focalFromSums,
  focalLoss,
} from "@lossary/losses-distribution";
import { onEachBackend } from "@lossary/test-kit";
import { concat, grad, slice, split, type Tensor, tensor, tidy } from "@tensorflow/tfjs-core";
import { expect, it } from "vitest";

type Loss = (labels: Tensor, predictions: Tensor, options?: object) => Tensor;
type FromSums = (sums: CrossEntropySums, options?: object) => Tensor;

/** Each loss, the function from sums to it, the options of its sums, and the options of its equation. */
const losses: Record<string, [Loss, FromSums, CrossEntropySumsOptions, object]> = {
  balancedCrossEntropyLoss: [
    balancedCrossEntropyLoss,
    balancedCrossEntropyFromSums,
    { multiLabel: true },
    { beta: "auto" },
  ],
  crossEntropyLoss: [crossEntropyLoss, crossEntropyFromSums, { labelSmoothing: 0.1 }, { labelSmoothing: 0.1 }],
  focalLoss: [focalLoss, focalFromSums, { gamma: 1.5 }, { gamma: 1.5, alpha: [0.2, 0.5, 0.9] }],
};

const labels = () =>
  tensor(
    Array.from({ length: 20 }, (_, i) => (i * 7 + (i >> 2)) % 3),
    [2, 10],
    "int32",
  );
const logits = () =>
  tensor(
    Array.from({ length: 60 }, (_, i) => 2 * Math.sin(i * 1.7)),
    [2, 10, 3],
  );

/** The sums of the voxels from `from` on, `count` of them. */
function part(from: number, count: number, options: CrossEntropySumsOptions): CrossEntropySums {
  return crossEntropySums(
    slice(labels(), [0, from], [2, count]),
    slice(logits(), [0, from, 0], [2, count, 3]),
    options,
  );
}

onEachBackend("losses from sums of cross entropy", () => {
  for (const [name, [loss, fromSums, ofSums, ofEquation]] of Object.entries(losses)) {
    it(`${name} of the added sums of two parts is that of the whole, for each reduction`, () => {
      for (const activation of ["softmax", "sigmoid"] as const) {
        for (const reduction of ["mean", "sum", "sample"]) {
          for (const others of [{ includeBackground: false }, { classWeights: [1, 2, 3], normalize: "weights" }]) {
            const options = { ...ofEquation, activation, reduction, ...others };
            const [whole, added] = tidy(() => {
              const made = { ...ofSums, activation };
              const sums = addSums([part(0, 4, made), part(4, 6, made)]);
              return [loss(labels(), logits(), options), fromSums(sums, options)];
            }) as [Tensor, Tensor];
            expect(added.shape).toEqual(whole.shape);
            expect(Array.from(added.dataSync())).toBeClose(Array.from(whole.dataSync()));
          }
        }
      }
    });

    it(`${name} from sums names itself in errors`, () => {
      const sums = part(0, 10, { ...ofSums, activation: "softmax" });
      const attempt = (options: object) => () => fromSums(sums, options);
      const expectError = (options: object, message: string) =>
        expect(attempt(options)).toThrow(`${fromSums.name}: ${message}`);
      expectError({ sommth: 1 }, 'there is no option "sommth"');
      expectError({ classWeights: [1, 2] }, "classWeights must be 3 numbers, one a class, background included");
      expectError({ reduction: "none" }, 'reduction "none" asks for a map of voxels, which sums no longer know');
    });
  }

  it("refuses a multiLabel that the sums contradict", () => {
    expect(() => crossEntropyFromSums(part(0, 10, { activation: "softmax" }), { multiLabel: true })).toThrow(
      "crossEntropyFromSums: multiLabel: true contradicts the sums, which were made of exclusive classes",
    );
    expect(() => focalFromSums(part(0, 10, { activation: "sigmoid" }), { multiLabel: false })).toThrow(
      "focalFromSums: multiLabel: false contradicts the sums, which were made of independent channels",
    );
  });

  it("refuses to balance sums that know no negatives", () => {
    expect(() => balancedCrossEntropyFromSums(part(0, 10, { activation: "softmax" }))).toThrow(
      "balancedCrossEntropyFromSums: sums must be made with multiLabel: true",
    );
  });

  it("refuses to leave out the only class", () => {
    const sums = crossEntropySums(tensor([[[1], [0]]]), tensor([[[0.9], [0.2]]]));
    expect(() => crossEntropyFromSums(sums, { includeBackground: false })).toThrow(
      "crossEntropyFromSums: includeBackground: false leaves no class of sums with 1 class",
    );
  });

  for (const [name, [loss, fromSums, ofSums, ofEquation]] of Object.entries(losses)) {
    it(`${name} in shards of 9 and 1 voxels: each goes backwards alone, and the gradient is that of one machine`, () => {
      for (const reduction of ["mean", "sum"]) {
        const made = { ...ofSums, activation: "softmax", ignoreLabel: 1 } as const;
        const options = { ...ofEquation, activation: "softmax", reduction, classWeights: [1, 2, 3] };
        const [whole, inShards] = tidy(() => {
          const parts = split(logits(), [9, 1], 1).map((predictions, index) => {
            const own = split(labels(), [9, 1], 1)[index] as Tensor;
            return { predictions, sums: (p: Tensor) => crossEntropySums(own, p, made) };
          });
          const sent = parts.map(({ predictions, sums }) => sums(predictions));
          const { slopes } = slopesOfSums((sums: CrossEntropySums) => fromSums(sums, options), addSums(sent));
          const gradients = parts.map(({ predictions, sums }) =>
            grad((p: Tensor) => alongSlopes(sums(p), slopes))(predictions),
          );
          const direct = grad((p: Tensor) => loss(labels(), p, { ...options, ignoreLabel: 1 }))(logits());
          return [direct, concat(gradients, 1)];
        }) as [Tensor, Tensor];
        expect(Array.from(inShards.dataSync())).toBeClose(Array.from(whole.dataSync()));
        expect(Math.max(...whole.dataSync())).toBeGreaterThan(1e-3);
      }
    });

    it(`${name} of samples in shards is that of the batch, one sample here and one there`, () => {
      const [whole, stacked] = tidy(() => {
        const made = { ...ofSums, activation: "softmax" } as const;
        const sums = [0, 1].map((index) => {
          const of = (x: Tensor) => split(x, 2)[index] as Tensor;
          return crossEntropySums(of(labels()), of(logits()), made);
        });
        const all = stackSums(sums);
        expect(splitSums(all, [1, 1]).map(({ valid }) => valid.dataSync()[0])).toEqual([10, 10]);
        return [loss(labels(), logits(), { ...ofEquation, activation: "softmax" }), fromSums(all, ofEquation)];
      }) as [Tensor, Tensor];
      expect(stacked.dataSync()).toBeClose(whole.dataSync());
    });
  }
});
