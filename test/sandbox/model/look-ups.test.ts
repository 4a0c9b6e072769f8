import assert from "node:assert/strict";
import { World } from "../../../sandbox/model/world";
import type { Bag } from "../../../sandbox/values";
import { Account } from "../account";
import { Life } from "./life";

const zoneType = "aws:route53/zone:Zone";
const certificateType = "aws:acm/certificate:Certificate";
const parameterType = "aws:ssm/parameter:Parameter";

const functions = {
  getVpc: "aws:ec2/getVpc:getVpc",
  getSubnet: "aws:ec2/getSubnet:getSubnet",
  getSubnets: "aws:ec2/getSubnets:getSubnets",
  getSecurityGroup: "aws:ec2/getSecurityGroup:getSecurityGroup",
  getLaunchTemplate: "aws:ec2/getLaunchTemplate:getLaunchTemplate",
  getAmi: "aws:ec2/getAmi:getAmi",
  getLoadBalancer: "aws:lb/getLoadBalancer:getLoadBalancer",
  getListener: "aws:lb/getListener:getListener",
  getTargetGroup: "aws:lb/getTargetGroup:getTargetGroup",
  getZone: "aws:route53/getZone:getZone",
  getCertificate: "aws:acm/getCertificate:getCertificate",
  getRole: "aws:iam/getRole:getRole",
  getParameter: "aws:ssm/getParameter:getParameter",
} as const;

type Name = keyof typeof functions;

function answer({ world }: Account, name: Name, args: Bag, region = "us-east-1"): Bag {
  const found = world.invoke(functions[name], args, region);
  if ("failure" in found) throw new Error(found.failure);
  return found.outputs;
}

function failure({ world }: Account, name: Name, args: Bag, region = "us-east-1"): string | undefined {
  const found = world.invoke(functions[name], args, region);
  return "failure" in found ? found.failure : undefined;
}

const filter = (name: string, ...values: string[]) => ({ name, values });

describe("a look-up of a network", () => {
  /** Two VPCs, the second with a name. */
  function networks(): Life {
    const life = new Life();
    life.network();
    life.make("aws:ec2/vpc:Vpc", "named", { cidrBlock: "10.1.0.0/16", tags: { Name: "core", env: "test" } });
    return life;
  }

  it("finds a VPC by its id, its block, its tags or filters", () => {
    const life = networks();
    const [first, second] = life.world.all("aws:ec2/vpc:Vpc");
    assert.ok(first && second);
    for (const args of [
      { id: second.id },
      { cidrBlock: "10.1.0.0/16" },
      { tags: { Name: "core" } },
      { filters: [filter("tag:Name", "c*e")] },
      { filters: [filter("tag-key", "env"), filter("cidr", "10.?.0.0/16")] },
    ]) {
      assert.equal(answer(life, "getVpc", args).id, second.id, JSON.stringify(args));
    }
    const {
      arn,
      cidrBlock,
      cidrBlockAssociations,
      default: isDefault,
      enableDnsSupport,
      region,
      state,
      tags,
    } = answer(life, "getVpc", { id: second.id });
    assert.deepEqual(
      { arn, cidrBlock, cidrBlockAssociations, isDefault, enableDnsSupport, region, state, tags },
      {
        arn: second.outputs.arn,
        cidrBlock: "10.1.0.0/16",
        cidrBlockAssociations: [
          {
            associationId: `vpc-cidr-assoc-${second.id.slice(4)}`,
            cidrBlock: "10.1.0.0/16",
            state: "associated",
          },
        ],
        isDefault: false,
        enableDnsSupport: true,
        region: "us-east-1",
        state: "available",
        tags: { Name: "core", env: "test" },
      },
    );
    assert.equal(answer(life, "getVpc", { cidrBlock: "10.0.0.0/16" }).id, first.id);
  });

  it("says what the provider says of none, of several and of filters nobody knows", () => {
    const life = networks();
    assert.equal(failure(life, "getVpc", { id: "vpc-0a" }), "no matching EC2 VPC found");
    assert.equal(failure(life, "getVpc", { default: true }), "no matching EC2 VPC found");
    assert.equal(failure(life, "getVpc", { tags: { Name: "Core" } }), "no matching EC2 VPC found");
    assert.equal(
      failure(life, "getVpc", { filters: [filter("tag:Name", "cor")] }),
      "no matching EC2 VPC found",
    );
    assert.equal(failure(life, "getVpc", {}, "eu-west-1"), "no matching EC2 VPC found");
    assert.equal(
      failure(life, "getVpc", {}),
      "multiple EC2 VPCs matched; use additional constraints to reduce matches to a single EC2 VPC",
    );
    assert.equal(
      failure(life, "getVpc", { filters: [filter("vpcid", "x")] }),
      "InvalidParameterValue: The filter 'vpcid' is invalid",
    );
  });

  it("finds subnets, one or as many as there are", () => {
    const life = networks();
    const [vpc] = life.world.all("aws:ec2/vpc:Vpc");
    const subnets = life.world.all("aws:ec2/subnet:Subnet");
    assert.ok(vpc);
    const inVpc = { filters: [filter("vpc-id", vpc.id)] };
    assert.deepEqual(
      answer(life, "getSubnets", inVpc).ids,
      subnets.map(({ id }) => id),
    );
    assert.deepEqual(answer(life, "getSubnets", { filters: [filter("vpc-id", "vpc-0a")] }).ids, []);
    assert.deepEqual(
      answer(life, "getSubnets", { filters: [filter("availability-zone", "us-east-1b", "us-east-1c")] }).ids,
      [subnets[1]?.id],
    );
    const one = answer(life, "getSubnet", { vpcId: vpc.id, availabilityZone: "us-east-1a" });
    assert.equal(one.id, subnets[0]?.id);
    assert.equal(one.availableIpAddressCount, 251);
    assert.equal(failure(life, "getSubnet", { cidrBlock: "10.9.0.0/24" }), "no matching EC2 Subnet found");
    assert.equal(
      failure(life, "getSubnets", { filters: [filter("zone", "x")] }),
      "InvalidParameterValue: The filter 'zone' is invalid",
    );
  });

  it("finds a security group and a launch template by name", () => {
    const life = networks();
    const group = life.make("aws:ec2/securityGroup:SecurityGroup", "web", { name: "web", vpcId: "vpc-0a" });
    assert.equal(answer(life, "getSecurityGroup", { name: "web", vpcId: "vpc-0a" }).id, group.id);
    assert.equal(answer(life, "getSecurityGroup", { filters: [filter("group-id", group.id)] }).name, "web");
    assert.equal(failure(life, "getSecurityGroup", { name: "api" }), "no matching EC2 Security Group found");
    const template = life.make("aws:ec2/launchTemplate:LaunchTemplate", "web", {
      name: "web",
      instanceType: "t3.micro",
      iamInstanceProfile: { name: "web" },
    });
    life.change(template, { ...template.inputs, instanceType: "t3.small" });
    const found = answer(life, "getLaunchTemplate", { name: "web" });
    assert.deepEqual(
      [
        found.id,
        found.instanceType,
        found.latestVersion,
        found.defaultVersion,
        found.iamInstanceProfiles,
        found.placements,
      ],
      [template.id, "t3.small", 2, 1, [{ name: "web" }], []],
    );
    assert.equal(
      failure(life, "getLaunchTemplate", { id: "lt-0a" }),
      "no matching EC2 Launch Template found",
    );
  });
});

describe("a look-up of a load balancer", () => {
  it("finds it, its listener and its target group", () => {
    const life = new Life();
    const { balancer, listener, group } = life.balanced();
    const byName = answer(life, "getLoadBalancer", { name: balancer.outputs.name ?? "" });
    assert.deepEqual(
      [byName.id, byName.dnsName, byName.connectionLogs],
      [balancer.id, balancer.outputs.dnsName, []],
    );
    assert.equal(answer(life, "getListener", { loadBalancerArn: balancer.id, port: 80 }).arn, listener.id);
    const target = answer(life, "getTargetGroup", { arn: group.id });
    assert.deepEqual(
      [target.name, target.deregistrationDelay, target.loadBalancerArns],
      [group.outputs.name, "300", [balancer.id]],
    );
    const none = "Search returned 0 results, please revise so only one is returned";
    assert.equal(failure(life, "getLoadBalancer", { name: "api" }), none);
    assert.equal(failure(life, "getListener", { loadBalancerArn: balancer.id, port: 81 }), none);
    life.make(group.type, "more", { port: 81, protocol: "HTTP", vpcId: "vpc-0a" });
    assert.equal(
      failure(life, "getTargetGroup", {}),
      "Search returned 2 results, please revise so only one is returned",
    );
  });

  it("finds them under the function's other name", () => {
    const life = new Life();
    const { balancer } = life.balanced();
    const found = life.world.invoke(
      "aws:alb/getLoadBalancer:getLoadBalancer",
      { arn: balancer.id },
      "us-east-1",
    );
    assert.ok("outputs" in found);
    assert.equal(found.outputs.id, balancer.id);
  });
});

describe("a look-up of names", () => {
  it("finds the account's own zone first, public or private, and invents any other", () => {
    const life = new Life();
    const zone = life.make(zoneType, "site", { name: "example.com", tags: { a: "b" } });
    const inner = life.make(zoneType, "inner", { name: "example.com", vpcs: [{ vpcId: "vpc-0a" }] });
    life.make("aws:route53/record:Record", "www", {
      zoneId: zone.id,
      name: "www",
      type: "A",
      ttl: 60,
      records: ["192.0.2.1"],
    });
    for (const args of [{ name: "example.com" }, { name: "example.com." }, { zoneId: zone.id }]) {
      const found = answer(life, "getZone", args);
      assert.deepEqual(
        [found.zoneId, found.resourceRecordSetCount, found.nameServers, found.privateZone],
        [zone.id, 3, zone.outputs.nameServers, false],
      );
    }
    assert.equal(answer(life, "getZone", { name: "example.com", privateZone: true }).id, inner.id);
    assert.equal(answer(life, "getZone", { name: "example.com", vpcId: "vpc-0a" }).id, inner.id);
    const other = answer(life, "getZone", { name: "example.org" });
    assert.match(String(other.zoneId), /^Z[A-Z2-7]{20}$/);
    assert.equal(other.callerReference, "sandbox");
    life.make(zoneType, "again", { name: "example.com" });
    assert.equal(
      failure(life, "getZone", { name: "example.com" }),
      "multiple Route 53 Hosted Zones matched; use additional constraints to reduce matches to a single Route 53 Hosted Zone",
    );
  });

  it("finds a certificate once it is issued, unless others are asked for", () => {
    const life = new Life();
    const made = life.make(certificateType, "site", { domainName: "example.com", validationMethod: "DNS" });
    const none = "no ACM Certificate matching domain (example.com)";
    assert.equal(failure(life, "getCertificate", { domain: "example.com" }), none);
    const pending = answer(life, "getCertificate", {
      domain: "example.com",
      statuses: ["PENDING_VALIDATION"],
    });
    assert.equal(pending.id, made.id);
    life.make("aws:acm/certificateValidation:CertificateValidation", "site", { certificateArn: made.id });
    const found = answer(life, "getCertificate", { domain: "example.com" });
    assert.deepEqual([found.arn, found.status], [made.id, "ISSUED"]);
    assert.equal(failure(life, "getCertificate", { domain: "example.com", types: ["IMPORTED"] }), none);
    assert.equal(failure(life, "getCertificate", { domain: "example.com", keyTypes: ["RSA_4096"] }), none);
    const second = life.make(certificateType, "again", {
      domainName: "example.com",
      validationMethod: "DNS",
    });
    life.make("aws:acm/certificateValidation:CertificateValidation", "again", { certificateArn: second.id });
    assert.equal(
      failure(life, "getCertificate", { domain: "example.com" }),
      "multiple ACM Certificates matching domain (example.com)",
    );
    assert.equal(answer(life, "getCertificate", { domain: "example.com", mostRecent: true }).arn, second.id);
  });
});

describe("a look-up of a role or a parameter", () => {
  it("finds the role in every region", () => {
    const life = new Life();
    const trust = JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "ec2.amazonaws.com" } }],
    });
    const role = life.make("aws:iam/role:Role", "web", { name: "web", assumeRolePolicy: trust });
    const found = answer(life, "getRole", { name: "web" }, "eu-west-1");
    assert.deepEqual(
      [found.arn, found.assumeRolePolicy, found.maxSessionDuration, found.path],
      [role.outputs.arn, trust, 3600, "/"],
    );
    assert.equal(failure(life, "getRole", { name: "api" }), "reading IAM Role (api): couldn't find resource");
  });

  it("finds the account's own parameter before any AWS publishes", () => {
    const life = new Life();
    life.make(parameterType, "flag", { name: "/site/flag", type: "String", value: "on" });
    const found = answer(life, "getParameter", { name: "/site/flag" });
    assert.deepEqual(
      [found.value, found.insecureValue, found.type, found.version, found.arn],
      ["on", "on", "String", 1, "arn:aws:ssm:us-east-1:123456789012:parameter/site/flag"],
    );
    assert.equal(
      failure(life, "getParameter", { name: "/site/flag" }, "eu-west-1"),
      "reading SSM Parameter (/site/flag): couldn't find resource",
    );
  });

  it("does not show a secret where it is not to be decrypted", () => {
    const life = new Life();
    life.make(parameterType, "key", { name: "/site/key", type: "SecureString", value: "hush" });
    assert.equal(answer(life, "getParameter", { name: "/site/key" }).value, "hush");
    const { value, insecureValue } = answer(life, "getParameter", {
      name: "/site/key",
      withDecryption: false,
    });
    assert.match(String(value), /^[0-9a-f]{64}$/);
    assert.equal(insecureValue, "");
  });
});

describe("a look-up of an image", () => {
  it("invents one that fits, the same for the same question", () => {
    const life = new Life();
    const args: Bag = {
      owners: ["amazon"],
      mostRecent: true,
      filters: [filter("name", "al2023-ami-2023.*-arm64")],
    };
    const { id, imageId, name, architecture, ownerId } = answer(life, "getAmi", args);
    assert.match(String(id), /^ami-0[0-9a-f]{16}$/);
    assert.deepEqual(
      [imageId, name, architecture, ownerId],
      [id, "al2023-ami-2023.20260101-arm64", "arm64", "137112412989"],
    );
    assert.equal(answer(new Life(), "getAmi", args).id, id);
    assert.notEqual(answer(life, "getAmi", args, "eu-west-1").id, id);
    assert.notEqual(answer(life, "getAmi", { ...args, owners: ["self"] }).id, id);
    assert.equal(answer(life, "getAmi", { owners: ["self"] }).ownerId, "123456789012");
    assert.equal(answer(life, "getAmi", { filters: [filter("image-id", "ami-0a")] }).id, "ami-0a");
  });
});

describe("a look-up in a plan", () => {
  it("is refused as one nobody has modelled, for what is outside and for what is only planned", () => {
    const account = new Account("preview");
    account.make("aws:ec2/vpc:Vpc", "net", { cidrBlock: "10.0.0.0/16", tags: { Name: "core" } });
    for (const name of [
      "getVpc",
      "getSubnet",
      "getSubnets",
      "getSecurityGroup",
      "getLaunchTemplate",
      "getLoadBalancer",
      "getListener",
      "getTargetGroup",
      "getCertificate",
      "getRole",
    ] as const) {
      assert.equal(
        failure(account, name, { tags: { Name: "core" } }),
        `the model of AWS does not know the function ${functions[name]}`,
      );
    }
  });

  it("knows nothing of a resource of which only the id is given", () => {
    const { world } = new Account("preview");
    const urn = `urn:pulumi:stack::project::${zoneType}::site`;
    const wanted = {
      urn,
      type: zoneType,
      name: "site",
      inputs: {},
      propertyDependencies: {},
      region: "us-east-1",
    };
    world.read(wanted, "Z1");
    const found = world.invoke(functions.getZone, { zoneId: "Z1" }, "us-east-1");
    assert.ok("outputs" in found);
    assert.deepEqual([found.outputs.id, found.outputs.name], ["Z1", "example.com"]);
  });

  it("finds what was there before, taken up again", () => {
    const life = new Life();
    const { vpc } = life.network();
    const world = new World({ ...life.world.options, preview: true });
    for (const { urn, seed, type, name, region, id, inputs, outputs } of life.world.everything()) {
      world.restore({ urn, seed, type, name, region, id, inputs, outputs });
    }
    const found = world.invoke(functions.getVpc, { cidrBlock: "10.0.0.0/16" }, "us-east-1");
    assert.ok("outputs" in found);
    assert.equal(found.outputs.id, vpc.id);
  });
});
