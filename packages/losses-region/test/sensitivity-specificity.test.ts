import { sensitivitySpecificityLoss } from "@lossary/losses-region";
import { gradientOf, lossOf, onEachBackend } from "@lossary/test-kit";
import { expect, it } from "vitest";

const four = { shape: [1, 4, 1], predictions: [0.9, 0.2, 0.6, 0.3], labels: [1, 0, 1, 1] };
const lossAt = (call: object) => lossOf(sensitivitySpecificityLoss, { ...four, ...call }).values;

onEachBackend("sensitivitySpecificityLoss", () => {
  it("is .049 for four voxels, smooth 0", () => {
    // .05 (.01 + .16 + .49) / 3 + .95 .04 / 1
    const call = { ...four, options: { smooth: 0 } };
    expect(lossOf(sensitivitySpecificityLoss, call).values).toBeClose(0.049);
    expect(gradientOf(sensitivitySpecificityLoss, call)).toBeClose([-0.003333, 0.38, -0.013333, -0.023333], {
      relative: 1e-6,
    });
  });

  it("is 0 at the perfect prediction, 1 at its opposite", () => {
    expect(lossAt({ predictions: [1, 0, 1, 1] })).toEqual([0]);
    expect(lossAt({ predictions: [0, 1, 0, 0], options: { smooth: 0 } })).toBeClose(1);
  });

  it("is the share of the side that is wrong: r for a missed structure, 1 - r for false positives everywhere", () => {
    const options = { smooth: 0, sensitivityWeight: 0.3 };
    expect(lossAt({ predictions: [0, 0, 0, 0], options })).toBeClose(0.3);
    expect(lossAt({ predictions: [1, 1, 1, 1], options })).toBeClose(0.7);
  });

  it("lets a side without voxels contribute nothing", () => {
    const options = { smooth: 0 };
    expect(lossAt({ predictions: [0.5, 0.5, 0.5, 0.5], labels: [0, 0, 0, 0], options })).toBeClose(0.95 / 4);
    expect(lossAt({ predictions: [0.5, 0.5, 0.5, 0.5], labels: [1, 1, 1, 1], options })).toBeClose(0.05 / 4);
  });

  it("refuses shares outside [0, 1] and options that its formula has no place for", () => {
    expect(() => lossAt({ options: { sensitivityWeight: 2 } })).toThrow(
      /^sensitivitySpecificityLoss: sensitivityWeight must be a finite number from 0 to 1 \(got 2\)/,
    );
    expect(() => lossAt({ options: { smoothNumerator: 1 } })).toThrow(/no option "smoothNumerator"/);
    expect(() => lossAt({ options: { intersection: "product" } })).toThrow(/no option "intersection"/);
  });
});
