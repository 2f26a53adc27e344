import "@tensorflow/tfjs-backend-cpu";
import { stopGradient } from "@lossary/core-reduce";
import { diceLoss } from "@lossary/losses-region";
import { contract, testOn } from "@lossary/test-kit";
import { referenceLosses } from "@lossary/test-kit/reference";
import { add, div, keep, mean, mul, ones, sub, tidy } from "@tensorflow/tfjs-core";
import { describe } from "vitest";
import { little } from "./little.js";

testOn({ cpu: little });

/** Losses that are Dice but for one mistake. */
const wrong = {
  "a gradient that is off": (labels, predictions, options) =>
    tidy(() => {
      const some = mul(mean(predictions), 0.01);
      return add(diceLoss(labels, predictions, options), sub(some, stopGradient(some)));
    }),
  "NaN without foreground": (labels, predictions, options) =>
    tidy(() => {
      const value = diceLoss(labels, predictions, options);
      return labels.dataSync().every((label) => label === 0) ? div(sub(value, value), 0) : value;
    }),
  "a tensor kept in each call": (labels, predictions, options) => {
    keep(ones([1]));
    return diceLoss(labels, predictions, options);
  },
  "weights that count for nothing": (labels, predictions, { weights, ...options } = {}) =>
    diceLoss(labels, predictions, options),
  "no refusals": (labels, predictions, options) => {
    try {
      return diceLoss(labels, predictions, options);
    } catch {
      return ones([]);
    }
  },
};

describe.each(Object.entries(wrong))("%s:", (_title, loss) => {
  contract({
    name: "diceLoss",
    loss,
    reference: referenceLosses.diceLoss,
    unreduced: "classes",
    family: "ratio",
    variants: [{}],
    ranks: [1],
    classes: [2],
  });
});
