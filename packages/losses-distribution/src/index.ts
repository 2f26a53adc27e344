export { type CrossEntropyLossOptions, crossEntropyLoss } from "./cross-entropy.ts";
