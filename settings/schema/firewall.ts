import { z } from "zod";
import { addressFault } from "../../components/lib/address-list";
import {
  capacityUnits,
  excludedPath,
  excludedPathForm,
  groupRuleName,
  groupVersion,
  headerName,
  mostExcludedPaths,
  mostRedactedHeaders,
  originHeaderName,
  rateLimits,
  rateWindows,
  usualRedactedHeaders,
} from "../../components/lib/firewall-limits";
import { logRetentionDays } from "../../components/lib/log-retention";
import { managedRuleGroupKeys } from "../../components/lib/managed-rule-groups";
import type { EnvironmentDefaults } from "../environments";
import { list, oneNumberOf, oneOf, secretable, section, tested, text, wholeNumber } from "../vocabulary";

const action = oneOf(["block", "count", "off"]);

const header = text(headerName, 'the name of an HTTP header such as "authorization"');

// Longer lists belong into a file of one's own, and a component of one's own.
const mostBlocks = 500;
const blocks = list(
  tested(
    (value) => addressFault(value) === undefined,
    'an IPv4 or IPv6 block that begins at its first address such as "203.0.113.0/24"',
  ),
  "blocks",
  0,
  mostBlocks,
).default([]);

const rateLimit = section({
  action: action
    .default("block")
    .describe("What becomes of requests beyond it: answered with 429, counted, or nothing."),
  requests: wholeNumber(...rateLimits)
    .default(1000)
    .describe("Requests one client may send within the window, about: AWS estimates."),
  windowSeconds: oneNumberOf(rateWindows, "a window AWS WAF offers:")
    .default(60)
    .describe("Seconds it looks back."),
  excludedPaths: list(text(excludedPath, excludedPathForm), "paths", 0, mostExcludedPaths)
    .default(["/health"])
    .describe("Paths that neither count nor are limited."),
});

const groupName = text(
  new RegExp(`^(${managedRuleGroupKeys.join("|")})$`),
  `one of ${managedRuleGroupKeys.map((key) => JSON.stringify(key)).join(", ")}`,
);

const group = section({
  action: action.default("block").describe("What becomes of requests it matches."),
  version: text(groupVersion, 'a version such as "Version_1.6"')
    .describe("Version of the group. Left out: the one AWS recommends.")
    .optional(),
  countRules: list(
    text(groupRuleName, 'the name of a rule such as "SizeRestrictions_BODY"'),
    "names of rules",
    0,
    50,
  )
    .default([])
    .describe("Rules of the group that only count. AWS says nothing of a name it does not know."),
});

const forwardedIp = section({
  headerName: header.default("X-Forwarded-For").describe("Header that holds the client's address."),
  fallback: oneOf(["match", "noMatch"])
    .default("match")
    .describe("What the rate limit and the block lists make of a header without a valid address."),
  listPosition: oneOf(["first", "last", "any"])
    .default("last")
    .describe("Which address of the header the lists look at. Only the last one is the CDN's word."),
});

const logs = (defaults: EnvironmentDefaults) =>
  section({
    requests: oneOf(["matched", "all", "none"])
      .default("matched")
      .describe("Which requests are logged: those a rule matched, all, or none."),
    retentionDays: oneNumberOf(logRetentionDays, "a number of days CloudWatch Logs offers:")
      .default(defaults.firewallLogRetentionDays)
      .describe("Days the log is kept."),
    redactedHeaders: list(header, "names of HTTP headers", 0, mostRedactedHeaders)
      .default([...usualRedactedHeaders])
      .describe("Headers whose values are kept out of logs and sampled requests."),
  });

/** What is turned away before it reaches a service. */
export function firewallSchema(defaults: EnvironmentDefaults) {
  return section({
    mode: oneOf(["block", "count", "off"])
      .describe(
        "Whether there is one, and whether it acts or, in a trial, only counts. Left out: `block` in production and staging for exposure `internet`, `off` everywhere else.",
      )
      .optional(),
    webAclArn: secretable(
      /^arn:aws(-[a-z-]+)?:wafv2:[a-z0-9-]+:[0-9]{12}:regional\/webacl\/.+$/,
      'the ARN of a regional web ACL such as "arn:aws:wafv2:us-east-1:123456789012:regional/webacl/…"',
    )
      .describe("A web ACL that is there already, in the place of one of the stack's own.")
      .optional(),
    rateLimit: rateLimit.prefault({}).describe("How many requests one client may send."),
    managedGroups: z
      .record(groupName, group, { error: "must be a map of AWS's groups of rules" })
      .default({})
      .describe(
        "AWS's groups of rules. Those not named: `ipReputation`, `knownBadInputs`, `common` and `sqlInjection` block, the others are off.",
      ),
    allowCidrBlocks: blocks.describe("Addresses that no other rule looks at."),
    blockCidrBlocks: blocks.describe("Addresses that are turned away."),
    forwardedIp: forwardedIp
      .describe("Where a client's address is when a CDN stands before the load balancer.")
      .optional(),
    logs: logs(defaults).prefault({}).describe("How its decisions are logged."),
    maxCapacityUnits: wholeNumber(1, capacityUnits.most)
      .default(capacityUnits.included)
      .describe("Units of capacity it may take. Above 1500 AWS charges more for each request."),
  });
}

/** Whom a load balancer behind a CDN lets in. */
export const originLockdownSchema = section({
  headerName: text(originHeaderName, 'a header of your own such as "x-origin-verify"')
    .default("x-origin-verify")
    .describe("Header that the CDN sends."),
  // Whatever is wrong with it, no message may show it: its form is checked apart.
  headerValue: secretable(/[\s\S]*/, "text").describe(
    "Secret value that the CDN sends: 16 to 200 printable characters without spaces. Has to be encrypted.",
  ),
  formerHeaderValue: secretable(/[\s\S]*/, "text")
    .describe("A second value that is accepted while the secret is being exchanged. Has to be encrypted.")
    .optional(),
  prefixListId: secretable(/^pl-[0-9a-f]{8,17}$/, 'the id of a prefix list such as "pl-0123456789abcdef0"')
    .describe(
      "Prefix list of CloudFront's origin-facing addresses in the stack's region. Left out: looked up.",
    )
    .optional(),
});

/** What a stack says of its web firewall, defaults in place. */
export type FirewallConfig = z.output<ReturnType<typeof firewallSchema>>;
/** What a stack says of its lock-down, defaults in place. */
export type OriginLockdownConfig = z.output<typeof originLockdownSchema>;
