import type { Result } from "../results.ts";
import { type Curve, chart } from "./curves.ts";
import { lossName } from "./html.ts";

/** More losses than this would hide each other in one chart. The style sheet has as many colours, for light and for dark pages. */
const mostTogether = 6;
/** Points of a loss curve: the mean over a sixtieth of the training each, for single steps jump. */
const mostPoints = 60;
const small = { width: 300, height: 170 };

/** Curves of loss and validation Dice: of a few losses together for comparison, and of every loss alone in its own units. */
export function trainingSection(results: Result[]): string {
  const steps = Math.max(1, ...results.map(({ training }) => training.steps));
  const isTogether = results.length > 1 && results.length <= mostTogether;
  const together = isTogether ? togetherCharts(results, steps) : "";
  const alone = results.map((result, index) =>
    ownCharts(result, curveClass(index, results.length), steps, !isTogether),
  );
  return `<h2>Training</h2>
${together}
<div class="curves">
${alone.join("\n")}
</div>
<p class="soft">Each training loss in its own units, as the mean over some steps. Dice is that of the validation images, after each epoch.</p>`;
}

function togetherCharts(results: Result[], steps: number): string {
  const names = results.map(({ loss }, index) => `<li>${curveKey(index, results.length)}${lossName(loss)}</li>`);
  const dice = chart(
    results.map((result, index) => diceCurve(result, curveClass(index, results.length))),
    { label: "Validation Dice by step", steps, bounds: [0, 1] },
  );
  const relative = results.map((result, index) => relativeTo(lossCurve(result, curveClass(index, results.length))));
  const loss = chart(relative, { label: "Training loss by step, relative to its beginning", steps });
  return `<ul class="legend">${names.join("")}</ul>
<div class="charts">
<div class="card"><h3>Dice on the validation images</h3>
${dice}</div>
<div class="card"><h3>Training loss, relative to its beginning</h3>
${loss}</div>
</div>`;
}

function ownCharts(result: Result, style: string, steps: number, withDice: boolean): string {
  const loss = chart([lossCurve(result, style)], {
    label: `Training loss of ${result.loss} by step`,
    steps,
    size: small,
  });
  const dice = chart([diceCurve(result, style)], {
    label: `Validation Dice of ${result.loss} by step`,
    steps,
    bounds: [0, 1],
    size: small,
  });
  const below = withDice ? `<p class="soft">Dice</p>\n${dice}` : "";
  return `<div class="card"><h3>${lossName(result.loss)}</h3>\n${loss}${below}</div>`;
}

function diceCurve({ loss, training: { epochs } }: Result, style: string): Curve {
  return { name: loss, points: epochs.map(({ step, dice }) => [step, dice]), style };
}

/** The mean loss over each of at most sixty stretches, at the end of the stretch. */
export function lossCurve({ loss, training: { losses, steps } }: Result, style: string): Curve {
  const stretch = Math.ceil(steps / mostPoints);
  const points = Array.from({ length: Math.ceil(losses.length / stretch) }, (_, place): [number, number] => {
    const some = losses.slice(place * stretch, (place + 1) * stretch);
    return [place * stretch + some.length, some.reduce((sum, value) => sum + value, 0) / some.length];
  });
  return { name: loss, points, style };
}

/** Losses have different units; as fractions of their beginning they fit on one chart. */
function relativeTo(curve: Curve): Curve {
  const first = Math.abs(curve.points[0]?.[1] ?? 1) || 1;
  return { ...curve, points: curve.points.map(([step, value]) => [step, value / first]) };
}

/** Colours for as many losses as can be told apart, one for all if there are more. */
function curveClass(index: number, count: number): string {
  return `curve c${count <= mostTogether ? index : 0}`;
}

/** A piece of a curve, to stand before its name; nothing where colours do not tell losses apart. */
export function curveKey(index: number, count: number): string {
  if (count > mostTogether) return "";
  return `<svg class="key ${curveClass(index, count)}" viewBox="0 0 28 10" aria-hidden="true"><line x1="0" x2="28" y1="5" y2="5"/></svg>`;
}
