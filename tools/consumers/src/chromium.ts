import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright";

const path = process.env.LOSSARY_CHROMIUM ?? "/usr/bin/chromium";

/** Whether there is a browser; where there is none this says so, and continuous integration does not go on without one. */
export function hasChromium(): boolean {
  if (existsSync(path)) return true;
  if (process.env.CI === "true")
    throw new Error(`there is no ${path}: install chromium, or name yours in LOSSARY_CHROMIUM`);
  console.error(`
  NOT TESTED: the packages in browsers. There is no ${path}.
  Debian has it: apt-get install chromium. Elsewhere name yours in LOSSARY_CHROMIUM.
`);
  return false;
}

/** A browser without a window, which asks nobody for anything. */
export function launch(): Promise<Browser> {
  const quiet = ["quic", "background-networking", "component-update", "sync"].map((name) => `--disable-${name}`);
  return chromium.launch({ executablePath: path, args: ["--no-sandbox", "--no-first-run", ...quiet] });
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
