export {
  clearSums,
  coefficientsAt,
  fieldAt,
  labelsAt,
  mapAt,
  predictionsAt,
  sumsAt,
  termCoefficientsAt,
  termSumsAt,
  weightsAt,
} from "../memory";
export { addCounts, chooseAbove, chosenSums, clearCounts, countDigits } from "../selection";
