import type { Link } from "../../lib/links";
import { rule, type ScenarioResource } from "../../lib/rule";
import { SUBJECT } from "../../lib/scenario";
import { UNKNOWN } from "../../lib/unknown";
import { WEB_ACL, WEB_ACL_LOGGING } from "../types";
import { existing, other, planned } from "./examples";

const logs: Link = {
  from: WEB_ACL_LOGGING,
  names: ({ outputs }) => [outputs.at("resourceArn")],
  to: WEB_ACL,
};

const path = "arn";
const findings = [{ path, says: "named by no WebAclLoggingConfiguration, must be by one" }];
const deferrals = [{ path, waits: "not known whether a WebAclLoggingConfiguration names it" }];

/** Where a list logs, by the list's ARN or by what that comes from. */
function logging(resourceArn: string, from: readonly string[] = []): ScenarioResource {
  const type = "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration";
  return {
    name: "logging",
    type,
    props: { resourceArn, logDestinationConfigs: [UNKNOWN] },
    from: { resourceArn: from },
  };
}

export const webAclLogged = rule({
  name: "web-acl-logged",
  title: "Web ACLs log what they decide",
  description:
    "Without the log nobody can say why a request was blocked, or which rule should have blocked the one that got through.",
  severity: "low",
  level: "advisory",
  types: WEB_ACL,
  frameworks: { securityHub: ["WAF.11"] },
  remediation: "Add an aws.wafv2.WebAclLoggingConfiguration whose resourceArn is the web ACL's arn.",
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/waf-controls.html#waf-11",
  judgeInStack(acl, { stack }) {
    const { certain, possible } = stack.linked(acl, logs);
    if (certain.length > 0) return [];
    return possible.length > 0 ? deferrals : findings;
  },
  scenarios: [
    { name: "logged", given: {}, outputs: existing, stack: [logging(existing.arn)], is: "pass" },
    {
      name: "logged, before anything exists",
      given: {},
      outputs: planned,
      stack: [other, logging(UNKNOWN, [SUBJECT])],
      is: "pass",
    },
    { name: "not logged", given: {}, outputs: planned, is: "fail", findings },
    {
      name: "another web ACL's log",
      given: {},
      outputs: planned,
      stack: [other, logging(UNKNOWN, ["other"])],
      is: "fail",
      findings,
    },
    {
      name: "the log of a web ACL outside the stack",
      given: {},
      outputs: existing,
      stack: [logging(`${existing.arn}9`)],
      is: "fail",
      findings,
    },
    {
      name: "the log of one of two web ACLs",
      given: {},
      outputs: planned,
      stack: [other, logging(UNKNOWN, [SUBJECT, "other"])],
      is: "deferred",
      deferrals,
    },
  ],
});
