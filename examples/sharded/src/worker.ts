// What runs in each process of the pool: one network, which every task fills with the weights of its step.
import { useWasm } from "./backend.ts";
import { Network } from "./network.ts";
import { type ShardResult, type ShardTask, workOn } from "./shard.ts";

let network: Promise<Network> | undefined;

export default async function work(task: ShardTask): Promise<ShardResult> {
  network ??= useWasm().then(() => new Network(1));
  return workOn(await network, task);
}
