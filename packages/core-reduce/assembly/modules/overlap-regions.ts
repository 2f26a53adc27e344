export { overlapRegions, overlapRegionsGradient } from "../overlap-regions";
export * from "./shared";
