import { lossNamed } from "../catalogue/losses.ts";

/** What this page has in a link beside the scene. */
export interface LearnState {
  /** The loss of the second network; the first has the chosen one. */
  readonly against: string;
  readonly noise: number;
  readonly learningRate: number;
}

/** The learning rates that can be chosen. */
export const learningRates = [0.0003, 0.001, 0.003, 0.01, 0.03] as const;

/** What the page shows without a link. */
export const firstLearnState: LearnState = { against: "crossEntropyLoss", noise: 0.25, learningRate: 0.003 };

/** The part of a link that is this page's. */
export function learnLinkOf({ against, noise, learningRate }: LearnState): string {
  return new URLSearchParams({ against, noise: String(noise), rate: String(learningRate) }).toString();
}

/** This page's part of a link; what is not there or cannot be read stands as at first. */
export function readLearnLink(fragment: string): LearnState {
  const given = new URLSearchParams(fragment.replace(/^#/, ""));
  const noise = Number(given.get("noise") ?? Number.NaN);
  return {
    against: lossNamed(given.get("against") ?? "")?.name ?? firstLearnState.against,
    noise: noise >= 0 && noise <= 1 ? noise : firstLearnState.noise,
    learningRate: learningRates.find((rate) => String(rate) === given.get("rate")) ?? firstLearnState.learningRate,
  };
}
