import { execFile, spawnSync } from "node:child_process";
import { promisify } from "node:util";
import { expect, it } from "vitest";

/** For an hour by hand: `pnpm fuzz --seconds 3600`. */
const seconds = Number(process.env.LOSSARY_FUZZ_SECONDS ?? 60);

/** Every commit is asked something else, and the same again when it is asked again. */
function seedOfCommit(): string {
  const { stdout } = spawnSync("git", ["rev-parse", "HEAD"], { encoding: "utf8" });
  return String(Number.parseInt(stdout.slice(0, 7), 16) || 1);
}

it(`finds nothing in ${seconds} s`, { timeout: 1000 * (seconds + 240) }, async () => {
  const cli = new URL("../src/cli.ts", import.meta.url).pathname;
  const seed = process.env.LOSSARY_FUZZ_SEED ?? seedOfCommit();
  const given = ["--conditions=@lossary/source", cli, "--seconds", String(seconds), "--seed", seed];
  const { stdout } = await promisify(execFile)(process.execPath, given, { maxBuffer: 2 ** 26 }).catch(
    (error: { stdout?: string; stderr?: string }) => {
      throw new Error(`${error.stdout}\n${error.stderr}`);
    },
  );
  console.log(stdout);
  expect(stdout).toMatch(/fuzz: \d+ functions, at least \d+ calls of each: \d{3,} finite, \d{3,} refused, 0 wrong/);
});
