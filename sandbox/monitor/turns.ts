/** How long calls are answered at once, in milliseconds, before everything else has its turn. */
const slice = 5;

/**
 * Answers calls in the order they came, and now and then lets the event loop turn.
 *
 * A program whose every call is answered at once goes on in microtasks to its end, and nothing that comes from outside is
 * heard meanwhile: no message of another process, no timer, no signal.
 */
export class Turns {
  readonly #waiting: (() => void)[] = [];
  #began = 0;

  /** Does some work now, or when those before it have had their turn. */
  take(work: () => void): void {
    if (this.#waiting.length === 0 && performance.now() - this.#began < slice) {
      work();
      return;
    }
    this.#waiting.push(work);
    if (this.#waiting.length === 1) setImmediate(() => this.#resume());
  }

  #resume(): void {
    this.#began = performance.now();
    while (performance.now() - this.#began < slice) {
      const work = this.#waiting.shift();
      if (work === undefined) return;
      work();
    }
    if (this.#waiting.length > 0) setImmediate(() => this.#resume());
  }
}
