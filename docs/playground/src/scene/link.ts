import type { Form } from "../catalogue/call.ts";
import { losses, lossNamed } from "../catalogue/losses.ts";
import { readSettings, type Settings } from "../catalogue/settings.ts";
import { type BackendName, backendNames } from "../compute/backend-names.ts";
import { packed, unpacked } from "./packed-mask.ts";
import { painted, presets } from "./presets.ts";
import { type Channels, type MaskName, paintableClasses, type Scene, type Size, sizes } from "./scene.ts";

/** What was set of each loss. */
export type AllSettings = Readonly<Record<string, Settings>>;

/** Everything that a link holds. */
export interface PageState {
  readonly scene: Scene;
  readonly loss: string;
  readonly settings: AllSettings;
  readonly backend: BackendName;
  readonly form: Form;
  /** The channel whose gradient and maps are shown. */
  readonly channel: number;
  /** The mask whose maps are shown. */
  readonly mapped: MaskName;
}

/** The scene of a preset. */
export function presetScene(name: keyof typeof presets, look: Omit<Scene, MaskName>): Scene {
  const { truth, prediction } = presets[name];
  const { size, channels } = look;
  return { ...look, truth: painted(truth, size, channels), prediction: painted(prediction, size, channels) };
}

/** What the page shows without a link. */
export const firstState: PageState = {
  scene: presetScene("shifted", { size: 64, channels: 1, confidence: 0.9, softness: 1 }),
  loss: "diceLoss",
  settings: {},
  backend: "wasm",
  form: "logits",
  channel: 0,
  mapped: "truth",
};

/** A state as the fragment of a link. */
export function linkOf({ scene, loss, settings, backend, form, channel, mapped }: PageState): string {
  const set = Object.fromEntries(Object.entries(settings).filter(([, own]) => Object.keys(own).length > 0));
  return new URLSearchParams({
    size: String(scene.size),
    channels: String(scene.channels),
    confidence: String(scene.confidence),
    softness: String(scene.softness),
    loss,
    backend,
    form,
    channel: String(channel),
    maps: mapped,
    ...(Object.keys(set).length > 0 && { options: JSON.stringify(set) }),
    truth: packed(scene.truth),
    prediction: packed(scene.prediction),
  }).toString();
}

/** The state behind the fragment of a link, and what in it could not be read: there the first state stands. */
export function readLink(fragment: string): { state: PageState; problems: string[] } {
  const given = new URLSearchParams(fragment.replace(/^#/, ""));
  const problems: string[] = [];
  /** A part of the link, or what stands without it. */
  const read = <Value>(name: string, fallback: Value, parse: (text: string) => Value | undefined): Value => {
    const text = given.get(name);
    if (text === null) return fallback;
    try {
      const value = parse(text);
      if (value !== undefined) return value;
      problems.push(`${name}=${text}`);
    } catch (error) {
      problems.push(`${name}: ${error instanceof Error ? error.message : String(error)}`);
    }
    return fallback;
  };
  const first = firstState.scene;
  const size = read("size", first.size, (text) => sizes.find((one) => String(one) === text));
  const channels = read("channels", first.channels, (text) => ([1, 2, 3, 4] as const).find((one) => `${one}` === text));
  const standing = presetScene("shifted", { ...first, size, channels });
  const mask = (name: MaskName) => read(name, standing[name], maskReader(size, channels));
  return {
    state: {
      scene: {
        size,
        channels,
        confidence: read("confidence", first.confidence, numberWithin(0.51, 0.999)),
        softness: read("softness", first.softness, numberWithin(0, 8)),
        truth: mask("truth"),
        prediction: mask("prediction"),
      },
      loss: read("loss", firstState.loss, (text) => lossNamed(text)?.name),
      settings: read("options", firstState.settings, (text) => readAllSettings(text, problems)),
      backend: read("backend", firstState.backend, (text) => backendNames.find((name) => name === text)),
      form: read("form", firstState.form, oneOf("logits", "probabilities")),
      channel: read("channel", 0, numberWithin(0, channels - 1)),
      mapped: read("maps", firstState.mapped, oneOf("truth", "prediction")),
    },
    problems,
  };
}

function oneOf<const Word extends string>(...words: Word[]): (text: string) => Word | undefined {
  return (text) => words.find((word) => word === text);
}

function numberWithin(min: number, max: number): (text: string) => number | undefined {
  return (text) => (text !== "" && Number(text) >= min && Number(text) <= max ? Number(text) : undefined);
}

function maskReader(size: Size, channels: Channels): (text: string) => Uint8Array {
  return (text) => unpacked(text, size * size, paintableClasses(channels));
}

function readAllSettings(text: string, problems: string[]): AllSettings {
  const given = JSON.parse(text) as Record<string, object>;
  const read = losses.flatMap((loss) => {
    const record = given[loss.name];
    if (typeof record !== "object" || record === null) return [];
    const { settings, refused } = readSettings(loss, record);
    problems.push(...refused.map((path) => `options: ${path}`));
    return [[loss.name, settings] as const];
  });
  return Object.fromEntries(read);
}
