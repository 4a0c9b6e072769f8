import assert from "node:assert/strict";
import { type Bag, UNKNOWN } from "../../../sandbox/values";
import { Account, type Case } from "../account";
import { eachIsRefused } from "./single";

const aclType = "aws:wafv2/webAcl:WebAcl";
const setType = "aws:wafv2/ipSet:IpSet";
const associationType = "aws:wafv2/webAclAssociation:WebAclAssociation";
const loggingType = "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration";
const groupType = "aws:cloudwatch/logGroup:LogGroup";

const seen = (metricName: string) => ({
  cloudwatchMetricsEnabled: true,
  metricName,
  sampledRequestsEnabled: true,
});
const acl = (more: Bag = {}): Bag => ({
  scope: "REGIONAL",
  defaultAction: { allow: {} },
  visibilityConfig: seen("edge"),
  ...more,
});
const rule = (name: string, priority: number, more: Bag): Bag => ({
  name,
  priority,
  visibilityConfig: seen(name),
  ...more,
});
const limit = (more: Bag = {}): Bag => ({
  action: { block: {} },
  statement: { rateBasedStatement: { aggregateKeyType: "IP", limit: 1000, ...more } },
});
const managed = (name: string, vendorName = "AWS"): Bag => ({
  overrideAction: { none: {} },
  statement: { managedRuleGroupStatement: { name, vendorName } },
});
const edgeArn = "arn:aws:wafv2:us-east-1:123456789012:regional/webacl/edge/1234abcd";
const balancerArn = (kind = "app") =>
  `arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/${kind}/edge/50dc6c495c0c9188`;

const wrong = (why: string, field: string, parameter: string) =>
  `WAFInvalidParameterException: Error reason: ${why}, field: ${field}, parameter: ${parameter}`;
const notOne = "You have used none or multiple values for a field that requires exactly one value.";
const noArn =
  "The ARN isn't valid. A valid ARN begins with arn: and includes other information separated by colons or slashes.";

function aclCase(title: string, more: Bag, at: string, reason: string): Case {
  return { title, type: aclType, inputs: acl(more), at, reason };
}

describe("AWS WAF refuses a web ACL", () => {
  eachIsRefused([
    aclCase(
      "with a dot in its name",
      { name: "edge.acl" },
      "name",
      "invalid value for name (must contain only alphanumeric hyphen and underscore characters): edge.acl",
    ),
    aclCase(
      "of an unknown scope",
      { scope: "GLOBAL" },
      "scope",
      'expected scope to be one of ["REGIONAL" "CLOUDFRONT"], got GLOBAL',
    ),
    aclCase(
      "for CloudFront outside us-east-1",
      { scope: "CLOUDFRONT", region: "eu-west-1" },
      "scope",
      wrong("The scope is not valid.", "SCOPE_VALUE", "CLOUDFRONT"),
    ),
    aclCase(
      "that both lets through and blocks what no rule matches",
      { defaultAction: { allow: {}, block: {} } },
      "defaultAction",
      wrong(notOne, "DEFAULT_ACTION", "DefaultAction"),
    ),
    aclCase(
      "with two rules at one priority",
      { rules: [rule("a", 1, limit()), rule("b", 1, limit())] },
      "rules[1].priority",
      wrong("Your rules have the same priority. Each rule in a web ACL must have a unique one.", "RULE", "1"),
    ),
    aclCase(
      "with two rules of one name",
      { rules: [rule("a", 1, limit()), rule("a", 2, limit())] },
      "rules[1].name",
      wrong("Your rules have the same name. Each rule in a web ACL must have a unique one.", "RULE", "a"),
    ),
    aclCase(
      "with a rule that does nothing",
      { rules: [rule("a", 1, { statement: limit().statement ?? null })] },
      "rules[0]",
      wrong(notOne, "RULE", "Rule"),
    ),
    aclCase(
      "with a group that has an action instead of an override",
      { rules: [rule("a", 1, { ...managed("AWSManagedRulesCommonRuleSet"), action: { block: {} } })] },
      "rules[0]",
      wrong(notOne, "RULE", "Rule"),
    ),
    aclCase(
      "with a rule of two statements",
      {
        rules: [
          rule("a", 1, {
            action: { block: {} },
            statement: {
              geoMatchStatement: { countryCodes: ["AQ"] },
              labelMatchStatement: { key: "x", scope: "LABEL" },
            },
          }),
        ],
      },
      "rules[0].statement",
      wrong(notOne, "STATEMENT", "Statement"),
    ),
    aclCase(
      "with a limit below ten requests",
      { rules: [rule("a", 1, limit({ limit: 9 }))] },
      "rules[0].statement.rateBasedStatement.limit",
      "expected limit to be in the range (10 - 2000000000), got 9",
    ),
    aclCase(
      "with a limit over half a minute",
      { rules: [rule("a", 1, limit({ evaluationWindowSec: 30 }))] },
      "rules[0].statement.rateBasedStatement.evaluationWindowSec",
      "expected evaluation_window_sec to be one of [60 120 300 600], got 30",
    ),
    aclCase(
      "that counts by a forwarded address and does not say where it is",
      { rules: [rule("a", 1, limit({ aggregateKeyType: "FORWARDED_IP" }))] },
      "rules[0].statement.rateBasedStatement",
      wrong(notOne, "FORWARDED_IP_CONFIG", "ForwardedIPConfig"),
    ),
    aclCase(
      "with a blank in the name of a metric",
      { visibilityConfig: seen("edge acl") },
      "visibilityConfig.metricName",
      "invalid value for metric_name: edge acl",
    ),
    aclCase(
      "that answers with a text it does not have",
      {
        rules: [
          rule("a", 1, {
            ...limit(),
            action: { block: { customResponse: { responseCode: 429, customResponseBodyKey: "slow" } } },
          }),
        ],
      },
      "rules[0].action.block.customResponse.customResponseBodyKey",
      wrong("The referenced custom response body doesn't exist.", "CUSTOM_RESPONSE_BODY_KEY", "slow"),
    ),
    aclCase(
      "whose rules take more than 5,000 units",
      {
        rules: Array.from({ length: 8 }, (_, index) =>
          rule(`g${index}`, index, managed("AWSManagedRulesCommonRuleSet")),
        ),
      },
      "rules",
      "WAFLimitsExceededException: AWS WAF couldn't perform the operation because you exceeded your resource limit: the rules take 5600 web ACL capacity units, the limit is 5000",
    ),
  ]);

  it("that has another's name, unless the other is for CloudFront", () => {
    const account = new Account();
    account.make(aclType, "cdn", acl({ name: "edge", scope: "CLOUDFRONT" }));
    assert.deepEqual(account.failures(aclType, acl({ name: "edge" })), []);
    account.make(aclType, "edge", acl({ name: "edge" }));
    assert.deepEqual(account.failures(aclType, acl({ name: "edge" })), [
      {
        property: "name",
        reason:
          "WAFDuplicateItemException: AWS WAF couldn't perform the operation because some resource in your request is a duplicate of an existing one.",
      },
    ]);
  });

  it("for nothing that is not known yet", () => {
    const inputs = acl({ rules: [UNKNOWN, rule("a", 1, { ...limit(), statement: UNKNOWN })] });
    assert.deepEqual(new Account().failures(aclType, inputs), []);
  });
});

describe("the capacity of a web ACL", () => {
  const capacityOf = (...rules: Bag[]) =>
    new Account().make(aclType, "edge", acl({ rules })).outputs.capacity;
  const path = (more: Bag = {}): Bag => ({
    byteMatchStatement: {
      fieldToMatch: { uriPath: {} },
      positionalConstraint: "EXACTLY",
      searchString: "/health",
      textTransformations: [{ priority: 0, type: "NONE" }],
      ...more,
    },
  });
  const blocked = (statement: Bag): Bag => ({ action: { block: {} }, statement });

  it("is the sum of what its statements take", () => {
    const set = (more: Bag) => ({ ipSetReferenceStatement: { arn: `${edgeArn}set`, ...more } });
    const forwarded = { headerName: "X-Forwarded-For", fallbackBehavior: "MATCH", position: "ANY" };
    const cases: readonly (readonly [number, Bag])[] = [
      [700, managed("AWSManagedRulesCommonRuleSet")],
      [25, managed("AWSManagedRulesAmazonIpReputationList")],
      [0, managed("Theirs", "Somebody")],
      [2, limit()],
      [4, limit({ scopeDownStatement: { notStatement: { statement: path() } } })],
      [2, blocked(path())],
      [10, blocked(path({ positionalConstraint: "CONTAINS" }))],
      [
        22,
        blocked(
          path({
            textTransformations: ["URL_DECODE", "NORMALIZE_PATH"].map((type) => ({ type, priority: 0 })),
          }),
        ),
      ],
      [4, blocked({ orStatement: { statements: [path(), path()] } })],
      [1, blocked(set({}))],
      [5, blocked(set({ ipSetForwardedIpConfig: forwarded }))],
    ];
    for (const [units, more] of cases) assert.equal(capacityOf(rule("a", 1, more)), units);
    assert.equal(capacityOf(rule("a", 1, limit()), rule("b", 2, blocked(path()))), 4);
  });
});

describe("AWS WAF refuses a list of addresses", () => {
  const set = (ipAddressVersion: string, ...addresses: string[]): Bag => ({
    scope: "REGIONAL",
    ipAddressVersion,
    addresses,
  });
  const bad = (text: string) =>
    wrong("The parameter contains formatting that is not valid.", "IP_ADDRESS", text);
  const cases = [
    ["with every address", set("IPV4", "10.0.0.0/8", "0.0.0.0/0"), "addresses[1]", bad("0.0.0.0/0")],
    ["with an address alone", set("IPV4", "203.0.113.4"), "addresses[0]", bad("203.0.113.4")],
    ["of IPv6 with one of IPv4", set("IPV6", "203.0.113.4/32"), "addresses[0]", bad("203.0.113.4/32")],
    ["of IPv4 with one of IPv6", set("IPV4", "2001:db8::/32"), "addresses[0]", bad("2001:db8::/32")],
    [
      "of another version",
      set("IPV5"),
      "ipAddressVersion",
      'expected ip_address_version to be one of ["IPV4" "IPV6"], got IPV5',
    ],
  ] as const;
  eachIsRefused(cases.map(([title, inputs, at, reason]) => ({ title, type: setType, inputs, at, reason })));

  it("of more than 10,000 blocks", () => {
    const blocks = Array.from({ length: 10_001 }, (_, index) => `10.${index >> 8}.${index & 255}.0/24`);
    assert.deepEqual(new Account().failures(setType, set("IPV4", ...blocks)), [
      {
        property: "addresses",
        reason: "Too many addresses: no more than 10000 items are allowed, got 10001",
      },
    ]);
    assert.deepEqual(new Account().failures(setType, set("IPV6", "2001:db8::/32", "::1/128")), []);
  });
});

describe("AWS WAF refuses to put a web ACL before a load balancer", () => {
  it("that has one", () => {
    const account = new Account();
    account.make(associationType, "first", { webAclArn: edgeArn, resourceArn: balancerArn() });
    assert.deepEqual(
      account.failures(associationType, { webAclArn: `${edgeArn}9`, resourceArn: balancerArn() }),
      [
        {
          property: "resourceArn",
          reason:
            "a resource has one web ACL: this one would take the place of the one that first put there, and go with it",
        },
      ],
    );
    assert.deepEqual(
      account.failures(associationType, { webAclArn: edgeArn, resourceArn: `${balancerArn()}9` }),
      [],
    );
  });

  it("that has one, before there are ARNs", () => {
    const account = new Account("preview");
    const balancer = account.make("aws:lb/loadBalancer:LoadBalancer", "edge", {
      subnets: ["subnet-0a", "subnet-0b"],
    });
    const inputs = { webAclArn: UNKNOWN, resourceArn: UNKNOWN };
    account.make(associationType, "first", inputs, { resourceArn: [balancer] });
    const reasons = account.failures(associationType, inputs, { resourceArn: [balancer] });
    assert.deepEqual(
      reasons.map(({ property }) => property),
      ["resourceArn"],
    );
    assert.deepEqual(account.failures(associationType, inputs), []);
  });

  it("that is none for HTTP", () => {
    const account = new Account();
    const subnets = ["subnet-0a", "subnet-0b"];
    const balancer = account.make("aws:lb/loadBalancer:LoadBalancer", "net", {
      subnets,
      loadBalancerType: "network",
    });
    assert.deepEqual(account.failures(associationType, { webAclArn: edgeArn, resourceArn: balancer.id }), [
      { property: "resourceArn", reason: wrong(noArn, "RESOURCE_ARN", "net") },
    ]);
  });

  it("if it is one for CloudFront", () => {
    const webAclArn = edgeArn.replace("regional", "global");
    assert.deepEqual(new Account().failures(associationType, { webAclArn, resourceArn: balancerArn() }), [
      { property: "webAclArn", reason: wrong("The scope is not valid.", "SCOPE_VALUE", "CLOUDFRONT") },
    ]);
  });
});

describe("AWS WAF refuses to log", () => {
  const logs = (...logDestinationConfigs: string[]): Bag => ({ resourceArn: edgeArn, logDestinationConfigs });
  const arnOf = (name: string) => `arn:aws:logs:us-east-1:123456789012:log-group:${name}`;

  it("to a group, a bucket or a stream whose name begins otherwise", () => {
    const arns = [
      arnOf("edge-logs"),
      "arn:aws:s3:::edge-logs",
      "arn:aws:firehose:us-east-1:123456789012:deliverystream/edge-logs",
    ];
    for (const arn of arns) {
      assert.deepEqual(new Account().failures(loggingType, logs(arn)), [
        { property: "logDestinationConfigs[0]", reason: wrong(noArn, "LOG_DESTINATION", arn) },
      ]);
      assert.deepEqual(
        new Account().failures(loggingType, logs(arn.replace("edge-logs", "aws-waf-logs-edge"))),
        [],
      );
    }
  });

  it("to a group whose name begins otherwise, before it has an ARN", () => {
    const account = new Account("preview");
    const group = account.make(groupType, "logs", { name: "edge-logs" });
    const right = account.make(groupType, "right", { namePrefix: "aws-waf-logs-edge-" });
    assert.deepEqual(account.failures(loggingType, logs(UNKNOWN), { logDestinationConfigs: [group] }), [
      { property: "logDestinationConfigs[0]", reason: wrong(noArn, "LOG_DESTINATION", "edge-logs") },
    ]);
    assert.deepEqual(account.failures(loggingType, logs(UNKNOWN), { logDestinationConfigs: [right] }), []);
  });

  it("what is logged already", () => {
    const account = new Account();
    account.make(loggingType, "first", logs(arnOf("aws-waf-logs-edge")));
    assert.deepEqual(account.failures(loggingType, logs(arnOf("aws-waf-logs-other"))), [
      {
        property: "resourceArn",
        reason:
          "a web ACL has one logging configuration: this one would take the place of first, and go with it",
      },
    ]);
  });

  eachIsRefused([
    {
      title: "by a filter that does something unknown",
      type: loggingType,
      inputs: {
        ...logs(arnOf("aws-waf-logs-edge")),
        loggingFilter: { defaultBehavior: "LOSE", filters: [] },
      },
      at: "loggingFilter.defaultBehavior",
      reason: 'expected default_behavior to be one of ["KEEP" "DROP"], got LOSE',
    },
  ]);
});
