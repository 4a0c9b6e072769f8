import { type Bag, holdsUnknown, isBag, isUnknown, UNKNOWN, type Value } from "../values";
import { checkShape } from "./check-shape";
import { hexOf } from "./ids";
import type { Answer } from "./invocations/invocation";
import { invocations } from "./invocations/invocations";
import { type Failure, isSet, type Kind, type Made, type Subject } from "./kind";
import { kinds } from "./kinds/kinds";
import { autoNamed, tooLong, wholeName } from "./names";
import { schema } from "./type-schema";

/** Where and in which state a world is. */
export interface WorldOptions {
  /** In a preview AWS is not asked: what it computes stays unknown. */
  readonly preview: boolean;
  readonly region: string;
  readonly accountId: string;
}

/** A resource about to be judged or made. */
export interface Wanted {
  readonly urn: string;
  /**
   * What its identifiers are made of.
   * @default the URN
   */
  readonly seed?: string;
  readonly type: string;
  readonly name: string;
  readonly inputs: Bag;
  readonly propertyDependencies: { readonly [property: string]: readonly string[] };
  /** Region of its provider. */
  readonly region: string;
  /** Tags its provider puts on everything. */
  readonly defaultTags?: Bag;
}

/** What a resource occupies so that no other can: a priority of a listener, a port of a balancer, a name. */
export type KeysOf = (subject: Subject) => readonly string[];

/** Who was the first to occupy each key, as far as resources have been looked at. */
interface Register {
  readonly owners: Map<string, Made>;
  seen: number;
}

/** A resource as it can be written down and taken up again. */
export type Saved = Pick<
  Made,
  "urn" | "seed" | "type" | "name" | "region" | "defaultTags" | "id" | "inputs" | "outputs"
>;

/** AWS, in memory. */
export class World {
  readonly #byUrn = new Map<string, Made>();
  readonly #byType = new Map<string, Made[]>();
  readonly #byTypeAndId = new Map<string, Made>();
  readonly #registers = new Map<KeysOf, Map<string, Register>>();

  constructor(readonly options: WorldOptions) {}

  /** The inputs with the provider's defaults and a physical name, and all that is refused. */
  check(wanted: Wanted): { inputs: Bag; failures: Failure[] } {
    const { type } = wanted;
    const kind: Kind = kinds[type] ?? {};
    const shaped = checkShape(type, withTexts(kind, wanted.inputs));
    const named = kind.autoName
      ? autoNamed(kind.autoName, wanted, shaped.inputs)
      : { inputs: shaped.inputs, failures: [] };
    const inputs = kind.fill?.(named.inputs) ?? named.inputs;
    const failures = [...shaped.failures, ...named.failures];
    if (failures.length > 0) return { inputs, failures };
    const limits = kind.autoName ? [...tooLong(inputs, kind.autoName)] : [];
    const refused = [...(kind.refuse?.(this.#subject(wanted, inputs)) ?? [])];
    return { inputs, failures: [...limits, ...refused] };
  }

  /** Makes a resource from inputs that have been checked. */
  create(wanted: Wanted): Made {
    const kind: Kind = kinds[wanted.type] ?? {};
    const subject = this.#subject(wanted, wanted.inputs);
    if (this.options.preview) {
      return this.#keep({ ...subject, id: UNKNOWN, outputs: this.#outputs(kind, subject, UNKNOWN) });
    }
    const made = { ...subject, inputs: wholeName(kind.autoName, subject.seed, subject.inputs) };
    const id = kind.id?.(made) ?? hexOf(subject.seed, 17);
    return this.#keep({ ...subject, id, outputs: this.#outputs(kind, made, id) });
  }

  /** A resource somebody else made, with what is known of it. */
  read(wanted: Wanted, id: string): Made {
    const kind: Kind = kinds[wanted.type] ?? {};
    const subject = this.#subject(wanted, wanted.inputs);
    const known = isUnknown(id) ? UNKNOWN : id;
    return this.#keep({ ...subject, id, outputs: this.#outputs(kind, subject, known), imagined: true });
  }

  /** What can be read of a resource once these inputs have taken the place of its former ones. */
  outputsAfter(made: Made, inputs: Bag): Bag {
    const kind: Kind = kinds[made.type] ?? {};
    const named = wholeName(kind.autoName, made.seed, inputs);
    return this.#outputs(kind, { ...made, inputs: named, previous: made }, made.id);
  }

  /** Outputs that only an update with these inputs will tell. */
  renewedBy(made: Made, inputs: Bag): readonly string[] {
    return kinds[made.type]?.renewed?.(made, inputs) ?? [];
  }

  /** Puts inputs that have been checked in the place of a resource's former ones. */
  update(made: Made, inputs: Bag): Made {
    return this.replace(made, { ...made, inputs, outputs: this.outputsAfter(made, inputs) });
  }

  /** What keeps AWS from deleting a resource now. */
  refusalsOfDelete(made: Made): readonly Failure[] {
    return [...(kinds[made.type]?.refuseDelete?.(made) ?? [])];
  }

  /** Takes a resource out of the world. */
  remove(made: Made): void {
    const alike = this.#byType.get(made.type) ?? [];
    this.#byType.set(
      made.type,
      alike.filter((other) => other !== made),
    );
    for (const key of answersTo(made)) {
      if (this.#byTypeAndId.get(key) === made) this.#byTypeAndId.delete(key);
    }
    if (this.#byUrn.get(made.urn) === made) this.#byUrn.delete(made.urn);
    this.#forgetOccupants(made.type);
  }

  /** Takes up a resource that was written down. */
  restore(saved: Saved): Made {
    return this.#keep({ ...saved, propertyDependencies: {}, world: this });
  }

  /** Puts a resource in the place of another. */
  replace(former: Made, made: Made): Made {
    this.remove(former);
    return this.#keep(made);
  }

  /** Every resource there is. */
  everything(): Made[] {
    return [...this.#byType.values()].flat();
  }

  /** Calls a function of the provider. */
  invoke(token: string, args: Bag, region: string): Answer {
    const call = invocations[token];
    if (!call) return { failure: `the model of AWS does not know the function ${token}` };
    return call(args, { accountId: this.options.accountId, region }, this);
  }

  /** The resource with this URN. */
  withUrn(urn: string): Made | undefined {
    return this.#byUrn.get(urn);
  }

  /** The resource of a type that answers to an id, an ARN or a name. */
  find(type: string, id: Value | undefined): Made | undefined {
    return typeof id === "string" && !isUnknown(id) ? this.#byTypeAndId.get(`${type}|${id}`) : undefined;
  }

  /** Everything of one type. */
  all(type: string): readonly Made[] {
    return this.#byType.get(type) ?? [];
  }

  /**
   * The resources of its type that already occupy what a new one wants.
   *
   * @param keysOf Always the same function, so that each resource is looked at once, however many there are.
   */
  occupants(subject: Subject, keysOf: KeysOf): readonly Made[] {
    const { owners } = this.#register(subject.type, keysOf);
    const found = new Set(keysOf(subject).flatMap((key) => owners.get(key) ?? []));
    return [...found].filter(({ seed }) => seed !== subject.seed);
  }

  /** Occupants are looked up in the order resources came; once one has gone, all are looked at again. */
  #forgetOccupants(type: string): void {
    for (const ofKeys of this.#registers.values()) ofKeys.delete(type);
  }

  #register(type: string, keysOf: KeysOf): Register {
    const ofKeys = this.#registers.get(keysOf) ?? new Map<string, Register>();
    const register = ofKeys.get(type) ?? { owners: new Map<string, Made>(), seen: 0 };
    this.#registers.set(keysOf, ofKeys.set(type, register));
    for (const made of this.all(type).slice(register.seen)) {
      for (const key of keysOf(made)) if (!register.owners.has(key)) register.owners.set(key, made);
      register.seen++;
    }
    return register;
  }

  /** Resources of a type that a property may point to: the one with that id, or, unknown yet, those it depends on. */
  candidates(subject: Subject, type: string, property: string, id: Value | undefined): Made[] {
    const found = this.find(type, id);
    if (found) return [found];
    if (!isUnknown(id)) return [];
    const urns = subject.propertyDependencies[property] ?? [];
    return urns.map((urn) => this.withUrn(urn)).filter((made): made is Made => made?.type === type);
  }

  #subject(wanted: Wanted, inputs: Bag): Subject {
    const region = typeof inputs.region === "string" ? inputs.region : wanted.region;
    return { ...wanted, seed: wanted.seed ?? wanted.urn, inputs, region, world: this };
  }

  #keep(made: Made): Made {
    this.#byUrn.set(made.urn, made);
    const alike = this.#byType.get(made.type);
    if (alike) alike.push(made);
    else this.#byType.set(made.type, [made]);
    for (const key of answersTo(made)) this.#byTypeAndId.set(key, made);
    return made;
  }

  #outputs(kind: Kind, subject: Subject, id: string): Bag {
    const declared = schema().types[subject.type]?.outputs ?? {};
    const unknown = isUnknown(id);
    const computed = unknown ? {} : (kind.computed?.(subject, id) ?? {});
    const known: Bag = { ...general(subject, declared), ...kind.planned?.(subject), ...computed };
    const decided = (subject.previous && kind.decided?.(subject, subject.previous)) ?? {};
    const outputs: Bag = {};
    for (const [property, type] of Object.entries(declared)) {
      const value = decided[property] ?? subject.inputs[property] ?? known[property];
      if (isSet(value)) outputs[property] = value;
      // What AWS always answers with: yet unknown, or, not modelled in detail, empty.
      else if (!type.endsWith("?")) outputs[property] = unknown ? UNKNOWN : emptyOf(type);
    }
    return outputs;
  }
}

/** Under what a resource is found: its id, ARN and name. */
function answersTo({ type, id, outputs }: Made): string[] {
  return [id, outputs.arn, outputs.name].flatMap((key) =>
    typeof key === "string" && !isUnknown(key) ? [`${type}|${key}`] : [],
  );
}

/** What every AWS resource answers with. */
function general(
  { inputs, region, defaultTags }: Subject,
  declared: { readonly [property: string]: string },
): Bag {
  const values: Bag = {};
  if ("region" in declared) values.region = region;
  if ("tagsAll" in declared) {
    const tags = isSet(inputs.tags) ? inputs.tags : {};
    values.tagsAll = isBag(tags) ? { ...defaultTags, ...tags } : tags;
  }
  return values;
}

function emptyOf(type: string): Value {
  if (type.startsWith("[")) return [];
  if (type.startsWith("{") || type === "o") return {};
  if (type === "n") return 0;
  return type === "b" ? false : "";
}

/** Documents given as objects become the JSON text AWS takes. */
function withTexts(kind: Kind, inputs: Bag): Bag {
  const documents = (kind.json ?? []).filter((property) => isBag(inputs[property]));
  if (documents.length === 0) return inputs;
  const texts = documents.map((property) => {
    const document = inputs[property] ?? null;
    return [property, holdsUnknown(document) ? UNKNOWN : JSON.stringify(document)] as const;
  });
  return { ...inputs, ...Object.fromEntries(texts) };
}
