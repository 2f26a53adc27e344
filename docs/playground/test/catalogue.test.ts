import * as boundary from "@lossary/losses-boundary";
import * as compound from "@lossary/losses-compound";
import * as distribution from "@lossary/losses-distribution";
import * as region from "@lossary/losses-region";
import { describe, expect, it } from "vitest";
import { controlFor } from "../src/catalogue/control-for.ts";
import { blobLosses, controlsOf, losses, wants } from "../src/catalogue/losses.ts";
import { titleOf } from "../src/catalogue/names.ts";
import { optionsOf, readSettings, withSetting } from "../src/catalogue/settings.ts";

const library = { ...distribution, ...region, ...boundary, ...compound };

describe("the list of losses", () => {
  it("holds every loss that the packages export", () => {
    const exported = Object.keys(library).filter((name) => name.endsWith("Loss"));
    expect(losses.map(({ name }) => name).sort()).toEqual(exported.sort());
  });

  it("knows which losses take no probabilities: those without an activation", () => {
    const bare = losses.filter(({ activations }) => activations.join() === "none").map(({ name }) => name);
    expect(Object.keys(wants).sort()).toEqual(bare.sort());
  });

  it("offers blobLoss only losses that can be called without options", () => {
    for (const name of blobLosses) {
      expect(losses.find((loss) => loss.name === name)?.options.some(({ required }) => required)).toBe(false);
    }
  });

  it("has titles that nobody takes for another", () => {
    expect(new Set(losses.map(({ name }) => titleOf(name))).size).toBe(losses.length);
    expect(titleOf("focalTverskyLoss")).toBe("Focal Tversky");
    expect(titleOf("boundaryDoULoss")).toBe("Boundary DoU");
    expect(titleOf("clDiceLoss")).toBe("clDice");
  });
});

describe("controls", () => {
  it("are there for every option but tensors, lists, and what one image cannot show", () => {
    const without = losses.flatMap(({ options }) =>
      options.filter((option) => option.optionsOf === undefined && !controlFor(option)).map(({ name }) => name),
    );
    expect([...new Set(without)].sort()).toEqual(
      [
        ...["activation", "betaRange", "components", "distanceMap", "distanceMatrix", "multiLabel"],
        ...["over", "per", "radii", "reduction", "weights"],
      ].sort(),
    );
  });

  it("start at the default of the option, between their ends", () => {
    for (const loss of losses) {
      for (const { control, path } of controlsOf(loss)) {
        if (control.kind === "range") {
          expect(control.start, `${loss.name}.${path}`).toBeGreaterThanOrEqual(control.min);
          expect(control.start, `${loss.name}.${path}`).toBeLessThanOrEqual(control.max);
        }
        if (control.kind === "choice") expect(control.words).toContain(control.start);
        if (control.kind === "stops" && control.start !== undefined) expect(control.stops).toContain(control.start);
      }
    }
  });

  it("of a slider of Tversky, Hausdorff and focal loss are those of their schemas", () => {
    const controls = (name: string) =>
      Object.fromEntries(
        controlsOf(losses.find((loss) => loss.name === name) as (typeof losses)[number]).map(({ path, control }) => [
          path,
          control,
        ]),
      );
    expect(controls("tverskyLoss").falsePositiveWeight).toEqual({
      kind: "range",
      min: 0,
      max: 4,
      step: 0.05,
      start: 0.3,
    });
    expect(controls("topKLoss").percent).toEqual({ kind: "range", min: 1, max: 100, step: 1, start: 10 });
    expect(controls("hausdorffErosionLoss").erosions).toEqual({ kind: "range", min: 1, max: 24, step: 1, start: 10 });
    expect(controls("comboLoss").beta).toEqual({ kind: "range", min: 0, max: 1, step: 0.01, start: 0.5 });
    expect(controls("balancedCrossEntropyLoss").beta).toMatchObject({ kind: "optional", without: "auto", max: 1 });
    expect(controls("diceFocalLoss")["focal.gamma"]).toMatchObject({ kind: "range", max: 5, start: 2 });
    expect(controls("tverskyLoss").ignoreLabel).toEqual({ kind: "class", start: undefined });
  });
});

describe("settings", () => {
  const named = (name: string) => losses.find((loss) => loss.name === name) as (typeof losses)[number];

  it("become options, those of terms in the record of the term", () => {
    const settings = { focalWeight: 0.5, "focal.gamma": 3, "dice.smooth": 1 };
    expect(optionsOf(named("diceFocalLoss"), settings, 1)).toEqual({
      focalWeight: 0.5,
      focal: { gamma: 3 },
      dice: { smooth: 1 },
    });
  });

  it("bring along what a loss cannot be called without", () => {
    expect(optionsOf(named("weightedCrossEntropyLoss"), {}, 3)).toEqual({ classWeights: "inverseFrequency" });
    expect(optionsOf(named("generalizedWassersteinDiceLoss"), {}, 2)).toEqual({
      distanceMatrix: [
        [0, 1],
        [1, 0],
      ],
    });
  });

  it("do not keep a default", () => {
    const [gamma] = controlsOf(named("focalLoss"));
    if (!gamma) throw new Error("focalLoss has no control");
    expect(withSetting({}, gamma, 3)).toEqual({ gamma: 3 });
    expect(withSetting({ gamma: 3 }, gamma, 2)).toEqual({});
  });

  it("of a link are taken where a control can show them, and named where none can", () => {
    expect(readSettings(named("focalLoss"), { gamma: 1, alpha: 7, nothing: 1 })).toEqual({
      settings: { gamma: 1 },
      refused: ["focalLoss.alpha", "focalLoss.nothing"],
    });
  });
});
