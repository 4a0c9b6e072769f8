import { type Answer, some } from "../../lib/answers";
import { mustBeOn } from "../../lib/attributes";
import type { Judgement } from "../../lib/judgement";
import type { Link } from "../../lib/links";
import { rule, type ScenarioResource } from "../../lib/rule";
import { SUBJECT } from "../../lib/scenario";
import type { Stack, StackResource } from "../../lib/stack";
import { UNKNOWN } from "../../lib/unknown";
import { LISTENER, LOAD_BALANCER, LOG_DELIVERY_SOURCE } from "../types";
import { kindOf } from "./kind";

const listens: Link = {
  from: LISTENER,
  names: ({ outputs }) => [outputs.at("loadBalancerArn")],
  to: LOAD_BALANCER,
};

/** The newer way to log: a source, from which logs go to a bucket, a log group or a stream. */
const delivers: Link = {
  from: LOG_DELIVERY_SOURCE,
  names: ({ outputs }) => [outputs.at("resourceArn")],
  to: LOAD_BALANCER,
};

/** Whether, among the resources that name a balancer, there is one as asked for. */
function isNamedBy(
  balancer: StackResource,
  { stack, link }: { readonly stack: Stack; readonly link: Link },
  ask: (resource: StackResource) => boolean,
): Answer {
  const { certain, possible } = stack.linked(balancer, link);
  const sure = some(certain, ask);
  if (sure !== false) return sure;
  return some(possible, ask) === false ? false : undefined;
}

/** Whether there is anything to log: network load balancers log TLS connections only. */
function hasRequests(balancer: StackResource, stack: Stack): Answer {
  if (kindOf(balancer.inputs) !== "network") return true;
  return isNamedBy(
    balancer,
    { stack, link: listens },
    ({ inputs }) => inputs.at("protocol").text()?.toUpperCase() === "TLS",
  );
}

function isDelivered(balancer: StackResource, stack: Stack): Answer {
  return isNamedBy(balancer, { stack, link: delivers }, ({ inputs }) =>
    ["ALB_ACCESS_LOGS", "NLB_ACCESS_LOGS"].includes(inputs.at("logType").text() ?? ""),
  );
}

function judgeLogs(balancer: StackResource, stack: Stack): Judgement {
  const enabled = balancer.inputs.at("accessLogs", "enabled");
  const bucket = balancer.inputs.at("accessLogs", "bucket");
  const delivered = isDelivered(balancer, stack);
  if (delivered === true) return [];
  if (enabled.flag() === true) {
    return bucket.isSet() ? [] : [{ path: bucket.path, says: "not set, must be the name of a bucket" }];
  }
  if (delivered === undefined) {
    return [{ path: enabled.path, waits: "not known whether a log delivery source names it" }];
  }
  return mustBeOn(enabled);
}

const arn = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/edge/0123456789abcdef";
const logged = { accessLogs: { bucket: UNKNOWN, enabled: true } };
const network = { loadBalancerType: "network" };

function listener(protocol: string, loadBalancerArn: string, from: readonly string[] = []): ScenarioResource {
  const props = { loadBalancerArn, protocol, port: 443 };
  return { name: "listener", type: "aws:lb/listener:Listener", props, from: { loadBalancerArn: from } };
}

function source(logType: string, resourceArn: string, from: readonly string[] = []): ScenarioResource {
  const type = "aws:cloudwatch/logDeliverySource:LogDeliverySource";
  return { name: "source", type, props: { logType, resourceArn }, from: { resourceArn: from } };
}

const other: ScenarioResource = {
  name: "other",
  type: "aws:lb/loadBalancer:LoadBalancer",
  props: { arn: UNKNOWN },
};
const findings = [{ path: "accessLogs.enabled", says: "not set, which means false, must be true" }];

export const balancerAccessLogs = rule({
  name: "balancer-access-logs",
  title: "Load balancers log the requests they get",
  description:
    "The balancer's log is the only record of who asked for what, and of requests that reached no target.",
  severity: "medium",
  level: "mandatory",
  types: LOAD_BALANCER,
  frameworks: { fsbp: ["ELB.5"] },
  remediation:
    "Set accessLogs.bucket to the name of a bucket and accessLogs.enabled to true; a bucket alone logs nothing.",
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/elb-controls.html#elb-5",
  judgeInStack(balancer, { stack }) {
    const kind = kindOf(balancer.inputs);
    if (kind === "gateway") return { skip: "gateway balancer" };
    const requests = hasRequests(balancer, stack);
    if (requests === false) return { skip: "network balancer without a TLS listener" };
    if (requests === true || balancer.inputs.at("accessLogs", "enabled").flag() === true) {
      return judgeLogs(balancer, stack);
    }
    return [{ path: "accessLogs.enabled", waits: "not known whether it has a TLS listener" }];
  },
  scenarios: [
    { name: "logs in a bucket that is not created yet", given: logged, is: "pass" },
    {
      name: "logs in a bucket, as texts",
      given: { accessLogs: { bucket: "logs", enabled: "true" } },
      is: "pass",
    },
    {
      name: "a network load balancer that ends TLS",
      given: { ...network, ...logged },
      outputs: { ...network, ...logged, arn },
      stack: [listener("TLS", arn)],
      is: "pass",
    },
    {
      name: "logs on their way from a delivery source",
      given: {},
      outputs: { arn: UNKNOWN },
      stack: [source("ALB_ACCESS_LOGS", UNKNOWN, [SUBJECT])],
      is: "pass",
    },
    { name: "left to AWS", given: {}, is: "fail", findings },
    {
      name: "a bucket alone",
      given: { accessLogs: { bucket: "logs" } },
      is: "fail",
      findings,
    },
    {
      name: "switched off",
      given: { accessLogs: { bucket: "logs", enabled: "false" } },
      is: "fail",
      findings: [{ path: "accessLogs.enabled", says: "false, must be true" }],
    },
    {
      name: "no bucket",
      given: { accessLogs: { bucket: "", enabled: true } },
      is: "fail",
      findings: [{ path: "accessLogs.bucket", says: "not set, must be the name of a bucket" }],
    },
    {
      name: "a delivery source for connections only",
      given: {},
      outputs: { arn },
      stack: [source("ALB_CONNECTION_LOGS", arn)],
      is: "fail",
      findings,
    },
    {
      name: "a network load balancer that will end TLS",
      given: network,
      outputs: { ...network, arn: UNKNOWN },
      stack: [listener("TLS", UNKNOWN, [SUBJECT])],
      is: "fail",
      findings,
    },
    {
      name: "a network load balancer of plain TCP, which would log nothing",
      given: network,
      outputs: { ...network, arn },
      stack: [listener("TCP", arn)],
      is: "skip",
      why: "network balancer without a TLS listener",
    },
    {
      name: "a gateway load balancer",
      given: { loadBalancerType: "gateway" },
      is: "skip",
      why: "gateway balancer",
    },
    {
      name: "a delivery source of one of two balancers, not known which",
      given: {},
      outputs: { arn: UNKNOWN },
      stack: [other, source("ALB_ACCESS_LOGS", UNKNOWN, [SUBJECT, "other"])],
      is: "deferred",
      deferrals: [{ path: "accessLogs.enabled", waits: "not known whether a log delivery source names it" }],
    },
    {
      name: "a TLS listener of one of two balancers, not known which",
      given: network,
      outputs: { ...network, arn: UNKNOWN },
      stack: [other, listener("TLS", UNKNOWN, [SUBJECT, "other"])],
      is: "deferred",
      deferrals: [{ path: "accessLogs.enabled", waits: "not known whether it has a TLS listener" }],
    },
    {
      name: "not known yet",
      given: { accessLogs: { bucket: "logs", enabled: UNKNOWN } },
      is: "deferred",
      deferrals: [{ path: "accessLogs.enabled", waits: "not known yet" }],
    },
  ],
});
