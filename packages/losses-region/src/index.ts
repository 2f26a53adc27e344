export { type DiceLossOptions, diceFromOverlap, diceLoss } from "./dice.ts";
