import type { LossCall } from "../catalogue/call.ts";
import type { BackendName } from "./backend-names.ts";
import { refusals, useBackend } from "./backends.ts";
import { lossGradient, lossValue, maskMap, shiftedValues } from "./evaluate.ts";
import { type Job, mapNames, type Report } from "./protocol.ts";

/** The side of a worker that receives and posts. */
interface Port {
  postMessage(report: Report): void;
  onmessage: ((event: MessageEvent<Job>) => void) | null;
}

const port = globalThis as unknown as Port;
const channel = new MessageChannel();
channel.port1.start();

let waiting: Job | undefined;
let isBusy = false;
let current: BackendName | undefined;
/** Where the next round through the losses begins: one that was ended is taken up where it ended, so that every row moves while somebody paints. */
let nextLoss = 0;

/** How long nothing may have changed, in milliseconds, before what takes long begins. */
const rest = 700;

port.onmessage = ({ data }) => {
  waiting = data;
  if (!isBusy) void work();
};
void refusals().then((found) => port.postMessage({ kind: "backends", refusals: found }));

async function work(): Promise<void> {
  isBusy = true;
  while (waiting) {
    const job = waiting;
    waiting = undefined;
    try {
      if (current !== job.backend) {
        await useBackend(job.backend);
        current = job.backend;
        if (!(await isNewest())) continue;
      }
      if (await compute(job)) port.postMessage({ kind: "done", job: job.id });
    } catch (error) {
      port.postMessage({ kind: "failed", job: job.id, error: error instanceof Error ? error.message : String(error) });
    }
  }
  isBusy = false;
}

/** The chosen loss first, then what is around it; whether it came to the end. */
async function compute(job: Job): Promise<boolean> {
  const { id, chosen, losses, late, backend } = job;
  const begin = (name: string) => port.postMessage({ kind: "begins", job: id, name, backend });
  const tell = async (call: LossCall) => {
    begin(call.name);
    port.postMessage({ kind: "loss", job: id, name: call.name, backend, outcome: await lossValue(job, call) });
  };
  await tell(chosen);
  begin(chosen.name);
  port.postMessage({ kind: "gradient", job: id, name: chosen.name, outcome: await lossGradient(job, chosen) });
  for (const map of mapNames) {
    if (!(await isNewest())) return false;
    begin(map);
    port.postMessage({ kind: "map", job: id, map, outcome: await maskMap(job, map) });
  }
  const isLate = ({ name }: LossCall) => late.includes(name);
  const soon = losses.filter((call) => !isLate(call));
  for (let done = 0; done < soon.length; done++) {
    if (!(await isNewest())) return false;
    await tell(soon[nextLoss++ % soon.length] as LossCall);
  }
  if (losses.some(isLate)) await new Promise((resolve) => setTimeout(resolve, rest));
  for (const call of losses.filter(isLate)) {
    if (!(await isNewest())) return false;
    await tell(call);
  }
  begin(chosen.name);
  const outcome = await shiftedValues(job, chosen, shiftsFor(job.size), isNewest);
  if (!outcome) return false;
  port.postMessage({ kind: "shifts", job: id, name: chosen.name, outcome });
  return true;
}

/** From a quarter of the image to the left to a quarter to the right. */
function shiftsFor(size: number): number[] {
  const step = size / 32;
  return Array.from({ length: 17 }, (_, i) => (i - 8) * step);
}

/** Lets messages in, and tells whether none of them was a newer job. */
function isNewest(): Promise<boolean> {
  return new Promise((resolve) => {
    channel.port1.onmessage = () => resolve(waiting === undefined);
    channel.port2.postMessage(undefined);
  });
}
