import type { Level } from "./rule";

/** Name of the policy that says what the others could not judge. */
export const NOT_DECIDED = "not-decided-in-preview";

/** Name of the policy that finds exemptions that do nothing, or must not. */
export const EXEMPTION_VALID = "exemption-valid";

/** Name of the policy that says what exemptions were needed. */
export const EXEMPTED = "exempted";

/** Every policy that is not a rule, with its default level, in the order in which they are told. */
export const aboutThePack: readonly { readonly name: string; readonly level: Level }[] = [
  { name: EXEMPTION_VALID, level: "mandatory" },
  { name: EXEMPTED, level: "advisory" },
  { name: NOT_DECIDED, level: "advisory" },
];
