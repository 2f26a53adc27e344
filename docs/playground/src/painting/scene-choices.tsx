import { type BackendName, backendNames } from "../compute/backend-names.ts";
import type { Refusals } from "../compute/backends.ts";
import { presetScene } from "../scene/link.ts";
import { change, changeScene, remember, scene, state } from "../scene/page-state.ts";
import { type PresetName, presets } from "../scene/presets.ts";
import { type Channels, paintableClasses, resized, type Size, sizes, withinClasses } from "../scene/scene.ts";
import { Choice } from "../ui/choice.tsx";

const backendTitles: Readonly<Record<BackendName, string>> = {
  webgpu: "WebGPU",
  webgl: "WebGL",
  wasm: "WebAssembly",
  cpu: "Plain JavaScript",
};

/** What is painted on: the preset, its classes and its size. */
export function SceneChoices() {
  const { size, channels } = scene.value;
  const shown = presetShown();
  const all = Object.entries(presets).map(([value, { name }]) => ({ value, text: name }));
  return (
    <>
      <Choice
        label="Preset"
        value={shown ?? ""}
        options={shown ? all : [{ value: "", text: "Painted", isOff: true }, ...all]}
        onChange={(name) => {
          remember();
          changeScene(presetScene(name as PresetName, scene.value));
        }}
      />
      <Choice
        label="Output"
        value={String(channels)}
        options={[
          { value: "1", text: "1 channel, sigmoid" },
          { value: "2", text: "2 classes, softmax" },
          { value: "3", text: "3 classes, softmax" },
          { value: "4", text: "4 classes, softmax" },
        ]}
        onChange={(value) => chooseChannels(Number(value) as Channels)}
      />
      <Choice
        label="Pixels"
        value={String(size)}
        options={sizes.map((side) => ({ value: String(side), text: `${side} × ${side}` }))}
        onChange={(value) => chooseSize(Number(value) as Size)}
      />
    </>
  );
}

/** What computes; what this browser cannot run says why. */
export function BackendChoice({ refused }: { readonly refused: Refusals | undefined }) {
  const options = backendNames.map((name) => {
    const reason = refused?.[name];
    return { value: name, text: reason ? `${backendTitles[name]}: ${reason}` : backendTitles[name], isOff: !!reason };
  });
  return (
    <Choice
      label="Backend"
      value={state.value.backend}
      options={options}
      onChange={(value) => change({ backend: value as BackendName })}
    />
  );
}

/** The preset that is seen, if nobody has painted over it. */
function presetShown(): PresetName | undefined {
  return (Object.keys(presets) as PresetName[]).find((name) => {
    const { truth, prediction } = presetScene(name, scene.value);
    return same(truth, scene.value.truth) && same(prediction, scene.value.prediction);
  });
}

function same(a: Uint8Array, b: Uint8Array): boolean {
  return a.every((label, i) => label === b[i]);
}

function chooseSize(size: Size): void {
  remember();
  const { truth, prediction, size: from } = scene.value;
  const shown = presetShown();
  if (shown) changeScene(presetScene(shown, { ...scene.value, size }));
  else changeScene({ size, truth: resized(truth, from, size), prediction: resized(prediction, from, size) });
}

function chooseChannels(channels: Channels): void {
  remember();
  const shown = presetShown();
  const classes = paintableClasses(channels);
  const { truth, prediction } = scene.value;
  const masks = shown
    ? presetScene(shown, { ...scene.value, channels })
    : { truth: withinClasses(truth, classes), prediction: withinClasses(prediction, classes) };
  change({
    scene: { ...scene.value, ...masks, channels },
    channel: Math.min(state.value.channel, channels - 1),
  });
}
