import { type Answer, every, not, some } from "../../lib/answers";
import type { Judgement } from "../../lib/judgement";
import type { Stack, StackResource } from "../../lib/stack";
import { brief } from "../../lib/value";
import { type AclRule, formsIn, onlyCounts, ruleApart, rulesOfAcl } from "./acl-rules";

const path = "rules";

/**
 * Judges whether a web access list has a rule that does something, in the list or in a resource of its own.
 *
 * @param isSuch Whether a rule is one of those looked for.
 * @param says What to say where there is none, and where there is one that only counts.
 */
export function mustAct(
  isSuch: (rule: AclRule) => Answer,
  says: { readonly none: string; readonly counting: string },
): (acl: StackResource, stack: Stack) => Judgement {
  const acts = (rule: AclRule) => every([() => isSuch(rule), () => not(onlyCounts(rule))], (ask) => ask());
  const actsApart = once((resource) => acts(ruleApart(resource)));
  return (acl, stack) => {
    const { certain, possible } = stack.linked(acl, rulesOfAcl);
    const forms = [...formsIn(acl.inputs), () => certain.map(ruleApart)];
    const is = some(forms, (rules) => some(rules(), acts));
    if (is === true) return [];
    if (is === undefined) return [{ path, waits: "not known yet" }];
    const open = possible.find((one) => actsApart(one) !== false);
    if (open !== undefined)
      return [{ path, waits: `not known whether ${brief(open.name)} is for this web ACL` }];
    const counts = some(forms, (rules) => some(rules(), isSuch)) === true;
    return [{ path, says: counts ? says.counting : says.none }];
  };
}

/** Asks once of each resource: a rule that may be for any list is looked at for every one. */
function once(ask: (resource: StackResource) => Answer): (resource: StackResource) => Answer {
  const answers = new WeakMap<StackResource, Answer>();
  return (resource) => {
    if (!answers.has(resource)) answers.set(resource, ask(resource));
    return answers.get(resource);
  };
}
