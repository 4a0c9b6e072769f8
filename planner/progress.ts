import type { Output } from "./print/style";

/** Says on a terminal what takes long; nothing anywhere else. */
export class Progress {
  readonly #on: boolean;

  constructor(
    readonly output: Output,
    env: NodeJS.ProcessEnv,
  ) {
    this.#on = output.isTTY === true && env.TERM !== "dumb" && !env.CI;
  }

  /** Replaces the line with another. */
  say(step: string): void {
    // Back to the start of the line, and the rest of it cleared.
    if (this.#on) this.output.write(`\r\u001b[2K${step} …`);
  }

  /** Takes the line away. */
  clear(): void {
    if (this.#on) this.output.write("\r\u001b[2K");
  }
}
