import assert from "node:assert/strict";
import { type Bag, UNKNOWN } from "../../sandbox";
import { Account } from "./account";

const trust = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "ec2.amazonaws.com" } }],
};

/** Type, inputs, and the forms its id and ARN take. */
const identifiers: readonly (readonly [string, Bag, RegExp, RegExp?])[] = [
  [
    "aws:ec2/vpc:Vpc",
    { cidrBlock: "10.0.0.0/16" },
    /^vpc-0[0-9a-f]{16}$/,
    /^arn:aws:ec2:us-east-1:123456789012:vpc\/vpc-0[0-9a-f]{16}$/,
  ],
  ["aws:ec2/subnet:Subnet", { vpcId: "vpc-0a", cidrBlock: "10.0.0.0/24" }, /^subnet-0[0-9a-f]{16}$/],
  ["aws:ec2/securityGroup:SecurityGroup", {}, /^sg-0[0-9a-f]{16}$/],
  [
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
    { securityGroupId: "sg-0a", ipProtocol: "-1", cidrIpv4: "0.0.0.0/0" },
    /^sgr-0[0-9a-f]{16}$/,
    /^arn:aws:ec2:us-east-1:123456789012:security-group-rule\/sgr-0[0-9a-f]{16}$/,
  ],
  ["aws:ec2/launchTemplate:LaunchTemplate", {}, /^lt-0[0-9a-f]{16}$/],
  [
    "aws:ec2/natGateway:NatGateway",
    { subnetId: "subnet-0a", allocationId: "eipalloc-0a" },
    /^nat-0[0-9a-f]{16}$/,
  ],
  ["aws:ec2/eip:Eip", {}, /^eipalloc-0[0-9a-f]{16}$/],
  ["aws:ec2/instance:Instance", { ami: "ami-0a", instanceType: "t3.micro" }, /^i-0[0-9a-f]{16}$/],
  [
    "aws:lb/loadBalancer:LoadBalancer",
    { subnets: ["subnet-0a", "subnet-0b"] },
    /^arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer\/app\/x-[0-9a-f]{7}\/[0-9a-f]{16}$/,
  ],
  [
    "aws:lb/targetGroup:TargetGroup",
    { port: 80, protocol: "HTTP", vpcId: "vpc-0a" },
    /^arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup\/x-[0-9a-f]{7}\/[0-9a-f]{16}$/,
  ],
  [
    "aws:autoscaling/group:Group",
    { minSize: 1, maxSize: 1, vpcZoneIdentifiers: ["subnet-0a"], launchTemplate: { id: "lt-0a" } },
    /^x-[0-9a-f]{7}$/,
    /^arn:aws:autoscaling:us-east-1:123456789012:autoScalingGroup:[0-9a-f-]{36}:autoScalingGroupName\/x-[0-9a-f]{7}$/,
  ],
  [
    "aws:iam/role:Role",
    { assumeRolePolicy: trust },
    /^x-[0-9a-f]{7}$/,
    /^arn:aws:iam::123456789012:role\/x-[0-9a-f]{7}$/,
  ],
  [
    "aws:iam/instanceProfile:InstanceProfile",
    {},
    /^x-[0-9a-f]{7}$/,
    /^arn:aws:iam::123456789012:instance-profile\/x-[0-9a-f]{7}$/,
  ],
  ["aws:s3/bucket:Bucket", {}, /^x-[0-9a-f]{7}$/, /^arn:aws:s3:::x-[0-9a-f]{7}$/],
  [
    "aws:kms/key:Key",
    {},
    /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/,
    /^arn:aws:kms:us-east-1:123456789012:key\/[0-9a-f-]{36}$/,
  ],
  [
    "aws:kms/alias:Alias",
    { targetKeyId: "1" },
    /^alias\/x-[0-9a-f]{7}$/,
    /^arn:aws:kms:us-east-1:123456789012:alias\/x-[0-9a-f]{7}$/,
  ],
  ["aws:sns/topic:Topic", {}, /^arn:aws:sns:us-east-1:123456789012:x-[0-9a-f]{7}$/],
  [
    "aws:cloudwatch/logGroup:LogGroup",
    {},
    /^x-[0-9a-f]{7}$/,
    /^arn:aws:logs:us-east-1:123456789012:log-group:x-[0-9a-f]{7}$/,
  ],
  [
    "aws:acm/certificate:Certificate",
    { domainName: "a.example.com" },
    /^arn:aws:acm:us-east-1:123456789012:certificate\/[0-9a-f-]{36}$/,
  ],
  [
    "aws:route53/zone:Zone",
    { name: "example.com" },
    /^Z[A-Z2-7]{20}$/,
    /^arn:aws:route53:::hostedzone\/Z[A-Z2-7]{20}$/,
  ],
  [
    "aws:wafv2/webAcl:WebAcl",
    {
      scope: "REGIONAL",
      defaultAction: { allow: {} },
      visibilityConfig: { cloudwatchMetricsEnabled: true, metricName: "x", sampledRequestsEnabled: true },
    },
    /^[0-9a-f-]{36}$/,
    /^arn:aws:wafv2:us-east-1:123456789012:regional\/webacl\/x-[0-9a-f]{7}\/[0-9a-f-]{36}$/,
  ],
  [
    "aws:wafv2/ipSet:IpSet",
    { scope: "CLOUDFRONT", ipAddressVersion: "IPV4" },
    /^[0-9a-f-]{36}$/,
    /^arn:aws:wafv2:us-east-1:123456789012:global\/ipset\/x-[0-9a-f]{7}\/[0-9a-f-]{36}$/,
  ],
];

describe("an identifier", () => {
  for (const [type, inputs, id, arn] of identifiers) {
    it(`of ${type} has the shape AWS gives it`, () => {
      const made = new Account().make(type, "x", inputs);
      assert.match(made.id, id);
      if (arn) assert.match(String(made.outputs.arn), arn);
    });
  }

  it("is the same every time for the same resource, and another for another", () => {
    const id = (name: string) => new Account().make("aws:ec2/vpc:Vpc", name, { cidrBlock: "10.0.0.0/16" }).id;
    assert.equal(id("a"), id("a"));
    assert.notEqual(id("a"), id("b"));
  });

  it("is of the resource's own region and partition", () => {
    const account = new Account();
    assert.match(
      String(
        account.make("aws:ec2/vpc:Vpc", "x", { cidrBlock: "10.0.0.0/16", region: "cn-north-1" }).outputs.arn,
      ),
      /^arn:aws-cn:ec2:cn-north-1:123456789012:vpc\//,
    );
  });
});

describe("a physical name", () => {
  const balancer = (name: string) =>
    new Account().world.check({
      urn: `urn:pulumi:stack::project::aws:lb/loadBalancer:LoadBalancer::${name}`,
      type: "aws:lb/loadBalancer:LoadBalancer",
      name,
      inputs: { subnets: ["subnet-0a", "subnet-0b"] },
      propertyDependencies: {},
      region: "us-east-1",
    });

  it("is the logical one with a dash and seven digits, known in a preview too", () => {
    assert.match(String(balancer("edge-lb").inputs.name), /^edge-lb-[0-9a-f]{7}$/);
    const preview = new Account("preview").make("aws:iam/instanceProfile:InstanceProfile", "web", {});
    assert.equal(preview.outputs.name, preview.inputs.name);
  });

  it("is refused when eight more characters do not fit", () => {
    assert.equal(balancer("a".repeat(24)).failures.length, 0);
    assert.deepEqual(balancer("a".repeat(25)).failures, [
      {
        property: "name",
        reason: `could not make instance of 'aws:lb/loadBalancer:LoadBalancer': name '${"a".repeat(25)}' plus 8 random chars is longer than maximum length 32`,
      },
    ]);
  });

  it("begins with the prefix a program gives and is made whole by the provider", () => {
    const type = "aws:autoscaling/group:Group";
    const inputs = {
      namePrefix: "web-",
      minSize: 1,
      maxSize: 2,
      availabilityZones: ["us-east-1a"],
      launchTemplate: { id: "lt-0a" },
    };
    const { id, outputs } = new Account().make(type, "web", inputs);
    assert.match(String(outputs.name), /^web-[0-9]{26}$/);
    assert.equal(id, outputs.name);
    assert.ok(String(outputs.arn).endsWith(`:autoScalingGroupName/${outputs.name}`));
    assert.equal(new Account("preview").make(type, "web", inputs).outputs.name, UNKNOWN);
  });

  it("and every default give way to what a program says", () => {
    const inputs = {
      healthCheckType: "ELB",
      minSize: 1,
      maxSize: 2,
      availabilityZones: ["us-east-1a"],
      launchTemplate: { id: "lt-0a" },
    };
    assert.equal(
      new Account().make("aws:autoscaling/group:Group", "web", inputs).outputs.healthCheckType,
      "ELB",
    );
  });

  it("of a bucket has no capitals", () => {
    assert.match(new Account().make("aws:s3/bucket:Bucket", "Logs", {}).id, /^logs-[0-9a-f]{7}$/);
  });

  it("is left to AWS where a prefix is given", () => {
    const { inputs } = new Account().make("aws:lb/targetGroup:TargetGroup", "web", {
      namePrefix: "web-",
      port: 80,
      protocol: "HTTP",
      vpcId: "vpc-0a",
    });
    assert.equal(inputs.name, undefined);
  });
});

describe("what AWS computes", () => {
  const type = "aws:lb/loadBalancer:LoadBalancer";
  const inputs = { subnets: ["subnet-0a", "subnet-0b"], tags: { team: "web" } };

  it("is there once a load balancer is deployed", () => {
    const { outputs } = new Account().make(type, "edge", inputs);
    const { arnSuffix, dnsName, zoneId, region, tagsAll, idleTimeout, ipAddressType } = outputs;
    assert.match(String(arnSuffix), /^app\/edge-[0-9a-f]{7}\/[0-9a-f]{16}$/);
    assert.match(String(dnsName), /^edge-[0-9a-f]{7}-[1-9]\d{9}\.us-east-1\.elb\.amazonaws\.com$/);
    assert.deepEqual(
      { zoneId, region, tagsAll, idleTimeout, ipAddressType },
      {
        zoneId: "Z35SXDOTRQ7X7K",
        region: "us-east-1",
        tagsAll: { team: "web" },
        idleTimeout: 60,
        ipAddressType: "ipv4",
      },
    );
  });

  it("is unknown in a preview, while inputs and the provider's defaults are known", () => {
    const { id, outputs } = new Account("preview").make(type, "edge", inputs);
    const { arn, arnSuffix, dnsName, zoneId, vpcId, internal } = outputs;
    assert.deepEqual([id, arn, arnSuffix, dnsName, zoneId, vpcId, internal], Array(7).fill(UNKNOWN));
    const { subnets, idleTimeout, region, tagsAll } = outputs;
    assert.deepEqual(
      { subnets, idleTimeout, region, tagsAll },
      { subnets: inputs.subnets, idleTimeout: 60, region: "us-east-1", tagsAll: inputs.tags },
    );
  });

  it("includes the records that prove a domain is one's own", () => {
    const { outputs } = new Account().make("aws:acm/certificate:Certificate", "cert", {
      domainName: "app.example.com",
      subjectAlternativeNames: ["*.app.example.com"],
    });
    const options = outputs.domainValidationOptions as Bag[];
    assert.deepEqual(
      options.map(({ domainName, resourceRecordType }) => [domainName, resourceRecordType]),
      [
        ["app.example.com", "CNAME"],
        ["*.app.example.com", "CNAME"],
      ],
    );
    const [first, second] = options.map(({ resourceRecordName }) => String(resourceRecordName));
    assert.match(first ?? "", /^_[0-9a-f]{32}\.app\.example\.com\.$/);
    assert.equal(first, second);
  });

  it("completes a record's name with its zone's", () => {
    const account = new Account();
    const zone = account.make("aws:route53/zone:Zone", "zone", { name: "example.com" });
    const record = { zoneId: zone.id, type: "A", ttl: 60, records: ["192.0.2.1"] };
    const fqdns = ["app", "app.example.com", ""].map(
      (name, index) =>
        account.make("aws:route53/record:Record", `r${index}`, { ...record, name, allowOverwrite: true })
          .outputs.fqdn,
    );
    assert.deepEqual(fqdns, ["app.example.com", "app.example.com", "example.com"]);
  });

  it("turns a policy given as an object into the text AWS keeps", () => {
    const role = new Account().make("aws:iam/role:Role", "web", { assumeRolePolicy: trust });
    assert.equal(role.outputs.assumeRolePolicy, JSON.stringify(trust));
  });

  it("fills what a health check leaves out", () => {
    const { inputs: filled } = new Account().make("aws:lb/targetGroup:TargetGroup", "web", {
      port: 80,
      protocol: "HTTP",
      vpcId: "vpc-0a",
      healthCheck: { path: "/health", interval: 5, timeout: 4 },
    });
    assert.deepEqual(filled.healthCheck, {
      path: "/health",
      interval: 5,
      timeout: 4,
      enabled: true,
      healthyThreshold: 3,
      port: "traffic-port",
      protocol: "HTTP",
      unhealthyThreshold: 3,
    });
  });
});
