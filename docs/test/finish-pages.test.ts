import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { wholeMathFont } from "../src/assets.ts";
import { finishPages } from "../src/finish-pages.ts";

const svg = (width: number) => `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} 300"></svg>`;
const page = (body: string) =>
  `<html data-base="../"><head><link rel="stylesheet" href="a.css"/></head><body>${body}</body></html>`;

it("gives pictures their sizes, lets wide ones scroll, and fetches the font of formulas where there is one", async () => {
  const site = mkdtempSync(join(tmpdir(), "lossary-pages-"));
  onTestFinished(() => rmSync(site, { recursive: true, force: true }));
  for (const folder of ["assets", "guides", "media"]) mkdirSync(join(site, folder));
  writeFileSync(join(site, "media/narrow.svg"), svg(536));
  writeFileSync(join(site, "media/wide.svg"), svg(760));
  const pictures =
    '<p><img src="../media/narrow.svg" alt=""></p><p><img src="../media/wide.svg" alt=""></p><img src="../media/narrow.svg" alt="" width="9">';
  writeFileSync(join(site, "guides/pictures.html"), page(pictures));
  writeFileSync(join(site, "guides/formula.html"), page("<math><mi>x</mi></math>"));
  await finishPages(site, wholeMathFont);

  const read = (file: string) => readFileSync(join(site, file), "utf8");
  expect(read("guides/pictures.html")).toBe(
    page(
      '<p><img src="../media/narrow.svg" width="536" height="300" alt=""></p><p class="wide" tabindex="0"><img src="../media/wide.svg" width="760" height="300" alt=""></p><img src="../media/narrow.svg" alt="" width="9">',
    ),
  );
  expect(read("guides/formula.html")).toContain(
    '<link rel="preload" href="../assets/stix-two-math.woff2" as="font" type="font/woff2" crossorigin="anonymous"/>\n<link rel="stylesheet"',
  );
  expect(readFileSync(join(site, "assets/stix-two-math.woff2")).length).toBeGreaterThan(1000);
});
