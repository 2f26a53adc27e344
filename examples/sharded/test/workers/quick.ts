import type { ShardResult, ShardTask } from "../../src/shard.ts";

// Answers at once, with sums of nothing.
export default function work({ step, shard }: ShardTask): ShardResult {
  const none = { format: "lossary-sums", version: 1, sums: {} } as const;
  return { step, shard, sums: { overlap: none, crossEntropy: none } };
}
