import { chromiumOptions } from "@lossary/lanes/chromium";
import { type Browser, chromium } from "playwright";

/** A browser for pages of consumers. */
export function launch(): Promise<Browser> {
  return chromium.launch(chromiumOptions());
}

/** What a page prints and warns of, once it has printed so many lines; throws for whatever goes wrong on it. */
export async function printedBy(
  browser: Browser,
  url: string,
  lines: number,
): Promise<{ printed: string[]; warned: string[] }> {
  const page = await browser.newPage();
  const [printed, warned]: [string[], string[]] = [[], []];
  try {
    await new Promise<void>((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`${url} printed ${JSON.stringify(printed)} in 30 s`)), 30_000);
      page.on("pageerror", reject);
      page.on("console", (message) => {
        if (message.type() === "error") reject(new Error(message.text()));
        else if (message.type() === "warning") warned.push(message.text());
        else if (printed.push(message.text()) === lines) {
          clearTimeout(late);
          resolve();
        }
      });
      page.goto(url).catch(reject);
    });
    return { printed: printed.sort(), warned };
  } finally {
    await page.close();
  }
}
