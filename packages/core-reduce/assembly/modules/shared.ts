// What every module exports beside its reductions.
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
export { describe, widenBytes, widenIntegers } from "../stage";
