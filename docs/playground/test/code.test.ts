import { expect, it } from "vitest";
import { callOf } from "../src/catalogue/call.ts";
import { losses } from "../src/catalogue/losses.ts";
import { codeOf } from "../src/scene/code.ts";
import { firstState, linkOf, presetScene } from "../src/scene/link.ts";
import { libraryValues } from "./library-values.ts";
import { runCode } from "./run-code.ts";

it.each([
  [1, "logits", 1],
  [3, "probabilities", 0],
] as const)(
  "the program of every loss prints the library's value, with %d channels and %s",
  async (channels, form, softness) => {
    const scene = presetScene("classes", { size: 64, channels, confidence: 0.9, softness });
    const expected = await libraryValues(linkOf({ ...firstState, scene, form }));
    const callable = losses.filter(({ name }) => typeof expected[name] === "number");
    // one channel is too few for the weights and the costs of classes
    expect(callable.length).toBe(losses.length - (channels === 1 ? 2 : 0));
    const printed = runCode(callable.map((loss) => codeOf(scene, callOf(loss, {}, channels, form), "cpu")));
    for (const [i, { name }] of callable.entries()) {
      const [value = "", gradient = ""] = printed[i] ?? [];
      expect(value.startsWith(`${name} `)).toBe(true);
      const difference = Math.abs(Number(value.split(" ")[1]) - (expected[name] as number));
      expect(difference, name).toBeLessThanOrEqual(1e-5 * Math.max(1e-6, Math.abs(expected[name] as number)));
      expect(gradient).toMatch(/^largest gradient \d/);
    }
  },
);

it("options, terms and the loss inside of a blob loss are written as one would write them", () => {
  const scene = presetScene("missed", { size: 64, channels: 1, confidence: 0.9, softness: 1 });
  const code = (name: string, settings: Record<string, number | string>) => {
    const loss = losses.find((one) => one.name === name);
    if (!loss) throw new Error(`no loss ${name}`);
    return codeOf(scene, callOf(loss, settings, 1, "logits"), "wasm");
  };
  expect(code("diceFocalLoss", { "focal.gamma": 3, diceWeight: 2 })).toContain(
    'diceFocalLoss(truth, logits, { activation: "sigmoid", diceWeight: 2, focal: { gamma: 3 } })',
  );
  expect(code("blobLoss", { loss: "tverskyLoss", blobWeight: 3 })).toContain(
    'blobLoss(tverskyLoss, { blobWeight: 3 })(truth, logits, { activation: "sigmoid" })',
  );
  expect(code("blobLoss", {})).toContain('import "@tensorflow/tfjs-backend-wasm";');
});
