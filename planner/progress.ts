import type { Output } from "./print/style";

// Back to the start of the line, and the rest of it cleared.
const erase = "\r\u001b[2K";

/** Says on a terminal what takes long; nothing anywhere else. */
export class Progress implements Output {
  readonly #on: boolean;
  readonly #write: Output["write"];
  /** What is on the line that is written to. */
  #line: "nothing" | "step" | "text" = "nothing";

  constructor(output: Output, env: NodeJS.ProcessEnv) {
    this.#on = output.isTTY === true && env.TERM !== "dumb" && !env.CI;
    // As it is now: while a program runs, what it writes there comes here.
    this.#write = output.write.bind(output);
  }

  /** Replaces the line with another. */
  say(step: string): void {
    if (!this.#on) return;
    this.#write(`${this.#line === "text" ? "\n" : erase}${step} …`);
    this.#line = "step";
  }

  /** Takes the line away. */
  clear(): void {
    if (this.#line !== "step") return;
    this.#line = "nothing";
    this.#write(erase);
  }

  /** Writes what others have to say in place of the line. */
  write(text: string): void {
    if (text === "") return;
    this.clear();
    this.#write(text);
    this.#line = text.endsWith("\n") ? "nothing" : "text";
  }
}
