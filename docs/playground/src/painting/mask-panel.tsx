import type { ComponentChildren } from "preact";
import { classNames } from "../scene/class-names.ts";
import { maskOfFile } from "../scene/image-mask.ts";
import { changeScene, remember, replaceMask, scene } from "../scene/page-state.ts";
import { type MaskName, paintableClasses } from "../scene/scene.ts";
import { announce } from "../ui/announcer.tsx";
import { paletteOf } from "../ui/colours.ts";
import { MaskCanvas } from "../ui/mask-canvas.tsx";
import { isDark } from "../ui/theme.ts";
import { onToolKey, tool } from "./tool.ts";

interface MaskPanelProps {
  readonly name: MaskName;
  readonly title: string;
  /** How the mask is seen. */
  readonly image: ImageData;
  readonly outlined?: Uint8Array;
  readonly children: ComponentChildren;
}

/** A mask of the scene, to be painted on or uploaded. */
export function MaskPanel({ name, title, image, outlined, children }: MaskPanelProps) {
  const { size, channels } = scene.value;
  const { diameter, label, isErasing } = tool.value;
  const brushLabel = isErasing ? 0 : Math.min(label, paintableClasses(channels) - 1);
  const upload = async (file: File) => {
    try {
      replaceMask(name, await maskOfFile(file, size, paintableClasses(channels)));
      announce(`${title} is ${file.name}`);
    } catch {
      announce(`${file.name} is no image that this browser can read`);
    }
  };
  return (
    <figure class="panel" data-mask={name}>
      <figcaption class="panel-head">
        <h2>{title}</h2>
        <label class="action">
          <input
            class="unseen"
            type="file"
            accept="image/*"
            aria-label={`Upload an image as ${name}`}
            onChange={({ currentTarget }) => {
              const file = currentTarget.files?.[0];
              if (file) void upload(file);
              currentTarget.value = "";
            }}
          />
          <span>Upload</span>
        </label>
        <button type="button" class="action" onClick={() => replaceMask(name, new Uint8Array(size * size))}>
          Clear<span class="unseen"> {name}</span>
        </button>
      </figcaption>
      <MaskCanvas
        name={title}
        size={size}
        mask={scene.value[name]}
        image={image}
        {...(outlined && { outlined })}
        outline={paletteOf(isDark.value).outline}
        brush={{ diameter, label: brushLabel }}
        classNames={classNames(channels)}
        onStrokeStart={remember}
        onPaint={(mask) => changeScene({ [name]: mask })}
        onFile={(file) => void upload(file)}
        onKey={onToolKey}
      />
      <div class="panel-foot">{children}</div>
    </figure>
  );
}

/** How a mask is painted with keys. */
export function PaintingKeys() {
  return (
    <p class="hint" id="painting-keys">
      <kbd>←↑↓→</kbd> move, with <kbd>Shift</kbd> by 8. <kbd>Space</kbd> paints. <kbd>E</kbd> brush or eraser.{" "}
      <kbd>[</kbd> <kbd>]</kbd> size. <kbd>Z</kbd> undo.
    </p>
  );
}
