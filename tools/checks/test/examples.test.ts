import { describe, expect, it } from "vitest";
import { keeps, printing, promisedOutput } from "../src/examples.ts";

describe("promised output", () => {
  it("stands behind console.log and print", () => {
    const code =
      'console.log("a"); // a\nconst b = 2; // not this\nloss.print(); // 0.25\nconsole.log("nothing promised");\n';
    expect(promisedOutput(code)).toEqual(["a", "0.25"]);
  });
});

describe("printing", () => {
  it("prints the value of a call that has one promised", () => {
    expect(printing("f([1], [7]); // 0 1\n")).toBe("console.log(f([1], [7])); // 0 1\n");
  });

  it.each(["console.log(1); // 1\n", "loss.print(); // 1\n", "f(x); // why\n", "const y = f(x); // 1\n"])(
    "leaves %j alone",
    (code) => {
      expect(printing(code)).toBe(code);
    },
  );
});

describe("keeps", () => {
  it("compares numbers to the decimals that were promised", () => {
    expect(keeps("0.2333", "Tensor\n    0.23333336412906647")).toBe(true);
    expect(keeps("0.2334", "Tensor\n    0.23333336412906647")).toBe(false);
    expect(keeps("1e-7", "1.2e-7")).toBe(true);
    expect(keeps("1e-7", "1.2e-6")).toBe(false);
  });

  it("compares as many numbers as were promised", () => {
    expect(keeps("0.105, 0.223", "Tensor\n     [[0.1053605, 0.2231436],]")).toBe(true);
    expect(keeps("0 1 2", "Float32Array(3) [ 0, 1, 2 ]")).toBe(true);
    expect(keeps("0.105", "Tensor\n     [[0.1053605, 0.2231436],]")).toBe(false);
  });

  it("ends a list of numbers at the first word", () => {
    expect(keeps("3, not 6", "Tensor\n    [3]")).toBe(true);
  });

  it("compares anything else as text", () => {
    expect(keeps("cpu", "cpu")).toBe(true);
    expect(keeps("cpu", "wasm")).toBe(false);
  });
});
