import { useState } from "preact/hooks";
import { codeOf } from "../scene/code.ts";
import { scene, state } from "../scene/page-state.ts";
import { announce } from "../ui/announcer.tsx";
import { chosenCall } from "./store.ts";

/** The program that computes what is seen. */
export function CodePanel() {
  const code = codeOf(scene.value, chosenCall.value, state.value.backend);
  return (
    <section class="panel code" aria-label="Code">
      <div class="panel-head">
        <h2>In code</h2>
        <CopyButton text={code} label="Copy code" />
        <CopyButton text={() => location.href} label="Copy link" />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must scroll with the keyboard too */}
      <pre tabIndex={0}>
        <code>{code}</code>
      </pre>
    </section>
  );
}

function CopyButton({ text, label }: { readonly text: string | (() => string); readonly label: string }) {
  const [said, setSaid] = useState<string>();
  const copy = async () => {
    const copied = typeof text === "string" ? text : text();
    const outcome = await navigator.clipboard.writeText(copied).then(
      () => "Copied",
      () => "Not allowed",
    );
    setSaid(outcome);
    announce(`${label}: ${outcome}`);
    setTimeout(() => setSaid(undefined), 1500);
  };
  return (
    <button type="button" class="button" onClick={() => void copy()}>
      {said ?? label}
    </button>
  );
}
