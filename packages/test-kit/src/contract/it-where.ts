import { it } from "vitest";

/** `it` where a fact concerns a loss; where it does not, nothing is registered, so that what a report calls skipped was skipped. */
export function itWhere(concerned: boolean): (title: string, test: () => Promise<void>) => void {
  return concerned ? (title, test) => it(title, test) : () => {};
}
