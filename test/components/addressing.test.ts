import assert from "node:assert/strict";
import * as fc from "fast-check";
import { IpAddressType } from "../../components/app-load-balancer/addressing";
import {
  AppLoadBalancer,
  type AppLoadBalancerArgs,
} from "../../components/app-load-balancer/app-load-balancer";
import { Exposure } from "../../components/app-load-balancer/load-balancer";
import { ingressRules } from "../../components/lib/ingress-rules";
import { canonicalIpv6Block } from "../../components/lib/ipv6-block";
import { checkIpv6Blocks, ipv6Source } from "../../components/lib/ipv6-ingress";
import { Problems } from "../../components/lib/problems";
import type { Sandbox } from "../../sandbox";
import { built } from "../support/built";
import { refused } from "../support/refused";

const given: AppLoadBalancerArgs = {
  vpcId: "vpc-0a",
  subnetIds: ["subnet-0a", "subnet-0b"],
  certificateArn: "arn:aws:acm:us-east-1:123456789012:certificate/0f0e0d0c-1111-2222-3333-444455556666",
};
const internal = { exposure: Exposure.Internal, ingressCidrBlocks: ["10.0.0.0/8"] };

const edge = (more: Partial<AppLoadBalancerArgs>): Promise<Sandbox> =>
  built(() => new AppLoadBalancer("edge", { ...given, ...more }));

const ingress = (stack: Sandbox) => stack.names.filter((name) => name.includes("-ingress-"));

describe("a load balancer with IPv6 addresses", () => {
  it("lets everybody in by both kinds of addresses", async () => {
    const stack = await edge({ ipAddressType: IpAddressType.Dualstack });
    assert.equal(stack.inputs("edge-lb").ipAddressType, "dualstack");
    assert.deepEqual(ingress(stack), [
      "edge-ingress-443-0.0.0.0-0",
      "edge-ingress-443-ipv6-0-0",
      "edge-ingress-80-0.0.0.0-0",
      "edge-ingress-80-ipv6-0-0",
    ]);
    assert.deepEqual(stack.inputs("edge-ingress-443-ipv6-0-0"), {
      securityGroupId: stack.resource("edge-sg").id,
      description: "HTTPS, from ::/0",
      ipProtocol: "tcp",
      fromPort: 443,
      toPort: 443,
      cidrIpv6: "::/0",
      tags: { Name: "edge-ingress-443-ipv6-0-0" },
    });
  });

  it("lets in only who is named", async () => {
    const stack = await edge({
      ...internal,
      ipAddressType: IpAddressType.Dualstack,
      ingressIpv6CidrBlocks: ["2001:db8::/32"],
    });
    assert.deepEqual(ingress(stack), [
      "edge-ingress-443-10.0.0.0-8",
      "edge-ingress-443-ipv6-2001-db8-0-32",
      "edge-ingress-80-10.0.0.0-8",
      "edge-ingress-80-ipv6-2001-db8-0-32",
    ]);
  });

  it("lets nobody else in once somebody is named", async () => {
    const ipAddressType = IpAddressType.Dualstack;
    const webAclArn = "arn:aws:wafv2:us-east-1:123456789012:regional/webacl/edge/1234abcd";
    const locked = await edge({ ipAddressType, webAclArn, originLockdown: {} });
    assert.deepEqual(ingress(locked), ["edge-ingress-443-list-cloudfront"]);
    const named = await edge({ ipAddressType, ingressSecurityGroups: { shop: "sg-0shop" } });
    assert.deepEqual(ingress(named), ["edge-ingress-443-group-shop", "edge-ingress-80-group-shop"]);
  });

  it("can do without public IPv4 addresses", async () => {
    const stack = await edge({ ipAddressType: IpAddressType.DualstackWithoutPublicIpv4 });
    assert.equal(stack.inputs("edge-lb").ipAddressType, "dualstack-without-public-ipv4");
  });

  const cases: readonly [what: string, more: Partial<AppLoadBalancerArgs>, ...problems: string[]][] = [
    [
      "a kind it does not know",
      { ipAddressType: "ipv6" as IpAddressType },
      'ipAddressType: must be one of "ipv4", "dualstack", "dualstack-without-public-ipv4", got "ipv6"',
    ],
    [
      "no public addresses where there are none anyway",
      {
        ...internal,
        ipAddressType: IpAddressType.DualstackWithoutPublicIpv4,
        ingressIpv6CidrBlocks: ["fd00::/8"],
      },
      'ipAddressType: must be "ipv4" or "dualstack" for exposure "internal", got "dualstack-without-public-ipv4"',
    ],
    [
      "blocks without addresses",
      { ingressIpv6CidrBlocks: ["::/0"] },
      'ingressIpv6CidrBlocks: must be left out for ipAddressType "ipv4"',
    ],
    [
      "addresses for nobody in particular",
      { ...internal, ipAddressType: IpAddressType.Dualstack },
      'ingressIpv6CidrBlocks: needs 1 or more for exposure "internal" and ipAddressType "dualstack", got none',
    ],
    [
      "to be open and locked down",
      {
        ipAddressType: IpAddressType.Dualstack,
        webAclArn: "arn:aws:wafv2:us-east-1:123456789012:regional/webacl/edge/1234abcd",
        originLockdown: {},
        ingressIpv6CidrBlocks: ["::/0"],
      },
      'ingressIpv6CidrBlocks[0]: must not be the whole internet beside originLockdown, got "::/0"',
    ],
    [
      "to be locked down to addresses it does not have",
      {
        ipAddressType: IpAddressType.DualstackWithoutPublicIpv4,
        webAclArn: "arn:aws:wafv2:us-east-1:123456789012:regional/webacl/edge/1234abcd",
        originLockdown: {},
      },
      'originLockdown.prefixListId: needs the id of a list of IPv6 addresses for ipAddressType "dualstack-without-public-ipv4", got none',
    ],
    [
      "addresses for nobody",
      { ipAddressType: IpAddressType.Dualstack, ingressIpv6CidrBlocks: [] },
      'ingressIpv6CidrBlocks: needs 1 or more for exposure "internet" and ipAddressType "dualstack", got 0',
    ],
  ];
  for (const [what, more, ...problems] of cases) {
    it(`refuses ${what}`, async () => {
      const { message, names } = await refused(() => new AppLoadBalancer("edge", { ...given, ...more }));
      assert.equal(message, ["invalid arguments", ...problems.map((problem) => `  ${problem}`)].join("\n"));
      assert.deepEqual(names, ["edge"]);
    });
  }
});

describe("a block of IPv6 addresses", () => {
  const written: readonly [text: string, canonical: string | undefined][] = [
    ["::/0", "::/0"],
    ["0:0:0:0:0:0:0:0/0", "::/0"],
    ["2001:DB8::/32", "2001:db8::/32"],
    ["2001:db8::1/32", "2001:db8::/32"],
    ["2001:db8:0:0:1:0:0:1/128", "2001:db8::1:0:0:1/128"],
    ["1:0:2:0:0:0:3:4/128", "1:0:2::3:4/128"],
    ["1:2:3:4:5:6:7::/128", "1:2:3:4:5:6:7:0/128"],
    ["10:0:0:1::/64", "10:0:0:1::/64"],
    ["::1/128", "::1/128"],
    ["::/129", undefined],
    ["::/08", undefined],
    ["::", undefined],
    ["1::2::3/64", undefined],
    ["::ffff:10.0.0.1/128", undefined],
    ["10.0.0.0/8", undefined],
    ["", undefined],
  ];
  for (const [text, canonical] of written) {
    it(`${JSON.stringify(text)} is ${canonical === undefined ? "none" : `written ${canonical}`}`, () => {
      assert.equal(canonicalIpv6Block(text), canonical);
    });
  }

  it("is written in one way only", () => {
    const group = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 0xffff }));
    const groups = fc.array(group, { minLength: 8, maxLength: 8 });
    fc.assert(
      fc.property(groups, (numbers) => {
        const whole = `${numbers.map((number) => number.toString(16)).join(":")}/128`;
        const short = canonicalIpv6Block(whole);
        assert.ok(short);
        assert.equal(canonicalIpv6Block(short), short);
        const [address = ""] = short.split("/");
        // The URL parser of the platform shortens in the same way.
        assert.equal(new URL(`http://[${whole.split("/")[0]}]`).hostname, `[${address}]`);
      }),
    );
  });

  it("is named in messages when AWS would write it in another way, or has it already", () => {
    const problems = new Problems();
    checkIpv6Blocks(
      ["2001:DB8::/32", "fd00::/8", "fd00::/8", "anywhere", "::/0"],
      'for exposure "internal"',
      problems,
    );
    assert.deepEqual(
      problems.found.map(({ path, reason }) => `${path}: ${reason}`),
      [
        'ingressIpv6CidrBlocks[0]: must be written as AWS does, "2001:db8::/32", got "2001:DB8::/32"',
        'ingressIpv6CidrBlocks[2]: must be named once, got "fd00::/8" again',
        'ingressIpv6CidrBlocks[3]: must be an IPv6 block such as "2001:db8::/32", got "anywhere"',
        'ingressIpv6CidrBlocks[4]: must not be the whole internet for exposure "internal", got "::/0"',
      ],
    );
  });

  it("gives rules names of their own, without two colons in a row", () => {
    const blocks = ["::/0", "2001:db8::/32", "2001:db8:1::/48", "::1/128", "1:2:3:4:5:6:7:0/128"];
    const keys = ingressRules(blocks.map(ipv6Source), [80, 443]).map(({ key }) => key);
    assert.equal(new Set(keys).size, 10);
    assert.ok(keys.every((key) => /^(80|443)-ipv6-[0-9a-f]+(-[0-9a-f]+)+$/.test(key)));
  });
});
