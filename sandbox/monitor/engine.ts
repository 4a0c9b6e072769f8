import { unknownType } from "../model/check-shape";
import { uuidOf } from "../model/ids";
import { zonesOf } from "../model/places";
import { schema } from "../model/type-schema";
import { World } from "../model/world";
import { type Bag, isUnknown, UNKNOWN } from "../values";
import { construct } from "./construct";
import { type Goal, plainGoal, type ReadGoal } from "./goal";
import { Refusal, refusalOf } from "./refusal";
import { type Registration, stackReferenceType, stackType, urnOf } from "./registration";
import { secretResults } from "./secrets";
import { withSecrets } from "./wire";

/** Whose program it is, and what it is run against. */
export interface EngineOptions {
  readonly project: string;
  readonly stack: string;
  /** In a preview what AWS computes is unknown. */
  readonly preview: boolean;
  readonly region: string;
  readonly accountId: string;
  /** Outputs of other stacks, by the name a `StackReference` gives. */
  readonly stackOutputs: { readonly [stack: string]: Bag };
  /** Whether there may be other stacks, of whose outputs nothing is known. */
  readonly unknownStacks: boolean;
  /** Told of each resource as soon as it is registered. */
  readonly onRegistered?: (registration: Registration) => void;
}

/** What the program hears back about a resource. */
export interface Registered {
  readonly urn: string;
  /** Empty while it is not known. */
  readonly wireId: string;
  readonly wireOutputs: Bag;
  /** URNs each output of a component depends on. */
  readonly outputDependencies: ReadonlyMap<string, readonly string[]>;
}

const nothing: ReadonlyMap<string, readonly string[]> = new Map();

/** The part of the Pulumi engine a program talks to: settles each resource's options and asks the model of AWS. */
export class Engine {
  /** Everything registered, in order. */
  readonly registrations: Registration[] = [];
  /** What was refused. */
  readonly refusals: Refusal[] = [];
  /** Grows with every call, so that a waiting caller can see whether something happened. */
  calls = 0;
  readonly world: World;
  /** Where the outputs of the stack hold secrets. */
  readonly secretOutputs = new Map<string, readonly string[]>();
  readonly #byUrn = new Map<string, Registration>();
  /** Providers of each component, for what is made under it. */
  readonly #providers = new Map<string, Goal["providers"]>();

  constructor(readonly options: EngineOptions) {
    this.world = new World(options);
  }

  /** Registers one resource; a refusal is remembered and thrown. */
  register(goal: Goal): Registered {
    this.calls++;
    return this.#remembering(() => {
      const urn = this.#newUrn(goal);
      if (goal.custom) return this.#create(urn, goal);
      const providers = { ...this.#providers.get(goal.parent ?? ""), ...goal.providers };
      this.#providers.set(urn, providers);
      return goal.remote ? this.#construct(urn, { ...goal, providers }) : this.#component(urn, goal);
    });
  }

  /** Reads one resource that exists already. */
  read(goal: ReadGoal): Registered {
    this.calls++;
    return this.#remembering(() => {
      const urn = this.#newUrn(goal);
      const settled = this.#settled(urn, goal);
      const outputs = this.#found(urn, goal, settled.provider);
      this.#record({ ...settled, read: true, id: goal.id, checkedInputs: goal.inputs, outputs });
      return this.#answer(urn, goal, "", outputs);
    });
  }

  #found(urn: string, goal: ReadGoal, provider: string | undefined): Bag {
    const { type, id, name } = goal;
    if (type === stackReferenceType) {
      const outputs = this.options.stackOutputs[id];
      if (outputs) return { name: id, outputs, secretOutputNames: [] };
      if (this.options.unknownStacks) return { name: id, outputs: UNKNOWN, secretOutputNames: UNKNOWN };
      throw refusalOf(urn, type, name, [{ reason: `unknown stack "${id}"` }]);
    }
    if (!schema().types[type]) throw refusalOf(urn, type, name, [{ reason: unknownType(type) }]);
    return this.world.read({ ...this.#wanted(urn, goal, provider), inputs: goal.inputs }, id).outputs;
  }

  /** Takes the outputs of a component, or of the stack. */
  registerOutputs(urn: string, outputs: Bag, secretPaths: readonly string[]): void {
    this.calls++;
    const registration = this.#byUrn.get(urn);
    if (!registration) throw new Error(`unknown resource ${urn}`);
    registration.outputs = outputs;
    this.secretOutputs.set(urn, secretPaths);
  }

  /** Calls a function; its result is returned as the SDK reads it. */
  invoke(token: string, args: Bag, provider: string): Bag {
    this.calls++;
    if (token === "pulumi:pulumi:getResource") return this.#resource(String(args.urn));
    const answer = this.world.invoke(token, args, this.#regionOf(provider));
    if ("failure" in answer) throw new Error(answer.failure);
    return answer.outputs;
  }

  /** The registration with this URN. */
  withUrn(urn: string): Registration | undefined {
    return this.#byUrn.get(urn);
  }

  #remembering<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      if (error instanceof Refusal) this.refusals.push(error);
      throw error;
    }
  }

  #newUrn({ type, name, parent }: Goal): string {
    const { stack, project } = this.options;
    const urn = urnOf(stack, project, parent, type, name);
    if (!this.#byUrn.has(urn)) return urn;
    const message = `Duplicate resource URN '${urn}'; try giving it a unique name`;
    throw new Refusal(urn, [{ reason: message }], message);
  }

  /** What a resource gets from its parent or from the engine when the program does not say. */
  #settled(urn: string, goal: Goal): Omit<Registration, "checkedInputs" | "outputs"> {
    const { inputs: _, marked: __, provider: ___, providers: ____, version: _____, ...rest } = goal;
    const parent = goal.parent === undefined ? undefined : this.#byUrn.get(goal.parent);
    const provider = this.#providerOf(goal, parent);
    const deletedWith = goal.deletedWith ?? parent?.deletedWith;
    return {
      ...rest,
      urn,
      read: false,
      inputs: goal.inputs,
      protect: goal.protect ?? parent?.protect ?? false,
      retainOnDelete: goal.retainOnDelete ?? parent?.retainOnDelete ?? false,
      ...(provider === undefined ? {} : { provider }),
      ...(deletedWith === undefined ? {} : { deletedWith }),
    };
  }

  #component(urn: string, goal: Goal): Registered {
    this.#record({ ...this.#settled(urn, goal), checkedInputs: goal.inputs, outputs: {} });
    // The engine answers a local component with nothing: its outputs come later.
    return { urn, wireId: "", wireOutputs: {}, outputDependencies: nothing };
  }

  #create(urn: string, goal: Goal): Registered {
    const settled = this.#settled(urn, goal);
    const wanted = this.#wanted(urn, goal, settled.provider);
    const { inputs, failures } = this.world.check(wanted);
    if (failures.length > 0) throw refusalOf(urn, goal.type, goal.name, failures);
    const { id, outputs } = this.world.create({ ...wanted, inputs });
    this.#record({ ...settled, checkedInputs: inputs, outputs, id });
    return this.#answer(urn, goal, isUnknown(id) ? "" : id, outputs);
  }

  #construct(urn: string, goal: Goal): Registered {
    const settled = this.#settled(urn, goal);
    // Its provider registers the component without properties, so that is all the engine and policies see of it.
    this.#record({ ...settled, checkedInputs: {}, outputs: {} });
    const { outputs, dependencies } = construct({
      urn,
      goal,
      zones: ({ region = this.#regionOf(goal.providers.aws) }) => zonesOf(region),
      register: (child) => {
        const { urn: childUrn } = this.register(child);
        const { id, outputs } = this.#byUrn.get(childUrn) as Registration;
        return { urn: childUrn, id: id ?? UNKNOWN, outputs };
      },
    });
    return { urn, wireId: "", wireOutputs: outputs, outputDependencies: dependencies };
  }

  #wanted(urn: string, goal: Goal, provider: string | undefined) {
    const { type, name, inputs, propertyDependencies } = goal;
    return { urn, type, name, inputs, propertyDependencies, region: this.#regionOf(provider) };
  }

  #answer(urn: string, goal: Goal, wireId: string, outputs: Bag): Registered {
    const secrets = secretResults(goal.secretPaths, goal.additionalSecretOutputs, outputs);
    return { urn, wireId, wireOutputs: withSecrets(outputs, secrets), outputDependencies: nothing };
  }

  #record(registration: Registration): Registration {
    this.registrations.push(registration);
    this.#byUrn.set(registration.urn, registration);
    this.options.onRegistered?.(registration);
    return registration;
  }

  #providerOf(goal: Goal, parent: Registration | undefined): string | undefined {
    if (goal.provider !== undefined) return goal.provider;
    const [pkg = ""] = goal.type.split(":");
    if ((!goal.custom && !goal.remote) || pkg === "pulumi") return undefined;
    const inherited = parent?.provider;
    if (inherited?.split("::")[2] === `pulumi:providers:${pkg}`) return inherited;
    return this.#defaultProvider(pkg, goal.version);
  }

  /** The provider the engine starts for a package when a program names none; one for each version. */
  #defaultProvider(pkg: string, version: string | undefined): string {
    const name = version === undefined ? "default" : `default_${version.replaceAll(".", "_")}`;
    const type = `pulumi:providers:${pkg}`;
    const { stack, project, region, preview } = this.options;
    const urn = urnOf(stack, project, undefined, type, name);
    const id = preview ? UNKNOWN : uuidOf(urn);
    if (!this.#byUrn.has(urn)) {
      const inputs: Bag = {
        ...(pkg === "aws" ? { region } : {}),
        ...(version === undefined ? {} : { version }),
      };
      const settled = this.#settled(urn, { ...plainGoal, type, name, inputs });
      this.#record({ ...settled, checkedInputs: inputs, outputs: inputs, id });
    }
    return `${urn}::${id}`;
  }

  /** Region of a provider: what it was given, else the stack's. */
  #regionOf(provider: string | undefined): string {
    const urn = provider?.split("::").slice(0, 4).join("::") ?? "";
    const region = this.#byUrn.get(urn)?.inputs.region;
    return typeof region === "string" && !isUnknown(region) ? region : this.options.region;
  }

  #resource(urn: string): Bag {
    const registration = this.#byUrn.get(urn);
    if (!registration) throw new Error(`unknown resource ${urn}`);
    const { id, outputs, secretPaths, additionalSecretOutputs } = registration;
    const secrets = secretResults(secretPaths, additionalSecretOutputs, outputs);
    return { urn, id: id === undefined || isUnknown(id) ? "" : id, state: withSecrets(outputs, secrets) };
  }
}

/** The stack's own registration, if there is one. */
export function stackOf(engine: Engine): Registration | undefined {
  return engine.registrations.find(({ type }) => type === stackType);
}
