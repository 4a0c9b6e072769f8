import { apart, concluded, each, type Judgement } from "../../lib/judgement";
import { type Change, rule } from "../../lib/rule";
import { UNKNOWN } from "../../lib/unknown";
import { shown, type Value } from "../../lib/value";
import { LISTENER } from "../types";
import { protocolOf } from "./protocols";

/** What is wrong with an action of a plain HTTP listener. */
function judgePlainAction(action: Value, allowFixedResponse: boolean): Judgement {
  const type = action.at("type");
  const name = type.text();
  if (name === "fixed-response" && allowFixedResponse) return [];
  if (name !== "redirect") return [{ path: type.path, says: `${shown(name)}, must be "redirect"` }];
  return judgeDestination(action);
}

/** What is wrong with where a redirect leads. */
function judgeDestination(action: Value): Judgement {
  const protocol = action.at("redirect", "protocol");
  const port = action.at("redirect", "port");
  return apart(
    () => mustBe(protocol, "HTTPS", "not set, which keeps HTTP"),
    () => mustBe(port, "443", "not set, which keeps the port"),
  );
}

/** Where a redirect is to lead instead. What is no redirect is left alone: what it answers may be meant. */
function corrected(action: Value): readonly Change[] {
  const type = action.at("type");
  if (!type.isKnown() || type.text() !== "redirect") return [];
  return concluded(() => judgeDestination(action)).findings.map(({ path }) => ({
    path,
    value: path.endsWith(".port") ? "443" : "HTTPS",
  }));
}

function mustBe(value: Value, wanted: string, unset: string): Judgement {
  const text = value.text();
  if (text?.toUpperCase() === wanted) return [];
  return [{ path: value.path, says: `${text === undefined ? unset : shown(text)}, must be "${wanted}"` }];
}

const httpsRedirect = {
  type: "redirect",
  redirect: { protocol: "HTTPS", port: "443", statusCode: "HTTP_301" },
};

export const listenerHttpRedirect = rule({
  name: "listener-http-redirect",
  title: "HTTP listeners only redirect to HTTPS",
  description:
    "What travels over plain HTTP can be read and changed on its way, on whatever port it is served.",
  severity: "high",
  level: "mandatory",
  types: LISTENER,
  parameters: {
    allowFixedResponse: {
      type: "boolean",
      description: "Whether an HTTP listener may also answer with a fixed response.",
      default: false,
    },
  },
  frameworks: { fsbp: ["ELB.1"] },
  remediation:
    'Make every default action a redirect with protocol "HTTPS", port "443" and statusCode "HTTP_301".',
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/elb-controls.html#elb-1",
  *judge(listener, { config }) {
    const protocol = protocolOf(listener);
    if (protocol !== "HTTP") return { skip: `${protocol} listener` };
    const actions = listener.at("defaultActions");
    if (actions.items().length === 0) yield { path: "defaultActions", says: "not set, must be a redirect" };
    yield* each(actions, (action) => judgePlainAction(action, config.allowFixedResponse));
    return undefined;
  },
  fix: (listener) => listener.at("defaultActions").items().flatMap(corrected),
  scenarios: [
    {
      name: "a redirect to HTTPS",
      given: { protocol: "HTTP", port: 80, defaultActions: [httpsRedirect] },
      is: "pass",
    },
    {
      name: "a forward, with the protocol left to AWS",
      given: { port: 80, defaultActions: [{ type: "forward", targetGroupArn: UNKNOWN }] },
      is: "fail",
      findings: [{ path: "defaultActions[0].type", says: '"forward", must be "redirect"' }],
      left: [{ path: "defaultActions[0].type", says: '"forward", must be "redirect"' }],
    },
    {
      name: "plain HTTP on another port",
      given: { protocol: "HTTP", port: 8080, defaultActions: [{ type: "fixed-response" }] },
      is: "fail",
      findings: [{ path: "defaultActions[0].type", says: '"fixed-response", must be "redirect"' }],
      left: [{ path: "defaultActions[0].type", says: '"fixed-response", must be "redirect"' }],
    },
    {
      name: "a redirect that keeps HTTP",
      given: {
        protocol: "HTTP",
        port: 80,
        defaultActions: [{ type: "redirect", redirect: { host: "www.example.com" } }],
      },
      is: "fail",
      findings: [
        { path: "defaultActions[0].redirect.protocol", says: 'not set, which keeps HTTP, must be "HTTPS"' },
        { path: "defaultActions[0].redirect.port", says: 'not set, which keeps the port, must be "443"' },
      ],
    },
    {
      name: "a redirect to HTTP on another port, beside a forward",
      given: {
        protocol: "http",
        port: "80",
        defaultActions: [
          { type: "redirect", redirect: { protocol: "HTTP", port: 8080, statusCode: "HTTP_302" } },
          { type: "forward", targetGroupArn: UNKNOWN },
        ],
      },
      is: "fail",
      findings: [
        { path: "defaultActions[0].redirect.protocol", says: '"HTTP", must be "HTTPS"' },
        { path: "defaultActions[0].redirect.port", says: '"8080", must be "443"' },
        { path: "defaultActions[1].type", says: '"forward", must be "redirect"' },
      ],
      left: [{ path: "defaultActions[1].type", says: '"forward", must be "redirect"' }],
    },
    {
      name: "no action",
      given: { protocol: "HTTP", port: 80 },
      is: "fail",
      findings: [{ path: "defaultActions", says: "not set, must be a redirect" }],
      left: [{ path: "defaultActions", says: "not set, must be a redirect" }],
    },
    {
      name: "a fixed response where it is allowed",
      given: { protocol: "HTTP", port: 80, defaultActions: [{ type: "fixed-response" }] },
      config: { allowFixedResponse: true },
      is: "pass",
    },
    { name: "an HTTPS listener", given: { protocol: "HTTPS", port: 443 }, is: "skip", why: "HTTPS listener" },
    { name: "a gateway load balancer", given: {}, is: "skip", why: "gateway listener" },
    {
      name: "one action certain, one not known yet",
      given: {
        protocol: "HTTP",
        port: 80,
        defaultActions: [
          { type: "redirect", redirect: { protocol: UNKNOWN, port: 443 } },
          { type: "forward" },
        ],
      },
      is: "fail",
      findings: [{ path: "defaultActions[1].type", says: '"forward", must be "redirect"' }],
      left: [{ path: "defaultActions[1].type", says: '"forward", must be "redirect"' }],
      deferrals: [{ path: "defaultActions[0].redirect.protocol", waits: "not known yet" }],
    },
    {
      name: "a redirect that keeps HTTP, beside an action not known yet",
      given: {
        protocol: "HTTP",
        port: 80,
        defaultActions: [{ type: "redirect", redirect: { port: "443" } }, UNKNOWN],
      },
      is: "fail",
      findings: [
        { path: "defaultActions[0].redirect.protocol", says: 'not set, which keeps HTTP, must be "HTTPS"' },
      ],
      deferrals: [{ path: "defaultActions[1]", waits: "not known yet" }],
    },
    {
      name: "actions not known yet",
      given: { protocol: "HTTP", port: 80, defaultActions: UNKNOWN },
      is: "deferred",
      deferrals: [{ path: "defaultActions", waits: "not known yet" }],
    },
  ],
});
