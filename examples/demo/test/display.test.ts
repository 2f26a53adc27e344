import { PassThrough } from "node:stream";
import { stripVTControlCharacters } from "node:util";
import { describe, expect, it } from "vitest";
import { drawBar, duration, showProgress } from "../src/progress.ts";
import { drawTable } from "../src/table.ts";

/** A stream that remembers what was written to it, as a terminal of some width or as a pipe. */
function recorder(columns?: number) {
  const stream = new PassThrough() as unknown as NodeJS.WriteStream;
  let text = "";
  stream.on("data", (chunk: Buffer) => {
    text += chunk.toString();
  });
  if (columns) Object.assign(stream, { isTTY: true, columns, rows: 24 });
  return { stream, written: () => stripVTControlCharacters(text) };
}

describe("the progress display", () => {
  it("writes a line for every tenth into a pipe, without control characters", () => {
    const { stream, written } = recorder();
    const display = showProgress("diceLoss", stream);
    for (let step = 1; step <= 40; step++) display.update({ step, steps: 40, loss: 0.5, dice: 0.25 });
    display.finish("done");
    const lines = written().trimEnd().split("\n");
    expect(lines).toHaveLength(11);
    expect(lines[0]).toMatch(/^diceLoss {3}10 % {2}loss 0\.5000 {2}Dice 0\.250 {3}\d+:\d\d left$/);
  });

  it("draws loss, Dice and time left on a terminal and never wraps a line of 80 columns", () => {
    const { stream, written } = recorder(80);
    const display = showProgress("diceLoss+crossEntropyLoss", stream);
    display.update({ step: 1, steps: 2, loss: 0.5, dice: Number.NaN });
    display.finish("done");
    expect(written()).toMatch(/50 % {2}loss 0\.5000 {2}Dice {3}\.\.\.\s+\d:\d\d left/);
    for (const line of written().split("\n")) expect(line.length).toBeLessThanOrEqual(80);
  });
});

describe("the bar", () => {
  it("grows by eighths of a character", () => {
    const bars = [0, 1 / 32, 0.5, 1].map((fraction) => stripVTControlCharacters(drawBar(fraction, 4)));
    expect(bars).toEqual(["····", "▏···", "██··", "████"]);
  });
});

it("a duration is minutes and seconds", () => {
  expect([0, 9.6, 75, 3600].map(duration)).toEqual(["0:00", "0:10", "1:15", "60:00"]);
});

it("a table has its first column to the left and numbers to the right", () => {
  expect(
    drawTable(
      ["loss", "Dice"],
      [
        ["a", "0.5"],
        ["long", "0.25"],
      ],
    ),
  ).toBe(["loss   Dice", "───────────", "a       0.5", "long   0.25"].join("\n"));
});
