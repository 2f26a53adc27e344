import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { linkProblems } from "../src/links.ts";

function site(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), "lossary-links-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}

it("accepts pages, anchors, assets and links to other sites", () => {
  const folder = site({
    "index.html":
      '<a href="api/dice.html#range">Dice</a><a href="#top" id="top">up</a><a href="https://tensorflow.org">tfjs</a><a href="api/">all</a>',
    "api/index.html": '<script src="../main.js?v=1"></script><svg><use href="../icons.svg#menu"/></svg>',
    "api/dice.html": '<h2 id="range">Range</h2>',
    "icons.svg": '<svg><g id="menu"/></svg>',
    "main.js": "",
  });
  expect(linkProblems(folder)).toEqual([]);
});

it("finds pages, anchors and assets that are not there", () => {
  const folder = site({
    "index.html":
      '<a href="dice.html">a</a><a href="#range">b</a><img src="dice.svg"><a href="api/page.html#end">c</a>',
    "api/page.html": "",
  });
  expect(linkProblems(folder)).toEqual([
    "index.html: the link dice.html leads nowhere",
    "index.html: the link #range leads nowhere",
    "index.html: the link api/page.html#end leads nowhere",
    "index.html: the link dice.svg leads nowhere",
  ]);
});

it("finds what a page would fetch from elsewhere", () => {
  const folder = site({
    "index.html": '<link rel="stylesheet" href="https://example.org/a.css"><script src="//example.org/b.js"></script>',
  });
  expect(linkProblems(folder)).toEqual([
    "index.html: fetches https://example.org/a.css",
    "index.html: fetches //example.org/b.js",
  ]);
});

it("finds pages to which no way leads", () => {
  const folder = site({
    "index.html": '<a href="a.html">a</a>',
    "a.html": '<a href="b/">b</a>',
    "b/index.html": "",
    "island.html": '<a href="index.html">home</a>',
  });
  expect(linkProblems(folder)).toEqual(["island.html: no way leads here from index.html"]);
});

it("refuses a site without a page", () => {
  expect(linkProblems(site({ "icons.svg": "<svg/>" }))).toEqual(["the site has no page"]);
});
