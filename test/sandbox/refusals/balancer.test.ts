import assert from "node:assert/strict";
import { UNKNOWN } from "../../../sandbox";
import { Account } from "../account";
import { eachIsRefused } from "./single";

const type = "aws:lb/loadBalancer:LoadBalancer";
const subnets = ["subnet-0a", "subnet-0b"];

/** A VPC with a subnet in each of the zones, one after the other. */
function network(account: Account, zones: readonly string[], name = "net", second = 0) {
  const vpc = account.make("aws:ec2/vpc:Vpc", name, { cidrBlock: `10.${second}.0.0/16` });
  return zones.map((zone, index) =>
    account.make(
      "aws:ec2/subnet:Subnet",
      `${name}-${index}`,
      { vpcId: vpc.id, cidrBlock: `10.${second}.${index}.0/24`, availabilityZone: zone },
      { vpcId: [vpc] },
    ),
  );
}

describe("AWS refuses a load balancer", () => {
  eachIsRefused([
    {
      title: "whose name is longer than 32 characters",
      type,
      inputs: { name: "a".repeat(33), subnets },
      at: "name",
      reason: `"name" cannot be longer than 32 characters, got 33: "${"a".repeat(33)}"`,
    },
    {
      title: "whose name has other characters than letters, digits and hyphens",
      type,
      inputs: { name: "web_1", subnets },
      at: "name",
      reason: 'only alphanumeric characters and hyphens allowed in "name": "web_1"',
    },
    {
      title: "whose name begins with a hyphen",
      type,
      inputs: { name: "-web", subnets },
      at: "name",
      reason: '"name" cannot begin with a hyphen: "-web"',
    },
    {
      title: "whose name ends with a hyphen",
      type,
      inputs: { name: "web-", subnets },
      at: "name",
      reason: '"name" cannot end with a hyphen: "web-"',
    },
    {
      title: 'whose name begins with "internal-"',
      type,
      inputs: { name: "internal-web", subnets },
      at: "name",
      reason: 'name cannot begin with "internal-": "internal-web"',
    },
    {
      title: "that waits longer than 4,000 s",
      type,
      inputs: { subnets, idleTimeout: 4001 },
      at: "idleTimeout",
      reason: "expected idle_timeout to be in the range (1 - 4000), got 4001",
    },
    {
      title: "of an unknown type",
      type,
      inputs: { subnets, loadBalancerType: "classic" },
      at: "loadBalancerType",
      reason: 'expected load_balancer_type to be one of ["application" "network" "gateway"], got classic',
    },
    {
      title: "without subnets",
      type,
      inputs: {},
      at: "subnets",
      reason: "ValidationError: At least one subnet must be specified",
    },
    {
      title: "in one subnet",
      type,
      inputs: { subnets: [UNKNOWN] },
      at: "subnets",
      reason: "ValidationError: At least two subnets in two different Availability Zones must be specified",
    },
  ]);

  const tooFew = [
    {
      property: "subnets",
      reason: "ValidationError: At least two subnets in two different Availability Zones must be specified",
    },
  ];

  it("in two subnets of one zone", () => {
    const account = new Account();
    const ids = network(account, ["us-east-1a", "us-east-1a"]).map(({ id }) => id);
    assert.deepEqual(account.failures(type, { subnets: ids }), tooFew);
  });

  it("in a preview, when all the subnets it may mean are in one zone", () => {
    const account = new Account("preview");
    const made = network(account, ["us-east-1a", "us-east-1a"]);
    assert.deepEqual(account.failures(type, { subnets: [UNKNOWN, UNKNOWN] }, { subnets: made }), tooFew);
  });

  it("never in a preview for subnets that may be in two zones", () => {
    const account = new Account("preview");
    const made = network(account, ["us-east-1a", "us-east-1b"]);
    assert.deepEqual(account.failures(type, { subnets: [UNKNOWN, UNKNOWN] }, { subnets: made }), []);
  });

  it("in two subnets of one zone and one of another", () => {
    const account = new Account();
    const ids = network(account, ["us-east-1a", "us-east-1a", "us-east-1b"]).map(({ id }) => id);
    assert.deepEqual(account.failures(type, { subnets: ids }), [
      {
        property: "subnets",
        reason:
          "InvalidConfigurationRequest: A load balancer cannot be attached to multiple subnets in the same Availability Zone",
      },
    ]);
  });

  it("in subnets of two VPCs", () => {
    const account = new Account();
    const [a] = network(account, ["us-east-1a"], "one");
    const [b] = network(account, ["us-east-1b"], "two", 1);
    assert.deepEqual(account.failures(type, { subnets: [a?.id ?? "", b?.id ?? ""] }), [
      { property: "subnets", reason: "InvalidConfigurationRequest: The subnets must all be in the same VPC" },
    ]);
  });

  it("with a security group of another VPC", () => {
    const account = new Account();
    const ids = network(account, ["us-east-1a", "us-east-1b"]).map(({ id }) => id);
    const vpc = account.make("aws:ec2/vpc:Vpc", "other", { cidrBlock: "10.9.0.0/16" });
    const group = account.make("aws:ec2/securityGroup:SecurityGroup", "firewall", { vpcId: vpc.id });
    assert.deepEqual(account.failures(type, { subnets: ids, securityGroups: [group.id] }), [
      {
        property: "securityGroups",
        reason: "InvalidConfigurationRequest: One or more security groups are invalid",
      },
    ]);
  });

  it("that is to write logs to a bucket without a policy, until the bucket has one", () => {
    const account = new Account();
    const bucket = account.make("aws:s3/bucket:Bucket", "logs", { bucket: "my-logs" });
    const inputs = { subnets, accessLogs: { bucket: bucket.id, enabled: true } };
    assert.deepEqual(account.failures(type, inputs), [
      {
        property: "accessLogs.bucket",
        reason:
          "InvalidConfigurationRequest: Access Denied for bucket: my-logs. Please check S3bucket permission",
      },
    ]);
    const statement = {
      Effect: "Allow",
      Principal: { Service: "logdelivery.elasticloadbalancing.amazonaws.com" },
      Action: "s3:PutObject",
      Resource: "arn:aws:s3:::my-logs/*",
    };
    account.make("aws:s3/bucketPolicy:BucketPolicy", "logs", {
      bucket: bucket.id,
      policy: { Version: "2012-10-17", Statement: [statement] },
    });
    assert.deepEqual(account.failures(type, inputs), []);
  });
});
