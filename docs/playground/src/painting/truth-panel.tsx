import { useMemo } from "preact/hooks";
import { scene } from "../scene/page-state.ts";
import { paintableClasses } from "../scene/scene.ts";
import { blended, paletteOf } from "../ui/colours.ts";
import { isDark } from "../ui/theme.ts";
import { MaskPanel } from "./mask-panel.tsx";
import { oneHot } from "./shares.ts";

/** The truth, with its size. */
export function TruthPanel() {
  const { truth, size, channels } = scene.value;
  const image = useMemo(() => {
    const classes = paletteOf(isDark.value).classes.slice(0, paintableClasses(channels));
    return blended(oneHot(truth, classes.length), classes);
  }, [truth, isDark.value, channels]);
  const inside = truth.reduce((sum, label) => sum + (label > 0 ? 1 : 0), 0);
  return (
    <MaskPanel name="truth" title="Truth" image={image}>
      <p class="note number">
        {inside} of {size * size} pixels, {((100 * inside) / (size * size)).toFixed(1)} %
      </p>
    </MaskPanel>
  );
}
