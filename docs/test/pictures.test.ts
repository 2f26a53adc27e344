import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { comparisons } from "../src/pictures/comparisons.ts";
import { lossNames, lossOf, slopesOf } from "../src/pictures/losses.ts";
import { maps } from "../src/pictures/maps.ts";
import { disc, half, lesion, lesionLogits, predictedDisc, rightBut } from "../src/pictures/scene.ts";

const folder = fileURLToPath(new URL("../pictures", import.meta.url));

describe("pictures", () => {
  it("are what the library draws today (else: pnpm --filter @lossary/docs pictures)", () => {
    const drawn = new Map([...comparisons(), ...maps()]);
    expect(readdirSync(folder).sort()).toEqual([...drawn.keys()].sort());
    for (const [name, svg] of drawn) expect(readFileSync(`${folder}/${name}`, "utf8") === svg, name).toBe(true);
  });

  it("read the losses as they are called", () => {
    // 800 voxels of 1600 at p, the others right: Dice is 2 x 800 p / (800 p + 800), cross entropy -ln(p) / 2
    expect(lossOf("diceLoss", half, rightBut(half, 1, 0.25))).toBeCloseTo(1 - 400 / 1000, 5);
    expect(lossOf("crossEntropyLoss", half, rightBut(half, 1, 0.25))).toBeCloseTo(-Math.log(0.25) / 2, 5);
    expect(lossOf("focalLoss", half, rightBut(half, 1, 0.25), { gamma: 0 })).toBeCloseTo(-Math.log(0.25) / 2, 5);
  });

  it.each(lossNames)("%s is finite in all of them, and costs more beside the place", (name) => {
    const gradient = slopesOf(name, lesion, lesionLogits);
    expect(gradient.every(Number.isFinite)).toBe(true);
    expect(gradient.some((slope) => slope !== 0)).toBe(true);
    const truth = disc(6);
    const beside = lossOf(name, truth, predictedDisc(6, 4));
    expect(beside).toBeGreaterThan(lossOf(name, truth, predictedDisc(6)));
  });
});
