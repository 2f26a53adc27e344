import { lossFromConfig, withOptions } from "@lossary/core-reduce";
import { useBackend } from "@lossary/test-kit";
import { type Tensor, tensor, zeros } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";

beforeAll(() => useBackend("cpu"));

interface Given {
  readonly labels: Tensor;
  readonly predictions: Tensor;
  readonly options: unknown;
}
const given: Given[] = [];
function plainLoss(labels: Tensor, predictions: Tensor, options?: object): Tensor {
  given.push({ labels, predictions, options });
  return zeros([]);
}
const call = (loss: (labels: Tensor, predictions: Tensor, options?: never) => unknown, options?: object) => {
  loss(zeros([1]), zeros([1]), options as never);
  return given.at(-1)?.options;
};

describe("withOptions", () => {
  it("calls the loss with the options, over which those of the call stand", () => {
    const loss = withOptions(plainLoss, { activation: "softmax", dice: { smooth: 1 } });
    expect(call(loss)).toEqual({ activation: "softmax", dice: { smooth: 1 } });
    expect(call(loss, { activation: "none", reduction: "sum" })).toEqual({
      activation: "none",
      reduction: "sum",
      dice: { smooth: 1 },
    });
  });

  it("copies lists and records, and leaves tensors what they are", () => {
    const weights = tensor([1, 2]);
    const options = { classWeights: [1, 2], dice: { smooth: 1 }, weights };
    const loss = withOptions(plainLoss, options);
    options.classWeights[0] = 7;
    options.dice.smooth = 7;
    const received = call(loss) as typeof options;
    expect([received.classWeights, received.dice]).toEqual([[1, 2], { smooth: 1 }]);
    expect(received.weights).toBe(weights);
  });

  it("has the name of the loss and no enumerable property", () => {
    const loss = withOptions(plainLoss, { smooth: 1 });
    expect(loss.name).toBe("plainLoss");
    expect(Object.keys(loss)).toEqual([]);
    expect(withOptions((_g: Tensor, p: Tensor) => p, {}, "myLoss").name).toBe("myLoss");
  });

  it("describes itself as JSON, with what was settled before", () => {
    const inner = withOptions(plainLoss, { activation: "softmax", smooth: 1 });
    expect(JSON.stringify(inner)).toBe('{"loss":"plainLoss","options":{"activation":"softmax","smooth":1}}');
    const outer = withOptions(inner, { smooth: 2, classWeights: [1, 2], spacing: undefined });
    expect(JSON.parse(JSON.stringify(outer))).toEqual({
      loss: "plainLoss",
      options: { activation: "softmax", smooth: 2, classWeights: [1, 2] },
    });
  });

  it("does not describe what JSON does not hold", () => {
    const describing = (options: object) => () => JSON.stringify(withOptions(plainLoss, options));
    expect(describing({ weights: tensor([1, 2]) })).toThrow(
      "withOptions: options.weights must be something that JSON holds, to be described (got float32 tensor [2])",
    );
    expect(describing({ dice: { smooth: Number.POSITIVE_INFINITY } })).toThrow("options.dice.smooth must be");
  });

  it("does not describe a loss that a minifier left without its name, but by the name that it is given", () => {
    const e = (_labels: Tensor, predictions: Tensor, _options?: object) => predictions;
    expect(() => JSON.stringify(withOptions(e, {}))).toThrow(
      'withOptions: loss must have a name to be described (got "e")',
    );
    expect(JSON.stringify(withOptions(e, {}, "diceLoss"))).toBe('{"loss":"diceLoss","options":{}}');
  });

  it("refuses what is no loss, no options and no name", () => {
    expect(() => withOptions("dice" as never, {} as never)).toThrow(
      'withOptions: loss must be a loss function (got "dice")',
    );
    expect(() => withOptions(plainLoss, [] as never)).toThrow(
      "withOptions: options must be an object of named options",
    );
    expect(() => withOptions(plainLoss, {}, 1 as never)).toThrow("withOptions: name must be a string (got 1)");
  });
});

describe("lossFromConfig", () => {
  const losses = { plainLoss, otherLoss: plainLoss, answer: 42 };

  it("makes the loss that JSON describes, which describes itself the same", () => {
    const json = '{"loss":"plainLoss","options":{"activation":"softmax","dice":{"smooth":1}}}';
    for (const config of [json, JSON.parse(json)]) {
      const loss = lossFromConfig(config, losses);
      expect(call(loss)).toEqual({ activation: "softmax", dice: { smooth: 1 } });
      expect(JSON.stringify(loss)).toBe(json);
    }
  });

  it("names a loss by the record that it is given, whatever its function is called", () => {
    expect(JSON.stringify(lossFromConfig({ loss: "otherLoss", options: {} }, losses))).toBe(
      '{"loss":"otherLoss","options":{}}',
    );
  });

  it("refuses unknown names, also those that every object has, and text that describes nothing", () => {
    const of = (config: unknown) => () => lossFromConfig(config as string, losses);
    const known = "among those given: otherLoss, plainLoss";
    expect(of({ loss: "diceLos", options: {} })).toThrow(`lossFromConfig: there is no loss "diceLos" ${known}`);
    expect(of({ loss: "toString", options: {} })).toThrow(`there is no loss "toString" ${known}`);
    expect(of({ loss: "answer", options: {} })).toThrow(`there is no loss "answer" ${known}`);
    expect(of("{")).toThrow("lossFromConfig: config is no JSON");
    expect(of('{"name":"diceLoss"}')).toThrow("lossFromConfig: config must be a description");
    expect(of(null)).toThrow("lossFromConfig: config must be a description");
  });
});
