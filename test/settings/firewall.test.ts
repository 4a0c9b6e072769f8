import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { capacityUnits } from "../../components/lib/firewall-limits";
import { managedRuleGroupKeys } from "../../components/lib/managed-rule-groups";
import type { LoadBalancerSettings, Text } from "../../settings/settings";
import { settingsOf, stack } from "./configured";

const name = { domainName: "app.example.com", hostedZoneId: "Z0123456789ABCDEFGHIJ" };
const secretKeys = ["evenkeel:loadBalancer"];
const headerValue = "correct-horse-battery-staple";
const webAclArn = "arn:aws:wafv2:us-east-1:123456789012:regional/webacl/shared/1234abcd";

function balancer(more: object, environment = "production", secrets: string[] = []): LoadBalancerSettings {
  const config = { "evenkeel:environment": environment, "evenkeel:loadBalancer": { ...name, ...more } };
  return settingsOf(stack(config), "x", secrets).loadBalancer;
}

function faultsOf(more: object, secrets: string[] = []): string[] {
  try {
    balancer(more, "production", secrets);
  } catch (error) {
    assert.ok(pulumi.RunError.isInstance(error));
    return error.message.split("\n").slice(1);
  }
  return [];
}

/** What a text is once it is there, and whether it is a secret. */
function told(text: Text | undefined): Promise<readonly [text: string | undefined, secret: boolean]> {
  const output = pulumi.output(text);
  return Promise.all([
    new Promise<string | undefined>((settle) => void output.apply((each) => settle(each))),
    pulumi.isSecret(output),
  ]);
}

describe("the web firewall of a stack", () => {
  it("stands before a balancer on the internet in production and staging", () => {
    const modes = (exposure: string) =>
      ["production", "staging", "development"].map(
        (environment) => balancer({ exposure }, environment).firewall?.mode,
      );
    assert.deepEqual(modes("internet"), ["block", "block", undefined]);
    assert.deepEqual(modes("internal"), [undefined, undefined, undefined]);
  });

  it("keeps its log as long as the environment says", () => {
    const days = (environment: string) =>
      balancer({ firewall: { mode: "count" } }, environment).firewall?.logs.retentionDays;
    assert.deepEqual([days("production"), days("staging"), days("development")], [90, 30, 7]);
  });

  it("is what the stack says, on an internal balancer too", () => {
    const firewall = {
      mode: "count",
      rateLimit: { action: "count", requests: 200, windowSeconds: 300, excludedPaths: [] },
      managedGroups: {
        common: { countRules: ["SizeRestrictions_BODY"], version: "Version_1.6" },
        linux: {},
        ipReputation: { action: "off" },
      },
      allowCidrBlocks: ["2001:db8::/32"],
      blockCidrBlocks: ["192.0.2.0/24"],
      forwardedIp: {},
      logs: { requests: "all", retentionDays: 1, redactedHeaders: [] },
      maxCapacityUnits: 2000,
    };
    const settings = balancer({ exposure: "internal", firewall });
    assert.deepEqual(settings.firewall, {
      ...firewall,
      managedGroups: {
        common: { action: "block", countRules: ["SizeRestrictions_BODY"], version: "Version_1.6" },
        linux: { action: "block", countRules: [] },
        ipReputation: { action: "off", countRules: [] },
      },
      forwardedIp: { headerName: "X-Forwarded-For", fallback: "match", listPosition: "last" },
    });
  });

  it("gives way to a web ACL that is there", async () => {
    const { firewall, webAclArn: arn } = balancer({ firewall: { webAclArn } });
    assert.deepEqual([firewall, arn], [undefined, webAclArn]);
  });

  it("is refused where it cannot be, each fault with its path", () => {
    const at = "  evenkeel:loadBalancer.firewall";
    assert.deepEqual(
      faultsOf({
        firewall: {
          mode: "deny",
          webAclArn: webAclArn.replace("regional", "global"),
          rateLimit: { requests: 9, windowSeconds: 90, excludedPaths: ["health"] },
          managedGroups: { comon: {}, sqlInjection: { action: "log" } },
          blockCidrBlocks: ["0.0.0.0/0"],
          forwardedIp: { headerName: "a b" },
          logs: { retentionDays: 8 },
          maxCapacityUnits: capacityUnits.most + 1,
        },
      }),
      [
        `${at}.mode: "deny", must be one of "block", "count", "off"`,
        `${at}.webAclArn: "arn:aws:wafv2:us-east-1:123456789012:global/webacl/shared/1…, must be the ARN of a regional web ACL such as "arn:aws:wafv2:us-east-1:123456789012:regional/webacl/…"`,
        `${at}.rateLimit.requests: 9, must be a whole number from 10 to 2000000000`,
        `${at}.rateLimit.windowSeconds: 90, must be a window AWS WAF offers: 60, 120, 300, 600`,
        `${at}.rateLimit.excludedPaths[0]: "health", must be a path such as "/health", or one with all below it such as "/static/*"`,
        `${at}.managedGroups.comon: "comon", must be one of ${managedRuleGroupKeys.map((key) => `"${key}"`).join(", ")}`,
        `${at}.managedGroups.sqlInjection.action: "log", must be one of "block", "count", "off"`,
        `${at}.blockCidrBlocks[0]: "0.0.0.0/0", must be an IPv4 or IPv6 block that begins at its first address such as "203.0.113.0/24"`,
        `${at}.forwardedIp.headerName: "a b", must be the name of an HTTP header such as "authorization"`,
        `${at}.logs.retentionDays: 8, must be a number of days CloudWatch Logs offers: 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653`,
        `${at}.maxCapacityUnits: 5001, must be a whole number from 1 to 5000`,
      ],
    );
  });

  it("is not two", () => {
    assert.deepEqual(faultsOf({ firewall: { webAclArn, mode: "block" } }), [
      '  evenkeel:loadBalancer.firewall.mode: "block", must be "off" or left out beside webAclArn',
    ]);
  });
});

describe("the lock-down of a stack", () => {
  it("has the header checked by the web firewall, as a secret", async () => {
    const formerHeaderValue = "the-one-we-had-before-it";
    const lockdown = { headerValue, formerHeaderValue, prefixListId: "pl-0123456789abcdef0" };
    const { firewall, originLockdown } = balancer({ originLockdown: lockdown }, "production", secretKeys);
    const { name: header, value, formerValue } = firewall?.originHeader ?? {};
    assert.equal(header, "x-origin-verify");
    assert.deepEqual(await told(value), [headerValue, true]);
    assert.deepEqual(await told(formerValue), [formerHeaderValue, true]);
    assert.deepEqual(await told(originLockdown?.prefixListId), ["pl-0123456789abcdef0", true]);
  });

  it("has a web ACL that checks nothing else where the firewall is off", () => {
    const { firewall } = balancer({ originLockdown: { headerValue } }, "development", secretKeys);
    assert.equal(firewall?.mode, "block");
    assert.deepEqual(firewall?.rateLimit, { action: "off" });
    assert.deepEqual(
      Object.entries(firewall?.managedGroups ?? {}).map(([key, { action }]) => [key, action]),
      managedRuleGroupKeys.map((key) => [key, "off"]),
    );
  });

  it("refuses a secret that anybody can read in the stack's file, and does not repeat it", () => {
    const faults = faultsOf({ originLockdown: { headerValue, formerHeaderValue: "short" } });
    assert.deepEqual(faults, [
      "  evenkeel:loadBalancer.originLockdown.headerValue: plain text, must be encrypted: set it with --secret",
      "  evenkeel:loadBalancer.originLockdown.formerHeaderValue: plain text, must be encrypted: set it with --secret",
    ]);
  });

  it("refuses a secret that can be guessed, without showing it", () => {
    assert.deepEqual(faultsOf({ originLockdown: { headerValue: "hunter2" } }, secretKeys), [
      "  evenkeel:loadBalancer.originLockdown.headerValue: [secret], must be 16 to 200 printable characters without spaces",
    ]);
  });

  it("takes the placeholder that stands for a secret in a plan", () => {
    assert.deepEqual(faultsOf({ originLockdown: { headerValue: "[secret]" } }, secretKeys), []);
  });

  it("refuses what would leave a way around it", () => {
    const faults = faultsOf(
      { originLockdown: { headerValue }, firewall: { webAclArn }, ingressCidrBlocks: ["0.0.0.0/0"] },
      secretKeys,
    );
    assert.deepEqual(faults, [
      "  evenkeel:loadBalancer.firewall.webAclArn: [secret], must be left out beside originLockdown, whose header the stack's own web ACL checks",
      "  evenkeel:loadBalancer.ingressCidrBlocks[0]: [secret], must not be the whole internet beside originLockdown",
    ]);
  });
});

describe("who may reach a stack", () => {
  it("is security groups and prefix lists by name, and then not the whole VPC", () => {
    const ingressSecurityGroups = { shop: "sg-0123456789abcdef0" };
    const ingressPrefixLists = { offices: { id: "pl-0123456789abcdef0", maxEntries: 10 } };
    const settings = balancer({ exposure: "internal", ingressSecurityGroups, ingressPrefixLists });
    assert.deepEqual(settings.ingressSecurityGroups, ingressSecurityGroups);
    assert.deepEqual(settings.ingressPrefixLists, ingressPrefixLists);
    assert.equal(settings.ingressCidrBlocks, undefined);
    assert.deepEqual(balancer({ exposure: "internal" }).ingressCidrBlocks, ["10.0.0.0/16"]);
  });

  it("has to fit into one security group", () => {
    const ingressPrefixLists = { offices: { id: "pl-0123456789abcdef0", maxEntries: 31 } };
    assert.deepEqual(faultsOf({ ingressPrefixLists }), [
      "  evenkeel:loadBalancer.ingressRuleQuota: 60, must be 62 or more for these sources",
    ]);
    assert.deepEqual(faultsOf({ ingressPrefixLists, ingressRuleQuota: 62 }), []);
    const six = Array.from({ length: 6 }, (_, index) => `192.0.2.${index}/32`);
    assert.deepEqual(faultsOf({ originLockdown: { headerValue }, ingressCidrBlocks: six }, secretKeys), [
      "  evenkeel:loadBalancer.ingressRuleQuota: [secret], must be 61 or more for these sources",
    ]);
  });

  it("is named as AWS names it", () => {
    assert.deepEqual(
      faultsOf({
        ingressSecurityGroups: { "a b": "sg-0123456789abcdef0", shop: "shop" },
        ingressPrefixLists: { offices: { id: "offices", maxEntries: 0 } },
      }),
      [
        '  evenkeel:loadBalancer.ingressSecurityGroups["a b"]: "a b", must be a name of letters, digits and hyphens that begins with a letter, up to 40 characters',
        '  evenkeel:loadBalancer.ingressSecurityGroups.shop: "shop", must be the id of a security group such as "sg-0123456789abcdef0"',
        '  evenkeel:loadBalancer.ingressPrefixLists.offices.id: "offices", must be the id of a prefix list such as "pl-0123456789abcdef0"',
        "  evenkeel:loadBalancer.ingressPrefixLists.offices.maxEntries: 0, must be a whole number from 1 to 1000",
      ],
    );
  });
});
