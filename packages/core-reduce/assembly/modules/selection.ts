export { clearSums } from "../memory";
export { addCounts, chooseAbove, chosenSums, clearCounts, countDigits } from "../selection";
export * from "./addresses";
