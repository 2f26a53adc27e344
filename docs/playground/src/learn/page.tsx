import { BrushBar } from "../painting/brush-bar.tsx";
import { PaintingKeys } from "../painting/mask-panel.tsx";
import { TruthPanel } from "../painting/truth-panel.tsx";
import { linkProblems } from "../scene/page-state.ts";
import { Announcer } from "../ui/announcer.tsx";
import { DiceChart } from "./dice-chart.tsx";
import { ImagePanel } from "./image-panel.tsx";
import { LearnBar } from "./learn-bar.tsx";
import { RunBar } from "./run-bar.tsx";
import { SidePanel } from "./side-panel.tsx";
import { fragment } from "./store.ts";

/** Two networks that learn side by side. */
export function Page() {
  return (
    <>
      <div class="learn">
        <div class="intro">
          <h1>One mask, two losses</h1>
          <p>
            Two small U-Nets with the same first weights see the same noisy image and learn the same mask. Only the loss
            differs. <a href={`../playground/index.html#${fragment.value}`}>See this mask in the playground.</a>
          </p>
        </div>
        {linkProblems.value.length > 0 && (
          <p class="notice" role="alert">
            Parts of this link could not be read and are as on the first visit: {linkProblems.value.join("; ")}
          </p>
        )}
        <LearnBar />
        <RunBar />
        <div class="sides">
          <SidePanel side={0} />
          <SidePanel side={1} />
        </div>
        <DiceChart />
        <section class="material" aria-label="What is learnt">
          <BrushBar />
          <div class="pair">
            <TruthPanel />
            <ImagePanel />
          </div>
          <PaintingKeys />
        </section>
      </div>
      <Announcer />
    </>
  );
}
