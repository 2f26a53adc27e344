import { afterEach, describe, expect, it, vi } from "vitest";
import { boundaryMap, DistanceMapPool, distanceTransform, nearestBackground, type PoolOptions } from "../src/array.ts";
import { createWorker } from "../src/pool/spawn.ts";
import { random, randomMask } from "./brute-force.ts";
import { createMortalWorker, DEATH } from "./mortal-worker.ts";

const SHAPE = [20, 30];
const pools: DistanceMapPool[] = [];

function pool(options: PoolOptions = {}): DistanceMapPool {
  const made = new DistanceMapPool({ workers: 2, ...options });
  pools.push(made);
  return made;
}

/** A pool of workers that really compute, except that the first `crashes` of them die of their first job. */
function fragile(crashes: number, options: PoolOptions = {}): { started: () => number; pool: DistanceMapPool } {
  let started = 0;
  const made = pool({
    workers: 1,
    ...options,
    createWorker: () => {
      started++;
      return started > crashes ? createWorker() : createMortalWorker();
    },
  });
  return { started: () => started, pool: made };
}

afterEach(async () => {
  await Promise.all(pools.splice(0).map((made) => made.terminate()));
});

describe("DistanceMapPool", () => {
  const next = random(91);
  const masks = Array.from({ length: 9 }, () => randomMask(next, 600, 3));

  it("computes what the functions compute, on workers", async () => {
    const made = pool({ queue: 20 });
    const options = { spacing: [2, 0.5], border: "background" } as const;
    const results = await Promise.all(masks.map((mask) => made.run("distanceTransform", mask, SHAPE, options)));
    results.forEach((result, i) => {
      expect(result).toEqual(distanceTransform(masks[i] as Uint8Array, SHAPE, options));
    });
    const mask = masks[0] as Uint8Array;
    expect(await made.run("boundaryMap", mask, SHAPE)).toEqual(boundaryMap(mask, SHAPE));
    expect(await made.run("nearestBackground", mask, SHAPE)).toEqual(nearestBackground(mask, SHAPE));
    expect(await made.run("distanceTransform", [false, true, true], [3])).toEqual(new Float32Array([0, 1, 2]));
    expect(made.pending).toBe(0);
  });

  it("computes a batch, and a stream of jobs in their order", async () => {
    const made = pool({ queue: 1 });
    const batch = new Uint8Array(masks.length * 600);
    masks.forEach((mask, i) => {
      batch.set(mask, i * 600);
    });
    const expected = masks.map((mask) => boundaryMap(mask, SHAPE));
    const together = await made.runBatch("boundaryMap", batch, SHAPE);
    expected.forEach((map, i) => {
      expect(together.subarray(i * 600, (i + 1) * 600)).toEqual(map);
    });
    let most = 0;
    async function* jobs(): AsyncGenerator<{ voxels: Uint8Array; shape: number[] }> {
      for (const voxels of masks) {
        most = Math.max(most, made.pending);
        yield { voxels, shape: SHAPE };
      }
    }
    const stream: Float32Array[] = [];
    for await (const map of made.map("boundaryMap", jobs())) stream.push(map);
    expect(stream).toEqual(expected);
    // two workers and one waiting: the loader is never asked for all it has
    expect(most).toBeLessThanOrEqual(3);
    expect(most).toBeGreaterThan(0);
    await expect(made.runBatch("boundaryMap", new Uint8Array(7), [2])).rejects.toThrow(/samples of 2 voxels has no 7/);
  });

  it("copies the input, or moves it when told", async () => {
    const made = pool();
    const kept = new Uint8Array([1, 1, 0]);
    await made.run("distanceTransform", kept, [3]);
    expect([...kept]).toEqual([1, 1, 0]);
    const moved = new Uint8Array([1, 1, 0]);
    const result = await made.run("distanceTransform", moved, [3], {}, { transfer: true });
    expect([...result]).toEqual([2, 1, 0]);
    expect(moved.length).toBe(0);
  });

  it("writes into memory that comes back, but not on the second try", async () => {
    const made = pool();
    const mask = new Uint8Array([1, 1, 0]);
    const out = new Float32Array(3);
    const { buffer } = out;
    expect([...(await made.run("distanceTransform", mask, [3], {}, { out }))]).toEqual([2, 1, 0]);
    expect(buffer.byteLength).toBe(0);
    const { pool: other } = fragile(1);
    const again = other.run("distanceTransform", mask, [3], {}, { out: new Float32Array(3) });
    expect([...(await again)]).toEqual([2, 1, 0]);
    const small = made.run("distanceTransform", mask, [3], {}, { out: new Float32Array(2) });
    await expect(small).rejects.toThrow("out must have room for 3 elements (got 2)");
  });

  it("hands a task's own error to its caller alone", async () => {
    const made = pool();
    const bad = made.run("distanceTransform", new Uint8Array(3), [4]);
    const good = made.run("distanceTransform", [1, 0], [2]);
    await expect(bad).rejects.toThrow(RangeError);
    await expect(bad).rejects.toThrow("distanceTransform: mask must have 4 elements like its shape (got 3)");
    expect([...(await good)]).toEqual([1, 0]);
    await expect(made.run("distanceTransform", [1], [1], { spacing: () => 1 } as never)).rejects.toThrow(/clone/);
    await expect(made.run("distanceTransform", [1], [1], { out: new Float32Array(1) } as never)).rejects.toThrow(/out/);
    expect([...(await made.run("distanceTransform", [1, 0], [2]))]).toEqual([1, 0]);
  });

  it("refuses a job that its queue has no room for, and tells when it has", async () => {
    const made = pool({ workers: 1, queue: 1 });
    const first = made.run("distanceTransform", [1, 0], [2]);
    const second = made.run("distanceTransform", [1, 0], [2]);
    expect(made.pending).toBe(2);
    await expect(made.run("distanceTransform", [1, 0], [2])).rejects.toThrow(
      /2 jobs wait or run already; await room\(\)/,
    );
    await made.room();
    const third = made.run("distanceTransform", [0, 1], [2]);
    expect([...(await third)]).toEqual([0, 1]);
    await Promise.all([first, second]);
  });

  it("drops a job whose signal aborts, before, while it waits and while it runs", async () => {
    const made = pool({ workers: 1, queue: 5 });
    const gone = AbortSignal.abort(new Error("never mind"));
    await expect(made.run("distanceTransform", [1], [1], {}, { signal: gone })).rejects.toThrow("never mind");
    expect(made.pending).toBe(0);
    const controller = new AbortController();
    const { signal } = controller;
    const running = made.run("distanceTransform", [1, 0], [2], {}, { signal });
    const waiting = made.run("distanceTransform", [1, 0], [2], {}, { signal });
    const other = made.run("distanceTransform", [1, 1, 0], [3]);
    controller.abort(new Error("changed my mind"));
    await expect(running).rejects.toThrow("changed my mind");
    await expect(waiting).rejects.toThrow("changed my mind");
    expect([...(await other)]).toEqual([2, 1, 0]);
    expect(made.pending).toBe(0);
  });

  it("cancels what a stream has begun when its reader leaves", async () => {
    const made = pool({ workers: 1, queue: 3 });
    const jobs = masks.map((voxels) => ({ voxels, shape: SHAPE }));
    for await (const map of made.map("distanceTransform", jobs)) {
      expect(map).toEqual(distanceTransform(masks[0] as Uint8Array, SHAPE));
      break;
    }
    await made.close();
    expect(made.pending).toBe(0);
  });

  it("tries a job once more on a fresh worker after a crash; none is lost or answered twice", async () => {
    const { pool: made, started } = fragile(1, { queue: 20 });
    let answers = 0;
    const results = await Promise.all(
      masks.map((mask) =>
        made.run("distanceTransform", mask, SHAPE).then((result) => {
          answers++;
          return result;
        }),
      ),
    );
    expect(results).toEqual(masks.map((mask) => distanceTransform(mask, SHAPE)));
    expect(answers).toBe(masks.length);
    expect(started()).toBe(2);
  });

  it("fails a job on which two workers crashed, and computes the next", async () => {
    const { pool: made, started } = fragile(2, { queue: 5 });
    const bad = made.run("boundaryMap", [1, 0], [2]);
    const good = made.run("boundaryMap", [1, 0], [2]);
    await expect(bad).rejects.toThrow(`DistanceMapPool: boundaryMap: two workers crashed (${DEATH})`);
    expect([...(await good)]).toEqual([0, 1]);
    expect(started()).toBe(3);
  });

  it("fails a job whose moved input a crash took away", async () => {
    const { pool: made } = fragile(1);
    const job = made.run("boundaryMap", new Uint8Array([1, 0]), [2], {}, { transfer: true });
    await expect(job).rejects.toThrow(/the input that was moved to it is lost/);
    expect([...(await made.run("boundaryMap", [1, 0], [2]))]).toEqual([0, 1]);
  });

  it("fails a job for which no worker can be made", async () => {
    const made = pool({
      createWorker: () => {
        throw new Error("no threads today");
      },
    });
    await expect(made.run("boundaryMap", [1], [1])).rejects.toThrow("no threads today");
    expect(made.pending).toBe(0);
  });

  it("computes what waits when it is closed, and takes no more", async () => {
    const made = pool({ queue: 20 });
    const results = masks.map((mask) => made.run("distanceTransform", mask, SHAPE));
    await made.close();
    expect((await Promise.all(results)).length).toBe(masks.length);
    await expect(made.run("distanceTransform", [1], [1])).rejects.toThrow("the pool is closed");
  });

  it("ends every worker that it started", async () => {
    const ends: ReturnType<typeof vi.fn>[] = [];
    const made = pool({
      queue: 20,
      createWorker: () => {
        const worker = createWorker();
        ends.push(vi.spyOn(worker, "terminate"));
        return worker;
      },
    });
    const results = masks.map((mask) => made.run("distanceTransform", mask, SHAPE));
    await made.close();
    await Promise.all(results);
    expect(ends.map((end) => end.mock.calls.length)).toEqual([1, 1]);
  });

  it("rejects everything when it is terminated", async () => {
    const made = pool({ workers: 1, queue: 20 });
    const results = masks.map((mask) => made.run("distanceTransform", mask, SHAPE));
    const settled = Promise.allSettled(results);
    await made.terminate();
    expect((await settled).map(({ status }) => status)).toEqual(masks.map(() => "rejected"));
    expect(made.pending).toBe(0);
  });

  it("says what a worker cannot be sent, and which options are none", async () => {
    const made = pool({ workers: 1 });
    const spacing = (() => 1) as never;
    await expect(made.run("distanceTransform", [1], [1], { spacing })).rejects.toThrow(
      /^DistanceMapPool: voxels, shape and options must be what a worker can be sent/,
    );
    await expect(made.run("distanceTransform", [1], [1], null as never)).rejects.toThrow(
      "DistanceMapPool: options must be an object of named options (got null)",
    );
    expect([...(await made.run("distanceTransform", [1, 0], [2]))]).toEqual([1, 0]);
  });

  it("says which options it wants", () => {
    expect(() => new DistanceMapPool({ workers: 0 })).toThrow(
      "DistanceMapPool: workers must be a whole number >= 1 (got 0)",
    );
    expect(() => new DistanceMapPool({ queue: -1 })).toThrow(/queue must be a whole number >= 0/);
    expect(() => new DistanceMapPool({ threads: 2 } as never)).toThrow(/unknown option "threads"/);
  });
});
