import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { LossCall } from "../src/catalogue/call.ts";
import { type ComputingWorker, createComputer, patience } from "../src/compute/computer.ts";
import type { Job, Report } from "../src/compute/protocol.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A worker that says what it is told to say. */
class Scripted implements ComputingWorker {
  onerror: ComputingWorker["onerror"] = null;
  onmessage: ComputingWorker["onmessage"] = null;
  readonly jobs: Job[] = [];
  isEnded = false;

  postMessage(job: Job): void {
    this.jobs.push(job);
  }

  terminate(): void {
    this.isEnded = true;
  }

  says(report: Report): void {
    this.onmessage?.call(this as unknown as Worker, { data: report } as MessageEvent<Report>);
  }

  begins(job: number, name: string): void {
    this.says({ kind: "begins", job, name, backend: "wasm" });
  }

  gives(job: number, name: string): void {
    this.says({ kind: "loss", job, name, backend: "wasm", outcome: { value: 0.5 } });
  }
}

function computer() {
  const workers: Scripted[] = [];
  const heard: Report[] = [];
  const start = () => {
    const worker = new Scripted();
    workers.push(worker);
    return worker;
  };
  const compute = createComputer(
    start,
    (report) => heard.push(report),
    () => {},
  );
  return { compute, workers, heard, first: workers[0] as Scripted };
}

function job(id: number, chosen: string, backend: Job["backend"] = "wasm"): Omit<Job, "late"> {
  return { id, chosen: { name: chosen } as LossCall, backend } as unknown as Omit<Job, "late">;
}

describe("a newer job", () => {
  it("goes to a worker that is between two pieces, and no other is started", () => {
    const { compute, workers, first } = computer();
    compute(job(1, "diceLoss"));
    first.begins(1, "diceLoss");
    first.gives(1, "diceLoss");
    compute(job(2, "diceLoss"));
    vi.advanceTimersByTime(60_000);
    expect(first.jobs.map(({ id }) => id)).toEqual([1, 2]);
    expect(workers.length).toBe(1);
  });

  it("waits for what has begun, and then for no longer than it must", () => {
    const { compute, workers, first } = computer();
    compute(job(1, "hausdorffErosionLoss"));
    first.begins(1, "hausdorffErosionLoss");
    vi.advanceTimersByTime(60_000);
    expect(workers.length).toBe(1);
    compute(job(2, "diceLoss"));
    vi.advanceTimersByTime(patience.other - 1);
    expect(first.isEnded).toBe(false);
    vi.advanceTimersByTime(1);
    expect(first.isEnded).toBe(true);
    expect(workers[1]?.jobs).toEqual([{ ...job(2, "diceLoss"), late: ["hausdorffErosionLoss"] }]);
  });

  it("does not put off by being replaced: the first that waits counts", () => {
    const { compute, workers, first } = computer();
    compute(job(1, "hausdorffErosionLoss"));
    first.begins(1, "hausdorffErosionLoss");
    for (let id = 2; id < 12; id++) {
      compute(job(id, "diceLoss"));
      vi.advanceTimersByTime(patience.other / 10);
    }
    expect(first.isEnded).toBe(true);
    expect(workers[1]?.jobs.map(({ id }) => id)).toEqual([11]);
  });

  it("gives the loss that is looked at more time, but not for ever", () => {
    const { compute, workers, first } = computer();
    compute(job(1, "clDiceLoss"));
    first.begins(1, "clDiceLoss");
    compute(job(2, "clDiceLoss"));
    vi.advanceTimersByTime(patience.chosen - 1);
    expect(workers.length).toBe(1);
    vi.advanceTimersByTime(1);
    expect(workers.length).toBe(2);
  });

  it("never ends a worker that starts, or that has begun with it", () => {
    const { compute, workers, first } = computer();
    compute(job(1, "diceLoss"));
    compute(job(2, "diceLoss"));
    vi.advanceTimersByTime(60_000);
    first.begins(1, "iouLoss");
    vi.advanceTimersByTime(patience.other - 1);
    first.begins(2, "diceLoss");
    vi.advanceTimersByTime(60_000);
    expect(workers.length).toBe(1);
  });
});

describe("the losses that take long", () => {
  it("come last on the backend on which they did, until they are quick", () => {
    const { compute, first } = computer();
    const take = (id: number, duration: number) => {
      first.begins(id, "clDiceLoss");
      vi.advanceTimersByTime(duration);
      first.gives(id, "clDiceLoss");
    };
    compute(job(1, "diceLoss"));
    take(1, 5000);
    compute(job(2, "diceLoss", "webgl"));
    compute(job(3, "diceLoss"));
    take(3, 20);
    compute(job(4, "diceLoss"));
    expect(first.jobs.map(({ late }) => late)).toEqual([[], [], ["clDiceLoss"], []]);
  });
});

it("what an ended worker still says is not heard", () => {
  const { compute, heard, first } = computer();
  compute(job(1, "clDiceLoss"));
  first.begins(1, "clDiceLoss");
  compute(job(2, "diceLoss"));
  vi.advanceTimersByTime(patience.other);
  first.gives(1, "clDiceLoss");
  expect(heard.map(({ kind }) => kind)).toEqual(["begins"]);
});
