export { lossCatalogue } from "./loss-catalogue.generated.ts";
export type { LabelForm, LossEntry, LossFamily, Paper } from "./loss-entry.ts";
export type { Json, LossOption, OptionGroup, OptionSchema } from "./loss-option.ts";
