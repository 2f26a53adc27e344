import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { discPair, temporaryFolder } from "./temporary-folder.ts";

const cli = fileURLToPath(new URL("../src/cli.ts", import.meta.url));

/** Runs the demo as a user does; `watch` sees the output as it comes. */
async function demo(args: string[], watch: (output: string, interrupt: () => void) => void = () => {}) {
  const child = spawn(process.execPath, ["--conditions=@lossary/source", cli, ...args], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  const collect = (chunk: Buffer) => {
    output += chunk.toString();
    watch(output, () => child.kill("SIGINT"));
  };
  child.stdout.on("data", collect);
  child.stderr.on("data", collect);
  const [code] = await once(child, "close");
  return { code, output };
}

/** Six bright discs in images of 24 x 24 pixels, with their masks. */
function discs(): string {
  const files = [4, 5, 6, 7, 8, 9].flatMap((radius): [string, Uint8Array][] => {
    const { image, mask } = discPair(24, radius);
    return [
      [`disc${radius}.png`, image],
      [`disc${radius}_mask.png`, mask],
    ];
  });
  return temporaryFolder(Object.fromEntries(files));
}

// Training takes seconds, but on a machine that is busy otherwise it can take many times as long.
describe("the demo", { timeout: 400_000 }, () => {
  it("learns bright discs in two epochs, prints a table and writes a report that needs no other file", async () => {
    const data = discs();
    const out = join(data, "report.html");
    const loss = "diceLoss,diceLoss+crossEntropyLoss";
    const { code, output } = await demo(["--data", data, "--epochs", "2", "--loss", loss, "--out", out]);
    expect(output).toContain(`Report: ${out}`);
    expect(code).toBe(0);
    const row = output
      .split("\n")
      .find((line) => line.startsWith("diceLoss+crossEntropyLoss  ") && line.endsWith(" 100"));
    const dice = Number(row?.replace("*", " ").split(/\s+/)[2]);
    expect(dice).toBeGreaterThan(0.8);
    const html = readFileSync(out, "utf8");
    expect(html.match(/<polyline/g)).toHaveLength(6); // two losses, two charts together and one alone
    // image, truth and two predictions, twice; then truth, penalty and three maps of distances
    expect(html.match(/<img src="data:image\/png;base64,/g)).toHaveLength(2 * 4 + 5);
    expect(html).toContain("prefers-color-scheme: dark");
    expect(html.replaceAll(/base64,[^"]*/g, "")).not.toMatch(/https?:|<script|<link|url\(/);
  });

  it("stops at Ctrl-C and still writes the report", async () => {
    const data = discs();
    const out = join(data, "report.html");
    let sent = false;
    const { code, output } = await demo(["--data", data, "--epochs", "400", "--out", out], (text, interrupt) => {
      if (sent || !text.includes("Classes:")) return;
      sent = true;
      setTimeout(interrupt, 1000);
    });
    expect(output).toMatch(/stopped after \d+ steps/);
    expect(output).toContain(`Report: ${out}`);
    expect(code).toBe(0);
    expect(readFileSync(out, "utf8")).toContain("Stopped early");
  });

  // Linux has a device that is always full.
  it.runIf(existsSync("/dev/full"))("says when the disk is full, after the table", async () => {
    const { code, output } = await demo([
      "--data",
      discs(),
      "--epochs",
      "1",
      "--loss",
      "diceLoss",
      "--out",
      "/dev/full",
    ]);
    expect(output).toMatch(/Dice[\s\S]*error: \/dev\/full: the report could not be written, the disk is full/);
    expect(code).toBe(1);
  });

  it.each([
    [["--data", "/nowhere"], /error: --data \/nowhere: there is no such folder/],
    [["--loss", "diceLos"], /error: --loss: there is no loss "diceLos"/],
    [
      ["--out", `${cli}/report.html`],
      /error: --out .*: the report cannot be written there, a file of this name is in the way/,
    ],
  ])("refuses %s before it trains, without a stack", async (args, message) => {
    const { code, output } = await demo(args);
    expect(output).toMatch(message);
    expect(output).not.toContain("    at ");
    expect(code).toBe(1);
  });
});
