import { stripVTControlCharacters } from "node:util";

/** Lines up a table of text: the first column to the left, numbers to the right, a rule under the header. */
export function drawTable(header: string[], rows: string[][]): string {
  const cells = [header, ...rows];
  const visible = (text: string) => stripVTControlCharacters(text).length;
  const widths = header.map((_, column) => Math.max(...cells.map((row) => visible(row[column] ?? ""))));
  const line = (row: string[]) =>
    widths
      .map((width, column) => {
        const text = row[column] ?? "";
        const gap = " ".repeat(width - visible(text));
        return column === 0 ? text + gap : gap + text;
      })
      .join("   ")
      .trimEnd();
  return [line(header), widths.map((width) => "─".repeat(width)).join("───"), ...rows.map(line)].join("\n");
}

/** A number for a table, or a dash where there is none. */
export function figure(value: number, digits: number): string {
  return Number.isFinite(value) ? value.toFixed(digits) : "–";
}
