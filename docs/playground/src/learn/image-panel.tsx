import { useMemo } from "preact/hooks";
import { scene } from "../scene/page-state.ts";
import { coloured } from "../ui/colours.ts";
import { MapCanvas } from "../ui/map-canvas.tsx";
import { pictureSide } from "../ui/picture.ts";
import { image } from "./store.ts";

/** What the networks see. */
export function ImagePanel() {
  const values = image.value;
  const picture = useMemo(() => coloured(values, ["#000000", "#ffffff"], -0.2, 1.2), [values]);
  return (
    <figure class="panel">
      <figcaption class="panel-head">
        <h2>What the networks see</h2>
      </figcaption>
      <MapCanvas
        label="The noisy image that the networks see"
        image={picture}
        outlined={new Uint8Array(scene.value.size ** 2)}
        outline="none"
        side={pictureSide}
      />
      <div class="panel-foot">
        <p class="note">Made of the truth: brightness by class, uneven light, noise</p>
      </div>
    </figure>
  );
}
