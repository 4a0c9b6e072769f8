import assert from "node:assert/strict";
import type { Bag } from "../../../sandbox";
import type { Failure, Made } from "../../../sandbox/model/kind";
import { Account } from "../account";

const elb = "arn:aws:elasticloadbalancing:us-east-1:123456789012";
const loadBalancerArn = `${elb}:loadbalancer/app/edge/0123456789abcdef`;
const notFound = { type: "fixed-response", fixedResponse: { contentType: "text/plain", statusCode: "404" } };
const subnets = ["subnet-0a", "subnet-0b"];
const openTo = (cidrIpv4: string) => ({ ipProtocol: "tcp", fromPort: 443, toPort: 443, cidrIpv4 });

interface Holder {
  readonly property: string;
  readonly type: string;
  readonly inputs: Bag;
  /** What a second one needs to stand beside the first. */
  readonly apart?: Bag;
}

/** What a resource can only be once in another. */
interface Inside {
  readonly title: string;
  readonly type: string;
  readonly inputs: Bag;
  /** The other thing, and the property that points to it. */
  readonly of: Holder;
  /** What is said of a second one; the first is called `first`, the other thing `one`. */
  readonly refused: Failure;
  /** What makes a second one fit in beside the first. */
  readonly fits?: Bag;
}

const listener = {
  property: "listenerArn",
  type: "aws:lb/listener:Listener",
  inputs: { loadBalancerArn, port: 80, protocol: "HTTP", defaultActions: [notFound] },
  apart: { port: 81 },
};
const group = {
  property: "securityGroupId",
  type: "aws:ec2/securityGroup:SecurityGroup",
  inputs: { vpcId: "vpc-0a" },
};
const table = {
  property: "routeTableId",
  type: "aws:ec2/routeTable:RouteTable",
  inputs: { vpcId: "vpc-0a" },
};
const bucket = { property: "bucket", type: "aws:s3/bucket:Bucket", inputs: {} };
const replaced = { property: "bucket", reason: "one already has first, which this would replace" };

function ofBucket(kind: string, inputs: Bag): Inside {
  const type = `aws:s3/${kind}:${kind.charAt(0).toUpperCase()}${kind.slice(1)}`;
  return { title: `${kind} of a bucket`, type, inputs, of: bucket, refused: replaced };
}

const policy = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Deny", Principal: "*", Action: "s3:*", Resource: "*" }],
});

const inside: readonly Inside[] = [
  {
    title: "rule of one priority on a listener",
    type: "aws:lb/listenerRule:ListenerRule",
    inputs: { priority: 10, actions: [notFound], conditions: [{ pathPattern: { values: ["/*"] } }] },
    of: listener,
    refused: {
      property: "priority",
      reason: "PriorityInUse: Priority '10' is currently in use (first)",
    },
    fits: { priority: 11 },
  },
  {
    title: "listener on one port of a load balancer",
    type: "aws:lb/listener:Listener",
    inputs: { port: 80, protocol: "HTTP", defaultActions: [notFound] },
    of: { property: "loadBalancerArn", type: "aws:lb/loadBalancer:LoadBalancer", inputs: { subnets } },
    refused: {
      property: "port",
      reason: "DuplicateListener: A listener already exists on port 80 of this load balancer (first)",
    },
    fits: { port: 81 },
  },
  {
    title: "security group of one name in a VPC",
    type: "aws:ec2/securityGroup:SecurityGroup",
    inputs: { name: "web" },
    of: { property: "vpcId", type: "aws:ec2/vpc:Vpc", inputs: { cidrBlock: "10.0.0.0/16" } },
    refused: {
      property: "name",
      reason: "InvalidGroup.Duplicate: The security group 'web' already exists for VPC",
    },
    fits: { name: "api" },
  },
  {
    title: "rule that lets the same into a security group",
    type: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
    inputs: openTo("10.0.0.0/16"),
    of: group,
    refused: { reason: "InvalidPermission.Duplicate: the specified rule already exists (first)" },
    fits: openTo("10.1.0.0/16"),
  },
  {
    title: "rule that lets the same out of a security group",
    type: "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
    inputs: openTo("10.0.0.0/16"),
    of: group,
    refused: { reason: "InvalidPermission.Duplicate: the specified rule already exists (first)" },
    fits: { fromPort: 80 },
  },
  {
    title: "route to one place in a table",
    type: "aws:ec2/route:Route",
    inputs: { destinationCidrBlock: "0.0.0.0/0", gatewayId: "igw-0a" },
    of: table,
    refused: {
      property: "destinationCidrBlock",
      reason: "RouteAlreadyExists: The route identified by 0.0.0.0/0 already exists.",
    },
    fits: { destinationCidrBlock: "10.1.0.0/16" },
  },
  {
    title: "route table for a subnet",
    type: "aws:ec2/routeTableAssociation:RouteTableAssociation",
    inputs: { routeTableId: "rtb-0a" },
    of: {
      property: "subnetId",
      type: "aws:ec2/subnet:Subnet",
      inputs: { vpcId: "vpc-0a", cidrBlock: "10.0.0.0/24" },
    },
    refused: {
      property: "subnetId",
      reason: "Resource.AlreadyAssociated: the specified association for subnet one conflicts with first",
    },
  },
  ofBucket("bucketPolicy", { policy }),
  ofBucket("bucketPublicAccessBlock", {}),
  ofBucket("bucketServerSideEncryptionConfiguration", {
    rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }],
  }),
  ofBucket("bucketLifecycleConfiguration", {
    rules: [{ id: "old", status: "Enabled", expiration: { days: 90 } }],
  }),
  ofBucket("bucketOwnershipControls", { rule: { objectOwnership: "BucketOwnerEnforced" } }),
  ofBucket("bucketVersioning", { versioningConfiguration: { status: "Enabled" } }),
];

describe("AWS refuses a second", () => {
  for (const { title, type, inputs, of, refused, fits } of inside) {
    for (const mode of ["deployed", "preview"] as const) {
      it(mode === "preview" ? `${title} still to be made` : title, () => {
        const account = new Account(mode);
        const one = account.make(of.type, "one", of.inputs);
        const other = account.make(of.type, "other", { ...of.inputs, ...of.apart });
        const pointing = ({ id }: Made) => ({ ...inputs, [of.property]: id });
        account.make(type, "first", pointing(one), { [of.property]: [one] });

        const failures = (to: Made, more: Bag = {}, sources = [to]) =>
          account.failures(type, { ...pointing(to), ...more }, { [of.property]: sources });
        assert.deepEqual(failures(one), [refused]);
        assert.deepEqual(failures(other), []);
        if (fits) assert.deepEqual(failures(one, fits), []);
        // Which of the two it will be is not known yet.
        if (mode === "preview") assert.deepEqual(failures(one, {}, [one, other]), []);
      });
    }
  }
});
