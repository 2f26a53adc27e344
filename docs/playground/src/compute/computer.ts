import type { BackendName } from "./backend-names.ts";
import type { Job, Report } from "./protocol.ts";

/** What of a worker is needed here. */
export type ComputingWorker = Pick<Worker, "onerror" | "onmessage" | "postMessage" | "terminate">;

/** How long a newer job waits for what has begun, in milliseconds: longer for the loss that is looked at, whose value is of use even if it is late. */
export const patience = { chosen: 2500, other: 500 } as const;

/** A loss that takes longer than this, in milliseconds, comes after all others the next time. */
const long = 400;

interface Piece {
  readonly job: number;
  readonly name: string;
  readonly backend: BackendName;
  readonly at: number;
}

/**
 * Hands jobs to a worker. A newer job ends an older one between two pieces; a piece that has begun can only be ended with its worker, so where it
 * keeps a newer job waiting, another worker takes over. Which losses are long is remembered here, where it outlives the workers.
 *
 * @param start - starts a worker that takes jobs and answers with reports
 * @param tell - hears every report
 * @param complain - hears what a worker could not say in a report
 * @returns takes the next job
 */
export function createComputer(
  start: () => ComputingWorker,
  tell: (report: Report) => void,
  complain: (message: string) => void,
): (job: Omit<Job, "late">) => void {
  let newest: Omit<Job, "late"> | undefined;
  let piece: Piece | undefined;
  let waitingSince: number | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Set<string>();
  let worker = started();

  function started(): ComputingWorker {
    const one = start();
    one.onmessage = ({ data }: MessageEvent<Report>) => {
      if (one !== worker) return; // it was ended, and this was on its way
      note(data);
      tell(data);
    };
    one.onerror = ({ message }) => complain(message);
    return one;
  }

  /** Follows what the worker is at. */
  function note(report: Report): void {
    if (report.kind === "backends") return;
    if (piece && report.kind === "loss") remember(piece, performance.now() - piece.at);
    piece = report.kind === "begins" ? { ...report, at: performance.now() } : undefined;
    if (piece?.job === newest?.id) waitingSince = undefined;
    watch();
  }

  function remember({ name, backend }: Piece, duration: number): void {
    if (duration > long) late.add(`${backend} ${name}`);
    else late.delete(`${backend} ${name}`);
  }

  /** Makes sure that the newest job does not wait for long. */
  function watch(): void {
    clearTimeout(timer);
    if (!piece || !newest || piece.job === newest.id) return;
    waitingSince ??= performance.now();
    const isLookedAt = piece.name === newest.chosen.name && piece.backend === newest.backend;
    const wait = isLookedAt ? patience.chosen : patience.other;
    timer = setTimeout(takeOver, waitingSince + wait - performance.now());
  }

  function takeOver(): void {
    if (piece) remember(piece, Number.POSITIVE_INFINITY);
    piece = undefined;
    waitingSince = undefined;
    worker.terminate();
    worker = started();
    post();
  }

  function post(): void {
    if (!newest) return;
    const prefix = `${newest.backend} `;
    const names = [...late].filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length));
    worker.postMessage({ ...newest, late: names } satisfies Job);
  }

  return (job) => {
    newest = job;
    post();
    watch();
  };
}
