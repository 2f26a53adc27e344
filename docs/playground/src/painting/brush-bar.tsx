import { capitalised } from "../catalogue/names.ts";
import { classNames } from "../scene/class-names.ts";
import { canUndo, scene, undo } from "../scene/page-state.ts";
import type { Channels } from "../scene/scene.ts";
import { paletteOf } from "../ui/colours.ts";
import { Segments } from "../ui/segments.tsx";
import { Slider } from "../ui/slider.tsx";
import { isDark } from "../ui/theme.ts";
import { tool } from "./tool.ts";

/** What a stroke paints, and how wide. */
export function BrushBar() {
  const { channels } = scene.value;
  const { diameter, label, isErasing } = tool.value;
  const { classes } = paletteOf(isDark.value);
  return (
    <div class="brush-bar">
      <Segments
        label="Tool"
        isLabelHidden
        value={isErasing ? 0 : Math.min(label, Math.max(1, channels - 1))}
        options={[...brushes(channels, classes), { value: 0, text: "Eraser", swatch: classes[0] as string }]}
        onChange={(value) => {
          tool.value = value === 0 ? { ...tool.value, isErasing: true } : { diameter, isErasing: false, label: value };
        }}
      />
      <Slider
        label="Size"
        value={diameter}
        min={1}
        max={24}
        step={1}
        text={`${diameter} px`}
        onInput={(value) => {
          tool.value = { ...tool.value, diameter: value };
        }}
      />
      <button type="button" class="button" disabled={!canUndo.value} onClick={undo}>
        Undo
      </button>
    </div>
  );
}

/** One brush a class. */
function brushes(channels: Channels, colours: readonly string[]) {
  const names = classNames(channels).slice(1);
  return names.map((text, i) => ({
    value: i + 1,
    text: names.length === 1 ? "Brush" : capitalised(text),
    swatch: colours[i + 1] as string,
  }));
}
