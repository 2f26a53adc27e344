import type { ShardTask } from "./shard.ts";
import type { Workers } from "./workers.ts";

/**
 * The same workers, of which one dies in the middle of a step: it is stopped when all have been told to go backwards, so that it cannot finish, and
 * killed a little later, when the others may have.
 */
export function withAccident(workers: Workers, step: number): Workers {
  let happened = false;
  const run = (task: ShardTask) => {
    const result = workers.run(task);
    const [pid] = workers.pids();
    if (!happened && task.step === step && task.slopes !== undefined && pid !== undefined) {
      happened = true;
      process.kill(pid, "SIGSTOP");
      setTimeout(() => process.kill(pid, "SIGKILL"), 50);
    }
    return result;
  };
  return { ...workers, run };
}
