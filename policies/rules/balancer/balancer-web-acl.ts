import type { Link } from "../../lib/links";
import { rule, type ScenarioResource } from "../../lib/rule";
import { SUBJECT } from "../../lib/scenario";
import { UNKNOWN } from "../../lib/unknown";
import { LOAD_BALANCER, WEB_ACL_ASSOCIATION, WEB_ACL_TARGET } from "../types";
import { kindOf } from "./kind";

const guards: Link = {
  from: WEB_ACL_ASSOCIATION,
  names: ({ outputs }) => [outputs.at("resourceArn")],
  // What is known to come from something else is before no balancer.
  to: [...LOAD_BALANCER, ...WEB_ACL_TARGET],
};

const arnOf = (name: string) =>
  `arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/${name}/0123456789abcdef`;
const existing = { arn: arnOf("edge"), internal: false };
const planned = { arn: UNKNOWN, internal: false };

/** A web ACL put before something, by its ARN or by what that comes from. */
function association(resourceArn: string, from: readonly string[] = []): ScenarioResource {
  const type = "aws:wafv2/webAclAssociation:WebAclAssociation";
  return { name: "guard", type, props: { resourceArn, webAclArn: UNKNOWN }, from: { resourceArn: from } };
}

const other: ScenarioResource = { name: "other", type: "aws:lb/loadBalancer:LoadBalancer", props: planned };
const findings = [{ path: "arn", says: "named by no web ACL association, must be by one" }];
const deferrals = [{ path: "arn", waits: "not known whether a web ACL association names it" }];

export const balancerWebAcl = rule({
  name: "balancer-web-acl",
  title: "Application load balancers on the internet stand behind a web ACL",
  description:
    "A web ACL turns common attacks away before they reach a target. A balancer on the internet gets them all day.",
  severity: "medium",
  level: "production",
  types: LOAD_BALANCER,
  frameworks: { securityHub: ["ELB.16"] },
  remediation: "Add an aws.wafv2.WebAclAssociation whose resourceArn is the balancer's arn.",
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/elb-controls.html#elb-16",
  judgeInStack(balancer, { stack }) {
    const kind = kindOf(balancer.inputs);
    if (kind !== "application") return { skip: `${kind} balancer` };
    if (balancer.inputs.at("internal").flag() === true) return { skip: "internal balancer" };
    const { certain, possible } = stack.linked(balancer, guards);
    if (certain.length > 0) return [];
    return possible.length > 0 ? deferrals : findings;
  },
  scenarios: [
    {
      name: "a web ACL before a balancer that exists",
      given: { internal: "false" },
      outputs: existing,
      stack: [association(arnOf("edge"))],
      is: "pass",
    },
    {
      name: "a web ACL before a balancer that is not created yet",
      given: {},
      outputs: planned,
      stack: [other, association(UNKNOWN, [SUBJECT])],
      is: "pass",
    },
    { name: "none", given: {}, outputs: existing, is: "fail", findings },
    {
      name: "none, before anything exists",
      given: { internal: false },
      outputs: planned,
      is: "fail",
      findings,
    },
    {
      name: "a web ACL before another balancer that exists",
      given: {},
      outputs: existing,
      stack: [association(arnOf("other"))],
      is: "fail",
      findings,
    },
    {
      name: "a web ACL before another balancer that is not created yet",
      given: {},
      outputs: planned,
      stack: [other, association(UNKNOWN, ["other"])],
      is: "fail",
      findings,
    },
    {
      name: "a web ACL before an API that is not created yet",
      given: {},
      outputs: planned,
      stack: [
        { name: "api", type: "aws:apigateway/stage:Stage", props: { arn: UNKNOWN } },
        association(UNKNOWN, ["api"]),
      ],
      is: "fail",
      findings,
    },
    {
      name: "a web ACL before one of two balancers, not known which",
      given: {},
      outputs: planned,
      stack: [other, association(UNKNOWN, [SUBJECT, "other"])],
      is: "deferred",
      deferrals,
    },
    {
      name: "a web ACL before something not known yet",
      given: {},
      outputs: planned,
      stack: [association(UNKNOWN)],
      is: "deferred",
      deferrals,
    },
    { name: "internal, as a text", given: { internal: "true" }, is: "skip", why: "internal balancer" },
    { name: "network", given: { loadBalancerType: "network" }, is: "skip", why: "network balancer" },
    {
      name: "not known yet whether it is internal",
      given: { internal: UNKNOWN },
      is: "deferred",
      deferrals: [{ path: "internal", waits: "not known yet" }],
    },
  ],
});
