import { parseArgs } from "node:util";
import { DemoError } from "./demo-error.ts";
import { defaultLosses } from "./losses.ts";
import { namingRules } from "./pair-files.ts";

/** What was asked for on the command line. */
export interface DemoOptions {
  data?: string;
  loss: string;
  epochs: number;
  seed: number;
  backend: Backend;
  out: string;
}

/** Where tfjs computes. */
export type Backend = (typeof backends)[number];
const backends = ["wasm", "cpu"] as const;

export const help = `Trains a small U-Net once with each loss, compares the results and writes a report.

  npx -y pnpm@12 demo [options]

  --data DIR      images with masks (PNG) or volumes (NIfTI); without it a synthetic phantom is made
  --loss NAMES    losses by name, separated by commas; "a+0.5*b" is a weighted sum; "all" is every loss of the library
                  (default ${defaultLosses})
  --epochs N      epochs of 50 steps each (default 12)
  --seed N        decides the phantom, the first weights and the order of the patches (default 1)
  --backend NAME  wasm (default) or cpu, which is about a hundred times slower
  --out FILE      where the report goes (default out/demo.html)
  --help          this page

Ctrl-C ends the training; the report then shows what was reached.

${namingRules}

DIR may hold the folders train/ and val/. Otherwise every fifth image or volume validates, from the first by name; of a single
volume, every fifth slice. The distinct values in the masks are the classes, in ascending order.
`;

/** Reads the command line; undefined if it asks for help. Throws a `DemoError` that says what is wrong. */
export function readOptions(args: string[]): DemoOptions | undefined {
  // Older pnpm hands the "--" on that sets off a script's arguments.
  const { values } = parse(args[0] === "--" ? args.slice(1) : args);
  if (values.help) return undefined;
  const backend = backends.find((name) => name === values.backend);
  if (!backend) throw new DemoError(`--backend: must be ${backends.join(" or ")}, got "${values.backend}".`);
  return {
    ...(values.data === undefined ? {} : { data: values.data }),
    loss: values.loss,
    epochs: wholeNumber("--epochs", values.epochs, 1),
    seed: wholeNumber("--seed", values.seed, 0),
    backend,
    out: values.out,
  };
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        data: { type: "string" },
        loss: { type: "string", default: defaultLosses },
        epochs: { type: "string", default: "12" },
        seed: { type: "string", default: "1" },
        backend: { type: "string", default: "wasm" },
        out: { type: "string", default: "out/demo.html" },
        help: { type: "boolean", short: "h", default: false },
      },
    });
  } catch (error) {
    throw new DemoError(`${(error as Error).message}\n\n--help lists the options.`);
  }
}

function wholeNumber(option: string, text: string, least: number): number {
  const value = Number(text);
  if (text.trim() !== "" && Number.isSafeInteger(value) && value >= least) return value;
  throw new DemoError(`${option}: must be a whole number of at least ${least}, got "${text}".`);
}
