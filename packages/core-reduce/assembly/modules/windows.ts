export { sumBefore, sumRows, weighBalls } from "../balls";
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
export { addNeighbours, countCentres, countNeighbours, gatherShares, lowerToNeighbours, shareOut } from "../windows";
