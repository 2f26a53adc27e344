import { afterAll, describe, expect, it } from "vitest";
import { backends, contractsOf, effortOn, fusedBackends, testOn, useBackend } from "../src/index.ts";

describe("testOn", () => {
  const before = Object.fromEntries(backends().map((name) => [name, effortOn(name)]));
  afterAll(() => testOn(before));

  it("names the backends, and fills in how hard they are tested", () => {
    testOn({ cpu: {}, wasm: { fused: true, runs: 5 } });
    expect(backends()).toEqual(["cpu", "wasm"]);
    expect(fusedBackends()).toEqual(["wasm"]);
    expect(effortOn("cpu")).toMatchObject({ fused: false, thorough: true, runs: 80, steps: 100 });
    expect(effortOn("wasm")).toMatchObject({ fused: true, thorough: true, runs: 5, steps: 100 });
  });

  it("refuses no backend, and a backend that it does not know has no effort", () => {
    expect(() => testOn({})).toThrow("testOn: efforts must name at least one backend (got {})");
    expect(() => effortOn("webgl")).toThrow("effortOn: backend must be one of cpu, wasm (got webgl)");
  });

  it("tells a backend that it is in use, and never takes another in its place", async () => {
    let told = 0;
    testOn({ cpu: { onUse: () => told++ } });
    await useBackend("cpu");
    expect(told).toBe(1);
    await expect(useBackend("nowhere")).rejects.toThrow(/nowhere/);
  });
});

describe("contractsOf", () => {
  it("refuses exports without a loss of Lossary", () => {
    expect(() => contractsOf({ foreignLoss: () => {} })).toThrow(
      "contractsOf: losses must hold a loss of Lossary under its name (got foreignLoss)",
    );
  });
});
