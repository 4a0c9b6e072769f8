import { type Bag, isUnknown } from "../values";
import { digitsOf, hexOf } from "./ids";
import { type AutoName, type Failure, isSet } from "./kind";

/** The random end Pulumi gives a name is seven digits long; here it follows from the resource's seed. */
const suffixDigits = 7;

/** Fills in the physical name where the program leaves it to Pulumi. */
export function autoNamed(
  rule: AutoName,
  { urn, seed = urn, name }: { readonly urn: string; readonly seed?: string; readonly name: string },
  inputs: Bag,
): { inputs: Bag; failures: Failure[] } {
  const { property, max, unless, lowerCase = false, prefix = "" } = rule;
  if (isSet(inputs[property]) || (unless !== undefined && isSet(inputs[unless])))
    return { inputs, failures: [] };
  const base = prefix + (lowerCase ? name.toLowerCase() : name);
  const room = max - suffixDigits - 1;
  if (base.length > room) {
    const reason =
      `could not make instance of '${urn.split("::")[2]?.split("$").pop()}': name '${base}' plus 8 random chars ` +
      `is longer than maximum length ${max}`;
    return { inputs, failures: [{ property, reason }] };
  }
  return { inputs: { ...inputs, [property]: `${base}-${hexOf(seed, suffixDigits)}` }, failures: [] };
}

/** Digits the provider appends when a program gives only the start of a name. */
const prefixedDigits = 26;

/** The inputs with the whole name, where the program gives only its start and the provider makes up the rest. */
export function wholeName(rule: AutoName | undefined, seed: string, inputs: Bag): Bag {
  const start = rule?.unless === undefined ? undefined : inputs[rule.unless];
  if (rule === undefined || isSet(inputs[rule.property])) return inputs;
  return typeof start === "string" && !isUnknown(start)
    ? { ...inputs, [rule.property]: `${start}${digitsOf(seed, prefixedDigits)}` }
    : inputs;
}

/** Why a fixed name is too long, if it is and can be told. */
export function* tooLong(inputs: Bag, { property, max }: AutoName): Iterable<Failure> {
  const value = inputs[property];
  if (typeof value !== "string" || isUnknown(value) || value.length <= max) return;
  yield {
    property,
    reason: `"${property}" cannot be longer than ${max} characters, got ${value.length}: "${value}"`,
  };
}
