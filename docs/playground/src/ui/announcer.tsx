import { signal } from "@preact/signals";

/** What can be announced beside each other: a newer announcement takes the place of an older one of its kind. */
const kinds = ["value", "place"] as const;
type Kind = (typeof kinds)[number];

const texts = { value: signal(""), place: signal("") } as const;
const timers: Partial<Record<Kind, ReturnType<typeof setTimeout>>> = {};

/** Says something to those who do not see the page, when it has not been followed by something else of its kind for a moment. */
export function announce(message: string, kind: Kind = "value"): void {
  clearTimeout(timers[kind]);
  timers[kind] = setTimeout(() => {
    texts[kind].value = message;
  }, 500);
}

/** Where announcements are read from. */
export function Announcer() {
  return (
    <div class="unseen" data-announcer>
      {kinds.map((kind) => (
        <p key={kind} aria-live="polite">
          {texts[kind].value}
        </p>
      ))}
    </div>
  );
}
