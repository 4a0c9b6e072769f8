import * as pulumi from "@pulumi/pulumi";
import { enterNewState, handOverPlain, spareAids } from "../sdk";
import type { Bag } from "../values";
import { Engine, stackOf } from "./engine";
import { type LogMessage, LogReceiver } from "./logs";
import { ResourceMonitor } from "./monitor";
import type { Refusal } from "./refusal";
import type { Registration } from "./registration";
import { collectRejections } from "./rejections";
import { settled } from "./settle";

/** How a program is run. */
export interface ComposeOptions {
  /** @default "project" */
  readonly project?: string;
  /** @default "stack" */
  readonly stack?: string;
  /** @default "organization" */
  readonly organization?: string;
  /**
   * A preview leaves what AWS computes unknown; otherwise every resource gets ids, ARNs and names.
   * @default false
   */
  readonly preview?: boolean;
  /** Values by full key, `evenkeel:environment`, as texts; structured ones as JSON. */
  readonly config?: { readonly [key: string]: string };
  /** Keys of `config` that are secret. */
  readonly secretConfigKeys?: readonly string[];
  /**
   * Region of the AWS provider, which the program finds in its config as `aws:region`.
   * @default `aws:region` of the config; without one resources are in "us-east-1", and the config says nothing of it
   */
  readonly region?: string;
  /** @default "123456789012" */
  readonly accountId?: string;
  /** Outputs of other stacks, by the name a `StackReference` gives. */
  readonly stackOutputs?: { readonly [stack: string]: Bag };
  /**
   * Whether a stack that `stackOutputs` does not hold is there all the same, with outputs of which nothing is known.
   * @default false, which makes reading it an error
   */
  readonly unknownStacks?: boolean;
  /**
   * Frames an error thrown meanwhile keeps. The SDK takes a trace for every promise: the fewer frames, the faster.
   * @default what the process is set to
   */
  readonly stackTraceLimit?: number;
  /** Told of each resource as soon as it is registered, in order. Outputs of components come later. */
  readonly onRegistered?: (registration: Registration) => void;
}

/** What came of a program. */
export interface Composition {
  /** Everything it registered, in order, the stack first; children the providers made are among them. */
  readonly registrations: readonly Registration[];
  /** The stack's outputs, without wrappers; unknown values are `UNKNOWN`. */
  readonly outputs: Bag;
  /** Where `outputs` hold secrets. */
  readonly secretOutputPaths: readonly string[];
  /** What it logged. */
  readonly logs: readonly LogMessage[];
  /** Resources that were not taken. */
  readonly refusals: readonly Refusal[];
  /** Why it failed, if it did: the first refusal, else what the program threw. */
  readonly error?: unknown;
  /** The engine, for what else there is to ask. */
  readonly engine: Engine;
}

/** Makes the engine a program will talk to. */
export function engineFor(options: ComposeOptions): Engine {
  const {
    project = "project",
    stack = "stack",
    preview = false,
    accountId = "123456789012",
    config = {},
  } = options;
  const region = options.region ?? config["aws:region"] ?? "us-east-1";
  const { stackOutputs = {}, unknownStacks = false, onRegistered } = options;
  return new Engine({
    project,
    stack,
    preview,
    region,
    accountId,
    stackOutputs,
    unknownStacks,
    ...(onRegistered ? { onRegistered } : {}),
  });
}

/** Makes the SDK, in the state it has here, talk to an engine. Its config holds what was given, and no defaults. */
export function connect(engine: Engine, options: ComposeOptions): void {
  const { project, stack, preview } = engine.options;
  const { organization = "organization", config = {}, secretConfigKeys = [], region } = options;
  const ofProvider = region === undefined ? {} : { "aws:region": region };
  pulumi.runtime.setMockOptions(new ResourceMonitor(engine), project, stack, preview, organization);
  pulumi.runtime.setAllConfig({ ...config, ...ofProvider }, [...secretConfigKeys]);
}

let turn: Promise<unknown> = Promise.resolve();

/**
 * Runs a program as the Pulumi engine would and waits until everything it started has settled.
 *
 * Never rejects: what went wrong is in the result. Runs one at a time; a second call waits for the first.
 */
export function compose(program: () => unknown, options: ComposeOptions = {}): Promise<Composition> {
  const result = turn.then(() => run(program, options));
  turn = result;
  return result;
}

/**
 * Takes off what the SDK writes in front of an error's message for every property it passes on its way, in an order that
 * is not always the same.
 */
function withoutPlaces(error: unknown): void {
  if (error instanceof Error)
    error.message = error.message.replace(/^(error serializing property "[^"]*": )+/, "");
}

async function run(program: () => unknown, options: ComposeOptions): Promise<Composition> {
  const { store, leave } = enterNewState();
  const giveBack = [spareAids(), handOverPlain()];
  const formerLimit = Error.stackTraceLimit;
  Error.stackTraceLimit = options.stackTraceLimit ?? formerLimit;
  const engine = engineFor(options);
  const logs = new LogReceiver();
  connect(engine, options);
  store.settings.engine = logs;

  const restore = collectRejections();
  const thrown: unknown[] = [];
  try {
    await pulumi.runtime.runInPulumiStack(async () => (await program()) as Record<string, unknown>);
  } catch (error) {
    thrown.push(error);
  }
  await settled(store, engine);
  thrown.push(...restore());
  for (const error of thrown) withoutPlaces(error);
  // Promises that hang on a failure stay open; the SDK would report them when the process ends.
  store.leakCandidates = new Set();
  Error.stackTraceLimit = formerLimit;
  // Ends the server of the program's transforms, if it had any.
  pulumi.runtime.disconnectSync();
  leave();
  for (const back of giveBack) back();

  const stack = stackOf(engine);
  const errors = [...engine.refusals, ...thrown];
  return {
    registrations: engine.registrations,
    outputs: stack?.outputs ?? {},
    secretOutputPaths: (stack && engine.secretOutputs.get(stack.urn)) ?? [],
    logs: logs.messages,
    refusals: engine.refusals,
    engine,
    ...(errors.length > 0 ? { error: errors[0] } : {}),
  };
}
