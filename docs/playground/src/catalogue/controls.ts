/** How an option is set on the page, and what it is when nobody sets it. */
export type Control =
  /** A number between two ends. */
  | {
      readonly kind: "range";
      readonly min: number;
      readonly max: number;
      readonly step: number;
      readonly start: number;
    }
  /** One of a few numbers that do not lie evenly; without a start the option stands at another one's value. */
  | { readonly kind: "stops"; readonly stops: readonly number[]; readonly start: number | undefined }
  /** One of a few words. */
  | { readonly kind: "choice"; readonly words: readonly string[]; readonly start: string }
  | { readonly kind: "flag"; readonly start: boolean }
  /** A number, or what stands without one: a word that the loss knows, or nothing at all. */
  | {
      readonly kind: "optional";
      readonly without: string;
      readonly min: number;
      readonly max: number;
      readonly step: number;
      readonly start: undefined;
    }
  /** A number for each class, or nothing. */
  | { readonly kind: "perClass"; readonly max: number; readonly step: number; readonly start: undefined }
  /** A class to leave out, or none. */
  | { readonly kind: "class"; readonly start: undefined };

/** What the page lets a control be. */
export type Setting = number | string | boolean | readonly number[];

/** Whether a value, of a link say, is one that the control can show. */
export function fits(control: Control, value: unknown): value is Setting {
  const within = (min: number, max: number) => typeof value === "number" && value >= min && value <= max;
  switch (control.kind) {
    case "range":
    case "optional":
      return within(control.min, control.max);
    case "stops":
      return control.stops.includes(value as number);
    case "choice":
      return control.words.includes(value as string);
    case "flag":
      return typeof value === "boolean";
    case "perClass":
      return Array.isArray(value) && value.every((entry) => typeof entry === "number" && entry >= 0);
    case "class":
      return within(0, 3) && Number.isInteger(value);
  }
}
