import { agreed, candidatesOf } from "../../lib/candidates";
import type { Judgement } from "../../lib/judgement";
import { rule, type ScenarioResource } from "../../lib/rule";
import type { StackResource } from "../../lib/stack";
import { UNKNOWN } from "../../lib/unknown";
import { shown } from "../../lib/value";
import { LISTENER, LOAD_BALANCER } from "../types";
import { isPassedOn } from "./passed-on";
import { protocolOf } from "./protocols";

/** Protocols of network load balancers that encrypt nothing, or not everything. */
const open = ["TCP", "UDP", "TCP_UDP", "TCP_QUIC"];

const wanted = 'must be "TLS" or "QUIC"';

function isPublic({ inputs }: StackResource): boolean {
  return inputs.at("internal").flag() !== true;
}

const arn = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/net/edge/0123456789abcdef";

/** A network load balancer that exists. */
function balancer(internal: unknown): ScenarioResource {
  const props = { loadBalancerType: "network", internal, arn };
  return { name: "edge", type: "aws:lb/loadBalancer:LoadBalancer", props };
}

/** A network load balancer that does not exist yet. */
function planned(name: string, internal?: boolean): ScenarioResource {
  const props = { loadBalancerType: "network", internal, arn: UNKNOWN };
  return { name, type: "aws:lb/loadBalancer:LoadBalancer", props };
}

function group(targetType?: unknown): ScenarioResource {
  const props = { targetType, protocol: "TCP", arn: UNKNOWN };
  return { name: "web", type: "aws:lb/targetGroup:TargetGroup", props };
}

const toGroup = { type: "forward", targetGroupArn: UNKNOWN };
const found = [{ path: "protocol", says: `"TCP" on an internet-facing balancer, ${wanted}` }];

export const listenerEncryptedProtocol = rule({
  name: "listener-encrypted-protocol",
  title: "Network load balancers on the internet encrypt what they carry",
  description:
    "What travels over the internet in the open can be read and changed on its way. A network load balancer carries plain TCP and UDP as willingly as TLS.",
  severity: "medium",
  level: "advisory",
  types: LISTENER,
  parameters: {
    passThroughPorts: {
      type: "array",
      description:
        "Ports whose traffic is encrypted although the listener does not know, because targets end TLS themselves.",
      items: { type: "integer", minimum: 1, maximum: 65535 },
      default: [],
    },
  },
  frameworks: { fsbp: ["ELB.18"] },
  remediation:
    'Set protocol to "TLS" with a certificate. Where targets end TLS themselves, name the port in the parameter passThroughPorts.',
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/elb-controls.html#elb-18",
  judgeInStack(listener, { config, stack }): Judgement {
    const { inputs } = listener;
    const protocol = protocolOf(inputs);
    if (protocol === "TLS" || protocol === "QUIC") return [];
    if (!open.includes(protocol)) return { skip: `${protocol} listener` };
    const passThrough: readonly unknown[] = config.passThroughPorts;
    if (passThrough.length > 0 && passThrough.includes(inputs.at("port").number())) {
      return { skip: "a port that is passed through" };
    }
    const path = "loadBalancerArn";
    const reference = stack.refer(listener, inputs.at(path), LOAD_BALANCER);
    if (reference === undefined) return [];
    if (reference.kind === "outside") return [{ path, waits: "the balancer is not in this stack" }];
    const reachable = agreed(candidatesOf(reference), isPublic);
    if (reachable === undefined)
      return [{ path, waits: "not known whether its balancer is on the internet" }];
    if (!reachable) return { skip: "internal balancer" };
    const passedOn = protocol === "TCP" ? isPassedOn(listener, stack) : false;
    if (passedOn === true) return { skip: "passed on to an application load balancer" };
    return passedOn === undefined
      ? [{ path: "defaultActions", waits: "not known whether it forwards to an application load balancer" }]
      : [{ path: "protocol", says: `${shown(protocol)} on an internet-facing balancer, ${wanted}` }];
  },
  scenarios: [
    { name: "TLS", given: { protocol: "TLS", port: 443, loadBalancerArn: UNKNOWN }, is: "pass" },
    { name: "QUIC", given: { protocol: "QUIC", port: 443, loadBalancerArn: UNKNOWN }, is: "pass" },
    {
      name: "TCP on a balancer that exists",
      given: { protocol: "TCP", port: 80, loadBalancerArn: arn, defaultActions: [toGroup] },
      from: { defaultActions: ["web"] },
      stack: [balancer("false"), group("instance")],
      is: "fail",
      findings: found,
    },
    {
      name: "TCP on a balancer that is not created yet",
      given: { protocol: "TCP", port: 80, loadBalancerArn: UNKNOWN, defaultActions: [toGroup] },
      from: { loadBalancerArn: ["edge"], defaultActions: ["web"] },
      stack: [planned("edge"), group()],
      is: "fail",
      findings: found,
    },
    {
      name: "UDP",
      given: { protocol: "udp", port: "53", loadBalancerArn: arn },
      stack: [balancer(false)],
      is: "fail",
      findings: [{ path: "protocol", says: `"UDP" on an internet-facing balancer, ${wanted}` }],
    },
    {
      name: "QUIC and plain TCP on one port",
      given: { protocol: "TCP_QUIC", port: 443, loadBalancerArn: arn },
      stack: [balancer(undefined)],
      is: "fail",
      findings: [{ path: "protocol", says: `"TCP_QUIC" on an internet-facing balancer, ${wanted}` }],
    },
    {
      name: "one of two balancers, both on the internet",
      given: { protocol: "TCP", port: 80, loadBalancerArn: UNKNOWN },
      from: { loadBalancerArn: ["edge", "other"] },
      stack: [planned("edge"), planned("other", false)],
      is: "fail",
      findings: found,
    },
    {
      name: "a port whose targets end TLS",
      given: { protocol: "TCP", port: "8443", loadBalancerArn: arn },
      config: { passThroughPorts: [443, 8443] },
      stack: [balancer(false)],
      is: "skip",
      why: "a port that is passed through",
    },
    {
      name: "a port beside those whose targets end TLS",
      given: { protocol: "TCP", port: 8444, loadBalancerArn: arn },
      config: { passThroughPorts: [443, 8443] },
      stack: [balancer(false)],
      is: "fail",
      findings: found,
    },
    {
      name: "an internal balancer",
      given: { protocol: "TCP", port: 5432, loadBalancerArn: arn },
      stack: [balancer("true")],
      is: "skip",
      why: "internal balancer",
    },
    {
      name: "TCP before an application load balancer",
      given: {
        protocol: "TCP",
        port: 443,
        loadBalancerArn: arn,
        defaultActions: [{ type: "forward", forward: { targetGroups: [{ arn: UNKNOWN }] } }],
      },
      from: { defaultActions: ["web"] },
      stack: [balancer(false), group("alb")],
      is: "skip",
      why: "passed on to an application load balancer",
    },
    { name: "plain HTTP", given: { protocol: "HTTP", port: 80 }, is: "skip", why: "HTTP listener" },
    { name: "a gateway load balancer", given: {}, is: "skip", why: "gateway listener" },
    {
      name: "a balancer of another stack",
      given: { protocol: "TCP", port: 80, loadBalancerArn: arn },
      is: "deferred",
      deferrals: [{ path: "loadBalancerArn", waits: "the balancer is not in this stack" }],
    },
    {
      name: "one of two balancers, not known which",
      given: { protocol: "TCP", port: 80, loadBalancerArn: UNKNOWN },
      from: { loadBalancerArn: ["edge", "inner"] },
      stack: [planned("edge"), planned("inner", true)],
      is: "deferred",
      deferrals: [{ path: "loadBalancerArn", waits: "not known whether its balancer is on the internet" }],
    },
    {
      name: "a target group of another stack",
      given: {
        protocol: "TCP",
        port: 443,
        loadBalancerArn: arn,
        defaultActions: [
          { type: "forward", targetGroupArn: "arn:aws:elasticloadbalancing:eu-west-1:1:targetgroup/web" },
        ],
      },
      stack: [balancer(false)],
      is: "deferred",
      deferrals: [
        { path: "defaultActions", waits: "not known whether it forwards to an application load balancer" },
      ],
    },
    {
      name: "a protocol not known yet",
      given: { protocol: UNKNOWN, port: 80 },
      is: "deferred",
      deferrals: [{ path: "protocol", waits: "not known yet" }],
    },
  ],
});
