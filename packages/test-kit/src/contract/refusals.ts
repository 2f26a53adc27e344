import { dispose, ones, type Tensor, tensor, tidy, zeros } from "@tensorflow/tfjs-core";
import { expect, it } from "vitest";
import { tensorsAmong, tensorsOf } from "../evaluate.ts";
import { mostClasses, plainCall } from "./examples.ts";
import type { Subject } from "./suite.ts";

/** One wrong call: what is wrong, how it is called, what the message must say. */
type Wrong = [what: string, call: () => Tensor, says: RegExp];

/** Every wrong argument gets an error that names the function, the argument, what was expected and what came. */
export function refusesWrongArguments(subject: Subject): void {
  it("refuses wrong arguments with an error that says who, expected and got", () => {
    const { labels, predictions, options } = tensorsOf(plainCall(subject, subject.variants[0]));
    const call = (changed: object, truth: Tensor = labels, guess: Tensor = predictions) =>
      tidy(() => subject.loss(truth, guess, { ...options, ...changed } as never));
    const wrong = [...wrongTensors(call, labels, predictions), ...wrongOptions(call, subject)];
    for (const [what, attempt, says] of wrong) {
      expect(attempt, what).toThrow(says);
      expect(attempt, what).toThrow(new RegExp(`^${subject.name}: `));
    }
    expect(wrong.length).toBeGreaterThan(12);
    dispose([labels, predictions, ...tensorsAmong(options)]);
  });
}

type Call = (changed: object, truth?: Tensor, guess?: Tensor) => Tensor;

function wrongTensors(call: Call, labels: Tensor, predictions: Tensor): Wrong[] {
  const shape = predictions.shape;
  const longer = shape.map((side, axis) => (axis === 1 ? side + 1 : side));
  return [
    ["predictions of rank 1", () => call({}, labels, zeros([4])), /predictions must be .*got float32 tensor \[4\]/],
    [
      "predictions of rank 6",
      () => call({}, labels, zeros([1, 1, 1, 1, 1, 2])),
      /predictions must be .*got float32 tensor/,
    ],
    ["int32 predictions", () => call({}, labels, zeros(shape, "int32")), /predictions must be float32 .*got int32/],
    ["labels of another size", () => call({}, zeros(longer)), /labels must be .*got float32 tensor/],
    [
      "float class indices",
      () => call({}, zeros([...shape.slice(0, -1), 1].slice(0, shape.length - 1))),
      /labels must be .*int32 .*got float32/,
    ],
    ["no predictions", () => call({}, labels, undefined as never), /predictions must be|reading|undefined/],
    [
      "an empty batch",
      () => call({}, zeros([0, ...shape.slice(1)]), zeros([0, ...shape.slice(1)])),
      /without an axis of length 0/,
    ],
  ].filter(([what]) => what !== "no predictions" && !(what === "float class indices" && shape.at(-1) === 1)) as Wrong[];
}

function wrongOptions(call: Call, subject: Subject): Wrong[] {
  const classes = mostClasses(subject);
  const wrong: [string, object, RegExp][] = [
    ["an unknown option", { sommth: 1 }, /no option "sommth"; the options are /],
    ["an unknown activation", { activation: "tanh" }, /activation must be .*got "tanh"/],
    ["an unknown reduction", { reduction: "average" }, /reduction must be .*got "average"/],
    ["a NaN label", { ignoreLabel: Number.NaN }, /ignoreLabel|indices/],
    ["too many class weights", { classWeights: new Array(classes + 1).fill(1) }, /classWeights must be/],
    ["negative class weights", { classWeights: new Array(classes).fill(-1) }, /classWeights must be .*none below 0/],
    ["NaN class weights", { classWeights: new Array(classes).fill(Number.NaN) }, /classWeights must be/],
    ["weights that are no tensor", { weights: [1, 2] }, /weights must be a tensor/],
    ["weights of another shape", { weights: ones([7]) }, /weights must be .*got float32 tensor \[7\]/],
    ["a flag that is a word", { includeBackground: "no" }, /includeBackground must be true or false/],
    ["fused as a number", { fused: 1 }, /fused must be true or false/],
  ];
  if (subject.family === "ratio") {
    wrong.push(["smoothing below 0", { smooth: -1 }, /smooth must be .*got -1/]);
    wrong.push(["a NaN smoothing", { smooth: Number.NaN }, /smooth must be .*got NaN/]);
    wrong.push(["over batch by sample", { over: "batch", reduction: "sample" }, /contradicts/]);
  }
  if (subject.family === "distribution") {
    wrong.push(["label smoothing above 1", { labelSmoothing: 2 }, /labelSmoothing must be .*got 2/]);
  }
  const denied = wrong.map(([what, changed, says]): Wrong => {
    const [name] = Object.keys(changed) as [string];
    return [what, () => call(changed), subject.without.includes(name) ? new RegExp(name) : says];
  });
  return [...denied, ...contradictions(call, subject)];
}

/** Options that are fine alone and cannot be honoured together. */
function contradictions(call: Call, subject: Subject): Wrong[] {
  const dense = (classes: number) => tensor([[new Array(classes).fill(0)]], [1, 1, classes]);
  const isPlain = subject.ranks.includes(1) && subject.targets.includes("one-hot");
  const found: Wrong[] = [];
  if (isPlain && subject.classes.includes(1) && subject.activations.includes("softmax")) {
    found.push(["softmax over one class", () => call({ activation: "softmax" }, dense(1), dense(1)), /softmax/]);
  }
  if (isPlain && !subject.without.includes("ignoreLabel")) {
    const classes = mostClasses(subject);
    found.push([
      "ignoreLabel with dense labels",
      () => call({ ignoreLabel: 1 }, dense(classes), dense(classes)),
      /ignoreLabel needs int32/,
    ]);
  }
  if (isPlain && subject.family === "distribution") {
    const classes = mostClasses(subject);
    found.push([
      "smoothing of soft labels",
      () => call({ labelSmoothing: 0.1 }, dense(classes), dense(classes)),
      /labelSmoothing needs hard labels/,
    ]);
  }
  return found;
}
