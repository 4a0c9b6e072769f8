import type { Account } from "../account/account";
import { unknownType } from "../model/check-shape";
import { type Failure, isSet, type Kind, type Made } from "../model/kind";
import { kinds } from "../model/kinds/kinds";
import { changesOf } from "../model/type-changes";
import { schema } from "../model/type-schema";
import { World } from "../model/world";
import { type Bag, isBag, isUnknown, join, knownText, UNKNOWN, type Value } from "../values";
import { type Difference, differences, type Facts } from "./differences";
import { isUnder, stepsOf, takenOver } from "./paths";
import { inputsAsRead } from "./read-inputs";

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

/** What Pulumi proposes for a physical name. */
export interface Autonaming {
  readonly proposedName: string;
  readonly mode: "propose" | "enforce" | "disable";
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

/** What a change would come to. */
export interface Diff {
  readonly differences: readonly Difference[];
  /** Properties that make it a replacement. */
  readonly replaces: readonly string[];
  readonly deleteBeforeReplace: boolean;
}

/** The AWS provider over an account that lives in a file. */
export class AwsProvider {
  constructor(private readonly account: Account) {}

  /** Inputs as the provider takes them, with a physical name and defaults, and what it does not take. */
  check(request: CheckRequest, settings: Settings): { inputs: Bag; failures: Failure[] } {
    const { type, news, seed } = request;
    const named = { ...news, ...nameOf(request) };
    // What else there is in the account is AWS's to judge, when it is asked.
    const { inputs, failures } = this.#imagined(settings).check({
      ...asked(request, settings),
      inputs: named,
      seed,
    });
    if (!schema().types[type]) return { inputs: news, failures };
    const made = Object.keys(inputs).filter((property) => !isSet(news[property]));
    return { inputs: { ...inputs, __defaults: made.sort() }, failures };
  }

  /** What would change, and whether that takes a new resource. */
  diff({ type, olds, oldInputs, news, ignoreChanges }: ChangeRequest, settings: Settings): Diff {
    const declared = Object.keys(schema().types[type]?.inputs ?? {});
    const wanted =
      declared.includes("region") && !isSet(news.region) ? { ...news, region: settings.region } : news;
    const ignored = ignoreChanges.map(stepsOf);
    const found = [
      ...differences({ inputs: oldInputs, outputs: olds }, wanted, declared, factsOf(type)),
      ...tagDifferences(olds, news, settings),
    ].filter(({ path }) => !ignored.some((place) => isUnder(stepsOf(path), place)));
    const replaces = [
      ...new Set(found.filter((one) => one.replaces).map(({ path }) => String(stepsOf(path)[0]))),
    ];
    const deleteBeforeReplace = replaces.length > 0 && keepsName(kinds[type] ?? {}, olds, news);
    return { differences: found, replaces, deleteBeforeReplace };
  }

  /** What can be said of a resource before it is made. */
  planned(request: Named & { readonly inputs: Bag }, settings: Settings): Bag {
    return settled(this.#imagined(settings).create(asked(request, settings)).outputs);
  }

  /**
   * Makes a resource.
   *
   * @throws {AwsError} when AWS refuses it.
   */
  create(
    request: Named & { readonly inputs: Bag; readonly secretPaths: readonly string[] },
    settings: Settings,
  ): Promise<Made> {
    return this.account.create(asked(request, settings), request.secretPaths);
  }

  /** What there is under an id, with the inputs a program would have given for it. */
  async read({
    type,
    id,
    name,
    inputs,
    olds,
  }: Named & { readonly id: string; readonly inputs: Bag; readonly olds: Bag }): Promise<
    { outputs: Bag; inputs: Bag } | undefined
  > {
    if (!schema().types[type]) throw new Error(unknownType(type));
    const made = await this.account.read(type, id, name, olds);
    if (!made) return undefined;
    const asked = Object.keys(inputs).some((property) => !property.startsWith("__"));
    const read = asked
      ? inputsAsRead(inputs, made.outputs, factsOf(type))
      : { ...made.inputs, __defaults: [] };
    return { outputs: made.outputs, inputs: read };
  }

  /** What can be said of a resource before it is changed. */
  changing(request: ChangeRequest, settings: Settings): Bag {
    const { world } = this.account;
    const made = world.find(request.type, request.id) ?? this.#remembered(request, settings);
    const inputs = kept(request, made);
    const outputs = { ...world.outputsAfter(made, inputs) };
    for (const property of world.renewedBy(made, inputs)) outputs[property] = UNKNOWN;
    return settled(outputs);
  }

  /**
   * Changes a resource.
   *
   * @throws {AwsError} when AWS refuses that, or it is gone.
   */
  update(
    request: ChangeRequest & { readonly secretPaths: readonly string[] },
    settings: Settings,
  ): Promise<Made> {
    const { type, id, name, urn } = request;
    const made = this.account.world.find(type, id);
    if (!made)
      throw new Error(
        `updating ${type} '${name}' (${id}): couldn't find resource; pulumi refresh takes note of that`,
      );
    const changed = { ...made, urn, name, defaultTags: settings.defaultTags };
    return this.account.update(
      this.account.world.replace(made, changed),
      kept(request, made),
      request.secretPaths,
    );
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

  /** An account with nothing in it, in which nothing has been made yet. */
  #imagined({ region }: Settings): World {
    return new World({ preview: true, region, accountId: this.account.world.options.accountId });
  }

  #remembered({ urn, type, name, id, olds, oldInputs }: ChangeRequest, { region }: Settings): Made {
    const world = new World({ ...this.account.world.options, preview: false });
    return world.restore({ urn, seed: urn, type, name, region, id, inputs: oldInputs, outputs: olds });
  }
}

function asked({ urn, type, name, inputs = {} }: Named & { readonly inputs?: Bag }, settings: Settings) {
  const given = Object.fromEntries(Object.entries(inputs).filter(([property]) => !property.startsWith("__")));
  return { urn, type, name, inputs: given, propertyDependencies: {}, ...settings };
}

/** The physical name where the program leaves it to Pulumi: the one it has, or the one that is proposed. */
function nameOf({ type, olds, news, autonaming }: CheckRequest): Bag {
  const rule = kinds[type]?.autoName;
  if (!rule || isSet(news[rule.property]) || (rule.unless !== undefined && isSet(news[rule.unless])))
    return {};
  const former = olds[rule.property];
  const made = Array.isArray(olds.__defaults) && olds.__defaults.includes(rule.property);
  if (made && isSet(former)) return { [rule.property]: former };
  return autonaming === undefined || autonaming.mode === "disable"
    ? {}
    : { [rule.property]: autonaming.proposedName };
}

/** Whether the new resource would have the name of the old one, which has to go first then. */
function keepsName({ autoName }: Kind, olds: Bag, news: Bag): boolean {
  if (autoName === undefined) return false;
  const { property } = autoName;
  const made = Array.isArray(news.__defaults) && news.__defaults.includes(property);
  return !made && isSet(news[property]) && news[property] === olds[property];
}

const facts = new Map<string, Facts>();

function factsOf(type: string): Facts {
  const known = facts.get(type);
  if (known) return known;
  const outputs = Object.entries(schema().types[type]?.outputs ?? {});
  const optional = new Set(outputs.flatMap(([property, form]) => (form.endsWith("?") ? [property] : [])));
  const made: Facts = { ...changesOf(type), json: kinds[type]?.json ?? [], optional };
  facts.set(type, made);
  return made;
}

/** Tags of the provider that came or went; a resource's own are compared with the rest of it. */
function tagDifferences(
  { tagsAll, tags: former }: Bag,
  { tags }: Bag,
  { defaultTags }: Settings,
): Difference[] {
  if (!isBag(tagsAll) || isUnknown(tags)) return [];
  const own = { ...(isBag(former) ? former : {}), ...(isBag(tags) ? tags : {}) };
  return Object.keys({ ...tagsAll, ...defaultTags })
    .filter((key) => !(key in own) && tagsAll[key] !== defaultTags[key])
    .map((key) => ({ path: join("tagsAll", key), kind: "update", replaces: false }));
}

/** New inputs in which what the program ignores is as AWS has it. */
function kept({ news, ignoreChanges }: ChangeRequest, made: Made): Bag {
  const given = Object.fromEntries(Object.entries(news).filter(([property]) => !property.startsWith("__")));
  return ignoreChanges.reduce((inputs, path) => takenOver(inputs, made.inputs, stepsOf(path)), given);
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
