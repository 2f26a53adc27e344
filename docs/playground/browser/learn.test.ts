import { layoutShift } from "@lossary/lanes/layout-shift";
import type { Page } from "playwright";
import { describe, expect, it } from "vitest";
import { expectAccessible, openPage, useBrowser } from "./open-page.ts";

useBrowser();

async function step(page: Page): Promise<number> {
  return Number(await page.locator("[data-step]").getAttribute("data-step"));
}

function press(page: Page, name: string): Promise<void> {
  return page.getByRole("button", { name, exact: true }).click();
}

/** Loss and Dice of both sides. */
async function standing(page: Page): Promise<{ loss: number[]; dice: number[] }> {
  const values = await page
    .locator(".side-panel data")
    .evaluateAll((all) => all.map((one) => Number((one as HTMLDataElement).value)));
  const [first, firstDice, second, secondDice] = values as [number, number, number, number];
  return { loss: [first, second], dice: [firstDice, secondDice] };
}

describe("the page on which two losses learn", () => {
  it("lets both learn from the same beginning, and can be paused, stepped and reset", async () => {
    const page = await openPage("learn/#loss=diceLoss&against=focalTverskyLoss&rate=0.003");
    await page.waitForSelector("[data-step='0']");
    const first = await standing(page);
    // the same weights see the same image
    expect(first.dice[0]).toBe(first.dice[1]);

    await press(page, "Step");
    await page.waitForSelector("[data-step='1']");
    await press(page, "Go on");
    await expect.poll(() => step(page), { timeout: 60_000 }).toBeGreaterThan(40);
    await press(page, "Pause");
    // what was on its way when the button was pressed has arrived with the next step
    await page.waitForTimeout(500);
    const paused = await step(page);
    const learnt = await standing(page);
    for (const side of [0, 1]) {
      expect(learnt.dice[side]).toBeGreaterThan(0.8);
      expect(learnt.loss[side]).toBeLessThan(0.5 * (first.loss[side] as number));
    }
    await press(page, "Step");
    await page.waitForSelector(`[data-step='${paused + 1}']`);
    expect(await page.locator(".dice-chart path").count()).toBeGreaterThanOrEqual(2);

    await press(page, "Reset");
    await page.waitForSelector("[data-step='0']");
    expect(await standing(page)).toEqual(first);
  });

  it("goes on showing frames while a step is made", async () => {
    const page = await openPage("learn/#backend=cpu");
    await page.waitForSelector("[data-step='0']");
    const frames = await page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          let counted = 0;
          const count = () => {
            counted++;
            if (document.querySelector("[data-step='1']")) resolve(counted);
            else requestAnimationFrame(count);
          };
          requestAnimationFrame(count);
          [...document.querySelectorAll("button")].find((button) => button.textContent === "Step")?.click();
        }),
    );
    // a step in the thread of the page would leave room for the frame before it and the one after it
    expect(frames).toBeGreaterThan(5);
  });

  it("learns on webgl", async () => {
    const page = await openPage("learn/#backend=webgl");
    await page.waitForSelector("[data-step='0']", { timeout: 60_000 });
    const first = await standing(page);
    await press(page, "Step");
    await page.waitForSelector("[data-step='1']", { timeout: 60_000 });
    const second = await standing(page);
    expect(second.loss[0]).toBeLessThan(first.loss[0] as number);
    expect(second.loss[1]).toBeLessThan(first.loss[1] as number);
  });

  it("does not move by itself on a narrow screen while it learns", async () => {
    const page = await openPage("learn/", { viewport: { width: 360, height: 740 } });
    await page.waitForSelector("[data-step='0']");
    await press(page, "Start");
    await expect.poll(() => step(page), { timeout: 60_000 }).toBeGreaterThan(10);
    expect(await layoutShift(page)).toBeLessThanOrEqual(0.02);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
  });

  it("has nothing serious for axe, in light and dark", async () => {
    const page = await openPage("learn/");
    await page.waitForSelector("[data-step='0']");
    await expectAccessible(page);
  });
});
