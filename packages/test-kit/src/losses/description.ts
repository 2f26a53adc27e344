import type { LossUnderTest } from "../contract/suite.ts";

/** What the contract must know about one of our losses beside the function: which options it takes, and what it promises. */
export type LossDescription = Omit<LossUnderTest, "loss" | "name" | "records" | "reference">;
