// What a page does beside being read: the menu on small screens, light and dark, copying code, searching.
const root = document.documentElement;
const bar = document.querySelector(".toolbar");
const base = bar.dataset.base;
const button = (name) => bar.querySelector(`.${name}-button`);

const dark = () =>
  root.dataset.theme === "dark" ||
  (root.dataset.theme !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);

/** The search has colours of its own, and must be told which ones the page has. */
const colourSearch = () =>
  document.querySelector("pagefind-modal")?.setAttribute("data-pf-theme", dark() ? "dark" : "light");
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", colourSearch);

const theme = button("theme");
theme.hidden = false;
theme.addEventListener("click", () => {
  root.dataset.theme = dark() ? "light" : "dark";
  try {
    localStorage.setItem("lossary-theme", root.dataset.theme);
  } catch {
    // A reader who forbids storage chooses again on the next page.
  }
  colourSearch();
  dispatchEvent(new Event("lossary-theme"));
});

// The page's own link is in sight where the bar is wider than the screen.
const nav = bar.querySelector("nav");
const link = nav.querySelector("[aria-current]");
if (link) nav.scrollLeft = link.offsetLeft + link.offsetWidth / 2 - nav.clientWidth / 2;

const menu = button("menu");
const drawer = document.querySelector(".site-menu");
if (drawer) {
  menu.hidden = false;
  const open = (yes) => {
    root.classList.toggle("menu-open", yes);
    menu.setAttribute("aria-expanded", String(yes));
    if (yes) (drawer.querySelector("a[aria-current]") ?? drawer.querySelector("a"))?.focus();
  };
  menu.addEventListener("click", () => open(!root.classList.contains("menu-open")));
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !root.classList.contains("menu-open")) return;
    open(false);
    menu.focus();
  });
  addEventListener("pointerdown", (event) => {
    if (!event.target.closest?.(".site-menu, .menu-button")) open(false);
  });
  // The page's own entry stands in the middle of a long list.
  const here = drawer.querySelector("[aria-current]");
  if (here && drawer.scrollHeight > drawer.clientHeight) drawer.scrollTop = here.offsetTop - drawer.clientHeight / 2;
}

for (const copy of document.querySelectorAll("pre > button")) {
  copy.addEventListener("click", async () => {
    await navigator.clipboard.writeText(copy.previousElementSibling.textContent.trim());
    copy.textContent = "Copied";
    setTimeout(() => {
      copy.textContent = "Copy";
    }, 1500);
  });
}

const search = button("search");
search.hidden = false;
let modal;
async function openSearch() {
  modal ??= loadSearch();
  (await modal).open();
}
/** The search and its index load when somebody wants to search. */
async function loadSearch() {
  const sheet = Object.assign(document.createElement("link"), {
    rel: "stylesheet",
    href: `${base}pagefind/pagefind-component-ui.css`,
  });
  document.head.prepend(sheet);
  await import(new URL(`${base}pagefind/pagefind-component-ui.js`, document.baseURI).href);
  document.body.insertAdjacentHTML(
    "beforeend",
    `<pagefind-config bundle-path="${new URL(`${base}pagefind/`, document.baseURI).pathname}"></pagefind-config>
    <pagefind-modal reset-on-close></pagefind-modal>`,
  );
  colourSearch();
  return document.querySelector("pagefind-modal");
}
search.addEventListener("click", openSearch);
addEventListener("keydown", (event) => {
  const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
  const wanted = (event.key === "k" && (event.ctrlKey || event.metaKey)) || (event.key === "/" && !typing);
  if (!wanted) return;
  event.preventDefault();
  openSearch();
});
