/** What JSON holds. */
export type Json = boolean | null | number | string | readonly Json[] | { readonly [name: string]: Json };

/** What an option may be, in the vocabulary of JSON Schema (2020-12), as far as options need it. */
export interface OptionSchema {
  /** The kind of JSON value. */
  readonly type?: "array" | "boolean" | "integer" | "number" | "object";
  /** The words that are allowed. */
  readonly enum?: readonly string[];
  /** The smallest number that is allowed. */
  readonly minimum?: number;
  /** Numbers must be above this one. */
  readonly exclusiveMinimum?: number;
  /** The largest number that is allowed. */
  readonly maximum?: number;
  /** What each entry of a list may be. */
  readonly items?: OptionSchema;
  /** How many entries a list has at least. */
  readonly minItems?: number;
  /** How many entries a list has at most. */
  readonly maxItems?: number;
  /** What one entry of a list, at least, must be. */
  readonly contains?: OptionSchema;
  /** Alternatives, of which one must hold. */
  readonly anyOf?: readonly OptionSchema[];
}

/**
 * Whose option it is: that of every loss, of every loss that is a ratio of sums, of every loss that is a mean of cross entropies over voxels, of every loss
 * that measures distances, of every compound, or of this loss (and perhaps a few relatives).
 */
export type OptionGroup = "shared" | "ratio" | "distribution" | "distance" | "compound" | "own";

/** An option of a loss. */
export interface LossOption {
  /** Its name among the options. */
  readonly name: string;
  /** Whose option it is: what a form may fold away. */
  readonly group: OptionGroup;
  /** What it means, one or two sentences of Markdown. */
  readonly description: string;
  /** Its type as TypeScript writes it. */
  readonly type: string;
  /** What the loss says that it expects, in the words of its error. */
  readonly expected: string;
  /** What it may be; left out where it is a tensor, which JSON does not hold. */
  readonly schema?: OptionSchema;
  /** Of a list (or list of rows), how many entries there must be: one a class, or one a spatial axis; left out where any number will do, or `schema` says it. */
  readonly length?: "classes" | "axes";
  /** Whether the loss throws without it. */
  readonly required: boolean;
  /** The value that stands where the option is left out; left out itself where that is no constant. */
  readonly default?: Json;
  /** What stands where the option is left out, in words of Markdown; left out where the option is required. */
  readonly defaultDescription?: string;
  /** For the record of a compound's term: the loss whose options, all but `components`, it takes. */
  readonly optionsOf?: string;
}
