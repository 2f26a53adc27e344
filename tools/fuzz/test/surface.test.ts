import * as core from "@lossary/core-reduce";
import * as maps from "@lossary/distance-map";
import * as arrays from "@lossary/distance-map/array";
import * as boundary from "@lossary/losses-boundary";
import * as compound from "@lossary/losses-compound";
import * as distribution from "@lossary/losses-distribution";
import * as region from "@lossary/losses-region";
import * as metrics from "@lossary/metrics";
import { expect, it } from "vitest";
import { subjects, throughLosses } from "../src/surface.ts";

const packages: Readonly<Record<string, object>> = {
  "core-reduce": core,
  "distance-map": maps,
  "distance-map/array": arrays,
  "losses-boundary": boundary,
  "losses-compound": compound,
  "losses-distribution": distribution,
  "losses-region": region,
  metrics,
};

/** Every function that users can import, as `package name`. */
const exported = Object.entries(packages).flatMap(([from, names]) =>
  Object.entries(names)
    .filter(([, value]) => typeof value === "function")
    .map(([name]) => `${from} ${name}`),
);

it("is all there: every exported function is called, or is called through losses alone", () => {
  const called = subjects.map(({ from, name }) => `${from} ${name}`);
  const inside = throughLosses.map((name) => `core-reduce ${name}`);
  expect([...called, ...inside].sort()).toEqual([...exported].sort());
  expect(called.length).toBeGreaterThan(100);
});
