import { titleOfComputed } from "../catalogue/names.ts";
import { BackendChoice, SceneChoices } from "../painting/scene-choices.tsx";
import { refused, status } from "./results.ts";

/** What is painted on, and what computes. */
export function SceneBar() {
  return (
    <section class="scene-bar" aria-label="Scene">
      <SceneChoices />
      <BackendChoice refused={refused.value} />
      <Status />
    </section>
  );
}

/** What the worker is at. */
function Status() {
  const now = status.value;
  const text =
    now.kind === "failed"
      ? now.error
      : now.kind === "done"
        ? `all computed in ${Math.round(now.milliseconds)} ms`
        : now.with === undefined
          ? "computing…"
          : `computing ${titleOfComputed(now.with)}…`;
  return (
    <p
      class={`status ${now.kind}`}
      role={now.kind === "failed" ? "alert" : undefined}
      title={text}
      data-status={now.kind}
    >
      {text}
    </p>
  );
}
