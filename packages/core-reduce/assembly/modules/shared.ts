// What every module of voxels exports beside its reductions.
export { clearSums } from "../memory";
export { describe, widenBytes, widenIntegers } from "../stage";
export * from "./addresses";
