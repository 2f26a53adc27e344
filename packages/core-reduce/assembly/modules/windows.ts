export {
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
export { countCentres, countNeighbours, gatherShares, lowerToNeighbours, shareOut } from "../windows";
