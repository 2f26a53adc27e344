import { describe, expect, it } from "vitest";
import { connectedComponents } from "../src/array.ts";
import { coordinates, random, randomMask, randomShape } from "./brute-force.ts";

describe("connectedComponents", () => {
  it("numbers components in the order of their first voxels", () => {
    // a U whose arms join in the last row, and a dot
    const mask = [1, 0, 1, 0, 1, 1, 0, 1, 0, 0, 1, 1, 1, 0, 0];
    const { labels, count } = connectedComponents(mask, [3, 5]);
    expect([...labels]).toEqual([1, 0, 1, 0, 2, 1, 0, 1, 0, 0, 1, 1, 1, 0, 0]);
    expect(count).toBe(2);
  });

  it("joins a diagonal only where corners touch", () => {
    expect(connectedComponents([1, 0, 0, 1], [2, 2]).count).toBe(2);
    expect(connectedComponents([1, 0, 0, 1], [2, 2], { connectivity: "corner" }).count).toBe(1);
  });

  it("goes on behind those that are numbered already, and says where each begins", () => {
    const { labels, count, firsts } = connectedComponents([0, 1, 1, 0, 1], [5], { after: 7 });
    expect([...labels]).toEqual([0, 8, 8, 0, 9]);
    expect([count, firsts]).toEqual([2, [1, 4]]);
    expect(() => connectedComponents([0], [1], { after: -1 })).toThrow(
      "connectedComponents: after must be an integer from 0 to 2147483646 (got -1)",
    );
  });

  it("finds nothing in an empty mask and one thing in a full one", () => {
    expect(connectedComponents(new Uint8Array(24), [2, 3, 4]).count).toBe(0);
    expect(connectedComponents(new Uint8Array(24).fill(7), [2, 3, 4]).count).toBe(1);
    expect(connectedComponents([], [0, 3])).toEqual({ labels: new Int32Array(0), count: 0, firsts: [] });
  });

  it("keeps values apart that lie side by side, and joins equal ones at corners where these touch", () => {
    const classes = [1, 1, 2, 2, 0, 1];
    expect([...connectedComponents(classes, [2, 3], { of: "values" }).labels]).toEqual([1, 1, 2, 3, 0, 4]);
    const { labels } = connectedComponents(classes, [2, 3], { of: "values", connectivity: "corner" });
    expect([...labels]).toEqual([1, 1, 2, 3, 0, 1]);
  });

  const ways = (["face", "corner"] as const).flatMap((connectivity) =>
    (["foreground", "values"] as const).map((of) => ({ connectivity, of })),
  );
  it.each(ways)("is a flood fill from each first voxel, $connectivity, $of", (options) => {
    const next = random(31);
    for (let trial = 0; trial < 400; trial++) {
      const shape = randomShape(next, 1 + (trial % 3), 7);
      const mask = randomMask(
        next,
        shape.reduce((product, extent) => product * extent, 1),
      ).map((value) => value * (1 + Math.floor(3 * next())));
      const { labels, count } = connectedComponents(mask, shape, options);
      const expected = flood(options.of === "values" ? mask : mask.map((value) => Math.min(value, 1)), shape, options);
      expect([...labels]).toEqual(expected);
      expect(count).toBe(Math.max(0, ...expected));
    }
  });

  it("finds more runs than it had room for, in an array that was used before", () => {
    const mask = Array.from({ length: 9000 }, (_, i) => i % 2);
    const { labels, count } = connectedComponents(mask, [9000], { out: new Int32Array(9000).fill(5) });
    expect(count).toBe(4500);
    expect([...labels]).toEqual(mask.map((value, i) => (value ? (i + 1) / 2 : 0)));
  });
});

function flood(mask: Uint8Array, shape: number[], { connectivity }: { connectivity: "face" | "corner" }): number[] {
  const places = Array.from(mask, (_, voxel) => coordinates(voxel, shape));
  const labels = new Array<number>(mask.length).fill(0);
  let count = 0;
  const touches = (a: number, b: number): boolean => {
    const away = (places[a] ?? []).map((at, axis) => Math.abs(at - (places[b]?.[axis] ?? 0)));
    return connectivity === "corner" ? Math.max(...away) === 1 : away.reduce((sum, d) => sum + d, 0) === 1;
  };
  for (let seed = 0; seed < mask.length; seed++) {
    if (!mask[seed] || labels[seed]) continue;
    count++;
    labels[seed] = count;
    const queue = [seed];
    for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
      for (let other = 0; other < mask.length; other++) {
        if (mask[other] === mask[seed] && !labels[other] && touches(at, other)) {
          labels[other] = count;
          queue.push(other);
        }
      }
    }
  }
  return labels;
}
