export { labelledSums, valueSums, weightSum } from "../plain";
export * from "./shared";
