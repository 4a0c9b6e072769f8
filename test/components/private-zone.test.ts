import assert from "node:assert/strict";
import * as route53 from "@pulumi/aws/route53";
import {
  AppLoadBalancer,
  type AppLoadBalancerArgs,
  type AppLoadBalancerOptions,
} from "../../components/app-load-balancer/app-load-balancer";
import { Exposure } from "../../components/app-load-balancer/load-balancer";
import { UNKNOWN } from "../../sandbox";
import { built } from "../support/built";
import { refused } from "../support/refused";

const certificateArn = "arn:aws:acm:us-east-1:123456789012:certificate/0f0e0d0c-1111-2222-3333-444455556666";
const inside = {
  vpcId: "vpc-0a1b2c3d4e5f60718",
  subnetIds: ["subnet-0a", "subnet-0b"],
  exposure: Exposure.Internal,
  ingressCidrBlocks: ["10.0.0.0/16"],
};
const requested = { ...inside, domainName: "app.example.com", hostedZoneId: "Z0PUBLIC" };

function edge(args: AppLoadBalancerArgs, opts: AppLoadBalancerOptions = {}) {
  return built(() => new AppLoadBalancer("edge", args, opts), { mode: "preview" });
}

describe("a private zone of a load balancer", () => {
  it("is made for its name alone, and holds the records, while the public one proves the certificate", async () => {
    const stack = await edge({ ...requested, privateZone: {}, tags: { team: "edge" } });
    assert.deepEqual(stack.inputs("edge-zone"), {
      name: "app.example.com",
      comment: "Names of edge inside its VPC",
      vpcs: [{ vpcId: "vpc-0a1b2c3d4e5f60718" }],
      tags: { team: "edge", Name: "edge-zone" },
    });
    const alias = { aliases: [{ name: UNKNOWN, zoneId: UNKNOWN, evaluateTargetHealth: true }] };
    const record = { zoneId: UNKNOWN, name: "app.example.com", ...alias };
    assert.deepEqual(stack.inputs("edge-dns-a"), { ...record, type: "A" });
    assert.deepEqual(stack.inputs("edge-dns-aaaa"), { ...record, type: "AAAA" });
    const { propertyDependencies } = stack.resource("edge-dns-a");
    assert.deepEqual(propertyDependencies.zoneId, [stack.resource("edge-zone").urn]);
    assert.equal(stack.inputs("edge-certificate-record").zoneId, "Z0PUBLIC");
  });

  it("is made for more than the name where that is said", async () => {
    const stack = await edge({ ...requested, privateZone: { zoneName: "example.com" } });
    assert.equal(stack.inputs("edge-zone").name, "example.com");
    assert.equal(stack.inputs("edge-dns-a").name, "app.example.com");
  });

  it("may be there already", async () => {
    const stack = await edge({ ...requested, privateZone: { hostedZoneId: "Z0PRIVATE" } });
    assert(!stack.names.includes("edge-zone"));
    const zones = ["edge-dns-a", "edge-dns-aaaa", "edge-certificate-record"].map(
      (name) => stack.inputs(name).zoneId,
    );
    assert.deepEqual(zones, ["Z0PRIVATE", "Z0PRIVATE", "Z0PUBLIC"]);
  });

  it("serves a given certificate too, whose name has no records otherwise", async () => {
    const given = { ...inside, certificateArn, hostName: "app.example.com" };
    const records = async (args: AppLoadBalancerArgs) =>
      (await edge(args)).names.filter((name) => /-dns-|-zone/.test(name));
    assert.deepEqual(await records(given), []);
    assert.deepEqual(await records({ ...given, privateZone: {} }), [
      "edge-dns-a",
      "edge-dns-aaaa",
      "edge-zone",
    ]);
  });

  it("is the caller's to bend", async () => {
    const stack = await edge(
      { ...requested, privateZone: {} },
      { transform: { privateZone: ({ args, opts }) => ({ args: { ...args, forceDestroy: true }, opts }) } },
    );
    assert.equal(stack.inputs("edge-zone").forceDestroy, true);
  });

  it("proves no certificate: a public zone that is private after all is refused before anything waits", async () => {
    await assert.rejects(
      built(
        () => {
          const zone = new route53.Zone("hidden", { name: "example.com", vpcs: [{ vpcId: inside.vpcId }] });
          new AppLoadBalancer("edge", { ...requested, hostedZoneId: zone.zoneId });
        },
        { mode: "preview" },
      ),
      /its record is in the private zone hidden/,
    );
  });

  const refusals: readonly [what: string, args: AppLoadBalancerArgs, ...lines: string[]][] = [
    [
      "for a load balancer on the internet",
      {
        ...requested,
        exposure: Exposure.Internet,
        privateZone: {},
      },
      'privateZone: needs exposure "internal", got "internet"',
    ],
    [
      "for a load balancer without a name",
      { ...inside, certificateArn, privateZone: {} },
      "privateZone: needs domainName, or hostName beside certificateArn, got neither",
    ],
    [
      "that is there and is to be made",
      { ...requested, privateZone: { hostedZoneId: "Z0PRIVATE", zoneName: "example.com" } },
      "privateZone.zoneName: takes the place of hostedZoneId, got both",
    ],
    [
      "that does not hold the name",
      { ...requested, privateZone: { zoneName: "ample.com" } },
      'privateZone.zoneName: must be "app.example.com" or what it ends in after a dot, got "ample.com"',
    ],
  ];
  for (const [what, args, ...lines] of refusals) {
    it(`is refused ${what}`, async () => {
      const { message, names } = await refused(() => new AppLoadBalancer("edge", args));
      assert.equal(message, ["invalid arguments", ...lines.map((line) => `  ${line}`)].join("\n"));
      assert.deepEqual(names, ["edge"]);
    });
  }
});
