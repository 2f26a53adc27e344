import { signal } from "@preact/signals";

const prefersDark = matchMedia("(prefers-color-scheme: dark)");

/** Whether the page is dark: as the system is, unless the pages of the documentation were told otherwise. */
export const isDark = signal(readTheme());

function readTheme(): boolean {
  const chosen = document.documentElement.dataset.theme;
  return chosen === "dark" || (chosen !== "light" && prefersDark.matches);
}

const read = () => {
  isDark.value = readTheme();
};
prefersDark.addEventListener("change", read);
addEventListener("lossary-theme", read);
