import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import {
  AddressFallback,
  AddressPosition,
  FirewallMode,
  LoggedRequests,
  RuleAction,
  WebFirewall,
  type WebFirewallArgs,
  type WebFirewallOptions,
} from "../../components";
import { type Bag, type Sandbox, type SandboxOptions, UNKNOWN } from "../../sandbox";
import { built } from "../support/built";

const secret = "correct-horse-battery-staple";

function wall(
  args: WebFirewallArgs = {},
  options: SandboxOptions = {},
  opts: WebFirewallOptions = {},
): Promise<Sandbox> {
  return built(() => new WebFirewall("edge", args, opts), options);
}

async function rulesOf(args: WebFirewallArgs = {}): Promise<Bag[]> {
  return (await wall(args)).inputs("edge-acl").rules as Bag[];
}

async function ruleOf(name: string, args: WebFirewallArgs): Promise<Bag | undefined> {
  return (await rulesOf(args)).find((rule) => rule.name === name);
}

const seen = (metricName: string) => ({
  cloudwatchMetricsEnabled: true,
  metricName,
  sampledRequestsEnabled: true,
});
const metric = "project-stack-edge";
const plainHealth = {
  byteMatchStatement: {
    fieldToMatch: { uriPath: {} },
    positionalConstraint: "EXACTLY",
    searchString: "/health",
    textTransformations: [{ priority: 0, type: "NONE" }],
  },
};
const managed = (name: string, rule: string, priority: number, more: Bag = {}): Bag => ({
  name: rule,
  priority,
  overrideAction: { none: {} },
  statement: { managedRuleGroupStatement: { vendorName: "AWS", name: `AWSManagedRules${name}`, ...more } },
  visibilityConfig: seen(`${metric}-${rule}`),
});

describe("WebFirewall", () => {
  it("makes a web ACL with a log", async () => {
    const stack = await wall();
    assert.deepEqual(stack.names, ["edge", "edge-acl", "edge-logging", "edge-logs"]);
    const parents = new Set(stack.registrations.filter(({ custom }) => custom).map(({ parent }) => parent));
    assert.deepEqual([...parents], [stack.resource("edge").urn]);
    assert.equal(stack.resource("edge").type, "evenkeel:index:WebFirewall");
  });

  it("limits each client to 1,000 requests a minute, then asks AWS's groups", async () => {
    const stack = await wall();
    assert.deepEqual(stack.inputs("edge-acl"), {
      scope: "REGIONAL",
      defaultAction: { allow: {} },
      rules: [
        {
          name: "rate-limit",
          priority: 30,
          action: {
            block: {
              customResponse: {
                responseCode: 429,
                customResponseBodyKey: "too-many-requests",
                responseHeaders: [{ name: "Retry-After", value: "60" }],
              },
            },
          },
          statement: {
            rateBasedStatement: {
              limit: 1000,
              evaluationWindowSec: 60,
              aggregateKeyType: "IP",
              scopeDownStatement: { notStatement: { statement: plainHealth } },
            },
          },
          visibilityConfig: seen(`${metric}-rate-limit`),
        },
        managed("AmazonIpReputationList", "ip-reputation", 100),
        managed("KnownBadInputsRuleSet", "known-bad-inputs", 120),
        managed("CommonRuleSet", "common", 130),
        managed("SQLiRuleSet", "sql-injection", 140),
      ],
      customResponseBodies: [
        { key: "too-many-requests", content: "Too many requests", contentType: "TEXT_PLAIN" },
      ],
      dataProtectionConfig: {
        dataProtections: [
          {
            action: "SUBSTITUTION",
            field: { fieldType: "SINGLE_HEADER", fieldKeys: ["authorization", "cookie"] },
          },
        ],
      },
      visibilityConfig: seen(metric),
      tags: { Name: "edge-acl" },
    });
    assert.equal(stack.outputs("edge-acl").capacity, 1129);
  });

  it("logs what a rule matched, without what is secret", async () => {
    const stack = await wall();
    assert.deepEqual(stack.inputs("edge-logs"), {
      namePrefix: "aws-waf-logs-edge-",
      retentionInDays: 90,
      tags: { Name: "edge-logs" },
    });
    const actions = ["BLOCK", "COUNT", "EXCLUDED_AS_COUNT", "CAPTCHA", "CHALLENGE"];
    assert.deepEqual(stack.inputs("edge-logging"), {
      resourceArn: stack.outputs("edge-acl").arn,
      logDestinationConfigs: [stack.outputs("edge-logs").arn],
      redactedFields: [{ singleHeader: { name: "authorization" } }, { singleHeader: { name: "cookie" } }],
      loggingFilter: {
        defaultBehavior: "DROP",
        filters: [
          {
            behavior: "KEEP",
            requirement: "MEETS_ANY",
            conditions: actions.map((action) => ({ actionCondition: { action } })),
          },
        ],
      },
    });
    assert.equal(stack.resource("edge-logging").deleteBeforeReplace, true);
  });

  it("logs everything, or nothing, where it is told to", async () => {
    const logs = { requests: LoggedRequests.All, retentionDays: 7, redactedHeaders: ["X-Api-Key"] };
    const stack = await wall({ logs });
    assert.equal(stack.inputs("edge-logs").retentionInDays, 7);
    assert.deepEqual(stack.inputs("edge-logging").redactedFields, [{ singleHeader: { name: "x-api-key" } }]);
    assert.ok(!("loggingFilter" in stack.inputs("edge-logging")));
    const silent = await wall({ logs: { requests: LoggedRequests.None, redactedHeaders: [] } });
    assert.deepEqual(silent.names, ["edge", "edge-acl"]);
    assert.ok(!("dataProtectionConfig" in silent.inputs("edge-acl")));
  });

  it("begins names with a prefix", async () => {
    const stack = await wall({ namePrefix: "shop-production", blockCidrBlocks: ["192.0.2.0/24"] });
    assert.equal(stack.inputs("edge-acl").name, "shop-production-edge");
    assert.equal(stack.inputs("edge-logs").name, "aws-waf-logs-shop-production-edge");
    assert.equal(stack.inputs("edge-block-ipv4").name, "shop-production-edge-block-ipv4");
    assert.deepEqual(stack.inputs("edge-acl").visibilityConfig, seen("shop-production-edge"));
  });

  it("only counts in a trial, but lets nobody in whom it would not let in otherwise", async () => {
    const rules = await rulesOf({
      mode: FirewallMode.Count,
      allowCidrBlocks: ["198.51.100.0/24"],
      blockCidrBlocks: ["192.0.2.0/24"],
      originHeader: { value: secret },
    });
    assert.deepEqual(
      rules.map(({ name, action, overrideAction }) => [name, Object.keys((action ?? overrideAction) as Bag)]),
      [
        ["origin-header", ["block"]],
        ["allow-list", ["allow"]],
        ["block-list", ["count"]],
        ["rate-limit", ["count"]],
        ["ip-reputation", ["count"]],
        ["known-bad-inputs", ["count"]],
        ["common", ["count"]],
        ["sql-injection", ["count"]],
      ],
    );
  });

  describe("the rate limit", () => {
    it("leaves out paths, and what lies below them however it is written", async () => {
      const rateLimit = { requests: 200, windowSeconds: 300, excludedPaths: ["/health", "/static/*"] };
      const rule = await ruleOf("rate-limit", { rateLimit });
      assert.deepEqual(rule?.statement, {
        rateBasedStatement: {
          limit: 200,
          evaluationWindowSec: 300,
          aggregateKeyType: "IP",
          scopeDownStatement: {
            notStatement: {
              statement: {
                orStatement: {
                  statements: [
                    plainHealth,
                    {
                      byteMatchStatement: {
                        fieldToMatch: { uriPath: {} },
                        positionalConstraint: "STARTS_WITH",
                        searchString: "/static/",
                        textTransformations: [
                          { priority: 0, type: "URL_DECODE" },
                          { priority: 1, type: "NORMALIZE_PATH" },
                        ],
                      },
                    },
                  ],
                },
              },
            },
          },
        },
      });
    });

    it("leaves out nothing, only counts, or is not there", async () => {
      const counted = await ruleOf("rate-limit", {
        rateLimit: { action: RuleAction.Count, excludedPaths: [] },
      });
      assert.deepEqual(counted?.action, { count: {} });
      assert.deepEqual(counted?.statement, {
        rateBasedStatement: { limit: 1000, evaluationWindowSec: 60, aggregateKeyType: "IP" },
      });
      assert.equal(await ruleOf("rate-limit", { rateLimit: { action: RuleAction.Off } }), undefined);
    });
  });

  describe("the managed groups", () => {
    it("are those that are on, each as it is told", async () => {
      const rules = await rulesOf({
        rateLimit: { action: RuleAction.Off },
        managedGroups: {
          ipReputation: { action: RuleAction.Off },
          knownBadInputs: { version: "Version_1.22" },
          common: { countRules: ["SizeRestrictions_BODY"] },
          sqlInjection: { action: RuleAction.Count },
          linux: { action: RuleAction.Block },
        },
      });
      assert.deepEqual(rules, [
        managed("KnownBadInputsRuleSet", "known-bad-inputs", 120, { version: "Version_1.22" }),
        managed("CommonRuleSet", "common", 130, {
          ruleActionOverrides: [{ name: "SizeRestrictions_BODY", actionToUse: { count: {} } }],
        }),
        { ...managed("SQLiRuleSet", "sql-injection", 140), overrideAction: { count: {} } },
        managed("LinuxRuleSet", "linux", 160),
      ]);
    });
  });

  describe("lists of addresses", () => {
    const lists = {
      allowCidrBlocks: ["198.51.100.0/24", "2001:db8::/32"],
      blockCidrBlocks: ["192.0.2.0/24"],
    };

    it("are sets of one kind each, looked at before all else", async () => {
      const stack = await wall(lists);
      assert.deepEqual(
        stack.names.filter((name) => name.includes("-ipv")),
        ["edge-allow-ipv4", "edge-allow-ipv6", "edge-block-ipv4"],
      );
      assert.deepEqual(stack.inputs("edge-allow-ipv6"), {
        scope: "REGIONAL",
        ipAddressVersion: "IPV6",
        addresses: ["2001:db8::/32"],
        tags: { Name: "edge-allow-ipv6" },
      });
      const [allow, block] = stack.inputs("edge-acl").rules as Bag[];
      const set = (name: string) => ({ ipSetReferenceStatement: { arn: stack.outputs(name).arn } });
      assert.deepEqual(allow, {
        name: "allow-list",
        priority: 10,
        action: { allow: {} },
        statement: { orStatement: { statements: [set("edge-allow-ipv4"), set("edge-allow-ipv6")] } },
        visibilityConfig: seen(`${metric}-allow-list`),
      });
      assert.deepEqual(block, {
        name: "block-list",
        priority: 20,
        action: { block: {} },
        statement: set("edge-block-ipv4"),
        visibilityConfig: seen(`${metric}-block-list`),
      });
    });

    it("take the CDN's word for an address, and open no door for a malformed one", async () => {
      const stack = await wall({ ...lists, forwardedIp: {} });
      const [allow, block, rate] = stack.inputs("edge-acl").rules as Bag[];
      const by = { headerName: "X-Forwarded-For", position: "LAST" };
      const set = (name: string, fallbackBehavior: string) => ({
        ipSetReferenceStatement: {
          arn: stack.outputs(name).arn,
          ipSetForwardedIpConfig: { ...by, fallbackBehavior },
        },
      });
      assert.deepEqual(allow?.statement, {
        orStatement: { statements: [set("edge-allow-ipv4", "NO_MATCH"), set("edge-allow-ipv6", "NO_MATCH")] },
      });
      assert.deepEqual(block?.statement, set("edge-block-ipv4", "MATCH"));
      assert.deepEqual(rate?.statement, {
        rateBasedStatement: {
          limit: 1000,
          evaluationWindowSec: 60,
          aggregateKeyType: "FORWARDED_IP",
          forwardedIpConfig: { headerName: "X-Forwarded-For", fallbackBehavior: "MATCH" },
          scopeDownStatement: { notStatement: { statement: plainHealth } },
        },
      });
    });

    it("look where they are told to, for more capacity", async () => {
      const forwardedIp = {
        headerName: "True-Client-IP",
        fallback: AddressFallback.NoMatch,
        listPosition: AddressPosition.Any,
      };
      const stack = await wall({ ...lists, forwardedIp });
      const [, block] = stack.inputs("edge-acl").rules as Bag[];
      assert.deepEqual(block?.statement, {
        ipSetReferenceStatement: {
          arn: stack.outputs("edge-block-ipv4").arn,
          ipSetForwardedIpConfig: {
            headerName: "True-Client-IP",
            position: "ANY",
            fallbackBehavior: "NO_MATCH",
          },
        },
      });
      assert.equal(stack.outputs("edge-acl").capacity, 1129 + 3 * 5);
    });
  });

  describe("the secret header", () => {
    const header = (searchString: string) => ({
      byteMatchStatement: {
        fieldToMatch: { singleHeader: { name: "x-origin-verify" } },
        positionalConstraint: "EXACTLY",
        searchString,
        textTransformations: [{ priority: 0, type: "NONE" }],
      },
    });

    it("is asked for first, and answered with 403 where it is missing", async () => {
      const stack = await wall({ originHeader: { value: secret } });
      const [first] = stack.inputs("edge-acl").rules as Bag[];
      assert.deepEqual(first, {
        name: "origin-header",
        priority: 0,
        action: { block: { customResponse: { responseCode: 403, customResponseBodyKey: "forbidden" } } },
        statement: { notStatement: { statement: header(secret) } },
        visibilityConfig: seen(`${metric}-origin-header`),
      });
      assert.deepEqual(stack.inputs("edge-acl").customResponseBodies, [
        { key: "forbidden", content: "Forbidden", contentType: "TEXT_PLAIN" },
        { key: "too-many-requests", content: "Too many requests", contentType: "TEXT_PLAIN" },
      ]);
      assert.deepEqual(stack.inputs("edge-logging").redactedFields, [
        { singleHeader: { name: "authorization" } },
        { singleHeader: { name: "cookie" } },
        { singleHeader: { name: "x-origin-verify" } },
      ]);
    });

    it("may have two values while it is exchanged", async () => {
      const former = "the-one-we-had-before-it";
      const rule = await ruleOf("origin-header", { originHeader: { value: secret, formerValue: former } });
      assert.deepEqual(rule?.statement, {
        notStatement: { statement: { orStatement: { statements: [header(secret), header(former)] } } },
      });
    });

    it("is a secret wherever it goes, also if the program does not say so", async () => {
      const stack = await wall({ originHeader: { name: "X-From-Us", value: secret, formerValue: secret } });
      const places = (name: string) => [...stack.resource(name).secretPaths].sort();
      assert.deepEqual(places("edge"), ["originHeader.formerValue", "originHeader.value"]);
      const inRules = "rules[0].statement.notStatement.statement.orStatement.statements";
      assert.deepEqual(places("edge-acl"), [
        `${inRules}[0].byteMatchStatement.searchString`,
        `${inRules}[1].byteMatchStatement.searchString`,
      ]);
      assert.deepEqual(stack.resource("edge-acl").additionalSecretOutputs, ["rules"]);
      assert.ok(!JSON.stringify(stack.logs).includes(secret));
    });

    it("may be known later, and is refused then without being told", async () => {
      const late = (text: string) => wall({ originHeader: { value: pulumi.output(Promise.resolve(text)) } });
      assert.equal((await late(secret)).names.includes("edge-acl"), true);
      await assert.rejects(late("too short"), {
        message:
          "invalid arguments\n  originHeader.value: must be 16 to 200 printable characters without spaces, got 9",
      });
    });

    it("is not judged in a plan, which has something else in its place", async () => {
      const value = pulumi.secret("[secret]");
      const stack = await wall({ originHeader: { value } }, { mode: "preview" });
      assert.equal(stack.outputs("edge-acl").arn, UNKNOWN);
    });
  });

  it("gives the caller the last word on each child", async () => {
    const stack = await wall(
      { blockCidrBlocks: ["192.0.2.0/24"] },
      {},
      {
        transform: {
          webAcl: ({ args, opts }) => ({ args: { ...args, description: "ours" }, opts }),
          ipSet: ({ args, opts }) => ({ args: { ...args, description: "ours" }, opts }),
          logGroup: ({ args, opts }) => ({ args: { ...args, retentionInDays: 1 }, opts }),
          logging: ({ args, opts }) => ({ args: { ...args, redactedFields: [] }, opts }),
        },
      },
    );
    assert.equal(stack.inputs("edge-acl").description, "ours");
    assert.equal(stack.inputs("edge-block-ipv4").description, "ours");
    assert.equal(stack.inputs("edge-logs").retentionInDays, 1);
    assert.deepEqual(stack.inputs("edge-logging").redactedFields, []);
  });

  it("tells what it made", async () => {
    const stack = await wall({ namePrefix: "shop" });
    assert.deepEqual(stack.outputs("edge"), {
      webAclArn: stack.outputs("edge-acl").arn,
      webAclName: "shop-edge",
      metricName: "shop-edge",
      logGroupName: "aws-waf-logs-shop-edge",
    });
  });

  it("cuts a metric's name that would be too long, with a hash", async () => {
    const stack = await wall({}, { project: "p".repeat(90), stack: "production.eu" });
    const { metricName } = stack.inputs("edge-acl").visibilityConfig as { metricName: string };
    assert.match(metricName, /^p{90}-produ-[0-9a-f]{7}$/);
  });
});
