import fc from "fast-check";
import { backends, use } from "./backends.ts";
import type { Subject } from "./subject.ts";
import { judge, type Outcome } from "./verdict.ts";

/** Where fuzzing begins and ends. */
export interface Plan {
  readonly seconds: number;
  readonly seed: number;
  readonly subjects: readonly Subject[];
  /** The way to one call, as a failure gives it. */
  readonly path?: string;
  /** The backend that runs; both in turn without it. */
  readonly backend?: string;
}

/** A call that is wrong, and how to make it again. */
export interface Failure {
  readonly subject: string;
  readonly backend: string;
  readonly seed: number;
  readonly path: string;
  readonly call: string;
  readonly wrong: string;
}

/** What was called, and what became of it. */
export interface Tally {
  readonly counts: Readonly<Record<string, Record<Outcome, number>>>;
  readonly failures: readonly Failure[];
}

/** What is told while it runs: which calls begin, so that one that does not end can be named. */
export type Begin = (subject: string, backend: string, seed: number) => void;

/** Calls of one subject in a row. */
const inARow = 12;

/** Calls all subjects in turn until the time is over. Each round has a seed of its own, of which the first is given. */
export async function fuzz({ seconds, seed, subjects, path, backend }: Plan, begin: Begin = () => {}): Promise<Tally> {
  const ends = performance.now() + 1000 * seconds;
  const counts = Object.fromEntries(subjects.map(({ name }) => [name, { accepted: 0, refused: 0 }]));
  const failures = new Map<string, Failure>();
  for (let round = 0; round === 0 || performance.now() < ends; round++) {
    for (const subject of subjects) {
      const on = backend ?? (backends[round % backends.length] as string);
      await use(on);
      begin(subject.name, on, seed + round);
      const failure = await row(subject, on, seed + round, counts[subject.name] as Record<Outcome, number>, path);
      const key = failure && `${subject.name} ${failure.wrong.replace(/[\d.-]+/g, "#").slice(0, 80)}`;
      if (failure && key && !failures.has(key)) failures.set(key, failure);
      if (round > 0 && performance.now() >= ends) break;
    }
    if (path !== undefined) break;
  }
  return { counts, failures: [...failures.values()] };
}

/** Some calls of one subject; the first wrong one among them, made as small as it can be. */
async function row(
  subject: Subject,
  backend: string,
  seed: number,
  count: Record<Outcome, number>,
  path: string | undefined,
): Promise<Failure | undefined> {
  let failed = false;
  const property = fc.asyncProperty(subject.given, async (given) => {
    try {
      const outcome = await judge(subject, given);
      if (!failed) count[outcome]++;
    } catch (error) {
      failed = true;
      throw error;
    }
  });
  const details = await fc.check(property, {
    seed,
    numRuns: inARow,
    interruptAfterTimeLimit: 20_000,
    ...(path && { path }),
  });
  if (!details.failed || details.counterexample === null) return undefined;
  return {
    subject: subject.name,
    backend,
    seed,
    path: details.counterexamplePath ?? "",
    call: fc.stringify(details.counterexample[0]).slice(0, 1500),
    wrong: (details.errorInstance instanceof Error
      ? details.errorInstance.message
      : String(details.errorInstance)
    ).slice(0, 400),
  };
}
