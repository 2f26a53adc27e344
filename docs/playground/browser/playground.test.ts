import { layoutShift } from "@lossary/lanes/layout-shift";
import type { Page } from "playwright";
import { describe, expect, it } from "vitest";
import type { LossCall } from "../src/catalogue/call.ts";
import { losses } from "../src/catalogue/losses.ts";
import type { Job } from "../src/compute/protocol.ts";
import { largestGradient, libraryValues } from "../test/library-values.ts";
import { runCode } from "../test/run-code.ts";
import { expectAccessible, openPage, patience, useBrowser } from "./open-page.ts";

useBrowser();

/** As close as two backends are: relative. */
const tolerance = 1e-5;

/** Waits until everything of the last change is computed and in the address. */
async function settled(page: Page): Promise<void> {
  // the link is written 200 ms after the last change, which is also longer than a frame
  await page.waitForTimeout(300);
  await page.waitForSelector("[data-status=done]");
}

function fragmentOf(page: Page): string {
  return new URL(page.url()).hash;
}

/** Every value and every error that the table shows. */
function shownValues(page: Page): Promise<Record<string, number | string>> {
  return page.evaluate(() => {
    const rows = [...document.querySelectorAll<HTMLTableRowElement>(".losses tbody tr")];
    return Object.fromEntries(
      rows.map((row) => {
        const name = row.querySelector("input")?.value as string;
        const value = row.querySelector("data")?.value;
        return [name, value === undefined ? (row.querySelector("abbr")?.dataset.error as string) : Number(value)];
      }),
    );
  });
}

async function chosenValue(page: Page): Promise<number> {
  return Number(await page.locator(".result data").getAttribute("value"));
}

function expectClose(shown: number, expected: number): void {
  expect(Math.abs(shown - expected)).toBeLessThanOrEqual(tolerance * Math.max(Math.abs(expected), 1e-6));
}

/** The values of the page are those of the library for the state in the address; there are as many as losses. */
async function expectLibraryValues(page: Page): Promise<Record<string, number | string>> {
  const [shown, expected] = [await shownValues(page), await libraryValues(fragmentOf(page))];
  expect(Object.keys(shown).sort()).toEqual(losses.map(({ name }) => name).sort());
  for (const [name, value] of Object.entries(shown)) {
    if (typeof value === "string") expect(value).toBe(expected[name]);
    else expectClose(value, expected[name] as number);
  }
  return shown;
}

async function stroke(page: Page, mask: "truth" | "prediction", places: readonly [number, number][]): Promise<void> {
  const box = await page.locator(`[data-mask=${mask}] canvas`).boundingBox();
  if (!box) throw new Error(`no canvas of the ${mask}`);
  const [first, ...others] = places.map(([x, y]) => [box.x + x * box.width, box.y + y * box.height] as const);
  await page.mouse.move(...(first as [number, number]));
  await page.mouse.down();
  for (const [x, y] of others) await page.mouse.move(x, y, { steps: 4 });
  await page.mouse.up();
}

describe("the playground", () => {
  it("shows what the library computes, before and after a stroke, an option, a reload", async () => {
    const page = await openPage("playground/");
    await settled(page);
    const before = await expectLibraryValues(page);

    await stroke(page, "truth", [
      [0.2, 0.2],
      [0.6, 0.8],
    ]);
    await page.locator("[data-option=smooth] input").focus();
    for (let i = 0; i < 4; i++) await page.keyboard.press("ArrowRight");
    await settled(page);
    const after = await expectLibraryValues(page);
    expect(fragmentOf(page)).toContain(encodeURIComponent('{"diceLoss":{"smooth":1}}'));
    expect(after.crossEntropyLoss).not.toBe(before.crossEntropyLoss);
    expectClose(
      Number(await page.locator(".gradient").getAttribute("data-largest")),
      await largestGradient(fragmentOf(page)),
    );

    await page.reload();
    await settled(page);
    expect(await shownValues(page)).toEqual(after);

    await page.click("text=Let it learn this mask");
    await page.waitForSelector("[data-side='0'] data");
    expect(await page.getByLabel("Loss of the first network").inputValue()).toBe("diceLoss");
    expect(await page.locator("[data-mask=truth] .note").textContent()).toMatch(/^\d+ of 4096/);
    await page.click("text=See this mask in the playground");
    await settled(page);
    expect(await shownValues(page)).toEqual(after);

    await page.click("text=Reset");
    await page.locator(".gradient").scrollIntoViewIfNeeded();
    await stroke(page, "prediction", [[0.5, 0.5]]);
    await page.click("text=Undo");
    await settled(page);
    await expectLibraryValues(page);
  });

  it("runs on every backend, with the same value", async () => {
    const page = await openPage("playground/");
    await settled(page);
    const expected = (await libraryValues(fragmentOf(page))).diceLoss as number;
    for (const backend of ["cpu", "webgl", "webgpu", "wasm"]) {
      await page.getByLabel("Backend").selectOption(backend);
      await page.waitForSelector(`.result[data-backend=${backend}]`);
      expectClose(await chosenValue(page), expected);
    }
  });

  it("copies a program that prints the same value and gradient", async () => {
    const page = await openPage("playground/#channels=3&loss=focalLoss&form=probabilities&backend=cpu");
    await page.getByLabel("Preset").selectOption("classes");
    await settled(page);
    await page.click("text=Copy code");
    await page.waitForSelector("text=Copied");
    const code = await page.evaluate(() => navigator.clipboard.readText());
    const [[loss = "", gradient = ""] = []] = runCode([code]);
    expectClose(Number(loss.replace("focalLoss ", "")), await chosenValue(page));
    const largest = Number(await page.locator(".gradient").getAttribute("data-largest"));
    const ofEveryClass = Number(gradient.replace("largest gradient ", ""));
    expect(ofEveryClass).toBeGreaterThanOrEqual(largest * (1 - tolerance));
  });

  it("is painted and set with the keyboard alone", async () => {
    const page = await openPage("playground/");
    await settled(page);
    const before = await shownValues(page);
    const truth = page.locator("[data-mask=truth] canvas");
    await page.locator("[data-mask=truth] button").focus();
    await page.keyboard.press("Tab");
    expect(await truth.evaluate((canvas) => canvas.matches(":focus-visible"))).toBe(true);
    await page.keyboard.press("e");
    await page.keyboard.down("Space");
    for (let i = 0; i < 5; i++) await page.keyboard.press("Shift+ArrowLeft");
    await page.keyboard.up("Space");
    await expect
      .poll(() => page.locator("[data-announcer]").textContent(), patience)
      .toContain("row 33, column 1: background");
    await settled(page);
    const after = await expectLibraryValues(page);
    expect(after.diceLoss).not.toBe(before.diceLoss);

    await page.locator(".losses input:checked").focus();
    await page.keyboard.press("ArrowDown");
    await expect.poll(() => page.locator(".result").getAttribute("data-chosen"), patience).toBe("focalTverskyLoss");
    await expect.poll(() => page.locator("[data-announcer]").textContent(), patience).toMatch(/^Focal Tversky \d/);
  });

  it("takes images as masks, fingers as brushes, and says what it cannot read", async () => {
    const page = await openPage("playground/#loss=nothingLoss&size=64", {
      hasTouch: true,
      viewport: { width: 360, height: 740 },
    });
    await settled(page);
    expect(await page.locator(".notice").textContent()).toContain("loss=nothingLoss");
    const png = await page.evaluate(async () => {
      const canvas = new OffscreenCanvas(200, 100);
      const context = canvas.getContext("2d") as OffscreenCanvasRenderingContext2D;
      context.fillStyle = "#fff";
      context.fillRect(100, 0, 100, 100);
      return [...new Uint8Array(await (await canvas.convertToBlob()).arrayBuffer())];
    });
    const image = { name: "half.png", mimeType: "image/png", buffer: Buffer.from(png) };
    await page.getByLabel("Upload an image as truth").setInputFiles(image);
    // the middle square of the image: its right half is white
    await page.waitForSelector("[data-mask=truth] >> text=2048 of 4096");
    const truth = page.locator("[data-mask=truth] canvas");
    expect(await truth.evaluate((canvas) => getComputedStyle(canvas).touchAction)).toBe("none");
    const box = await truth.boundingBox();
    await page.touchscreen.tap((box?.x ?? 0) + 20, (box?.y ?? 0) + 60);
    await page.waitForSelector("[data-mask=truth] >> text=/20[5-9]\\d of 4096/");
    await settled(page);
    await expectLibraryValues(page);
  });

  it("gives up what has begun when something changes, and comes back to it last", async () => {
    const page = await openPage("playground/");
    await settled(page);
    // so many erosions take hours: a value of this loss never comes
    await page.evaluate(() => {
      const post = Worker.prototype.postMessage;
      const endless = (call: LossCall): LossCall =>
        call.name === "clDiceLoss" ? { ...call, options: { ...call.options, iterations: 1e7 } } : call;
      Worker.prototype.postMessage = function (this: Worker, job: Job) {
        post.call(this, { ...job, chosen: endless(job.chosen), losses: job.losses.map(endless) });
      } as typeof post;
    });
    const row = (name: string) => page.locator(".losses label", { hasText: new RegExp(`^${name}$`) });
    await row("clDice").click();
    await page.waitForSelector("text=computing clDice…");
    await row("Dice").click();
    for (const end of [0.8, 0.4]) {
      await stroke(page, "truth", [
        [0.2, 0.2],
        [0.6, end],
      ]);
      await page.waitForTimeout(300); // until the address says what was painted
      const { clDiceLoss: _, ...expected } = await libraryValues(fragmentOf(page));
      const farthest = async () => {
        const shown = await shownValues(page);
        const errors = Object.entries(expected).map(([name, value]) =>
          typeof value === "string" ? Number(shown[name] !== value) : Math.abs(Number(shown[name]) / value - 1),
        );
        return Math.max(...errors);
      };
      await expect.poll(farthest, patience).toBeLessThanOrEqual(tolerance);
      await page.waitForSelector("text=computing clDice…");
    }
  });

  it("shows the errors of the library as they are", async () => {
    const page = await openPage("playground/#loss=weightedCrossEntropyLoss");
    await settled(page);
    expect(await page.locator(".result .error").textContent()).toBe(
      (await libraryValues(fragmentOf(page))).weightedCrossEntropyLoss,
    );
  });

  it("does not move by itself on a narrow screen", async () => {
    const page = await openPage("playground/", { viewport: { width: 360, height: 740 } });
    await settled(page);
    await page.waitForSelector(".chart svg");
    for (const part of [".maps", ".code", ".masks"]) await page.locator(part).scrollIntoViewIfNeeded();
    expect(await layoutShift(page)).toBeLessThanOrEqual(0.02);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
  });

  it("has nothing serious for axe, in light and dark", async () => {
    const page = await openPage("playground/#channels=3");
    await settled(page);
    await expectAccessible(page);
  });
});
