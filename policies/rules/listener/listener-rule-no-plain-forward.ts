import { each } from "../../lib/judgement";
import { rule, type ScenarioResource } from "../../lib/rule";
import { UNKNOWN } from "../../lib/unknown";
import { LISTENER_RULE } from "../types";
import { judgeOnListener, judgeRedirect } from "./plain-actions";

const httpListener: ScenarioResource = {
  name: "edge-http",
  type: "aws:lb/listener:Listener",
  props: {
    protocol: "HTTP",
    port: 80,
    arn: "arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener/http",
  },
};
const httpsListener: ScenarioResource = {
  name: "edge-https",
  type: "aws:lb/listener:Listener",
  props: {
    protocol: "HTTPS",
    port: 443,
    arn: "arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener/https",
  },
};
const forward = { type: "forward", targetGroupArn: UNKNOWN };

export const listenerRuleNoPlainForward = rule({
  name: "listener-rule-no-plain-forward",
  title: "Listener rules never serve plain HTTP",
  description:
    "A rule is stronger than its listener's default action: one forward on an HTTP listener serves requests unencrypted although the listener redirects.",
  severity: "high",
  level: "mandatory",
  types: LISTENER_RULE,
  frameworks: { fsbp: ["ELB.1"] },
  remediation: 'Put the rule on the HTTPS listener, or redirect to protocol "HTTPS".',
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/elb-controls.html#elb-1",
  judge: (listenerRule) => each(listenerRule.at("actions"), judgeRedirect),
  judgeInStack: (resource, { stack }) => judgeOnListener(resource, stack),
  scenarios: [
    {
      name: "a forward on an HTTPS listener that is not created yet",
      given: { listenerArn: UNKNOWN, actions: [forward] },
      from: { listenerArn: ["edge-https"] },
      stack: [httpListener, httpsListener],
      is: "pass",
    },
    {
      name: "a forward on an HTTPS listener that exists",
      given: {
        listenerArn: "arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener/https",
        actions: [forward],
      },
      stack: [httpListener, httpsListener],
      is: "pass",
    },
    {
      name: "a redirect to HTTPS on an HTTP listener",
      given: {
        listenerArn: UNKNOWN,
        actions: [{ type: "redirect", redirect: { protocol: "HTTPS", port: "443" } }],
      },
      from: { listenerArn: ["edge-http"] },
      stack: [httpListener],
      is: "pass",
    },
    {
      name: "a fixed response and a redirect to HTTPS, on whatever listener",
      given: {
        listenerArn: UNKNOWN,
        actions: [{ type: "fixed-response" }, { type: "redirect", redirect: { protocol: "HTTPS" } }],
      },
      is: "pass",
    },
    {
      name: "a forward on an HTTP listener that is not created yet",
      given: { listenerArn: UNKNOWN, actions: [forward] },
      from: { listenerArn: ["edge-http"] },
      stack: [httpListener, httpsListener],
      is: "fail",
      findings: [
        { path: "actions[0].type", says: '"forward" on the HTTP listener edge-http, must be "redirect"' },
      ],
    },
    {
      name: "a forward on an HTTP listener that exists",
      given: {
        listenerArn: "arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener/http",
        actions: [forward],
      },
      stack: [httpListener, httpsListener],
      is: "fail",
      findings: [
        { path: "actions[0].type", says: '"forward" on the HTTP listener edge-http, must be "redirect"' },
      ],
    },
    {
      name: "a forward behind authentication on an HTTP listener",
      given: { listenerArn: UNKNOWN, actions: [{ type: "jwt-validation" }, forward] },
      from: { listenerArn: ["edge-http"] },
      stack: [httpListener],
      is: "fail",
      findings: [
        { path: "actions[1].type", says: '"forward" on the HTTP listener edge-http, must be "redirect"' },
      ],
    },
    {
      name: "a forward behind authentication on an HTTPS listener",
      given: { listenerArn: UNKNOWN, actions: [{ type: "authenticate-oidc" }, forward] },
      from: { listenerArn: ["edge-https"] },
      stack: [httpsListener],
      is: "pass",
    },
    {
      name: "a redirect that keeps HTTP",
      given: { listenerArn: UNKNOWN, actions: [{ type: "redirect", redirect: { host: "www.example.com" } }] },
      from: { listenerArn: ["edge-http"] },
      stack: [httpListener],
      is: "fail",
      findings: [
        {
          path: "actions[0].redirect.protocol",
          says: 'not set, which keeps HTTP on edge-http, must be "HTTPS"',
        },
      ],
    },
    {
      name: "a redirect to HTTP, on whatever listener",
      given: {
        listenerArn: UNKNOWN,
        actions: [
          { type: "redirect", redirect: { protocol: "HTTP" } },
          { type: "redirect", redirect: UNKNOWN },
        ],
      },
      from: { listenerArn: ["edge-https"] },
      stack: [httpsListener],
      is: "fail",
      findings: [{ path: "actions[0].redirect.protocol", says: '"HTTP", must be "HTTPS"' }],
      deferrals: [{ path: "actions[1].redirect", waits: "not known yet" }],
    },
    {
      name: "a listener of another stack",
      given: {
        listenerArn: "arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener/other",
        actions: [forward],
      },
      stack: [httpListener],
      is: "deferred",
      deferrals: [{ path: "listenerArn", waits: "the listener is not in this stack" }],
    },
    {
      name: "one of two listeners, not known which",
      given: { listenerArn: UNKNOWN, actions: [forward] },
      from: { listenerArn: ["edge-http", "edge-https"] },
      stack: [httpListener, httpsListener],
      is: "deferred",
      deferrals: [{ path: "listenerArn", waits: "not known whether its listener speaks HTTP" }],
    },
  ],
});
