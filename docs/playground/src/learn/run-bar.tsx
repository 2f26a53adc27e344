import { useEffect } from "preact/hooks";
import { titleOf } from "../catalogue/names.ts";
import { announce } from "../ui/announcer.tsx";
import { begin, failure, isRunning, names, setRunning, standing, stepOnce } from "./store.ts";

/** Start, pause, step and reset, and how far it is. */
export function RunBar() {
  const now = standing.value;
  const isReady = now !== undefined && failure.value === undefined;
  useEffect(() => {
    if (!now || isRunning.value) return;
    const sides = now.sides.map(({ dice }, i) => `${titleOf(names.value[i as 0 | 1])} ${dice.toFixed(3)}`);
    announce(`Step ${now.step}. Dice: ${sides.join(", ")}`);
  }, [now, isRunning.value]);
  return (
    <section class="run-bar" aria-label="Training">
      <button type="button" class="button primary" disabled={!isReady} onClick={() => setRunning(!isRunning.value)}>
        {isRunning.value ? "Pause" : now && now.step > 0 ? "Go on" : "Start"}
      </button>
      <button type="button" class="button" disabled={!isReady} onClick={stepOnce}>
        Step
      </button>
      <button
        type="button"
        class="button"
        onClick={() => {
          isRunning.value = false;
          begin();
        }}
      >
        Reset
      </button>
      <dl class="facts number">
        <div>
          <dt>Step</dt>
          <dd data-step={now?.step}>{now?.step ?? "·"}</dd>
        </div>
        <div>
          <dt>Steps per second</dt>
          <dd>{now && now.step > 0 ? now.stepsPerSecond.toFixed(now.stepsPerSecond < 10 ? 1 : 0) : "·"}</dd>
        </div>
      </dl>
      {failure.value !== undefined && (
        <p class="error" role="alert">
          {failure.value}
        </p>
      )}
    </section>
  );
}
