import assert from "node:assert/strict";
import {
  AppLoadBalancer,
  type AppLoadBalancerArgs,
  type AppLoadBalancerOptions,
  Exposure,
  OriginNetwork,
} from "../../components";
import { type Sandbox, type SandboxOptions, UNKNOWN } from "../../sandbox";
import { originFacingList } from "../../sandbox/model/prefix-lists";
import { built } from "../support/built";
import { refused } from "../support/refused";

const certificateArn = "arn:aws:acm:us-east-1:123456789012:certificate/0f0e0d0c-1111-2222-3333-444455556666";
const webAclArn = "arn:aws:wafv2:us-east-1:123456789012:regional/webacl/edge/1234abcd";
const given = { vpcId: "vpc-0a", subnetIds: ["subnet-0a", "subnet-0b"], certificateArn };

function edge(
  more: Partial<AppLoadBalancerArgs>,
  options: SandboxOptions = {},
  opts: AppLoadBalancerOptions = {},
): Promise<Sandbox> {
  return built(() => new AppLoadBalancer("edge", { ...given, ...more }, opts), options);
}

function ingressOf(stack: Sandbox): string[] {
  return stack.names.filter((name) => name.includes("ingress"));
}

describe("the web ACL before a load balancer", () => {
  it("is put there, and taken away before another comes", async () => {
    const stack = await edge({ webAclArn });
    assert.deepEqual(stack.inputs("edge-web-acl"), {
      resourceArn: stack.outputs("edge-lb").arn,
      webAclArn,
    });
    assert.equal(stack.resource("edge-web-acl").deleteBeforeReplace, true);
  });

  it("leaves the last word to the caller", async () => {
    const other = webAclArn.replace("edge", "other");
    const stack = await edge(
      { webAclArn },
      {},
      {
        transform: {
          webAclAssociation: ({ args, opts }) => ({ args: { ...args, webAclArn: other }, opts }),
        },
      },
    );
    assert.equal(stack.inputs("edge-web-acl").webAclArn, other);
  });
});

describe("who may reach a load balancer", () => {
  it("is security groups and prefix lists, by rules of their own", async () => {
    const stack = await edge({
      exposure: Exposure.Internal,
      ingressSecurityGroups: { shop: "sg-0shop" },
      ingressPrefixLists: { offices: { id: "pl-0offices", maxEntries: 10 } },
    });
    assert.deepEqual(ingressOf(stack), [
      "edge-ingress-443-group-shop",
      "edge-ingress-443-list-offices",
      "edge-ingress-80-group-shop",
      "edge-ingress-80-list-offices",
    ]);
    const rule = (port: number) => ({
      securityGroupId: stack.resource("edge-sg").id,
      ipProtocol: "tcp",
      fromPort: port,
      toPort: port,
    });
    assert.deepEqual(stack.inputs("edge-ingress-443-group-shop"), {
      ...rule(443),
      description: "HTTPS, from security group shop",
      referencedSecurityGroupId: "sg-0shop",
      tags: { Name: "edge-ingress-443-group-shop" },
    });
    assert.deepEqual(stack.inputs("edge-ingress-80-list-offices"), {
      ...rule(80),
      description: "HTTP, to be redirected, from prefix list offices",
      prefixListId: "pl-0offices",
      tags: { Name: "edge-ingress-80-list-offices" },
    });
  });

  it("is not everybody once somebody is named", async () => {
    const stack = await edge({ ingressSecurityGroups: { shop: "sg-0shop" } });
    assert.deepEqual(ingressOf(stack), ["edge-ingress-443-group-shop", "edge-ingress-80-group-shop"]);
    const both = await edge({
      ingressSecurityGroups: { shop: "sg-0shop" },
      ingressCidrBlocks: ["192.0.2.0/24"],
    });
    assert.deepEqual(ingressOf(both), [
      "edge-ingress-443-192.0.2.0-24",
      "edge-ingress-443-group-shop",
      "edge-ingress-80-192.0.2.0-24",
      "edge-ingress-80-group-shop",
    ]);
  });

  it("may be bent rule by rule", async () => {
    const stack = await edge(
      {},
      {},
      { transform: { ingressRule: ({ args, opts }) => ({ args: { ...args, description: "ours" }, opts }) } },
    );
    assert.equal(stack.inputs("edge-ingress-443-0.0.0.0-0").description, "ours");
  });
});

describe("a load balancer that is locked down", () => {
  it("lets in CloudFront's network alone, at port 443", async () => {
    const stack = await edge({ webAclArn, originLockdown: {} });
    assert.deepEqual(ingressOf(stack), ["edge-ingress-443-list-cloudfront"]);
    assert.deepEqual(stack.inputs("edge-ingress-443-list-cloudfront"), {
      securityGroupId: stack.resource("edge-sg").id,
      description: "HTTPS, from CloudFront",
      ipProtocol: "tcp",
      fromPort: 443,
      toPort: 443,
      prefixListId: originFacingList("us-east-1").id,
      tags: { Name: "edge-ingress-443-list-cloudfront" },
    });
  });

  it("knows the list in a preview, of the region it is in", async () => {
    const stack = await edge(
      {
        webAclArn: UNKNOWN,
        originLockdown: {},
        certificateArn: certificateArn.replace("us-east-1", "eu-west-1"),
      },
      { mode: "preview", region: "eu-west-1" },
    );
    const { prefixListId } = stack.inputs("edge-ingress-443-list-cloudfront");
    assert.equal(prefixListId, originFacingList("eu-west-1").id);
  });

  it("looks nothing up where the list is given, and lets in up to five others", async () => {
    const stack = await edge({
      webAclArn,
      originLockdown: { prefixListId: "pl-0cdn" },
      ingressCidrBlocks: ["192.0.2.0/24", "198.51.100.0/24"],
      ingressSecurityGroups: { probes: "sg-0probes" },
      ingressPrefixLists: { offices: { id: "pl-0offices", maxEntries: 2 } },
    });
    assert.equal(stack.inputs("edge-ingress-443-list-cloudfront").prefixListId, "pl-0cdn");
    assert.deepEqual(
      ingressOf(stack).map((name) => name.split("-")[2]),
      ["443", "443", "443", "443", "443"],
    );
  });

  it("lets in another CDN, by a list of one's own", async () => {
    const originLockdown = { prefixList: OriginNetwork.Given, prefixListId: "pl-0cdn", maxEntries: 22 };
    const stack = await edge({ webAclArn, originLockdown });
    assert.deepEqual(ingressOf(stack), ["edge-ingress-443-list-given"]);
    const { prefixListId, description } = stack.inputs("edge-ingress-443-list-given");
    assert.deepEqual([prefixListId, description], ["pl-0cdn", "HTTPS, from the CDN"]);
  });

  it("fits into a group whose quota was raised", async () => {
    const ingressCidrBlocks = Array.from({ length: 6 }, (_, index) => `192.0.2.${index}/32`);
    const stack = await edge({
      webAclArn,
      originLockdown: {},
      ingressCidrBlocks,
      ingressRuleQuota: 100,
    });
    assert.equal(ingressOf(stack).length, 7);
  });
});

describe("AppLoadBalancer refuses", () => {
  const blocks = (count: number) => Array.from({ length: count }, (_, index) => `192.0.2.${index}/32`);
  const cases: readonly (readonly [title: string, more: object, problems: readonly string[]])[] = [
    [
      "to be locked down without a web ACL, by a network it does not know",
      { originLockdown: { prefixList: "fastly" } },
      [
        'originLockdown.prefixList: must be one of "cloudfront", "given", got "fastly"',
        "originLockdown: needs webAclArn, a web ACL that checks the secret header: other people's distributions come from the same addresses",
      ],
    ],
    [
      "a network of its own that nobody describes",
      { webAclArn, originLockdown: { prefixList: OriginNetwork.Given } },
      [
        'originLockdown.prefixListId: needs the id of a list for prefixList "given", got none',
        "originLockdown.maxEntries: must be a whole number from 1 to 1000, got 0",
      ],
    ],
    [
      "to be told how long CloudFront's list is",
      { webAclArn, originLockdown: { maxEntries: 50 } },
      ['originLockdown.maxEntries: must be left out for prefixList "cloudfront", got 50'],
    ],
    [
      "to be locked down and open",
      { webAclArn, originLockdown: {}, ingressCidrBlocks: ["0.0.0.0/0"] },
      ['ingressCidrBlocks[0]: must not be the whole internet beside originLockdown, got "0.0.0.0/0"'],
    ],
    [
      "a list of the CDN's name beside its own",
      { webAclArn, originLockdown: {}, ingressPrefixLists: { cloudfront: { id: "pl-0a", maxEntries: 1 } } },
      ["ingressPrefixLists.cloudfront: must have another name beside originLockdown"],
    ],
    [
      "a sixth source beside CloudFront's 55",
      { webAclArn, originLockdown: {}, ingressCidrBlocks: blocks(6) },
      ["ingressRuleQuota: must be 61 or more for these sources at port 443, got 60"],
    ],
    [
      "a list that fits once but not for two ports",
      { ingressPrefixLists: { cdn: { id: "pl-0a", maxEntries: 55 } } },
      ["ingressRuleQuota: must be 110 or more for these sources at port 80 and 443, got 60"],
    ],
    [
      "names that are none, and numbers out of range",
      {
        ingressSecurityGroups: { "a b": "sg-0a" },
        ingressPrefixLists: { cdn: { id: "pl-0a", maxEntries: 0 } },
        ingressRuleQuota: 1001,
      },
      [
        'ingressSecurityGroups.a b: key must be letters, digits and hyphens, beginning with a letter, got "a b"',
        "ingressPrefixLists.cdn.maxEntries: must be a whole number from 1 to 1000, got 0",
        "ingressRuleQuota: must be a whole number from 1 to 1000, got 1001",
      ],
    ],
  ];
  for (const [title, more, problems] of cases) {
    it(title, async () => {
      const { message, names } = await refused(() => new AppLoadBalancer("edge", { ...given, ...more }));
      assert.deepEqual(message.split("\n"), ["invalid arguments", ...problems.map((line) => `  ${line}`)]);
      assert.deepEqual(names, ["edge"]);
    });
  }
});
