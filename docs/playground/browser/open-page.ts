import { AxeBuilder } from "@axe-core/playwright";
import { chromiumOptions } from "@lossary/lanes/chromium";
import { watchShifts } from "@lossary/lanes/layout-shift";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright";
import { afterAll, beforeAll, expect, inject, onTestFinished } from "vitest";

let browser: Browser;

/** One browser for all tests of a file, with WebGPU or without. */
export function useBrowser({ hasWebgpu = true } = {}): void {
  beforeAll(async () => {
    const gpu = hasWebgpu ? "--enable-unsafe-webgpu" : "--disable-features=WebGPU";
    browser = await chromium.launch(chromiumOptions(gpu));
  });
  afterAll(() => browser.close());
}

/** Opens one of the pages; the test fails if the page, or its worker, complains or fetches from elsewhere. */
export async function openPage(path: string, options: BrowserContextOptions = {}): Promise<Page> {
  const site = inject("site");
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await watchShifts(context);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  page.on("pageerror", ({ message }) => complaints.push(message));
  page.on("requestfailed", (request) => complaints.push(`${request.url()} failed`));
  page.on("request", (request) => {
    if (!request.url().startsWith(site) && !/^(?:data|blob):/.test(request.url())) complaints.push(request.url());
  });
  onTestFinished(async () => {
    await context.close();
    expect(complaints).toEqual([]);
  });
  await page.goto(`${site}${path}`);
  return page;
}

/** Axe finds nothing that is serious or critical, and has looked at something. */
export async function expectAccessible(page: Page): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    const { violations, passes } = await new AxeBuilder({ page }).analyze();
    const problems = violations
      .filter(({ impact }) => impact === "serious" || impact === "critical")
      .map(({ id, nodes }) => `${colorScheme}, ${id}: ${nodes.map(({ html }) => html).join(" ")}`);
    expect(problems).toEqual([]);
    expect(passes.length).toBeGreaterThan(20);
  }
}

/** How long something may take that takes no time on a machine with nothing else to do. */
export const patience = { timeout: 30_000 };
