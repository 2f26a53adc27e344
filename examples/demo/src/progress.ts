import { styleText } from "node:util";
import { createLogUpdate } from "log-update";
import type { Progress } from "./train.ts";

/** Shows how a training goes, then leaves a line about how it went. */
export interface ProgressDisplay {
  update(progress: Progress): void;
  /** Replaces the bar by its last words. */
  finish(words: string): void;
}

/**
 * On a terminal: one line that is redrawn, with bar, loss, Dice and time left. Elsewhere (a pipe, a log): a line after every
 * tenth part.
 */
export function showProgress(title: string, stream: NodeJS.WriteStream = process.stdout): ProgressDisplay {
  const started = performance.now();
  const elapsed = () => (performance.now() - started) / 1000;
  return stream.isTTY ? liveBar(title, stream, elapsed) : plainLines(title, stream, elapsed);
}

function liveBar(title: string, stream: NodeJS.WriteStream, elapsed: () => number): ProgressDisplay {
  const write = createLogUpdate(stream);
  let drawn = Number.NEGATIVE_INFINITY;
  return {
    update(progress) {
      // Ten pictures a second are enough for the eye.
      if (elapsed() - drawn < 0.1 && progress.step < progress.steps) return;
      drawn = elapsed();
      const room = (stream.columns ?? 80) - title.length - 58;
      const bar = room >= 8 ? `${drawBar(progress.step / progress.steps, Math.min(40, room))} ` : "";
      write(`${styleText("bold", title)}  ${bar}${figures(progress, elapsed())}`);
    },
    finish(words) {
      write(`${styleText("bold", title)}  ${words}`);
      write.done();
    },
  };
}

function plainLines(title: string, stream: NodeJS.WriteStream, elapsed: () => number): ProgressDisplay {
  let tenths = 0;
  return {
    update(progress) {
      const reached = Math.floor((10 * progress.step) / progress.steps);
      if (reached === tenths) return;
      tenths = reached;
      stream.write(`${title}  ${figures(progress, elapsed())}\n`);
    },
    finish(words) {
      stream.write(`${title}  ${words}\n`);
    },
  };
}

function figures({ step, steps, loss, dice }: Progress, seconds: number): string {
  const left = (seconds / step) * (steps - step);
  const percent = `${Math.floor((100 * step) / steps)}`.padStart(3);
  const score = Number.isNaN(dice) ? "  ...  " : dice.toFixed(3).padEnd(7);
  return `${percent} %  loss ${loss.toFixed(4)}  Dice ${score} ${duration(left)} left`;
}

/** A bar of blocks whose last one grows in eighths. */
export function drawBar(fraction: number, width: number): string {
  const eighths = Math.round(Math.min(1, Math.max(0, fraction)) * width * 8);
  const full = "█".repeat(eighths >> 3);
  const part = eighths % 8 === 0 ? "" : String.fromCodePoint(0x2590 - (eighths % 8));
  return styleText("cyan", full + part) + styleText("dim", "·".repeat(width - full.length - part.length));
}

/** 75 s as "1:15". */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}
