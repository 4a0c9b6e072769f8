import { mustBeOn } from "../../lib/attributes";
import { apart, concluded, type Judgement } from "../../lib/judgement";
import { rule } from "../../lib/rule";
import { UNKNOWN } from "../../lib/unknown";
import type { Value } from "../../lib/value";
import { WEB_ACL, WEB_ACL_GROUP, WEB_ACL_RULE } from "../types";
import { type AclRule, formsIn } from "./acl-rules";

const key = "cloudwatchMetricsEnabled";
const without = `not set, must be there with ${key} true`;

function judgeOne(one: AclRule): Judgement {
  const config = one.at("visibilityConfig");
  if (config.list().length === 0) return [{ path: config.path, says: without }];
  return mustBeOn(one.at("visibilityConfig", key));
}

function judgeAll(props: Value, type: string): Judgement {
  // The provider switches metrics on for a group that is put into a list without a word about them.
  if (WEB_ACL_RULE.includes(type) && !props.at("visibilityConfig").isSet()) {
    return props.at("managedRuleGroup").isSet() || props.at("ruleGroupReference").isSet()
      ? []
      : judgeOne(props);
  }
  const rules = formsIn(props).map((form) => () => apart(...form().map((one) => () => judgeOne(one))));
  return apart(() => judgeOne(props), ...rules);
}

const on = { visibilityConfig: { [key]: true, metricName: "edge", sampledRequestsEnabled: true } };
const off = { visibilityConfig: { ...on.visibilityConfig, [key]: false } };
const inJson = JSON.stringify([
  { Name: "limit", VisibilityConfig: { CloudWatchMetricsEnabled: false, MetricName: "limit" } },
]);
const lists = { types: [...WEB_ACL, ...WEB_ACL_GROUP] };
const says = "false, must be true";
const jsonOff = { path: "ruleJson[0].VisibilityConfig.CloudWatchMetricsEnabled", says };

export const webAclMetrics = rule({
  name: "web-acl-metrics",
  title: "Web ACLs and their rules count in CloudWatch",
  description:
    "Without metrics no alarm sees that a rule blocks every second request, or no longer blocks any.",
  severity: "low",
  level: "advisory",
  types: [...WEB_ACL, ...WEB_ACL_RULE, ...WEB_ACL_GROUP],
  frameworks: { fsbp: ["WAF.12"] },
  remediation: `Set visibilityConfig.${key} to true, in the web ACL and in each rule.`,
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/waf-controls.html#waf-12",
  judge: (props, { type }) => judgeAll(props, type),
  // A block that is not there needs a name for the metric too, and JSON is its author's to write.
  fix: (props, { type }) =>
    concluded(() => judgeAll(props, type))
      .findings.filter(({ path }) => path.endsWith(key))
      .map(({ path }) => ({ path, value: true })),
  scenarios: [
    { ...lists, name: "on, everywhere", given: { ...on, rules: [on] }, is: "pass" },
    { ...lists, name: "on, as a text", given: { visibilityConfig: { [key]: "true" } }, is: "pass" },
    {
      types: WEB_ACL_RULE,
      name: "on, in a rule of its own",
      given: { webAclArn: UNKNOWN, ...on },
      is: "pass",
    },
    {
      types: ["aws:wafv2/webAclRuleGroupAssociation:WebAclRuleGroupAssociation"],
      name: "left to the provider",
      given: { webAclArn: UNKNOWN, managedRuleGroup: { vendorName: "AWS", name: UNKNOWN } },
      is: "pass",
    },
    {
      ...lists,
      name: "off in the list and in a rule, beside a rule not known yet",
      given: { ...off, rules: [on, off, UNKNOWN] },
      is: "fail",
      findings: [
        { path: `visibilityConfig.${key}`, says },
        { path: `rules[1].visibilityConfig.${key}`, says },
      ],
      deferrals: [{ path: "rules[2]", waits: "not known yet" }],
    },
    {
      types: WEB_ACL,
      name: "off, as JSON",
      given: { ...on, ruleJson: inJson },
      is: "fail",
      findings: [jsonOff],
      left: [jsonOff],
    },
    {
      types: WEB_ACL_GROUP,
      name: "off, as JSON in a group of rules",
      given: { ...off, rulesJson: inJson },
      is: "fail",
      findings: [
        { path: `visibilityConfig.${key}`, says },
        { ...jsonOff, path: jsonOff.path.replace("ruleJson", "rulesJson") },
      ],
      left: [{ ...jsonOff, path: jsonOff.path.replace("ruleJson", "rulesJson") }],
    },
    {
      types: WEB_ACL_RULE,
      name: "off, in a rule of its own",
      given: off,
      is: "fail",
      findings: [{ path: `visibilityConfig.${key}`, says }],
    },
    {
      ...lists,
      name: "nothing said of metrics",
      given: { rules: [{ visibilityConfig: {} }] },
      is: "fail",
      findings: [
        { path: "visibilityConfig", says: without },
        { path: `rules[0].visibilityConfig.${key}`, says: "not set, which means false, must be true" },
      ],
      left: [{ path: "visibilityConfig", says: without }],
    },
    {
      name: "not known yet",
      given: { visibilityConfig: { [key]: UNKNOWN } },
      is: "deferred",
      deferrals: [{ path: `visibilityConfig.${key}`, waits: "not known yet" }],
    },
  ],
});
