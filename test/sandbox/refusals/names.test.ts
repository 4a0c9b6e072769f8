import assert from "node:assert/strict";
import * as iam from "@pulumi/aws/iam";
import { Provider } from "@pulumi/aws/provider";
import { type Bag, compose } from "../../../sandbox";
import { Account } from "../account";

const subnets = ["subnet-0a", "subnet-0b"];
const bucketType = "aws:s3/bucket:Bucket";
const groupType = "aws:ec2/securityGroup:SecurityGroup";

const statement = (inputs: Bag) =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", ...inputs }] });

const trust = statement({ Action: "sts:AssumeRole", Principal: { Service: "ec2.amazonaws.com" } });

/** A resource whose name is its own, and what AWS says of a second one called `web`. */
interface Named {
  readonly title: string;
  readonly type: string;
  readonly inputs: Bag;
  readonly reason: string;
}

const inRegion: readonly Named[] = [
  {
    title: "load balancer",
    type: "aws:lb/loadBalancer:LoadBalancer",
    inputs: { subnets },
    reason:
      "DuplicateLoadBalancerName: A load balancer with the same name 'web' exists, but with different settings",
  },
  {
    title: "target group",
    type: "aws:lb/targetGroup:TargetGroup",
    inputs: { port: 80, protocol: "HTTP", vpcId: "vpc-0a" },
    reason:
      "DuplicateTargetGroupName: A target group with the same name 'web' exists, but with different settings",
  },
  {
    title: "scaling group",
    type: "aws:autoscaling/group:Group",
    inputs: {
      minSize: 1,
      maxSize: 1,
      vpcZoneIdentifiers: subnets,
      launchTemplate: { id: "lt-0a", version: "1" },
    },
    reason:
      "AlreadyExists: AutoScalingGroup by this name already exists - A group with the name web already exists",
  },
  {
    title: "launch template",
    type: "aws:ec2/launchTemplate:LaunchTemplate",
    inputs: {},
    reason: "InvalidLaunchTemplateName.AlreadyExistsException: Launch template name already in use: web",
  },
  {
    title: "log group",
    type: "aws:cloudwatch/logGroup:LogGroup",
    inputs: {},
    reason: "ResourceAlreadyExistsException: The specified log group already exists: web",
  },
  {
    title: "alias of keys",
    type: "aws:kms/alias:Alias",
    inputs: { name: "alias/web", targetKeyId: "8f9c6f0e-0000-4000-a000-000000000000" },
    reason: "AlreadyExistsException: An alias with the name alias/web already exists",
  },
];

const inAccount: readonly Named[] = [
  {
    title: "role",
    type: "aws:iam/role:Role",
    inputs: { assumeRolePolicy: trust },
    reason: "EntityAlreadyExists: Role with name web already exists.",
  },
  {
    title: "policy",
    type: "aws:iam/policy:Policy",
    inputs: { policy: statement({ Action: "s3:GetObject", Resource: "*" }) },
    reason: "EntityAlreadyExists: Policy with name web already exists.",
  },
  {
    title: "instance profile",
    type: "aws:iam/instanceProfile:InstanceProfile",
    inputs: {},
    reason: "EntityAlreadyExists: Instance Profile with name web already exists.",
  },
];

describe("AWS refuses, of one name, a second", () => {
  for (const { title, type, inputs, reason } of [...inRegion, ...inAccount]) {
    it(title, () => {
      const account = new Account();
      const named = { name: "web", ...inputs };
      account.make(type, "first", named);
      assert.deepEqual(account.failures(type, named), [{ property: "name", reason }]);
      assert.deepEqual(account.failures(type, { ...named, name: `${named.name}-2` }), []);
    });
  }

  it("bucket, in another region too", () => {
    const account = new Account();
    account.make(bucketType, "first", { bucket: "logs" });
    for (const region of ["us-east-1", "us-west-2"]) {
      const reason =
        "BucketAlreadyOwnedByYou: Your previous request to create the named bucket succeeded and you already own it: logs";
      assert.deepEqual(account.failures(bucketType, { bucket: "logs", region }), [
        { property: "bucket", reason },
      ]);
    }
  });

  it("role, through a provider of another region too", async () => {
    const { error } = await compose(() => {
      const provider = new Provider("west", { region: "us-west-2" });
      new iam.Role("first", { name: "web", assumeRolePolicy: trust });
      new iam.Role("second", { name: "web", assumeRolePolicy: trust }, { provider });
    });
    assert.equal(
      (error as Error).message,
      "aws:iam/role:Role resource 'second' has a problem: EntityAlreadyExists: Role with name web already exists. Examine values at 'second.name'.",
    );
  });
});

describe("AWS takes, of one name in two regions, a", () => {
  for (const { title, type, inputs } of inRegion) {
    it(title, () => {
      const account = new Account();
      account.make(type, "first", { name: "web", ...inputs });
      assert.deepEqual(account.failures(type, { name: "web", ...inputs, region: "us-west-2" }), []);
    });
  }

  it("security group in no VPC in particular", () => {
    const account = new Account();
    account.make(groupType, "first", { name: "web" });
    assert.deepEqual(account.failures(groupType, { name: "web", region: "us-west-2" }), []);
    assert.deepEqual(account.failures(groupType, { name: "web" }), [
      {
        property: "name",
        reason: "InvalidGroup.Duplicate: The security group 'web' already exists for VPC",
      },
    ]);
  });
});
