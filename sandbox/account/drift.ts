import { at } from "../model/checks";
import type { Failure, Made } from "../model/kind";
import { quotaFailures } from "../model/quotas";
import { changesOf } from "../model/type-changes";
import { schema } from "../model/type-schema";
import type { World } from "../model/world";
import { type Bag, knownNumber, type Value } from "../values";
import { AccountError, Mistake } from "./account-error";
import { groupOf, groupTypes, ingressType, ownsItsRules, showConsoleRules, shownRule } from "./console-rules";
import { didYouMean } from "./nearest";
import { isWithin, pathOf, type Step, valueAt, withoutValueAt, withValueAt } from "./property-path";
import { consoleStack, described, projectOf } from "./resources";
import { shortType } from "./type-names";

/** What of a resource was one thing and is another now. */
export interface Change {
  readonly resource: Made;
  /** Path of the property; none if it is the resource that came or went. */
  readonly property?: string;
  /** What was there, if anything. */
  readonly from?: Value;
  /** What is there, if anything. */
  readonly to?: Value;
}

/** A value for a property. */
export interface Setting {
  readonly steps: readonly Step[];
  readonly value: Value;
}

/** Traffic to be let in. */
export interface Opening {
  /** First and last port; none means all. */
  readonly ports?: readonly [from: number, to: number];
  readonly protocol: "tcp" | "udp" | "-1";
  /** A block, a prefix list or another group. */
  readonly from: string;
}

/** Bounds of a scaling group; what is left out stays. */
export interface Size {
  readonly min?: number;
  readonly max?: number;
  readonly desired?: number;
}

/** The type of groups that scale. */
export const scalingType = "aws:autoscaling/group:Group";

/** What drift needs of an account. */
export interface DriftedAccount {
  readonly world: World;
  readonly state: { made: number; readonly quotas: { readonly [name: string]: number } };
  noteOf(made: Made): { readonly secrets: readonly string[] };
}

/**
 * What somebody does in the AWS console, behind the back of the program: the world changes, no stack's state does.
 *
 * Each either does all it is asked for or, where AWS refuses any of it, nothing.
 */
export class Drift {
  constructor(readonly account: DriftedAccount) {}

  /**
   * Sets properties of a resource.
   *
   * @throws {Mistake} for a property it does not have.
   * @throws {AccountError} for what AWS refuses.
   */
  set(resource: Made, settings: readonly Setting[]): Change[] {
    for (const { steps } of settings) settable(resource, steps);
    const inputs = settings.reduce(
      (bag, { steps, value }) => withValueAt(bag, steps, value),
      resource.inputs,
    );
    return this.#put(
      resource,
      inputs,
      settings.map(({ steps }) => steps),
    );
  }

  /**
   * Leaves properties to AWS again.
   *
   * @throws {Mistake} for a property that is not set.
   * @throws {AccountError} for what AWS refuses.
   */
  unset(resource: Made, paths: readonly (readonly Step[])[]): Change[] {
    for (const steps of paths) settable(resource, steps);
    const inputs = paths.reduce(withoutValueAt, resource.inputs);
    return this.#put(resource, inputs, paths);
  }

  /**
   * Deletes a resource.
   *
   * @param force Whether to do it though AWS would refuse, as if everything it refuses for had gone before.
   * @throws {AccountError} for what AWS refuses.
   */
  remove(resource: Made, force: boolean): Change[] {
    const { world } = this.account;
    const refusals = force ? [] : world.refusalsOfDelete(resource);
    if (refusals.length > 0) throw refused("delete", resource, refusals);
    const group = groupOf(world, resource);
    world.remove(resource);
    if (group) showConsoleRules(world, group);
    return [{ resource }];
  }

  /**
   * Lets traffic into a security group: by a rule that no program knows, or, in a group whose program lists its rules, by
   * one more of those.
   *
   * @throws {AccountError} for what AWS refuses.
   */
  openPort(group: Made, opening: Opening): Change[] {
    const { world, state } = this.account;
    const rule = ruleOf(group, opening);
    const number = state.made + 1;
    const name = `console-${number}`;
    const urn = `urn:pulumi:${consoleStack}::${projectOf(group.urn)}::${ingressType}::${name}`;
    const { region } = group;
    const wanted = {
      urn,
      seed: urn,
      type: ingressType,
      name,
      inputs: rule,
      propertyDependencies: {},
      region,
    };
    const { inputs, failures: faults } = world.check(wanted);
    const failures = [...faults, ...quotaFailures({ ...wanted, inputs, world }, state.quotas)];
    if (failures.length > 0) throw refused("open a port of", group, failures);
    if (ownsItsRules(group)) return this.#listRule(group, shownRule(inputs));
    state.made = number;
    const made = world.create({ ...wanted, inputs });
    const shown = showConsoleRules(world, group);
    const change = { resource: shown, property: "ingress" };
    return [
      { resource: made, to: traffic(opening) },
      { ...change, from: group.outputs.ingress ?? [], to: shown.outputs.ingress ?? [] },
    ];
  }

  /**
   * Changes the bounds of a scaling group, and how many instances it is to have. AWS moves that number into new bounds if
   * it is left out.
   *
   * @throws {AccountError} for bounds AWS refuses.
   */
  scale(group: Made, { min, max, desired }: Size): Change[] {
    const { inputs, outputs } = group;
    const now = knownNumber(outputs.desiredCapacity) ?? 0;
    const least = min ?? knownNumber(inputs.minSize) ?? 0;
    const most = max ?? knownNumber(inputs.maxSize) ?? now;
    const moved = Math.max(least, Math.min(most, now));
    const wanted = {
      minSize: min,
      maxSize: max,
      desiredCapacity: desired ?? (moved === now ? undefined : moved),
    };
    const settings = Object.entries(wanted).flatMap(([property, value]): Setting[] =>
      value === undefined ? [] : [{ steps: [property], value }],
    );
    return this.set(group, settings);
  }

  #listRule(group: Made, rule: Bag): Change[] {
    const rules = Array.isArray(group.inputs.ingress) ? group.inputs.ingress : [];
    return this.set(group, [{ steps: ["ingress"], value: [...rules, rule] }]);
  }

  #put(resource: Made, inputs: Bag, paths: readonly (readonly Step[])[]): Change[] {
    const { world } = this.account;
    const checked = world.check({ ...resource, inputs });
    const failures = checked.failures.filter(({ property }) => !this.#isMasked(resource, property, paths));
    const subject = { ...resource, inputs: checked.inputs, previous: resource };
    failures.push(
      ...unchangeable(resource, checked.inputs),
      ...quotaFailures(subject, this.account.state.quotas),
    );
    if (failures.length > 0) throw refused("change", resource, failures);
    const updated = world.update(resource, checked.inputs);
    const after = groupTypes.some((type) => type === updated.type)
      ? showConsoleRules(world, updated)
      : updated;
    return paths.map((steps) => changeAt(resource, after, steps));
  }

  /** Whether a failure is about a secret that is only there as a mask, which the model cannot judge. */
  #isMasked(resource: Made, property: string | undefined, paths: readonly (readonly Step[])[]): boolean {
    if (property === undefined || paths.some((steps) => isWithin(property, pathOf(steps)))) return false;
    return this.account.noteOf(resource).secrets.some((path) => isWithin(property, path));
  }
}

/** What became of a property: what was asked of AWS or, where nothing was, what AWS made of that. */
function changeAt(before: Made, after: Made, steps: readonly Step[]): Change {
  const from = valueAt(before.inputs, steps) ?? valueAt(before.outputs, steps);
  const to = valueAt(after.inputs, steps) ?? valueAt(after.outputs, steps);
  return {
    resource: after,
    property: pathOf(steps),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
  };
}

/** What only a new resource could have, or AWS never hears of. */
function unchangeable({ type, inputs: before }: Made, after: Bag): Failure[] {
  const { replace, local, never } = changesOf(type);
  const isOther = (path: string) => JSON.stringify(at(before, path)) !== JSON.stringify(at(after, path));
  const fixed = never ? Object.keys({ ...before, ...after }) : replace;
  return [
    ...fixed
      .filter(isOther)
      .map((property) => ({ property, reason: "cannot be changed once the resource is there" })),
    ...local
      .filter(isOther)
      .map((property) => ({ property, reason: "tells the provider how to work, AWS knows nothing of it" })),
  ];
}

/** @throws {Mistake} for a property a resource does not have, or that AWS alone decides. */
function settable({ type }: Made, [first]: readonly Step[]): void {
  const declared = schema().types[type];
  const property = String(first);
  if (!declared || Object.hasOwn(declared.inputs, property)) return;
  if (Object.hasOwn(declared.outputs, property)) {
    throw new Mistake(`${property} of ${shortType(type)} is AWS's to say, nobody can set it`);
  }
  const hint = didYouMean(property, Object.keys(declared.inputs));
  throw new Mistake(`${shortType(type)} has no property ${JSON.stringify(property)}${hint}`);
}

function refused(deed: string, resource: Made, failures: readonly Failure[]): AccountError {
  const lines = failures.map(
    ({ property, reason }) => `  ${property === undefined ? "" : `${property}: `}${reason}`,
  );
  return new AccountError([`AWS does not ${deed} ${described(resource)}`, ...lines].join("\n"));
}

function ruleOf({ id }: Made, { ports, protocol, from }: Opening): Bag {
  const source = from.startsWith("sg-")
    ? "referencedSecurityGroupId"
    : from.startsWith("pl-")
      ? "prefixListId"
      : from.includes(":")
        ? "cidrIpv6"
        : "cidrIpv4";
  const [fromPort, toPort] = ports ?? [0, 65535];
  const range: Bag = protocol === "-1" ? {} : { fromPort, toPort };
  return { securityGroupId: id, ipProtocol: protocol, ...range, [source]: from };
}

function traffic({ ports, protocol, from }: Opening): string {
  const [first, last] = ports ?? [];
  const which =
    first === undefined ? "all ports" : first === last ? `port ${first}` : `ports ${first}-${last}`;
  return `${protocol === "-1" ? "all traffic" : `${which}, ${protocol},`} from ${from}`;
}
