import type { Account } from "../account/account";
import { meets } from "../model/change-rule";
import { unknownType } from "../model/check-shape";
import { type Failure, isSet, type Made } from "../model/kind";
import { kinds } from "../model/kinds/kinds";
import { schema } from "../model/type-schema";
import { World } from "../model/world";
import { type Bag, isBag, knownText, memberOf, UNKNOWN, type Value } from "../values";
import { type Difference, differences } from "./differences";
import { type Facts, factsOf } from "./facts";
import { type Autonaming, isNamed, nameOf } from "./naming";
import { isUnder, propertyOf, stepsOf, takenOver } from "./paths";
import { inputsAsImported, inputsAsRead } from "./read-inputs";
import { own, supplied, withAllTags } from "./supplied";

/** How one provider resource of a stack is configured. */
export interface Settings {
  readonly region: string;
  /** Tags that every resource gets. */
  readonly defaultTags: Bag;
}

/** A resource, as every request names it. */
export interface Named {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
}

/** What is asked of a resource is in part secret. */
interface Confidential {
  /** Where its new inputs are secret. */
  readonly secretPaths: readonly string[];
}

/** A request to check what a program asks for. */
export interface CheckRequest extends Named {
  /** What it asked for last time; empty for a new resource. */
  readonly olds: Bag;
  readonly news: Bag;
  /** Makes up the random end of a name, the same for the same deployment. */
  readonly seed: string;
  readonly autonaming?: Autonaming;
}

/** A request about a resource that exists. */
export interface ChangeRequest extends Named {
  readonly id: string;
  /** What is there, as far as the state knows. */
  readonly olds: Bag;
  readonly oldInputs: Bag;
  readonly news: Bag;
  /** Paths that stay as they are. */
  readonly ignoreChanges: readonly string[];
}

/** A request to look a resource up. */
export interface ReadRequest extends Named {
  readonly id: string;
  /** What the state knows of it; empty when it is imported. */
  readonly properties: Bag;
  /** What the program asked for; empty when it is imported. */
  readonly inputs: Bag;
}

/** A resource as it is, with the inputs a program would have given for it. */
export interface Read {
  readonly id: string;
  readonly outputs: Bag;
  readonly inputs: Bag;
}

/** What a change would come to. */
export interface Diff {
  readonly differences: readonly Difference[];
  /** Properties that make it a replacement. */
  readonly replaces: readonly string[];
  readonly deleteBeforeReplace: boolean;
}

/** The AWS provider over an account. */
export class AwsProvider {
  constructor(private readonly account: Account) {}

  /** Inputs as the provider takes them, with a physical name and defaults, and what it does not take. */
  check(request: CheckRequest, settings: Settings): { inputs: Bag; failures: Failure[] } {
    const { type, olds, news, seed } = request;
    if (!isKnown(type)) return { inputs: news, failures: [{ reason: unknownType(type) }] };
    const { name, failures: unnamed } = nameOf(request);
    if (unnamed.length > 0) return { inputs: news, failures: unnamed };
    // What else there is in the account is AWS's to judge, when it is asked.
    const world = this.#imagined(settings);
    const before = asked(request, olds, settings);
    // An update sends AWS only what changes, and only that is judged.
    if (Object.keys(olds).length > 0) world.restore({ ...before, seed, id: UNKNOWN, outputs: before.inputs });
    const wanted = { ...asked(request, { ...news, ...name }, settings), seed };
    const { inputs, failures } = world.check(wanted);
    const defaults = Object.keys(inputs).filter((property) => !isSet(memberOf(news, property)));
    return {
      inputs: { ...inputs, ...supplied(type, inputs, settings), __defaults: defaults.sort() },
      failures,
    };
  }

  /** What would change, and whether that takes a new resource. */
  diff({ type, olds, oldInputs, news, ignoreChanges }: ChangeRequest, settings: Settings): Diff {
    const facts = factsOf(type);
    const ignored = ignoreChanges.map(stepsOf).flatMap(withAllTags);
    const asked = { ...news, ...supplied(type, news, settings) };
    const wanted = ignored.reduce((inputs, steps) => takenOver(inputs, olds, steps), asked);
    const declared = [...Object.keys(schema().types[type]?.inputs ?? {}), "tagsAll"];
    const found = differences({ inputs: oldInputs, outputs: olds }, wanted, declared, facts).filter(
      ({ path }) => !ignored.some((place) => isUnder(stepsOf(path), place)),
    );
    const replaces = [...new Set(found.filter((one) => one.replaces).map(({ path }) => propertyOf(path)))];
    const deleteBeforeReplace = replaces.length > 0 && (facts.deleteFirst || isNamed(type, news));
    return { differences: found, replaces, deleteBeforeReplace };
  }

  /** What can be said of a resource before it is made. */
  planned(request: Named & { readonly inputs: Bag }, settings: Settings): Bag {
    const wanted = asked(request, request.inputs, settings);
    return settled(this.#imagined(settings).create(wanted).outputs);
  }

  /**
   * Makes a resource.
   *
   * @throws {AwsError} when AWS refuses it.
   */
  create(request: Named & Confidential & { readonly inputs: Bag }, settings: Settings): Promise<Made> {
    return this.account.create(asked(request, request.inputs, settings), request.secretPaths);
  }

  /** What there is under an id in a region. */
  async read(request: ReadRequest, settings: Settings): Promise<Read | undefined> {
    const { type, id, name, properties, inputs } = request;
    if (!isKnown(type)) throw new Error(unknownType(type));
    const made = await this.account.read(type, id, name, properties);
    const region = knownText(properties.region) ?? knownText(inputs.region) ?? settings.region;
    if (!made || ("region" in made.outputs && made.outputs.region !== region)) return undefined;
    const { outputs } = made;
    if (Object.keys(properties).length > 0) {
      return { id: made.id, outputs, inputs: inputsAsRead(inputs, outputs, factsOf(type)) };
    }
    return { id: made.id, outputs, inputs: imported(made) };
  }

  /** What can be said of a resource before it is changed. */
  changing(request: ChangeRequest, settings: Settings): Bag {
    const { type, id, olds, oldInputs } = request;
    const there = this.account.world.find(type, id) ?? this.#remembered(request, settings);
    // As with the real provider, what has been changed elsewhere shows only once the state knows it.
    const { defaultTags } = settings;
    const made = { ...there, inputs: own(oldInputs, type), outputs: olds, defaultTags };
    const changes = this.#changes(request, settings);
    const inputs = changed(request, made, changes);
    const outputs = { ...this.account.world.outputsAfter(made, inputs) };
    const renewed = [
      ...this.account.world.renewedBy(made, inputs),
      ...renewals(factsOf(type), changes, inputs),
    ];
    for (const output of renewed) outputs[output] = UNKNOWN;
    return settled(outputs);
  }

  /**
   * Changes a resource.
   *
   * @throws {AwsError} when AWS refuses that, or it is gone.
   */
  async update(request: ChangeRequest & Confidential, settings: Settings): Promise<Made> {
    const { type, id, name, urn, oldInputs, news, secretPaths } = request;
    const { world } = this.account;
    const made = world.find(type, id);
    if (!made) {
      const reason = "couldn't find resource; a refresh takes note of that";
      throw new Error(`updating ${type} '${name}' (${id}): ${reason}`);
    }
    const told = this.account.revealed(this.account.revealed(made, news), oldInputs);
    const inputs = changed(request, told, this.#changes(request, settings));
    const { defaultTags } = settings;
    const taken = world.replace(made, { ...told, urn, name, defaultTags });
    try {
      return await this.account.update(taken, inputs, secretPaths);
    } catch (refusal) {
      if (world.find(type, id) === taken) world.replace(taken, made);
      throw refusal;
    }
  }

  /**
   * Deletes a resource; what is gone already is no fault.
   *
   * @throws {AwsError} when AWS refuses that.
   */
  async delete({ type, id }: { readonly type: string; readonly id: string }): Promise<void> {
    const made = this.account.world.find(type, id);
    if (made) await this.account.delete(made);
  }

  /** Calls a function. */
  invoke(token: string, args: Bag, settings: Settings): ReturnType<World["invoke"]> {
    return this.account.world.invoke(token, args, settings.region);
  }

  /** Properties an update has to do with. */
  #changes(request: ChangeRequest, settings: Settings): ReadonlySet<string> {
    return new Set(this.diff(request, settings).differences.map(({ path }) => propertyOf(path)));
  }

  /** An account with nothing in it, in which nothing has been made yet. */
  #imagined({ region }: Settings): World {
    return new World({ preview: true, region, accountId: this.account.world.options.accountId });
  }

  /** A resource the account does not have, as the state knows it. */
  #remembered({ urn, type, name, id, olds, oldInputs }: ChangeRequest, { region }: Settings): Made {
    const world = new World({ ...this.account.world.options, preview: false });
    return world.restore({ urn, seed: urn, type, name, region, id, inputs: oldInputs, outputs: olds });
  }
}

function isKnown(type: string): boolean {
  return Object.hasOwn(schema().types, type);
}

/** What a resource is asked for, without what the provider adds. */
function asked({ urn, type, name }: Named, inputs: Bag, settings: Settings) {
  return { urn, type, name, inputs: own(inputs, type), propertyDependencies: {}, ...settings };
}

/**
 * What a resource's inputs are after an update: what differs is as the program wants it. Everything else stays as AWS
 * has it, which may not be what the state says: the provider sends only what differs.
 */
function changed(request: ChangeRequest, made: Made, changes: ReadonlySet<string>): Bag {
  const wanted = own(request.news, request.type);
  const { alternatives = [] } = kinds[request.type] ?? {};
  const isSent = (property: string) => changes.has(property) && isSet(memberOf(wanted, property));
  const given = alternatives.some(isSent) ? alternatives : [];
  const properties = [...new Set([...Object.keys(wanted), ...Object.keys(made.inputs)])];
  const inputs = properties.flatMap((property): [string, Value][] => {
    const isKept = !changes.has(property) && isSet(memberOf(made.inputs, property));
    const stays = isKept && !given.includes(property);
    const value = memberOf(stays ? made.inputs : wanted, property);
    return isSet(value) ? [[property, value]] : [];
  });
  const ignored = request.ignoreChanges.map(stepsOf);
  return ignored.reduce((bag, steps) => takenOver(bag, made.inputs, steps), Object.fromEntries(inputs));
}

/** Inputs of a resource that no program has asked for yet. */
function imported({ type, inputs, outputs }: Made): Bag {
  const { autoName, fill } = kinds[type] ?? {};
  const declared = schema().types[type]?.inputs ?? {};
  const isWhole = autoName?.unless !== undefined && isSet(outputs[autoName.property]);
  const given = Object.fromEntries(
    Object.entries(inputs).filter(([property]) => !(isWhole && property === autoName.unless)),
  );
  const named = autoName && isSet(outputs[autoName.property]) ? { [autoName.property]: null } : {};
  const all: Bag = { ...("region" in declared ? { region: null } : {}), ...named, ...given };
  const required = (property: string) =>
    property === autoName?.property || !(declared[property]?.endsWith("?") ?? true);
  return inputsAsImported(all, outputs, fill?.({}) ?? {}, required);
}

/** Outputs that AWS hands out anew when certain inputs change. */
function renewals({ renewed }: Facts, changes: ReadonlySet<string>, after: Bag): string[] {
  const changed = [...changes].filter((property) => property !== "tagsAll");
  return Object.entries(renewed).flatMap(([output, { inputs, except = [], is }]) => {
    const isCause = (property: string) => inputs?.includes(property) ?? !except.includes(property);
    return changed.some(isCause) && meets(after, is) ? [output] : [];
  });
}

/** Outputs in which a text made from something unknown is unknown. */
function settled(outputs: Bag): Bag {
  const settle = (value: Value): Value => {
    if (Array.isArray(value)) return value.map(settle);
    if (isBag(value))
      return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, settle(item)]));
    return knownText(value)?.includes(UNKNOWN) ? UNKNOWN : value;
  };
  return settle(outputs) as Bag;
}
