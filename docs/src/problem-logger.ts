import { Logger, LogLevel } from "typedoc";

/** Hears typedoc's warnings and errors as problems: a page that typedoc is unsure about is not finished. */
export class ProblemLogger extends Logger {
  readonly #report: (problem: string) => void;

  constructor(report: (problem: string) => void) {
    super();
    this.#report = report;
  }

  override log(message: string, level: LogLevel): void {
    super.log(message, level);
    if (level >= LogLevel.Warn) this.#report(message);
  }
}
