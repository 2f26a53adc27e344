import {
  add,
  argMax,
  dispose,
  greater,
  matMul,
  reshape,
  type Scalar,
  type Tensor,
  tensor,
  tidy,
  train,
  variable,
} from "@tensorflow/tfjs-core";
import { layers, sequential } from "@tensorflow/tfjs-layers";
import { expect, it } from "vitest";
import { type AnyLoss, readNumbers, tensorsAmong, tensorsOf } from "../evaluate.ts";
import { activationOf, mostClasses, oneHot, plainCall } from "./examples.ts";
import type { Subject } from "./suite.ts";

/** A loss that cannot train is wrong: it must work in model.fit, and teach one linear layer a mask that it can represent. */
export function trains(subject: Subject): void {
  const { loss } = subject;
  it("works in model.fit", async () => {
    const call = plainCall(subject, subject.learning);
    const dense = {
      ...call,
      labels: call.labels instanceof Int32Array ? oneHot(call.labels, mostClasses(subject)) : call.labels,
    };
    const { labels, predictions, options } = tensorsOf(dense);
    const model = sequential({
      layers: [
        layers.dense({ units: mostClasses(subject), inputShape: call.shape.slice(1), kernelInitializer: "identity" }),
      ],
    });
    const named = (yTrue: Tensor, yPred: Tensor) => loss(yTrue, yPred, options as never);
    model.compile({ optimizer: train.sgd(0), loss: named });
    const [expected] = await readNumbers(tidy(() => loss(labels, predictions, options as never)));
    const history = await model.fit(predictions, labels, { epochs: 1, batchSize: call.shape[0] as number, verbose: 0 });
    expect(history.history.loss?.[0]).toBeClose(expected as number, { relative: 1e-5, absolute: 1e-6 });
    model.dispose();
    dispose([labels, predictions, ...tensorsAmong(options)]);
  });

  const { partner, teachesAlone } = subject;
  const alone = (labels: Tensor, logits: Tensor, options: object) => loss(labels, logits, options as never);
  const together = (labels: Tensor, logits: Tensor, options: { activation: string }) =>
    add(
      alone(labels, logits, options),
      (partner as AnyLoss)(labels, logits, { activation: options.activation } as never),
    );
  const objectives = [
    ...(teachesAlone ? [{ who: "", objective: alone }] : []),
    ...(partner ? [{ who: " together with its partner", objective: together }] : []),
  ];

  it.each(objectives)(
    `teaches one linear layer the exact mask within ${subject.steps} steps$who`,
    async ({ objective }) => {
      const classes = subject.classes.includes(2) ? 2 : mostClasses(subject);
      const { features, mask, shape } = brightSquare(
        Math.min(...subject.ranks.filter((rank) => rank >= 2), ...(Math.max(...subject.ranks) < 2 ? [1] : [])),
      );
      const activation = activationOf(subject, classes);
      const labels = subject.targets.includes("indices")
        ? tensor(mask, shape, "int32")
        : tensor(Array.from(oneHot(mask, classes)), [...shape, classes]);
      const weights = variable(
        tensor(
          Array.from({ length: 2 * classes }, (_, i) => (i % 3) / 10 - 0.1),
          [2, classes],
        ),
      );
      const options = { ...subject.required, ...subject.learning, activation };
      const logits = () => reshape(matMul(features, weights), [...shape, classes]);
      const optimizer = train.adam(0.2);
      const reached = async () => {
        const found = tidy(() => hardLabels(logits(), classes));
        const values = await readNumbers(found);
        found.dispose();
        return values.every((label, i) => label === mask[i]);
      };
      let steps = 0;
      while (steps < subject.steps && !(await reached())) {
        optimizer.minimize(() => objective(labels, logits(), options) as Scalar, false, [weights]);
        steps += 1;
      }
      expect(await reached(), `after ${steps} steps`).toBe(true);
      expect(steps, "the mask must not be there from the start").toBeGreaterThan(0);
      optimizer.dispose();
      dispose([features, labels, weights]);
    },
  );
}

/** An image with a bright block in it: each voxel's features are its intensity and a constant. */
function brightSquare(rank: number) {
  const sides = new Array<number>(rank).fill(6);
  const voxels = sides.reduce((product, side) => product * side, 1);
  const inside = (i: number) =>
    sides.every((side, axis) => ((place) => place >= 1 && place <= 3)(Math.floor(i / side ** axis) % side));
  const mask = Int32Array.from({ length: voxels }, (_, i) => (inside(i) ? 1 : 0));
  const values = Array.from(mask, (label, i) => [label * 0.6 + 0.2 + 0.1 * Math.sin(i * 2.3), 1]).flat();
  return { mask, shape: [1, ...sides], features: tensor(values, [voxels, 2]) };
}

function hardLabels(logits: Tensor, classes: number): Tensor {
  return classes === 1 ? greater(logits, 0) : argMax(logits, -1);
}
