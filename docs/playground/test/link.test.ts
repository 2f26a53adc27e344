import { expect, it } from "vitest";
import { firstState, linkOf, type PageState, readLink } from "../src/scene/link.ts";
import { packed } from "../src/scene/packed-mask.ts";
import { painted, presets } from "../src/scene/presets.ts";

const state: PageState = {
  scene: {
    size: 96,
    channels: 4,
    confidence: 0.75,
    softness: 2.5,
    truth: painted(presets.classes.truth, 96, 4),
    prediction: painted(presets.classes.prediction, 96, 4),
  },
  loss: "diceFocalLoss",
  settings: { diceFocalLoss: { focalWeight: 0.5, "focal.gamma": 3 }, tverskyLoss: { classWeights: [1, 2, 0, 4] } },
  backend: "webgl",
  form: "probabilities",
  channel: 3,
  mapped: "prediction",
};

it("a link holds the whole state, in less than 1500 letters", () => {
  const link = linkOf(state);
  expect(readLink(`#${link}`)).toEqual({ state, problems: [] });
  expect(link.length).toBeLessThan(1500);
});

it("no link is the first state", () => {
  expect(readLink("")).toEqual({ state: firstState, problems: [] });
});

it("what cannot be read is named, and stands as at first", () => {
  const given = new URLSearchParams(linkOf(firstState));
  given.set("loss", "noLoss");
  given.set("confidence", "2");
  given.set("truth", "!");
  given.set("options", '{"diceLoss":{"smooth":0.5,"denominator":"squares"}}');
  const { state: read, problems } = readLink(given.toString());
  expect(problems).toHaveLength(4);
  expect(problems).toEqual(
    expect.arrayContaining([
      "loss=noLoss",
      "confidence=2",
      "options: diceLoss.smooth",
      expect.stringMatching(/^truth: /),
    ]),
  );
  expect(read).toEqual({ ...firstState, settings: { diceLoss: { denominator: "squares" } } });
});

it.each([
  ["too few pixels", packed(new Uint8Array(64 * 63))],
  ["too many pixels", packed(new Uint8Array(64 * 65))],
  ["a class that is not there", packed(new Uint8Array(64 * 64).fill(2))],
])("a mask with %s is refused", (_what, truth) => {
  const given = new URLSearchParams(linkOf(firstState));
  given.set("truth", truth);
  const { state: read, problems } = readLink(given.toString());
  expect(problems).toEqual([expect.stringMatching(/^truth: /)]);
  expect(read.scene.truth).toEqual(firstState.scene.truth);
});
