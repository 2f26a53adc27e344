import type { LossEntry } from "@lossary/catalogue";
import { computed } from "@preact/signals";
import { callOf } from "../catalogue/call.ts";
import { losses, lossNamed } from "../catalogue/losses.ts";
import { linkOf } from "../scene/link.ts";
import { keepLink, scene, settingsOf, state } from "../scene/page-state.ts";
import { logitsOf, probabilitiesOf, signedDistances } from "../scene/prediction.ts";

/** What losses may take for predictions. */
export const predictions = computed(() => {
  const logits = logitsOf(scene.value);
  return {
    logits,
    probabilities: probabilitiesOf(logits, scene.value.channels),
    distances: signedDistances(scene.value),
  };
});

/** The loss whose gradient is shown. */
export const chosenLoss = computed(() => lossNamed(state.value.loss) as LossEntry);

/** The call of a loss as it is set. */
function call(loss: LossEntry) {
  const { scene, form } = state.value;
  return callOf(loss, settingsOf(loss.name), scene.channels, form);
}

/** The calls of all losses. */
export const calls = computed(() => losses.map(call));

/** The call of the chosen loss. */
export const chosenCall = computed(() => call(chosenLoss.value));

/** The link to what is seen. */
export const fragment = computed(() => linkOf(state.value));

keepLink(fragment, () => {});
