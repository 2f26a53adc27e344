import { expect, it } from "vitest";
import { openPage, patience, useBrowser } from "./open-page.ts";

useBrowser({ hasWebgpu: false });

it("a backend that the browser has not cannot be chosen and says why; a link that names it shows the error and can be left", async () => {
  const page = await openPage("playground/#backend=webgpu");
  const webgpu = page.getByLabel("Backend").locator("option[value=webgpu]");
  await expect.poll(() => webgpu.isDisabled(), patience).toBe(true);
  expect(await webgpu.textContent()).toMatch(/^WebGPU: .*WebGPU/);
  await page.waitForSelector("[data-status=failed]");
  expect(await page.locator("[data-status=failed]").textContent()).toContain("webgpu");

  await page.getByLabel("Backend").selectOption("wasm");
  await page.waitForSelector(".result[data-backend=wasm]");
});
