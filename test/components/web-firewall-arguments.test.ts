import assert from "node:assert/strict";
import { RuleAction, WebFirewall, type WebFirewallArgs } from "../../components";
import { refused } from "../support/refused";

const form = 'must be a block such as "203.0.113.0/24" or "2001:db8::/32"';
const path = 'must be a path such as "/health", or one with all below it such as "/static/*"';

const cases: readonly (readonly [title: string, args: object, problems: readonly string[]])[] = [
  ["an unknown mode", { mode: "off" }, ['mode: must be one of "block", "count", got "off"']],
  [
    "a prefix that is no name",
    { namePrefix: "a b" },
    ['namePrefix: must be letters, digits and hyphens, beginning with a letter, got "a b"'],
  ],
  [
    "a rate limit out of range",
    { rateLimit: { action: "deny", requests: 9, windowSeconds: 90, responseBody: "" } },
    [
      'rateLimit.action: must be one of "block", "count", "off", got "deny"',
      "rateLimit.requests: must be a whole number from 10 to 2000000000, got 9",
      "rateLimit.windowSeconds: must be one of 60, 120, 300, 600, got 90",
      "rateLimit.responseBody: must have 1 to 4096 characters, got 0",
    ],
  ],
  [
    "paths that are none, or all",
    { rateLimit: { excludedPaths: ["health", "/*", "/a*", "/a?b", "/a b", "/ok", "/ok"] } },
    [
      ...["health", "/*", "/a*", "/a?b", "/a b"].map(
        (text, index) => `rateLimit.excludedPaths[${index}]: ${path}, got "${text}"`,
      ),
      'rateLimit.excludedPaths[6]: must be named once, got "/ok" again',
    ],
  ],
  [
    "too many paths",
    { rateLimit: { excludedPaths: Array.from({ length: 21 }, (_, index) => `/${index}`) } },
    ["rateLimit.excludedPaths: must have 20 paths at most, got 21"],
  ],
  [
    "groups that are used as they cannot be",
    {
      managedGroups: {
        ipReputation: { version: "Version_1.0" },
        common: { action: "log", version: "1 0", countRules: ["a b", "Size", "Size"] },
      },
    },
    [
      'managedGroups.ipReputation.version: must be left out: AWSManagedRulesAmazonIpReputationList has no versions, got "Version_1.0"',
      'managedGroups.common.action: must be one of "block", "count", "off", got "log"',
      'managedGroups.common.version: must be a version such as "Version_1.6", got "1 0"',
      'managedGroups.common.countRules[0]: must be the name of a rule such as "SizeRestrictions_BODY", got "a b"',
      'managedGroups.common.countRules[2]: must be named once, got "Size" again',
    ],
  ],
  [
    "addresses that are none",
    { allowCidrBlocks: ["here"], blockCidrBlocks: ["0.0.0.0/0"] },
    [
      `allowCidrBlocks[0]: ${form}, got "here"`,
      'blockCidrBlocks[0]: must not be every address, got "0.0.0.0/0"',
    ],
  ],
  [
    "a forwarded address that is nowhere",
    { forwardedIp: { headerName: "X Forwarded", fallback: "guess", listPosition: "second" } },
    [
      'forwardedIp.headerName: must be letters, digits and hyphens, got "X Forwarded"',
      'forwardedIp.fallback: must be one of "match", "noMatch", got "guess"',
      'forwardedIp.listPosition: must be one of "first", "last", "any", got "second"',
    ],
  ],
  [
    "a secret that can be guessed, in a header that others write",
    { originHeader: { name: "X-Forwarded-For", value: "hunter2", formerValue: "with some spaces in it" } },
    [
      'originHeader.name: must be a header of your own such as "x-origin-verify", got "X-Forwarded-For"',
      "originHeader.value: must be 16 to 200 printable characters without spaces, got 7",
      "originHeader.formerValue: must be 16 to 200 printable characters without spaces, got 22",
    ],
  ],
  [
    "a log that cannot be kept",
    { logs: { requests: "some", retentionDays: 8, redactedHeaders: ["a b"] } },
    [
      'logs.requests: must be one of "matched", "all", "none", got "some"',
      "logs.retentionDays: must be one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653, got 8",
      'logs.redactedHeaders[0]: must be letters, digits and hyphens, 64 at most, got "a b"',
    ],
  ],
  [
    "more headers than can be kept out of a log",
    { logs: { redactedHeaders: Array.from({ length: 21 }, (_, index) => `x-${index}`) } },
    ["logs.redactedHeaders: must have 20 headers at most, got 21"],
  ],
  [
    "capacity that no web ACL has",
    { maxCapacityUnits: 5001 },
    ["maxCapacityUnits: must be a whole number from 1 to 5000, got 5001"],
  ],
  [
    "rules that take more than the 1,500 units that cost nothing more",
    { managedGroups: { linux: { action: RuleAction.Block }, windows: { action: RuleAction.Count } } },
    ["maxCapacityUnits: must be 1529 or more for these rules, got 1500"],
  ],
];

describe("WebFirewall refuses", () => {
  for (const [title, args, problems] of cases) {
    it(title, async () => {
      const { message, names } = await refused(() => new WebFirewall("edge", args as WebFirewallArgs));
      assert.deepEqual(message.split("\n"), ["invalid arguments", ...problems.map((line) => `  ${line}`)]);
      assert.deepEqual(names, ["edge"]);
    });
  }

  it("names that leave no room", async () => {
    const { message } = await refused(() => new WebFirewall("e".repeat(77)));
    assert.equal(
      message,
      'invalid arguments\n  name: must have 76 characters or fewer to leave room for "-allow-ipv4", got 77',
    );
  });
});
