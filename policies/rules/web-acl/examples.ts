import type { ScenarioResource } from "../../lib/rule";
import { SUBJECT } from "../../lib/scenario";
import { UNKNOWN } from "../../lib/unknown";

const arn = "arn:aws:wafv2:eu-west-1:123456789012:regional/webacl/edge/1234abcd";

/** A web access list that exists. */
export const existing = { arn, id: "1234abcd" };

/** One that is not created yet. */
export const planned = { arn: UNKNOWN, id: UNKNOWN };

/** A second one that is not created yet. */
export const other: ScenarioResource = { name: "other", type: "aws:wafv2/webAcl:WebAcl", props: planned };

/** A rule that is a resource of its own, of a list that exists. */
export function ruleOf(props: object): ScenarioResource {
  return { name: "rule", type: "aws:wafv2/webAclRule:WebAclRule", props: { webAclArn: arn, ...props } };
}

/** A group of rules put into a list that is not created yet, or into one of several. */
export function groupOf(props: object, from: readonly string[] = [SUBJECT]): ScenarioResource {
  const type = "aws:wafv2/webAclRuleGroupAssociation:WebAclRuleGroupAssociation";
  return { name: "group", type, props: { webAclArn: UNKNOWN, ...props }, from: { webAclArn: from } };
}

/** A rule that calls one of AWS's groups. */
export function calling(name: unknown, more: object = { overrideAction: { none: {} } }): object {
  return { statement: { managedRuleGroupStatement: { vendorName: "AWS", name } }, ...more };
}

/** The same rule as JSON. */
export function callingInJson(Name: string, more: object = { OverrideAction: { None: {} } }): string {
  return JSON.stringify([{ Statement: { ManagedRuleGroupStatement: { VendorName: "AWS", Name } }, ...more }]);
}
