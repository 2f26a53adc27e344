import { byOutput } from "@lossary/core-reduce";
import { expect, it } from "vitest";

it("has every entry by its name, and none that can be enumerated", () => {
  const entries = byOutput({ fine: 1, coarse: 2 });
  expect([entries.fine, entries.coarse]).toEqual([1, 2]);
  expect(Object.hasOwn(entries, "fine")).toBe(true);
  expect(Object.keys(entries)).toEqual([]);
  const found: string[] = [];
  for (const name in entries) found.push(name);
  expect(found).toEqual([]);
});

it("refuses what is no record", () => {
  expect(() => byOutput([1] as never)).toThrow(
    "byOutput: entries must be a record with an entry for each output (got [1])",
  );
  expect(() => byOutput(null as never)).toThrow("byOutput: entries must be a record");
});
