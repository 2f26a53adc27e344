import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { wholeMathFont } from "../src/assets.ts";
import { mathCharacters, mathFont } from "../src/math-font.ts";

it("finds the characters of formulas, letters alone in italics too, and nothing else", () => {
  const page =
    "<p>Text</p><math><semantics><mi>h</mi><mo>&lt;</mo><mi>β</mi><mo>&#x2211;</mo><annotation>\\beta</annotation></semantics></math>";
  expect([...mathCharacters([page])].sort()).toEqual([..."h<β∑√ℎ𝛽"].sort());
});

it("cuts the font down to them, in the format of the whole", async () => {
  const whole = readFileSync(wholeMathFont);
  const part = await mathFont(whole, mathCharacters(["<math><mi>x</mi><mo>∑</mo></math>"]));
  expect(part.toString("latin1", 0, 4)).toBe("wOF2");
  expect(part.length).toBeLessThan(whole.length / 20);
});
