import * as pulumi from "@pulumi/pulumi";
import { type ComposeOptions, compose, connect, engineFor } from "./monitor/compose";
import type { Engine } from "./monitor/engine";
import { type LogMessage, LogReceiver } from "./monitor/logs";
import { isScaffold, type Registration } from "./monitor/registration";
import { collectRejections } from "./monitor/rejections";
import { settled } from "./monitor/settle";
import { enterNewState, type Store } from "./sdk";
import type { Bag } from "./values";

/** How a test wants its program run. */
export interface SandboxOptions extends Omit<ComposeOptions, "preview"> {
  /**
   * Whether AWS has answered: in "deployed" every resource has ids, ARNs and names, in "preview" they are unknown.
   * @default "deployed"
   */
  readonly mode?: "preview" | "deployed";
}

/** What a program under test has made. */
export class Sandbox {
  readonly #store: Store | undefined;

  constructor(
    readonly engine: Engine,
    /** What it logged. */
    readonly logs: readonly LogMessage[],
    store?: Store,
  ) {
    this.#store = store;
  }

  /** Every registration in order, without the stack itself and the default providers. */
  get registrations(): Registration[] {
    return this.engine.registrations.filter((registration) => !isScaffold(registration));
  }

  /** Logical names, sorted. A name several resources share is there once for each. */
  get names(): string[] {
    return this.registrations.map(({ name }) => name).sort();
  }

  /**
   * The resource with this logical name, of this type if several have the name.
   *
   * @throws when there is none, or more than one.
   */
  resource(name: string, type?: string): Registration {
    const named = this.registrations.filter((registration) => registration.name === name);
    const found = named.filter((registration) => type === undefined || registration.type === type);
    const [first] = found;
    if (first && found.length === 1) return first;
    const types = named
      .map((registration) => registration.type)
      .sort()
      .join(", ");
    if (named.length > 0) throw new Error(`"${name}" is ambiguous or of another type: give one of ${types}`);
    throw new Error(`no resource "${name}"; there are ${this.names.join(", ")}`);
  }

  /** What the program gave a resource, unknown values as `UNKNOWN`, secrets as their values. */
  inputs(name: string, type?: string): Bag {
    return this.resource(name, type).inputs;
  }

  /** What can be read of a resource; of a component, what it registered. */
  outputs(name: string, type?: string): Bag {
    return this.resource(name, type).outputs;
  }

  /**
   * Waits until everything the program started has settled.
   *
   * @throws what the program threw, or the first refusal.
   */
  async settled(): Promise<void> {
    if (!this.#store) return;
    const restore = collectRejections();
    await settled(this.#store, this.engine);
    const [error] = [...this.engine.refusals, ...restore()];
    if (error !== undefined) throw error;
  }
}

function composeOptions({ mode = "deployed", ...options }: SandboxOptions): ComposeOptions {
  return { stackTraceLimit: 2, ...options, preview: mode === "preview" };
}

let leaveFormer: () => void = () => {};

/**
 * Puts the model of AWS behind every resource made from here on, in place of Pulumi's engine.
 *
 * A later call starts afresh.
 */
export async function sandboxMocks(options: SandboxOptions = {}): Promise<Sandbox> {
  const settings = composeOptions(options);
  const engine = engineFor(settings);
  leaveFormer();
  const { store, leave } = enterNewState();
  leaveFormer = leave;
  connect(engine, settings);
  const logs = new LogReceiver();
  store.settings.engine = logs;
  // Makes the stack the parent of whatever names no other, as in a real run.
  await pulumi.runtime.runInPulumiStack(async () => ({}));
  return new Sandbox(engine, logs.messages, store);
}

/**
 * Runs a program in a sandbox of its own and waits for all of it.
 *
 * @throws what the program threw, or the first refusal.
 */
export async function sandboxed(program: () => unknown, options: SandboxOptions = {}): Promise<Sandbox> {
  const { engine, logs, ...result } = await compose(program, composeOptions(options));
  if ("error" in result) throw result.error;
  return new Sandbox(engine, logs);
}
