import { rule } from "../../lib/rule";
import { UNKNOWN } from "../../lib/unknown";
import { shown } from "../../lib/value";
import { LISTENER } from "../types";
import { protocolOf } from "./protocols";

const path = "routingHttpResponseStrictTransportSecurityHeaderValue";
const wanted = 'must have a "max-age" above 0';

/** A year, and for this host only: what goes for its subdomains cannot be taken back before a browser forgets it. */
const header = "max-age=31536000";

/** Seconds a browser is to remember; nothing for a header without a valid number, which browsers ignore. */
function ageOf(value: string): number | undefined {
  const age = /(?:^|;)\s*max-age\s*=\s*(?:(\d+)|"(\d+)")\s*(?:;|$)/i.exec(value);
  return age === null ? undefined : Number(age[1] ?? age[2]);
}

export const listenerTransportSecurityHeader = rule({
  name: "listener-transport-security-header",
  title: "HTTPS listeners tell browsers to stay with HTTPS",
  description:
    "A browser that has once seen the header Strict-Transport-Security asks for nothing over plain HTTP any more, so that nobody on its way can keep it from being redirected.",
  severity: "low",
  level: "advisory",
  types: LISTENER,
  frameworks: {},
  remediation: `Set ${path} to "${header}", with "; includeSubDomains" if every subdomain has HTTPS.`,
  url: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/header-modification.html",
  judge(listener) {
    const protocol = protocolOf(listener);
    if (protocol !== "HTTPS") return { skip: `${protocol} listener` };
    const value = listener.at(path).text();
    if (value !== undefined && (ageOf(value) ?? 0) > 0) return [];
    const is = value === undefined ? "not set, which adds no header" : shown(value);
    return [{ path, says: `${is}, ${wanted}` }];
  },
  fix: () => [{ path, value: header }],
  scenarios: [
    { name: "a year", given: { protocol: "HTTPS", port: 443, [path]: header }, is: "pass" },
    {
      name: "a year, with all subdomains",
      given: { protocol: "HTTPS", port: 443, [path]: 'includeSubDomains; Max-Age="31536000"; preload' },
      is: "pass",
    },
    { name: "a second", given: { protocol: "HTTPS", port: 443, [path]: "max-age=1" }, is: "pass" },
    {
      name: "left to AWS",
      given: { protocol: "HTTPS", port: 443 },
      is: "fail",
      findings: [{ path, says: `not set, which adds no header, ${wanted}` }],
    },
    {
      name: "a header that makes browsers forget",
      given: { protocol: "HTTPS", port: 443, [path]: "max-age=0; includeSubDomains" },
      is: "fail",
      findings: [{ path, says: `"max-age=0; includeSubDomains", ${wanted}` }],
    },
    {
      name: "a header browsers ignore",
      given: { protocol: "HTTPS", port: 443, [path]: "includeSubDomains" },
      is: "fail",
      findings: [{ path, says: `"includeSubDomains", ${wanted}` }],
    },
    { name: "plain HTTP", given: { protocol: "HTTP", port: 80 }, is: "skip", why: "HTTP listener" },
    {
      name: "a network load balancer",
      given: { protocol: "TLS", port: 443 },
      is: "skip",
      why: "TLS listener",
    },
    {
      name: "not known yet",
      given: { protocol: "HTTPS", port: 443, [path]: UNKNOWN },
      is: "deferred",
      deferrals: [{ path, waits: "not known yet" }],
    },
  ],
});
