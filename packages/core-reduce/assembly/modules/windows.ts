export { sumBefore, sumRows, weighBalls } from "../balls";
export { addNeighbours, countCentres, countNeighbours, gatherShares, lowerToNeighbours, shareOut } from "../windows";
export * from "./addresses";
