import { type LossEntry, type LossOption, lossCatalogue } from "@lossary/catalogue";
import { controlFor } from "./control-for.ts";
import type { Control } from "./controls.ts";

/** The families of losses, in the order in which they are shown. */
export const families = ["distribution", "region", "boundary", "compound"] as const;

/** Every loss of the library. */
export const losses: readonly LossEntry[] = lossCatalogue;

/** What a loss takes for a prediction that takes no probabilities: logits as plain scores, or a signed distance map. */
export const wants: Readonly<Record<string, "scores" | "distances">> = {
  lovaszHingeLoss: "scores",
  signedDistanceRegressionLoss: "distances",
};

/** The losses that `blobLoss` is offered to make one of. */
export const blobLosses = [
  "diceLoss",
  "iouLoss",
  "tverskyLoss",
  "generalizedDiceLoss",
  "crossEntropyLoss",
  "focalLoss",
];

/** A loss by its name, if there is one of that name. */
export function lossNamed(name: string): LossEntry | undefined {
  return losses.find((loss) => loss.name === name);
}

/** A control and where its option belongs: among the options of the loss, or among those of one of its terms. */
export interface PlacedControl {
  readonly control: Control;
  readonly option: string;
  readonly term?: string;
  /** Where the setting is kept: `option`, or `term.option`. */
  readonly path: string;
  /** What the option means. */
  readonly description: string;
  /** Where it is shown: by itself, among those of its term, or among those that are rarely set. */
  readonly place: "own" | "term" | "more";
}

/** Every control of a loss, those of its terms among them. */
export function controlsOf(loss: LossEntry): PlacedControl[] {
  const made = loss.options.flatMap((option) => {
    const { name, optionsOf } = option;
    if (optionsOf === undefined) return placed(option, undefined);
    return (lossNamed(optionsOf)?.options ?? []).filter((one) => !isRare(one)).flatMap((one) => placed(one, name));
  });
  return loss.name === "blobLoss" ? [blobChoice, ...made] : made;
}

const blobChoice: PlacedControl = {
  control: { kind: "choice", words: blobLosses, start: blobLosses[0] as string },
  option: "loss",
  path: "loss",
  description: "The loss that is taken over the image and over each blob.",
  place: "own",
};

function placed(option: LossOption, term: string | undefined): PlacedControl[] {
  const { name, description } = option;
  const control = controlFor(option);
  if (!control) return [];
  const where = { control, option: name, description };
  if (term !== undefined) return [{ ...where, term, path: `${term}.${name}`, place: "term" }];
  return [{ ...where, path: name, place: isRare(option) ? "more" : "own" }];
}

function isRare({ group, name }: LossOption): boolean {
  return group === "shared" || name === "smoothNumerator" || name === "smoothDenominator";
}
