import { rule } from "../../lib/rule";
import { UNKNOWN } from "../../lib/unknown";
import { WEB_ACL } from "../types";
import { calls } from "./acl-rules";
import { mustAct } from "./acting-rules";
import { calling, callingInJson, existing, groupOf, other, planned, ruleOf } from "./examples";

const group = "AWSManagedRulesKnownBadInputsRuleSet";
const path = "rules";
const says = { none: `without ${group}, must have it`, counting: `${group} only counts, must block` };
const judgeRules = mustAct((one) => calls(one, group), says);
const none = [{ path, says: says.none }];
const counting = [{ path, says: says.counting }];
const managed = (name: unknown, vendorName = "AWS") => ({ managedRuleGroup: { vendorName, name } });

export const webAclKnownBadInputs = rule({
  name: "web-acl-known-bad-inputs",
  title: "Web ACLs turn away requests known to be attacks",
  description:
    "AWS keeps a list of requests that only an attack sends, such as those against Log4j, and adds to it when the next hole becomes known.",
  severity: "low",
  level: "advisory",
  types: WEB_ACL,
  frameworks: {},
  remediation: `Add a rule with the managed rule group ${group} of the vendor AWS, and overrideAction none: {}.`,
  url: "https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-baseline.html",
  judgeInStack: (acl, { stack }) => judgeRules(acl, stack),
  scenarios: [
    {
      name: "in the web ACL, beside a rule not known yet",
      given: { rules: [UNKNOWN, calling("AWSManagedRulesCommonRuleSet"), calling(group)] },
      is: "pass",
    },
    { name: "as JSON", given: { ruleJson: callingInJson(group) }, is: "pass" },
    {
      name: "as a rule of its own",
      given: {},
      outputs: existing,
      stack: [ruleOf(calling(group))],
      is: "pass",
    },
    {
      name: "as a group put into it, before either exists",
      given: {},
      outputs: planned,
      stack: [other, groupOf(managed(group))],
      is: "pass",
    },
    { name: "no rules", given: {}, is: "fail", findings: none },
    {
      name: "other groups, and one of that name from somebody else",
      given: { rules: [calling("AWSManagedRulesCommonRuleSet")] },
      outputs: planned,
      stack: [other, groupOf(managed(group, "Somebody"))],
      is: "fail",
      findings: none,
    },
    {
      name: "only counting",
      given: { rules: [calling(group, { overrideAction: { count: {} } })] },
      is: "fail",
      findings: counting,
    },
    {
      name: "only counting, as a group put into it",
      given: {},
      outputs: planned,
      stack: [other, groupOf({ ...managed(group), overrideAction: "count" })],
      is: "fail",
      findings: counting,
    },
    {
      name: "another web ACL's",
      given: {},
      outputs: planned,
      stack: [other, groupOf(managed(group), ["other"])],
      is: "fail",
      findings: none,
    },
    {
      name: "in one of two web ACLs",
      given: {},
      outputs: planned,
      stack: [other, groupOf(managed(group), ["subject", "other"])],
      is: "deferred",
      deferrals: [{ path, waits: "not known whether group is for this web ACL" }],
    },
    {
      name: "a group not known yet",
      given: { rules: [calling(UNKNOWN)] },
      is: "deferred",
      deferrals: [{ path, waits: "not known yet" }],
    },
  ],
});
