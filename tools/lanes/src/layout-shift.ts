import type { BrowserContext, Page } from "playwright";

/** Lets the pages of a context sum the shifts of the layout that nobody asked for. */
export function watchShifts(context: BrowserContext): Promise<unknown> {
  return context.addInitScript(() => {
    const watched = globalThis as unknown as { shifted: number };
    watched.shifted = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & { value: number; hadRecentInput: boolean })[]) {
        if (!entry.hadRecentInput) watched.shifted += entry.value;
      }
    }).observe({ type: "layout-shift", buffered: true });
  });
}

/** How much of a watched page has moved by itself since it was opened: 0 is nothing, 1 everything by a screen. */
export function layoutShift(page: Page): Promise<number> {
  return page.evaluate(() => (globalThis as unknown as { shifted: number }).shifted);
}
