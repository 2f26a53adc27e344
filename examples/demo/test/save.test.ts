import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { checkWritable, saveReport } from "../src/report/save.ts";
import { temporaryFolder } from "./temporary-folder.ts";

describe("a report", () => {
  it("is written into folders that are made for it, and nothing stays beside it", () => {
    const path = join(temporaryFolder(), "a/b/report.html");
    checkWritable(path);
    saveReport(path, "new");
    expect(readFileSync(path, "utf8")).toBe("new");
    expect(readdirSync(join(path, ".."))).toEqual(["report.html"]);
  });

  it("leaves no empty file behind when its place is only tried", () => {
    const path = join(temporaryFolder(), "report.html");
    checkWritable(path);
    expect(existsSync(path)).toBe(false);
  });

  it("leaves an earlier one whole when it cannot be written", () => {
    const path = join(temporaryFolder({ "report.html": "earlier" }), "report.html");
    checkWritable(path);
    mkdirSync(`${path}.part`); // a folder where the draft would go
    writeFileSync(join(`${path}.part`, "x"), "x");
    expect(() => saveReport(path, "new")).toThrow(/report\.html: the report could not be written, it is a folder/);
    expect(readFileSync(path, "utf8")).toBe("earlier");
  });
});
