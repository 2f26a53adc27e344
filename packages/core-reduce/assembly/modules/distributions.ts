export { distributions } from "../distributions";
export * from "./shared";
