import { describe, diagonalLength, type Geometry } from "./geometry.ts";

/** What stands beyond the ends of the array: nothing, or background (label 0), one step away. */
export type Border = "open" | "background";

/** The distance given to voxels that have no other side to go to, in a mask without background. */
export type NoBackground = "zero" | "infinity" | "diagonal" | number;

/** Which implementation runs: the faster one that this machine can run, or one by name. */
export type BackendChoice = "auto" | "wasm" | "typescript";

/** Options that every distance transform shares. */
export interface DistanceOptions {
  /** Distance between neighbouring voxel centres, one number or one per axis. @defaultValue 1 */
  spacing?: number | readonly number[];
  /** Squared distances instead of distances. @defaultValue false */
  squared?: boolean;
  /** What stands beyond the ends of the array. @defaultValue "open" */
  border?: Border;
  /** Distances above this become this; exact below. @defaultValue Infinity */
  maxDistance?: number;
  /** A number is a distance (squared like any other with `squared`). @defaultValue "infinity" */
  noBackground?: NoBackground;
  /** Which implementation runs. @defaultValue "auto" */
  backend?: BackendChoice;
}

/** What becomes of a squared distance in the end. */
export interface Finish {
  readonly squared: boolean;
  /** In the units of the result. */
  readonly cap: number;
  /** The result of a voxel without another side, in the units of the result. */
  readonly nothing: number;
}

/** The checked options, ready to compute with. */
export interface Settings extends Finish {
  /** Whether background stands beyond the ends. */
  readonly border: boolean;
  readonly backend: BackendChoice;
}

const NAMES = ["spacing", "squared", "border", "maxDistance", "noBackground", "backend"];

/** Throws on an option that nobody reads, and on options that are no object. */
export function checkNames(who: string, options: object, names: readonly string[]): void {
  checkOptions(who, options);
  for (const name of Object.keys(options)) {
    if (!names.includes(name)) {
      throw new TypeError(`${who}: unknown option "${name}" (expected ${names.join(", ")})`);
    }
  }
}

/** Throws on options that are no object of named options. */
export function checkOptions(who: string, options: object): void {
  if (typeof options === "object" && options !== null && !Array.isArray(options)) return;
  throw new TypeError(`${who}: options must be an object of named options (got ${describe(options)})`);
}

/** @returns the settings that the options mean on this geometry. */
export function createSettings(
  who: string,
  geometry: Geometry,
  options: DistanceOptions,
  more: readonly string[] = [],
): Settings {
  checkNames(who, options, [...NAMES, ...more]);
  const { squared = false, border = "open", maxDistance = Infinity, noBackground = "infinity" } = options;
  const { backend = "auto" } = options;
  expectOne(who, "border", border, ["open", "background"]);
  checkBackend(who, backend);
  if (typeof squared !== "boolean")
    throw new TypeError(`${who}: squared must be true or false (got ${describe(squared)})`);
  if (typeof maxDistance !== "number" || !(maxDistance > 0)) {
    throw new RangeError(`${who}: maxDistance must be a positive number (got ${describe(maxDistance)})`);
  }
  const inUnits = (distance: number): number => (squared ? distance * distance : distance);
  const nothing = Math.min(borderlessDistance(who, geometry, noBackground), maxDistance);
  return { squared, border: border === "background", cap: inUnits(maxDistance), nothing: inUnits(nothing), backend };
}

function borderlessDistance(who: string, geometry: Geometry, noBackground: NoBackground): number {
  if (typeof noBackground === "number") {
    if (noBackground >= 0) return noBackground;
  } else if (noBackground === "zero") {
    return 0;
  } else if (noBackground === "infinity") {
    return Infinity;
  } else if (noBackground === "diagonal") {
    return diagonalLength(geometry);
  }
  throw new RangeError(
    `${who}: noBackground must be "zero", "infinity", "diagonal" or a number >= 0 (got ${describe(noBackground)})`,
  );
}

/** Throws unless there is such an implementation. */
export function checkBackend(who: string, backend: BackendChoice): void {
  expectOne(who, "backend", backend, ["auto", "wasm", "typescript"]);
}

/** Throws unless `value` is one of the words that an option knows. */
export function expectOne(who: string, name: string, value: string, words: readonly string[]): void {
  if (!words.includes(value)) {
    throw new RangeError(
      `${who}: ${name} must be one of ${words.map((word) => `"${word}"`).join(", ")} (got ${describe(value)})`,
    );
  }
}
