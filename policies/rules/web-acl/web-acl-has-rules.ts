import { rule } from "../../lib/rule";
import { UNKNOWN } from "../../lib/unknown";
import { WEB_ACL } from "../types";
import { mustAct } from "./acting-rules";
import { calling, callingInJson, existing, groupOf, other, planned, ruleOf } from "./examples";

const path = "rules";
const says = {
  none: "no rules, must have one that does more than count",
  counting: "nothing but rules that count, must have one that does more",
};
const judgeRules = mustAct(() => true, says);
const none = [{ path, says: says.none }];
const counting = [{ path, says: says.counting }];

const common = "AWSManagedRulesCommonRuleSet";
const counted = { overrideAction: { count: {} } };
const limit = { statement: { rateBasedStatement: { limit: 2000 } } };

export const webAclHasRules = rule({
  name: "web-acl-has-rules",
  title: "Web ACLs have rules that do something",
  description:
    "An empty web ACL lets everything through, and so does one whose rules have been set to count for a trial and forgotten.",
  severity: "medium",
  level: "mandatory",
  types: WEB_ACL,
  frameworks: { fsbp: ["WAF.10"] },
  remediation:
    "Add a rule or a rule group, and leave overrideAction at none: {} where the group is past its trial.",
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/waf-controls.html#waf-10",
  judgeInStack: (acl, { stack }) => judgeRules(acl, stack),
  scenarios: [
    { name: "a group of AWS's", given: { rules: [calling(common)] }, is: "pass" },
    {
      name: "a rule that blocks, beside one that counts and one not known yet",
      given: {
        rules: [UNKNOWN, { ...limit, action: { count: {} } }, { ...limit, action: { block: {} } }],
      },
      is: "pass",
    },
    { name: "rules as JSON", given: { ruleJson: callingInJson(common) }, is: "pass" },
    {
      name: "a rule of its own",
      given: { rules: [] },
      outputs: existing,
      stack: [ruleOf({ ...limit, action: { block: {} } })],
      is: "pass",
    },
    {
      name: "a group put into it, before either exists",
      given: {},
      outputs: planned,
      stack: [
        other,
        groupOf({ managedRuleGroup: { vendorName: "AWS", name: common }, overrideAction: "none" }),
      ],
      is: "pass",
    },
    { name: "none", given: { defaultAction: { allow: {} } }, is: "fail", findings: none },
    { name: "none, as JSON", given: { ruleJson: "[]" }, outputs: planned, is: "fail", findings: none },
    {
      name: "a group that only counts",
      given: { rules: [calling(common, counted)] },
      is: "fail",
      findings: counting,
    },
    {
      name: "a group that only counts, as JSON",
      given: { ruleJson: callingInJson(common, { OverrideAction: { Count: {} } }) },
      is: "fail",
      findings: counting,
    },
    {
      name: "rules of their own that only count",
      given: {},
      outputs: existing,
      stack: [ruleOf({ ...limit, action: { count: {} } }), groupOf({ overrideAction: "count" }, ["subject"])],
      is: "fail",
      findings: counting,
    },
    {
      name: "rules of another web ACL",
      given: {},
      outputs: planned,
      stack: [other, groupOf({}, ["other"])],
      is: "fail",
      findings: none,
    },
    {
      name: "a group in one of two web ACLs",
      given: {},
      outputs: planned,
      stack: [other, groupOf({}, ["subject", "other"])],
      is: "deferred",
      deferrals: [{ path, waits: "not known whether group is for this web ACL" }],
    },
    {
      name: "not known yet",
      given: { rules: UNKNOWN },
      is: "deferred",
      deferrals: [{ path, waits: "not known yet" }],
    },
    {
      name: "not known yet whether a rule only counts",
      given: { rules: [{ ...limit, action: UNKNOWN }] },
      is: "deferred",
      deferrals: [{ path, waits: "not known yet" }],
    },
  ],
});
