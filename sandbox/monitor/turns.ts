/**
 * Answers calls in the order they came, and now and then lets the event loop turn.
 *
 * A program whose every call is answered at once goes on in microtasks to its end, and nothing that comes from outside is
 * heard meanwhile: no message of another process, no timer, no signal.
 */
export class Turns {
  readonly #slice: number;
  readonly #waiting: (() => void)[] = [];
  #left = 0;
  #due = false;

  /**
   * @param slice How many calls are answered before everything else has its turn. Counted and not timed, although some take
   *   longer than others: what a program asks for next, and in which order, follows from where the slices end. The default
   *   comes to some milliseconds.
   */
  constructor(slice = 8) {
    this.#slice = slice;
  }

  /** Does some work now, or when the work before it is done. */
  take(work: () => void): void {
    this.#waiting.push(work);
    if (this.#waiting.length === 1) this.#work();
  }

  /** Does what is left of the slice. */
  #work(): void {
    for (let work = this.#next(); work !== undefined; work = this.#next()) work();
    if (this.#waiting.length === 0 || this.#due) return;
    this.#due = true;
    setImmediate(() => {
      this.#due = false;
      this.#left = this.#slice;
      this.#work();
    });
  }

  #next(): (() => void) | undefined {
    if (this.#left === 0 || this.#waiting.length === 0) return undefined;
    this.#left--;
    return this.#waiting.shift();
  }
}
