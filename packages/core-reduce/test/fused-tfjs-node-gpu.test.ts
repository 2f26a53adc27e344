import { useBackend } from "@lossary/test-kit";
import { engine, findBackendFactory, registerBackend } from "@tensorflow/tfjs-core";
import { describe, expect, it } from "vitest";
import { kernelFor } from "../src/index.ts";

describe("the backend of tfjs-node on a GPU", () => {
  it("keeps to tfjs's own ops, since reading a tensor would stop the device", async () => {
    await useBackend("cpu");
    registerBackend("tensorflow", findBackendFactory("cpu"));
    await useBackend("tensorflow");
    Object.assign(engine().backend, { isUsingGpuDevice: true });
    expect(kernelFor("LossaryOverlapSums")).toBe("portable");
  });
});
