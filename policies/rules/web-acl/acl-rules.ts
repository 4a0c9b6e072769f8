import { type Answer, every, some } from "../../lib/answers";
import type { Link } from "../../lib/links";
import type { StackResource } from "../../lib/stack";
import type { Value } from "../../lib/value";
import { WEB_ACL, WEB_ACL_RULE } from "../types";

/** A rule of a web access list, whichever way it is written, with the names that Pulumi has for what is in it. */
export interface AclRule {
  readonly at: (...keys: readonly string[]) => Value;
}

/** Rules that are resources of their own name their list. */
export const rulesOfAcl: Link = {
  from: WEB_ACL_RULE,
  names: ({ outputs }) => [outputs.at("webAclArn")],
  to: WEB_ACL,
};

/** The rules in a web access list, or in a group of rules, in each form they can be written in; each may be unknown. */
export function formsIn(list: Value): readonly (() => readonly AclRule[])[] {
  return [
    () => list.at("rules").items(),
    ...["ruleJson", "rulesJson"].map((key) => () => list.at(key).parsed().list().map(fromJson)),
  ];
}

/** AWS's own names begin with a capital letter. */
function fromJson(place: Value): AclRule {
  return { at: (...keys) => place.at(...keys.map(capital)) };
}

function capital(key: string): string {
  if (key === "cloudwatchMetricsEnabled") return "CloudWatchMetricsEnabled";
  return `${key.charAt(0).toUpperCase()}${key.slice(1)}`;
}

/** The rule that a resource of its own is. */
export function ruleApart({ inputs }: StackResource): AclRule {
  return inputs;
}

/** Whether a rule does nothing but count, by itself or by what is made of the group it calls. */
export function onlyCounts(rule: AclRule): Answer {
  // An association says it in a word; everything else in a block, which is empty.
  const isWritten = (block: Value) => block.list().length > 0;
  return some(
    [
      () => rule.at("overrideAction").text()?.toLowerCase() === "count",
      () => isWritten(rule.at("overrideAction", "count")),
      () => isWritten(rule.at("action", "count")),
    ],
    (ask) => ask(),
  );
}

/** Whether a rule calls one of AWS's groups. */
export function calls(rule: AclRule, group: string): Answer {
  return some([["statement", "managedRuleGroupStatement"], ["managedRuleGroup"]], (keys) =>
    every(
      [
        () => rule.at(...keys, "vendorName").text() === "AWS",
        () => rule.at(...keys, "name").text() === group,
      ],
      (ask) => ask(),
    ),
  );
}
