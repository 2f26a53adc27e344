import * as core from "@lossary/core-reduce";
import { diceFromOverlap } from "@lossary/losses-region";
import fc from "fast-check";
import { factor, nonsense, type Plain, plain, rarely } from "../content.ts";
import type { Subject } from "../subject.ts";

const names = ["intersection", "falsePositives", "falseNegatives", "squaredErrors", "predicted", "labelled"];
/** No tensors: whether those of one record fit together, only `overlap` and its like know. */
const noTensor = nonsense.filter((value) => !(typeof value === "object" && value !== null && "tensor" in value));

const oneOrNone = (usual: fc.Arbitrary<Plain>) =>
  fc.oneof({ weight: 40, arbitrary: usual as fc.Arbitrary<unknown> }, { weight: 1, arbitrary: noTensor });

/** The sums of some rows and classes, as `overlap` returns them, now and then with an entry that is none. */
function recordOf(rows: number, classes: number): fc.Arbitrary<Readonly<Record<string, Plain>>> {
  const sums = Object.fromEntries(names.map((name) => [name, oneOrNone(plain([rows, classes], factor))]));
  return fc.record({ ...sums, valid: plain([rows, 1], factor) }) as fc.Arbitrary<Record<string, Plain>>;
}

const sizes = fc.record({ rows: fc.integer({ min: 1, max: 3 }), classes: fc.integer({ min: 1, max: 4 }) });
const record = sizes.chain(({ rows, classes }) => recordOf(rows, classes));

/** Records of shards: of the same rows, of other rows, and now and then of other classes. */
const records = fc
  .tuple(sizes, fc.constantFrom(0, 0, 1), fc.constantFrom(0, 0, 0, 1))
  .chain(([{ rows, classes }, more, other]) =>
    fc.oneof(
      { weight: 12, arbitrary: fc.tuple(recordOf(rows, classes), recordOf(rows + more, classes + other)) },
      { weight: 1, arbitrary: nonsense },
      { weight: 1, arbitrary: fc.constant([]) },
    ),
  );

/** A message of sums; with `spoil`, each part of it may be something else. */
function messageOf(rows: number, classes: number, spoil: typeof rarely): fc.Arbitrary<unknown> {
  const size = rows * classes;
  const values = spoil(fc.array(spoil(factor), { minLength: size, maxLength: size }));
  const entry = spoil(fc.record({ shape: spoil(fc.constant([rows, classes])), values }));
  const sums = spoil(fc.record(Object.fromEntries([...names, "valid"].map((name) => [name, entry]))));
  return fc.record({ format: spoil(fc.constant("lossary-sums")), version: spoil(fc.constant(1)), sums });
}

/** Sums as they may come from another process: right, damaged, and hostile. A message has so many parts that some must be right for sure. */
const messages = sizes.chain(({ rows, classes }) => {
  const any = fc.oneof(
    { weight: 3, arbitrary: messageOf(rows, classes, (part) => part as never) },
    { weight: 5, arbitrary: messageOf(rows, classes, rarely) },
    { weight: 1, arbitrary: fc.jsonValue() as fc.Arbitrary<unknown> },
  );
  const asText = any.map((value) => JSON.stringify(value, (_, entry) => (typeof entry === "bigint" ? 0 : entry)));
  return fc.oneof(any, asText, fc.string());
});

/** Sums of shards: added, stacked, taken apart, differentiated, and sent. */
export const sumSubjects: readonly Subject[] = [
  {
    name: "addSums",
    from: "core-reduce",
    given: fc.tuple(records, rarely(fc.record({ over: fc.constantFrom("sample", "batch") }, { requiredKeys: [] }))),
    call: core.addSums as never,
  },
  { name: "stackSums", from: "core-reduce", given: fc.tuple(records), call: core.stackSums as never },
  {
    name: "splitSums",
    from: "core-reduce",
    given: fc.tuple(rarely(record), rarely(fc.constantFrom([1], [2], [1, 1], [2, 1], [3], [0, 1], [1.5, 0.5], []))),
    call: core.splitSums as never,
  },
  {
    name: "slopesOfSums",
    from: "core-reduce",
    given: fc.tuple(rarely(record), fc.constantFrom("mean", "sum", "sample")),
    call: (sums: never, reduction: never) =>
      core.slopesOfSums((all: core.Overlap) => diceFromOverlap(all, { reduction }), sums),
  },
  {
    name: "alongSlopes",
    from: "core-reduce",
    given: fc.tuple(rarely(record), rarely(record)),
    call: core.alongSlopes as never,
  },
  { name: "sumsToJSON", from: "core-reduce", given: fc.tuple(rarely(record)), call: core.sumsToJSON as never },
  {
    name: "sumsFromJSON",
    from: "core-reduce",
    given: fc.tuple(messages, fc.constantFrom(undefined, "overlap", "crossEntropy", "nothing", "constructor")),
    call: core.sumsFromJSON as never,
  },
];
