import { setTimeout as wait } from "node:timers/promises";
import { type Operation, secondsOf } from "../model/durations";
import type { Failure, Made } from "../model/kind";
import { notYetVisible } from "../model/propagation";
import { quotaFailures } from "../model/quotas";
import type { Wanted, World } from "../model/world";
import type { Bag } from "../values";
import { groupTypes, showConsoleRules } from "./console-rules";
import { Faults, type Hit } from "./faults";
import { revealed } from "./secrets";
import type { WorldFile } from "./world-file";

/** What AWS, or its provider, answers instead of doing what was asked. */
export class AwsError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "AwsError";
  }
}

/** Where an account is kept. */
export type Storage = Pick<WorldFile, "world" | "state" | "newSeed" | "keepSecret" | "noteOf" | "changed">;

/** How an account behaves. */
export interface AccountOptions {
  /**
   * How long everything takes, in times what it takes on AWS.
   * @default 0, everything is done at once
   */
  readonly realtime?: number;
  /** Ends provider and engine at once, as a power cut would. */
  readonly crash: () => void;
}

/** What is about to be done, and to what. */
interface Call extends Pick<Wanted, "type" | "name" | "inputs"> {
  readonly operation: Operation;
  readonly secretPaths?: readonly string[];
}

/** Does something, or says what AWS has against it. */
type Attempt = () => readonly Failure[] | Made;

const doing = { create: "creating", update: "updating", delete: "deleting" } as const;

/** How often a call that AWS may yet take is tried again, in milliseconds. */
const again = 50;

/** Without a clock of AWS's own a call has waited long enough once nothing else has happened for so many milliseconds. */
const quiet = 5000;

/** The AWS account of a sandbox, as its provider uses it: whatever has been answered is on disk. */
export class Account {
  #lastChange = 0;

  constructor(
    private readonly storage: Storage,
    private readonly options: AccountOptions,
  ) {}

  /** What is in the account. */
  get world(): World {
    return this.storage.world;
  }

  /**
   * Makes a resource.
   *
   * @param secretPaths Where its inputs are secret.
   * @throws {AwsError} when AWS refuses it.
   */
  create(wanted: Wanted, secretPaths: readonly string[]): Promise<Made> {
    const seeded = { ...wanted, seed: this.storage.newSeed(wanted.urn) };
    return this.#do({ ...wanted, operation: "create", secretPaths }, () => {
      const { inputs, failures } = this.#judged(seeded);
      return failures.length > 0 ? failures : this.world.create({ ...seeded, inputs });
    });
  }

  /**
   * Changes a resource.
   *
   * @param secretPaths Where its inputs are secret.
   * @throws {AwsError} when AWS refuses that.
   */
  update(made: Made, inputs: Bag, secretPaths: readonly string[]): Promise<Made> {
    return this.#do({ ...made, inputs, operation: "update", secretPaths }, () => {
      const checked = this.#judged({ ...made, inputs });
      if (checked.failures.length > 0) return checked.failures;
      return this.#shown(this.world.update(this.world.find(made.type, made.id) ?? made, checked.inputs));
    });
  }

  /**
   * Deletes a resource.
   *
   * @throws {AwsError} when AWS refuses that.
   */
  async delete(made: Made): Promise<void> {
    await this.#do({ ...made, operation: "delete" }, () => {
      const failures = this.world.refusalsOfDelete(made);
      if (failures.length > 0) return failures;
      this.world.remove(made);
      return made;
    });
  }

  /**
   * Looks a resource up.
   *
   * @param known What the state knows of it: secrets are told only to who knows them already.
   * @throws {AwsError} when AWS fails.
   */
  async read(type: string, id: string, name: string, known: Bag): Promise<Made | undefined> {
    await this.#suffer(
      new Faults(this.storage.state.faults).hit("read", type, name),
      `reading ${type} '${name}'`,
    );
    const found = this.world.find(type, id);
    if (!found) return undefined;
    return this.revealed(this.#shown(found), known);
  }

  /** A resource with those of its secrets that somebody knows already. */
  revealed(made: Made, known: Bag): Made {
    const { salt } = this.storage.state;
    const reveal = (bag: Bag) => revealed(bag, known, salt) as Bag;
    return { ...made, inputs: reveal(made.inputs), outputs: reveal(made.outputs) };
  }

  /** Waits, fails or crashes as is due, has something done and sees that it is written down. */
  async #do(call: Call, attempt: Attempt): Promise<Made> {
    const { operation, type, name, inputs, secretPaths } = call;
    const what = `${doing[operation]} ${type} '${name}'`;
    const hit = new Faults(this.storage.state.faults).hit(operation, type, name);
    await this.#suffer(hit, what);
    await this.#pass(secondsOf(type, operation, inputs));
    const done = await this.#patiently(operation, () => {
      const made = attempt();
      // In the same turn, so that no write comes in between.
      if (secretPaths && !isRefused(made)) this.storage.keepSecret(made, secretPaths);
      return made;
    });
    if (isRefused(done)) throw new AwsError(`${what}: ${reasonsOf(done)}`);
    this.#lastChange = Date.now();
    await this.storage.changed();
    if (hit.crash === "after") await this.#crash();
    return done;
  }

  /** What a fault does before AWS does anything. */
  async #suffer({ delaySeconds, retries, failure, crash }: Hit, what: string): Promise<void> {
    // A fault that has hit is over, also for whoever comes after a crash.
    if (retries > 0 || failure !== undefined || crash !== undefined) await this.storage.changed();
    const delay = delaySeconds * 1000 + retries * again;
    // Even no time at all is a millisecond to a timer.
    if (delay > 0) await wait(delay);
    if (crash === "before") await this.#crash();
    if (failure !== undefined) throw new AwsError(`${what}: ${failure}`);
  }

  async #pass(seconds: number): Promise<void> {
    const { realtime = 0 } = this.options;
    if (realtime > 0) await wait(seconds * 1000 * realtime);
  }

  /** Whoever asked will never hear of it. */
  #crash(): Promise<never> {
    this.options.crash();
    return new Promise(() => undefined);
  }

  /** Inputs as AWS takes them, and what it refuses. */
  #judged(wanted: Wanted & { readonly seed: string }): { inputs: Bag; failures: readonly Failure[] } {
    const { propagationSeconds = 0, quotas } = this.storage.state;
    const checked = this.world.check(wanted);
    if (checked.failures.length > 0) return checked;
    const subject = { ...wanted, inputs: checked.inputs, world: this.world };
    const since = (made: Made) => (Date.now() - Date.parse(this.storage.noteOf(made).createdAt)) / 1000;
    const failures = [
      ...quotaFailures(subject, quotas),
      ...notYetVisible(subject, since, propagationSeconds),
    ];
    return { inputs: checked.inputs, failures };
  }

  /** What came of it once the provider has tried for as long as it does. */
  async #patiently(operation: Operation, attempt: Attempt): Promise<readonly Failure[] | Made> {
    const start = Date.now();
    for (;;) {
      const done = attempt();
      if (!isRefused(done)) return done;
      const patience = Math.min(...done.map(({ patienceSeconds = 0 }) => patienceSeconds)) * 1000;
      if (Date.now() >= start + patience || this.#isInVain(operation, start)) return done;
      await wait(again);
    }
  }

  /** What keeps something from being deleted goes only if something else is deleted. */
  #isInVain(operation: Operation, start: number): boolean {
    const { realtime = 0 } = this.options;
    return operation === "delete" && realtime === 0 && Date.now() - Math.max(start, this.#lastChange) > quiet;
  }

  #shown(made: Made): Made {
    const isGroup = groupTypes.some((type) => type === made.type);
    return isGroup ? showConsoleRules(this.world, made) : made;
  }
}

function isRefused(done: readonly Failure[] | Made): done is readonly Failure[] {
  return Array.isArray(done);
}

function reasonsOf(failures: readonly Failure[]): string {
  return failures
    .map(({ property, reason }) => (property === undefined ? reason : `${property}: ${reason}`))
    .join("; ");
}
