import { type Answer, every, some } from "../../lib/answers";
import { certainly } from "../../lib/candidates";
import { ifKnown } from "../../lib/if-known";
import type { Stack, StackResource } from "../../lib/stack";
import type { Value } from "../../lib/value";
import { NETWORK_ACL, NETWORK_ACL_RULE } from "../types";
import { entryApart, type IsShielded, isShield } from "./acl-entries";

/** The entries of a stack that are resources and turn somebody away, or may. */
interface Denials {
  readonly all: readonly StackResource[];
  readonly byList: ReadonlyMap<string, readonly StackResource[]>;
  /** Those of which nobody knows whose they are. */
  readonly ofAnyList: readonly StackResource[];
}

/** Kept by stack, as every entry asks for those of its list, and a stack may have hundreds of lists. */
const denialsIn = new WeakMap<Stack, Denials>();

/** Whether an entry is for traffic out. */
export function isOutward(entry: Value): boolean {
  return entry.at("egress").flag() === true;
}

/** Whether what an entry lets in is turned away before by another entry that is a resource. */
export function isShieldedApart(
  one: StackResource,
  stack: Stack,
  ...what: readonly [...Parameters<IsShielded>]
): Answer {
  const denials = denialsIn.get(stack) ?? gather(stack);
  denialsIn.set(stack, denials);
  const list = listOf(one, stack);
  const shields = ({ inputs }: StackResource) =>
    every([() => !isOutward(inputs), () => isShield(entryApart(inputs), ...what)], (ask) => ask());
  const own = list === undefined ? false : some(denials.byList.get(list) ?? [], shields);
  if (own === true) return true;
  const perhaps = list === undefined ? denials.all : denials.ofAnyList;
  return perhaps.some((other) => shields(other) !== false) ? undefined : own;
}

function gather(stack: Stack): Denials {
  const all = stack.ofType(NETWORK_ACL_RULE).filter(mayDeny);
  const byList = new Map<string, StackResource[]>();
  const ofAnyList: StackResource[] = [];
  for (const entry of all) {
    const list = listOf(entry, stack);
    if (list === undefined) {
      ofAnyList.push(entry);
      continue;
    }
    const alike = byList.get(list);
    if (alike === undefined) byList.set(list, [entry]);
    else alike.push(entry);
  }
  return { all, byList, ofAnyList };
}

function mayDeny({ inputs }: StackResource): boolean {
  const { action } = entryApart(inputs);
  return ifKnown(() => action.text()?.toLowerCase() === "deny") !== false;
}

/** What tells the access list of an entry from others: its URN, or the id of one outside the stack. */
function listOf(entry: StackResource, stack: Stack): string | undefined {
  const reference = stack.refer(entry, entry.outputs.at("networkAclId"), NETWORK_ACL);
  return reference?.kind === "outside" ? reference.value : certainly(reference)?.urn;
}
