import { globSync } from "node:fs";
import type { Server } from "node:http";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { chromiumOptions } from "@lossary/lanes/chromium";
import { layoutShift, watchShifts } from "@lossary/lanes/layout-shift";
import type { AxeResults } from "axe-core";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { serve } from "./serve.ts";

const folder = fileURLToPath(new URL("../../dist", import.meta.url));
const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

const everywhere = globSync("**/*.html", { cwd: folder }).sort();
const samples = [
  "index.html",
  "modules.html",
  ...everywhere.filter((file) => file.startsWith("guides/")),
  ...everywhere.filter((file) => file.startsWith("modules/")),
  ...everywhere
    .filter((file) => /^(?:functions|interfaces|types|classes|variables|decisions)\//.test(file))
    .filter((_, i) => i % 6 === 0),
];
/** One page of each kind, on which axe looks for barriers. */
const kinds = [
  "index.html",
  "modules.html",
  "guides/choosing-a-loss.html",
  "guides/coming-from-monai.html",
  "guides/gallery.html",
  "guides/benchmarks.html",
  "guides/changelog.html",
  "modules/_lossary_losses-region.html",
  "functions/_lossary_losses-region.tverskyLoss.html",
  "functions/_lossary_core-reduce.sumsFromJSON.html",
  "interfaces/_lossary_losses-region.TverskyLossOptions.html",
  "interfaces/_lossary_core-reduce.Overlap.html",
  "classes/_lossary_distance-map.array.DistanceMapPool.html",
];

let browser: Browser;
let server: Server;
let address: string;
/** What went wrong on any page since the last look: errors of the console, exceptions, whatever was fetched in vain or from elsewhere. */
let troubles: string[] = [];

async function open(options: Parameters<Browser["newContext"]>[0]): Promise<{ context: BrowserContext; page: Page }> {
  const context = await browser.newContext({ deviceScaleFactor: 1, ...options });
  await watchShifts(context);
  const page = await context.newPage();
  page.on("console", (message) => message.type() === "error" && troubles.push(message.text()));
  page.on("pageerror", (error) => troubles.push(error.message));
  page.on("requestfailed", (request) => {
    // What was under way when the next page was opened was not in vain.
    if (request.failure()?.errorText !== "net::ERR_ABORTED") troubles.push(`in vain: ${request.url()}`);
  });
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(address) && !url.startsWith("data:")) troubles.push(`from elsewhere: ${url}`);
  });
  return { context, page };
}

beforeAll(async () => {
  ({ server, address } = await serve(folder, "/lossary/"));
  browser = await chromium.launch(chromiumOptions());
});
afterAll(async () => {
  await browser?.close();
  server?.close();
});

describe("the site under /lossary/", () => {
  it("has pages of each kind", () => {
    for (const kind of kinds) expect(everywhere).toContain(kind);
    expect(samples.length).toBeGreaterThan(40);
  });

  it.each([360, 768, 1440])("shows its pages %i px wide without an error and without running over", async (width) => {
    troubles = [];
    const { context, page } = await open({
      viewport: { width, height: 900 },
      colorScheme: width === 768 ? "dark" : "light",
    });
    for (const path of width === 360 ? samples : kinds) {
      await page.goto(address + path, { waitUntil: "load" });
      await page.evaluate(() => document.fonts.ready);
      const shifted = await layoutShift(page);
      if (shifted > 0.02) troubles.push(`${path} moves by itself: ${shifted}`);
      const over = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      if (over > 0) troubles.push(`${path} is ${over} px too wide`);
    }
    await context.close();
    expect(troubles).toEqual([]);
  });

  it.each([
    ["light", 1440],
    ["dark", 360],
  ] as const)("has no serious barrier, %s, %i px wide", async (colorScheme, width) => {
    const { context, page } = await open({ viewport: { width, height: 900 }, colorScheme });
    const found: string[] = [];
    for (const path of kinds) {
      await page.goto(address + path);
      await page.addScriptTag({ path: axe });
      const { violations, passes } = await page.evaluate(() =>
        (window as unknown as { axe: { run: () => Promise<AxeResults> } }).axe.run(),
      );
      expect(passes.length).toBeGreaterThan(10);
      for (const { id, impact, nodes } of violations) {
        if (impact !== "serious" && impact !== "critical") continue;
        found.push(
          `${path}: ${id}: ${nodes
            .map(({ html }) => html.slice(0, 120))
            .slice(0, 3)
            .join(" | ")}`,
        );
      }
    }
    await context.close();
    expect(found).toEqual([]);
  });

  it("finds text of guides and names of the API, and leads there", async () => {
    troubles = [];
    const { context, page } = await open({ viewport: { width: 1000, height: 800 } });
    const results = async (from: string, words: string): Promise<string[]> => {
      await page.goto(address + from);
      await page.keyboard.press("Control+k");
      await page.locator("pagefind-modal input").fill(words);
      await page.locator("pagefind-modal a").first().waitFor();
      return page
        .locator("pagefind-modal a")
        .evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).href));
    };
    expect(await results("functions/_lossary_losses-region.iouLoss.html", "everything ignored")).toContainEqual(
      expect.stringContaining(`${address}guides/masks-and-weights.html`),
    );
    expect((await results("index.html", "diceLoss"))[0]).toBe(
      `${address}functions/_lossary_losses-region.diceLoss.html`,
    );
    await page.locator("pagefind-modal a").first().click();
    await page.waitForURL("**/_lossary_losses-region.diceLoss.html");
    await context.close();
    expect(troubles).toEqual([]);
  });

  it("searches in the colours of the page", async () => {
    for (const colorScheme of ["light", "dark"] as const) {
      const { context, page } = await open({ viewport: { width: 360, height: 740 }, colorScheme });
      await page.goto(`${address}index.html`);
      await page.getByRole("button", { name: "Search" }).click();
      await page.locator("pagefind-modal input").waitFor();
      const [paper, dialog] = await page.evaluate(() =>
        [document.body, document.querySelector("pagefind-modal dialog") as HTMLElement].map(
          (one) => getComputedStyle(one).backgroundColor,
        ),
      );
      expect(dialog, colorScheme).toBe(paper);
      await context.close();
    }
  });

  it("keeps the colours that the reader chose, and opens its menu on a small screen", async () => {
    troubles = [];
    const { context, page } = await open({ viewport: { width: 360, height: 740 }, colorScheme: "light" });
    const paper = (): Promise<string> => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    await page.goto(`${address}guides/choosing-a-loss.html`);
    const light = await paper();
    await page.getByRole("button", { name: "Change between light and dark" }).click();
    const dark = await paper();
    expect(dark).not.toBe(light);
    await page.getByRole("button", { name: "Menu" }).click();
    await page
      .getByRole("navigation", { name: "Pages" })
      .getByRole("link", { name: "Conventions", exact: true })
      .click();
    await page.waitForURL("**/guides/conventions.html");
    expect(await paper()).toBe(dark);
    await context.close();
    expect(troubles).toEqual([]);
  });

  it.each(["nothing.html", "functions/nothing.html", "guides/some/where/deep"])(
    "leads on from %s, which is not there",
    async (path) => {
      troubles = [];
      const { context, page } = await open({ viewport: { width: 360, height: 740 } });
      await page.goto(address + path);
      expect(await page.getByRole("heading", { name: "There is no page here" }).isVisible()).toBe(true);
      await page.getByRole("link", { name: "First page" }).click();
      await page.waitForURL(`${address}index.html`);
      await context.close();
      // the browser says of the page itself that it is not there
      expect(troubles.filter((trouble) => !trouble.includes("404"))).toEqual([]);
    },
  );

  it("reads without scripts", async () => {
    const { context, page } = await open({ javaScriptEnabled: false });
    await page.goto(`${address}functions/_lossary_losses-region.tverskyLoss.html`);
    expect(await page.getByRole("heading", { name: "tverskyLoss" }).isVisible()).toBe(true);
    expect(await page.getByRole("link", { name: "diceLoss", exact: true }).first().isVisible()).toBe(true);
    await context.close();
  });
});
