/**
 * Writes on request, one write at a time. Requests that come while a write is under way share the next one: each is done
 * with a write that began after it.
 */
export class GroupCommit {
  #last: Promise<void> = Promise.resolve();
  #next: Promise<void> | undefined;

  constructor(readonly write: () => Promise<void>) {}

  /** Resolves once what is there now is written; rejects, as does every request that shares the write, if it fails. */
  request(): Promise<void> {
    this.#next ??= this.#last.then(() => {
      this.#next = undefined;
      const writing = this.write();
      this.#last = writing.catch(() => undefined);
      return writing;
    });
    return this.#next;
  }

  /** Resolves once every write that has been asked for is over, well or not. */
  async settled(): Promise<void> {
    await this.#next?.catch(() => undefined);
    await this.#last;
  }
}
