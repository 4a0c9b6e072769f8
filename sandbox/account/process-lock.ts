import { randomBytes } from "node:crypto";
import {
  linkSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { hostname } from "node:os";
import { basename, dirname, join } from "node:path";
import { isBag } from "../values";
import { AccountError } from "./account-error";

/** A process that holds a lock, as the lock's file has it. */
interface Holder {
  /** Of this lock and no other, ever. */
  readonly id: string;
  readonly pid: number;
  /** When the process started, where that can be told: another process may get the same number later. */
  readonly started?: string;
  /** Where its number means something. */
  readonly machine: string;
  /** What the user started, as she knows it. */
  readonly purpose: string;
  /** Since when, in ISO 8601. */
  readonly since: string;
}

/** Another process has the lock. */
export class Locked extends AccountError {}

/** Longest a process is waited for that is just taking over from a dead one, in milliseconds. */
const patience = 2000;
const pause = 10;

/**
 * A file that one process at a time can hold, on every system Node.js runs on.
 *
 * The file comes into being whole, as a hard link, which fails where there is one already. The lock of a process that is no
 * more is taken over by whoever becomes its only successor: who links a second file, named after the dead lock, may put it
 * in the dead one's place, provided that the dead one is still there once the second file is. A successor that dies has a
 * successor found for it in the same way.
 */
export class ProcessLock {
  readonly #release = () => this.release();

  private constructor(
    readonly path: string,
    readonly id: string,
  ) {
    process.once("exit", this.#release);
  }

  /**
   * Takes the lock.
   *
   * @param purpose What the user started, for the message others get meanwhile: `pulumi up`.
   * @param what What the lock is for, for the same message.
   * @throws {Locked} while another process has it.
   */
  static take(path: string, purpose: string, what: string): ProcessLock {
    const self = ownHolder(purpose);
    const draft = `${path}.${self.id}.new`;
    writeFileSync(draft, `${JSON.stringify(self)}\n`, { flag: "wx", mode: 0o600 });
    try {
      seize(path, draft, self.id, what, Date.now() + patience);
    } finally {
      rmSync(draft, { force: true });
    }
    sweep(path);
    return new ProcessLock(path, self.id);
  }

  /** Gives the lock back; a second time does nothing. */
  release(): void {
    process.removeListener("exit", this.#release);
    if (holderOf(this.path)?.id === this.id) rmSync(this.path, { force: true });
  }
}

/** Links `draft` to `path`, in the place of a dead lock if need be. */
function seize(path: string, draft: string, id: string, what: string, deadline: number): void {
  for (;;) {
    if (linked(draft, path)) return;
    const holder = holderOf(path);
    if (!holder) continue;
    if (isAlive(holder)) throw new Locked(heldBy(holder, path, what));
    if (succeeded(path, holder, draft, id, what, deadline)) return;
  }
}

/** Puts `draft` in the place of a dead lock; whether that was possible. */
function succeeded(
  path: string,
  dead: Holder,
  draft: string,
  id: string,
  what: string,
  deadline: number,
): boolean {
  const successor = `${path}.${dead.id}`;
  try {
    seize(successor, draft, id, what, deadline);
  } catch (error) {
    // Another is at it, and done in no time.
    if (!(error instanceof Locked) || Date.now() > deadline) throw error;
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, pause);
    return false;
  }
  // From here on nobody but this process can take the dead lock away. If it has gone already, others were faster.
  const first = holderOf(path)?.id === dead.id;
  if (first) renameSync(successor, path);
  else rmSync(successor, { force: true });
  return first;
}

function linked(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

/** Removes what processes that died while they took the lock have left of it. */
function sweep(path: string): void {
  const start = `${basename(path)}.`;
  for (const name of readdirSync(dirname(path)).filter((each) => each.startsWith(start))) {
    const file = join(dirname(path), name);
    const holder = read(file);
    if (typeof holder !== "string" && holder && !isAlive(holder)) rmSync(file, { force: true });
  }
}

/** Who holds the lock, if anybody does. */
function holderOf(path: string): Holder | undefined {
  const holder = read(path);
  if (typeof holder !== "string") return holder;
  throw new AccountError(
    `${path} is no lock of the sandbox: remove it, if no command of the sandbox is running`,
  );
}

/** The holder a file names; its text, if it names none; nothing, if there is no file. */
function read(file: string): Holder | string | undefined {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
  try {
    const holder = JSON.parse(text) as unknown;
    const whole =
      isBag(holder) && ["id", "machine", "purpose", "since"].every((key) => typeof holder[key] === "string");
    return whole && Number.isSafeInteger(holder.pid) ? (holder as unknown as Holder) : text;
  } catch {
    return text;
  }
}

function ownHolder(purpose: string): Holder {
  const id = randomBytes(12).toString("hex");
  const started = runningSince(process.pid);
  return {
    id,
    pid: process.pid,
    ...(started === undefined ? {} : { started }),
    machine: machine(),
    purpose,
    since: new Date().toISOString(),
  };
}

/** Where process numbers mean something: a computer, or a container on it. */
function machine(): string {
  try {
    return `${hostname()} ${readlinkSync("/proc/self/ns/pid")}`;
  } catch {
    return hostname();
  }
}

/** When a process started, as far as it can be told; `undefined` also for one that is no more. */
function runningSince(pid: number): string | undefined {
  try {
    const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
    return `${boot} ${statusOf(pid)[19]}`;
  } catch {
    return undefined;
  }
}

/** The fields of `/proc/<pid>/stat` from the third on; the second, a name, may hold anything. */
function statusOf(pid: number): string[] {
  const status = readFileSync(`/proc/${pid}/stat`, "utf8");
  return status.slice(status.lastIndexOf(")") + 2).split(" ");
}

/** Whether a process has ended and only its parent has not been told yet. */
function isZombie(pid: number): boolean {
  try {
    return statusOf(pid)[0] === "Z";
  } catch {
    return false;
  }
}

/** Whether a holder still runs. Of one on another machine it cannot be told; it is taken to run. */
function isAlive(holder: Holder): boolean {
  if (holder.machine !== machine()) return true;
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ESRCH") return false;
  }
  const started = runningSince(holder.pid);
  const another = holder.started !== undefined && started !== undefined && holder.started !== started;
  return !another && !isZombie(holder.pid);
}

function heldBy(holder: Holder, path: string, what: string): string {
  const { pid, purpose, since } = holder;
  const when = since.slice(0, 19).replace("T", " ");
  const start = `${what} is in use: "${purpose}" (process ${pid}) has had it since ${when} UTC`;
  if (holder.machine === machine()) return `${start}; wait for it to end`;
  return `${start}, on ${holder.machine.split(" ")[0]}; wait for it to end, or, if it is no more, remove ${path}`;
}
