import "@tensorflow/tfjs-backend-cpu";
import "@tensorflow/tfjs-layers";
import { grad, ready, setBackend, sin, type Tensor, tensor, tidy } from "@tensorflow/tfjs-core";
import { beforeAll, expect, it } from "vitest";
import { libraryLosses } from "../src/losses.ts";

beforeAll(async () => {
  await setBackend("cpu");
  await ready();
});

it("calls every loss of the library on class indices and logits, with a gradient that can train", async () => {
  const library = await libraryLosses();
  expect(library.size).toBeGreaterThan(30);
  const labels = tensor(
    Array.from({ length: 128 }, (_, i) => (i % 64 < 20 ? 1 : i % 64 > 55 ? 2 : 0)),
    [2, 8, 8],
    "int32",
  );
  const logits = sin(
    tensor(
      Array.from({ length: 384 }, (_, i) => i * 1.7),
      [2, 8, 8, 3],
    ),
  );
  for (const [name, loss] of library) {
    const slopes = tidy(() => grad((x: Tensor) => loss(labels, x))(logits)).dataSync();
    const largest = Math.max(...slopes.map(Math.abs));
    expect(Number.isFinite(largest), name).toBe(true);
    expect(largest, name).toBeGreaterThan(1e-6);
  }
});
