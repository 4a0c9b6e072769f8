import assert from "node:assert/strict";
import { UNKNOWN } from "../../../sandbox";
import type { Bag } from "../../../sandbox/values";
import { Account } from "../account";

const type = "aws:lb/loadBalancer:LoadBalancer";
const subnets = ["subnet-0a", "subnet-0b"];
const logs = { bucket: "my-logs", enabled: true, prefix: "alb-connection-logs" };

function admitted(statement: Bag | undefined, properties: Bag): string[] {
  const account = new Account();
  const bucket = account.make("aws:s3/bucket:Bucket", "logs", { bucket: "my-logs" });
  const Statement = [
    { Effect: "Allow", Principal: "*", Action: "s3:PutObject", ...statement },
    { Effect: "Deny", Principal: "*", Action: "s3:*", Resource: "arn:aws:s3:::my-logs/*" },
  ];
  const policy = statement ? JSON.stringify({ Version: "2012-10-17", Statement }) : UNKNOWN;
  account.make("aws:s3/bucketPolicy:BucketPolicy", "logs", { bucket: bucket.id, policy });
  return account.failures(type, { subnets, ...properties }).map(({ property }) => String(property));
}

const folder = (name: string) => `arn:aws:s3:::my-logs/${name}/AWSLogs/123456789012/*`;

describe("AWS writes a load balancer's logs to a bucket", () => {
  it("only where its policy lets it, kind by kind", () => {
    const all = {
      accessLogs: { ...logs, prefix: "alb-logs" },
      connectionLogs: logs,
      healthCheckLogs: { ...logs, prefix: "alb-health-check-logs" },
    };
    assert.deepEqual(admitted({ Resource: folder("alb-logs") }, all), [
      "connectionLogs.bucket",
      "healthCheckLogs.bucket",
    ]);
    assert.deepEqual(admitted({ Resource: [folder("alb-logs"), folder("alb-connection-logs")] }, all), [
      "healthCheckLogs.bucket",
    ]);
    assert.deepEqual(admitted({ Resource: "arn:aws:s3:::my-logs/*" }, all), []);
  });

  it("not below another account, and not by reading alone", () => {
    const other = folder("alb-connection-logs").replace("123456789012", "210987654321");
    assert.deepEqual(admitted({ Resource: other }, { connectionLogs: logs }), ["connectionLogs.bucket"]);
    const reading = { Action: "s3:GetObject", Resource: folder("alb-connection-logs") };
    assert.deepEqual(admitted(reading, { connectionLogs: logs }), ["connectionLogs.bucket"]);
    const anything = { Action: ["s3:Get*", "s3:Put*"], Resource: folder("alb-connection-?ogs") };
    assert.deepEqual(admitted(anything, { connectionLogs: logs }), []);
  });

  it("to its root where there is no folder", () => {
    const root = { Resource: "arn:aws:s3:::my-logs/AWSLogs/123456789012/*" };
    assert.deepEqual(admitted(root, { connectionLogs: { bucket: "my-logs", enabled: true } }), []);
    assert.deepEqual(admitted(root, { connectionLogs: logs }), ["connectionLogs.bucket"]);
  });

  it("for all that can be told, when the policy is not known yet or the logs are off", () => {
    assert.deepEqual(admitted(undefined, { connectionLogs: logs }), []);
    const off = { ...logs, enabled: false };
    assert.deepEqual(admitted({ Resource: folder("alb-logs") }, { connectionLogs: off }), []);
  });
});

describe("AWS refuses a load balancer with IPv6 addresses", () => {
  const made = (blocks: readonly (string | undefined)[]) => {
    const account = new Account();
    const vpc = account.make("aws:ec2/vpc:Vpc", "net", { cidrBlock: "10.0.0.0/16" });
    const ids = blocks.map((ipv6CidrBlock, index) => {
      const zone = { availabilityZone: `us-east-1${"ab"[index]}`, cidrBlock: `10.0.${index}.0/24` };
      const more = ipv6CidrBlock === undefined ? {} : { ipv6CidrBlock };
      return account.make("aws:ec2/subnet:Subnet", `net-${index}`, { vpcId: vpc.id, ...zone, ...more }).id;
    });
    return (ipAddressType: string, internal = false) =>
      account.failures(type, { subnets: ids, ipAddressType, internal });
  };
  const reason = "ValidationError: You must specify subnets with an associated IPv6 CIDR block.";

  it("in subnets of which one has none", () => {
    const failures = made(["2600:1f18:1:100::/64", undefined]);
    assert.deepEqual(failures("dualstack"), [{ property: "subnets", reason }]);
    assert.deepEqual(failures("dualstack-without-public-ipv4"), [{ property: "subnets", reason }]);
    assert.deepEqual(failures("ipv4"), []);
  });

  it("not in subnets that all have some, or of which nothing is known", () => {
    assert.deepEqual(made(["2600:1f18:1:100::/64", "2600:1f18:1:101::/64"])("dualstack"), []);
    assert.deepEqual(new Account().failures(type, { subnets, ipAddressType: "dualstack" }), []);
  });

  it("that is internal and is to do without public IPv4 addresses", () => {
    const failures = made(["2600:1f18:1:100::/64", "2600:1f18:1:101::/64"]);
    assert.deepEqual(failures("dualstack-without-public-ipv4", true), [
      {
        property: "ipAddressType",
        reason:
          "InvalidConfigurationRequest: The IP address type 'dualstack-without-public-ipv4' is supported for internet-facing load balancers only",
      },
    ]);
  });
});
