import type { LossEntry } from "@lossary/catalogue";
import { fits, type Setting } from "./controls.ts";
import { controlsOf, type PlacedControl } from "./losses.ts";

/** What somebody has set of a loss, by the path of the control. */
export type Settings = Readonly<Record<string, Setting>>;

/** What was set, as options of the loss; what stands at its default is left out, as a reader would leave it out. */
export function optionsOf(loss: LossEntry, settings: Settings, channels: number): Record<string, unknown> {
  const options = requiredOf(loss, channels);
  for (const { option, term, path } of controlsOf(loss)) {
    const value = settings[path];
    if (value === undefined) continue;
    if (term === undefined) options[option] = value;
    else options[term] = { ...(options[term] as object | undefined), [option]: value };
  }
  return options;
}

/** Options without which the loss cannot be called: a word where there is one, and costs that are the same for all confusions. */
function requiredOf({ options }: LossEntry, channels: number): Record<string, unknown> {
  const required = options.filter((option) => option.required);
  return Object.fromEntries(
    required.map(({ name, schema }) => {
      const word = schema?.anyOf?.find((one) => one.enum)?.enum?.[0];
      return [name, word ?? evenCosts(channels)];
    }),
  );
}

function evenCosts(channels: number): number[][] {
  const range = Array.from({ length: channels }, (_, c) => c);
  return range.map((row) => range.map((column) => (row === column ? 0 : 1)));
}

/** The settings with one changed; the default is not kept. */
export function withSetting(
  settings: Settings,
  { path, control }: PlacedControl,
  value: Setting | undefined,
): Settings {
  const { [path]: _, ...others } = settings;
  return value === undefined || value === control.start ? others : { ...others, [path]: value };
}

/** The settings that a record, of a link say, holds for a loss, and the names of those that are none. */
export function readSettings(loss: LossEntry, record: object): { settings: Settings; refused: string[] } {
  const controls = new Map(controlsOf(loss).map(({ path, control }) => [path, control]));
  const settings: Record<string, Setting> = {};
  const refused: string[] = [];
  for (const [path, value] of Object.entries(record)) {
    const control = controls.get(path);
    if (control && fits(control, value)) settings[path] = value;
    else refused.push(`${loss.name}.${path}`);
  }
  return { settings, refused };
}
