import { describe, expect, it } from "vitest";
import { machineTraces } from "../src/tracked-text.ts";
import { repository } from "./house.ts";

describe("machine traces", () => {
  it.each([
    ["a home folder", "/home".concat("/ada/lossary"), "a path of one machine"],
    ["a work folder", "see /work".concat("/main"), "a path of one machine"],
    ["a Windows folder", "C:\\Users".concat("\\ada"), "a path of one machine"],
    ["a registry", "https://registry".concat(".example.org/dice"), "the host of a registry"],
    ["a registry setting", "registry".concat("=somewhere"), "a registry setting"],
    ["a private address", "http://10".concat(".0.0.7:4873"), "an address of a private network"],
  ])("are found: %s", (_what, line, trace) => {
    expect(machineTraces(repository({ "notes.md": `first\n${line}\n` }))).toEqual([`notes.md:2: holds ${trace}`]);
  });

  it.each(["https://example.org/home/page", "examples/work/plan.md", "see `./home/ada`"])(
    "are not seen in %s",
    (line) => {
      expect(machineTraces(repository({ "notes.md": line }))).toEqual([]);
    },
  );
});
