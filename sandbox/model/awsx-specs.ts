import { type Bag, bags, knownNumber, knownText, knownTexts } from "../values";
import { parseAddressAndPrefix } from "./cidr";

/** One kind of subnet, of which each zone gets one. */
export interface Spec {
  readonly type: string;
  readonly name: string | undefined;
  /** One for each zone. */
  readonly cidrBlocks: string[] | undefined;
  readonly cidrMask: number | undefined;
  /** Number of addresses. */
  readonly size: number | undefined;
}

/** The name that tells the subnets of a kind from others. */
export function nameOf({ name, type }: Pick<Spec, "name" | "type">): string {
  return name ?? type.toLowerCase();
}

/** Numbers of addresses a subnet can have, by the length of its prefix. */
const validSizes = Array.from({ length: 31 }, (_, prefix) => 2 ** (32 - prefix));

/** The subnets asked for, as written. */
export function specsOf(inputs: Bag): Spec[] | undefined {
  if (inputs.subnetSpecs === undefined) return undefined;
  return bags(inputs.subnetSpecs).map((spec) => ({
    type: String(spec.type),
    name: knownText(spec.name),
    cidrBlocks: knownTexts(spec.cidrBlocks),
    cidrMask: knownNumber(spec.cidrMask),
    size: knownNumber(spec.size),
  }));
}

/** What is wrong with the subnets asked for, in the order the provider says it. */
export function* specFaults(specs: readonly Spec[], zones: number): Iterable<string> {
  for (const type of new Set(specs.map((spec) => spec.type.toLowerCase()))) {
    const names = specs.filter((spec) => spec.type.toLowerCase() === type).map(({ name }) => name);
    const named = names.filter((name) => name !== undefined);
    if (names.length - named.length > 1 || new Set(named).size < named.length) {
      yield `Multiple subnet specs of type "${type}" require unique names. You can have at most one unnamed subnet ` +
        'per type. All other subnets of the same type must have unique "name" properties to avoid duplicate resource names.';
    }
  }
  const odd = specs.filter(({ size }) => size !== undefined && !validSizes.includes(size));
  if (odd.length > 0) {
    const sizes = odd.map(({ size }) => size).join(", ");
    yield `The following subnet sizes are invalid: ${sizes}. Valid sizes are: ${validSizes.join(", ")}.`;
  }
  if (specs.some(({ cidrBlocks }) => cidrBlocks !== undefined)) yield* blockFaults(specs, zones);
  else yield* sizeFaults(specs);
}

function* blockFaults(specs: readonly Spec[], zones: number): Iterable<string> {
  for (const [index, { cidrBlocks, cidrMask, size }] of specs.entries()) {
    if (cidrBlocks === undefined) {
      yield "If any subnet spec has explicit cidrBlocks, all subnets must have explicit cidrBlocks.";
      continue;
    }
    const prefixes = cidrBlocks.map((block) => parseAddressAndPrefix(block)?.prefix);
    const different = (prefix: number | undefined) => prefixes.some((other) => other !== prefix);
    if (cidrBlocks.length !== zones) {
      yield `The number of CIDR blocks in subnetSpecs[${index}] must match the number of availability zones (${zones}).`;
    } else if (cidrMask !== undefined && different(cidrMask)) {
      yield `The cidrMask in subnetSpecs[${index}] must match all cidrBlocks or be left undefined.`;
    } else if (size !== undefined && different(validSizes.indexOf(size))) {
      yield `The size in subnetSpecs[${index}] must match all cidrBlocks or be left undefined.`;
    }
  }
}

function* sizeFaults(specs: readonly Spec[]): Iterable<string> {
  for (const { cidrMask, size } of specs) {
    const expected = cidrMask === undefined ? size : validSizes[cidrMask];
    if (size !== undefined && expected !== undefined && size !== expected) {
      yield `Subnet size ${size} does not match the expected size for a /${cidrMask} subnet (${expected}).`;
    }
  }
}

/** A kind of subnet with both the length of its prefix and its size, if it has either. */
export function resolved(spec: Spec): Spec {
  if (spec.cidrBlocks !== undefined) return spec;
  const { size } = spec;
  const cidrMask = spec.cidrMask ?? (size === undefined ? undefined : validSizes.indexOf(size));
  return { ...spec, cidrMask, size: cidrMask === undefined ? undefined : validSizes[cidrMask] };
}

/** The kinds of subnets as the component reports them. */
export function layoutOf(specs: readonly Spec[]): Bag[] {
  return specs.map(
    ({ name, cidrBlocks, cidrMask, size, type }) =>
      Object.fromEntries(
        Object.entries({ name, cidrBlocks, cidrMask, size, type }).filter((entry) => entry[1] !== undefined),
      ) as Bag,
  );
}
