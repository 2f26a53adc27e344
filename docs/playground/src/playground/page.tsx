import { linkProblems } from "../scene/page-state.ts";
import { Announcer } from "../ui/announcer.tsx";
import { CodePanel } from "./code-panel.tsx";
import { GradientPanel } from "./gradient-panel.tsx";
import { LossList } from "./loss-list.tsx";
import { LossPanel } from "./loss-panel.tsx";
import { MapsPanel } from "./maps-panel.tsx";
import { MaskPanels } from "./mask-panels.tsx";
import { SceneBar } from "./scene-bar.tsx";
import { ShiftPanel } from "./shift-panel.tsx";
import { ValueBar } from "./value-bar.tsx";

/** The playground. */
export function Page() {
  return (
    <>
      <div class="playground">
        <h1 class="unseen">Playground of segmentation losses</h1>
        {linkProblems.value.length > 0 && (
          <p class="notice" role="alert">
            Parts of this link could not be read and are as on the first visit: {linkProblems.value.join("; ")}
          </p>
        )}
        <SceneBar />
        <LossList />
        <MaskPanels />
        <div class="views">
          <GradientPanel />
          <ShiftPanel />
        </div>
        <MapsPanel />
        <div class="side">
          <LossPanel />
          <CodePanel />
        </div>
      </div>
      <ValueBar />
      <Announcer />
    </>
  );
}
