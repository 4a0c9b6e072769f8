import { mkdirSync, rmSync } from "node:fs";
import { open, rename } from "node:fs/promises";
import { dirname } from "node:path";
import type { Made } from "../model/kind";
import { AccountError } from "./account-error";
import { AccountView, contentOf, type Note } from "./account-view";
import { GroupCommit } from "./group-commit";
import { ProcessLock } from "./process-lock";

const start = Buffer.from("\n");
const between = Buffer.from(",\n");
const end = Buffer.from("\n]}\n");

/** How an account is opened. */
export interface OpenOptions {
  /** What the user started, for the message others get meanwhile: `pulumi up`. */
  readonly purpose: string;
  /**
   * Milliseconds since 1970, for when resources were made.
   * @default the system's
   */
  readonly now?: () => number;
}

/** A resource's line in the file. */
interface Line {
  readonly note: Note;
  readonly bytes: Buffer;
}

/**
 * The AWS account on disk, held by this process alone.
 *
 * The file is replaced as a whole: whenever a process dies, there is the former account or the new one.
 */
export class WorldFile extends AccountView {
  #lines = new WeakMap<Made, Line>();
  readonly #commit = new GroupCommit(() => this.#write());
  #closed = false;

  private constructor(
    file: string,
    readonly lock: ProcessLock,
    content: ReturnType<typeof contentOf>,
    now: (() => number) | undefined,
  ) {
    super(file, ...content, now);
  }

  /**
   * Takes an account, there already or not: the file is written with the first change.
   *
   * @throws {Locked} while another process has it.
   * @throws {AccountError} for a file that is no account.
   */
  static open(file: string, { purpose, now }: OpenOptions): WorldFile {
    const lock = lockOf(file, purpose);
    try {
      return new WorldFile(file, lock, contentOf(file), now);
    } catch (error) {
      lock.release();
      throw error;
    }
  }

  /** A seed that no resource has had. */
  newSeed(urn: string): string {
    this.state.made++;
    return `${urn}#${this.state.made}`;
  }

  /**
   * Has the texts of these properties masked on disk, in the place of those masked so far. To be said in the same turn as the
   * resource is made, so that no write comes in between.
   */
  keepSecret(made: Made, paths: readonly string[]): void {
    this.notes.set(made.seed, { ...this.noteOf(made), secrets: paths });
  }

  /** Resolves once what is in memory now is on disk. Calls that come while a write is under way share the next one. */
  changed(): Promise<void> {
    if (this.#closed) return Promise.reject(new AccountError(`${this.file} has been closed`));
    return this.#commit.request();
  }

  /** Waits for the writes that have been asked for, and lets others have the account. */
  async close(): Promise<void> {
    this.#closed = true;
    try {
      await this.#commit.settled();
    } finally {
      this.lock.release();
    }
  }

  async #write(): Promise<void> {
    // Always the same name: only the holder of the lock writes, and what a dead one left is overwritten.
    const draft = draftOf(this.file);
    try {
      const handle = await open(draft, "w", 0o600);
      try {
        const content = this.#content();
        const { bytesWritten } = await handle.writev(content);
        const length = content.reduce((sum, { byteLength }) => sum + byteLength, 0);
        // A disk that fills up on the way is no error of this call.
        if (bytesWritten !== length) throw new Error(`${bytesWritten} of ${length} bytes were written`);
        // Without it a power cut may leave the new name on a file that has nothing in it yet: 3 ms for 2 MB.
        await handle.datasync();
      } finally {
        await handle.close();
      }
      await rename(draft, this.file);
    } catch (error) {
      throw new AccountError(`cannot write ${this.file}: ${(error as Error).message}`);
    }
  }

  /** The whole file: a line a resource, those of resources that are as they were kept from the last time. */
  #content(): Buffer[] {
    const { format, ...state } = { format: 1, ...this.state };
    const head = JSON.stringify({ format, ...state, resources: [] }).slice(0, -2);
    const lines = this.world
      .everything()
      .flatMap((made, index) => [index === 0 ? start : between, this.#line(made)]);
    return [Buffer.from(head), ...lines, end];
  }

  #line(made: Made): Buffer {
    const note = this.noteOf(made);
    const known = this.#lines.get(made);
    if (known?.note === note) return known.bytes;
    const bytes = Buffer.from(JSON.stringify(this.saved(made)));
    this.#lines.set(made, { note, bytes });
    return bytes;
  }
}

/**
 * Removes an account, whatever its file holds.
 *
 * @throws {Locked} while another process has it.
 */
export function removeWorld(file: string, { purpose }: OpenOptions): void {
  const lock = lockOf(file, purpose);
  try {
    for (const each of [file, draftOf(file)]) rmSync(each, { force: true });
  } finally {
    lock.release();
  }
}

function lockOf(file: string, purpose: string): ProcessLock {
  mkdirSync(dirname(file), { recursive: true });
  return ProcessLock.take(
    `${file.replace(/\.json$/, "")}.lock`,
    purpose,
    `the sandbox's AWS account (${file})`,
  );
}

function draftOf(file: string): string {
  return `${file}.new`;
}
