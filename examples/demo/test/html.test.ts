import { expect, it } from "vitest";
import { escapeHtml, lossName } from "../src/report/html.ts";

it("text becomes harmless in content and in quoted attributes", () => {
  expect(escapeHtml('<a href="x">&')).toBe("&lt;a href=&quot;x&quot;&gt;&amp;");
});

it("the name of a loss may break where a word of it begins", () => {
  expect(lossName("diceLoss+0.1*topKLoss")).toBe("dice<wbr>Loss+<wbr>0.1*<wbr>top<wbr>KLoss");
});
