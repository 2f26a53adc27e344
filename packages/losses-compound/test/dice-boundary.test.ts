import { diceBoundaryLoss } from "@lossary/losses-compound";
import { lossOf, onEachBackend } from "@lossary/test-kit";
import { expect, it } from "vitest";

const seven = { shape: [1, 7, 1], predictions: [0, 0, 1, 1, 0, 0, 1], labels: [0, 0, 1, 1, 1, 0, 0] };

onEachBackend("diceBoundaryLoss", () => {
  it("is 1/3 + 2 x 1/7 where phi is 2 1 0 -1 0 1 2 and 0 0 1 1 0 0 1 is predicted", () => {
    const options = { boundaryWeight: 2, dice: { smooth: 0 } };
    expect(lossOf(diceBoundaryLoss, { ...seven, options }).values).toBeClose(1 / 3 + 2 / 7);
  });

  it("measures in the units of spacing: twice as far, twice as much", () => {
    const options = { diceWeight: 0, boundaryWeight: 1, boundary: { spacing: [2] } };
    expect(lossOf(diceBoundaryLoss, { ...seven, options }).values).toBeClose(2 / 7);
  });
});
