import assert from "node:assert/strict";
import type { Subject } from "../../../sandbox/model/kind";
import { type Limits, quotaFailures, quotas, unknownQuotas } from "../../../sandbox/model/quotas";
import { schema } from "../../../sandbox/model/type-schema";
import type { Bag } from "../../../sandbox/values";
import { Life } from "./life";

const ingressType = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const egressType = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";
const ruleType = "aws:lb/listenerRule:ListenerRule";

/** A resource that is asked for. */
function wanted({ world }: Life, type: string, inputs: Bag, region = "us-east-1"): Subject {
  const urn = `urn:pulumi:stack::project::${type}::wanted`;
  return { urn, seed: urn, type, name: "wanted", inputs, propertyDependencies: {}, region, world };
}

function reasons(life: Life, type: string, inputs: Bag, limits: Limits = {}, region = "us-east-1"): string[] {
  return [...quotaFailures(wanted(life, type, inputs, region), limits)].map(({ reason }) => reason);
}

describe("the list of quotas", () => {
  it("names each once, with a code of its own, for types the model knows", () => {
    const names = quotas.map(({ name }) => name);
    assert.equal(new Set(names).size, names.length);
    const codes = quotas.flatMap(({ code }) => code ?? []);
    assert.equal(new Set(codes).size, codes.length);
    for (const code of codes) assert.match(code, /^L-[0-9A-F]{8}$/);
    for (const { types, name } of quotas) {
      for (const type of types) assert.ok(Object.hasOwn(schema().types, type), `${name}: ${type}`);
    }
  });

  it("tells names that are not in it", () => {
    assert.deepEqual(unknownQuotas({ "VPCs per Region": 1, "VPCs per region": 2 }), ["VPCs per region"]);
  });
});

describe("an account", () => {
  it("has room for so many VPCs in each region and no more", () => {
    const life = new Life();
    const type = "aws:ec2/vpc:Vpc";
    const inputs = { cidrBlock: "10.0.0.0/16" };
    for (const name of ["a", "b", "c", "d"]) life.make(type, name, inputs);
    assert.deepEqual(reasons(life, type, inputs), []);
    const [last] = [life.make(type, "e", inputs)];
    const full = ["VpcLimitExceeded: The maximum number of VPCs has been reached."];
    assert.deepEqual(reasons(life, type, inputs), full);
    assert.deepEqual(reasons(life, type, inputs, {}, "eu-west-1"), []);
    assert.deepEqual(reasons(life, type, inputs, { "VPCs per Region": 6 }), []);
    assert.deepEqual(reasons(life, type, inputs, { "VPCs per Region": 2 }), full);
    // The last one itself has its room, and leaves it when it goes.
    assert.deepEqual([...quotaFailures(last)], []);
    life.world.remove(last);
    assert.deepEqual(reasons(life, type, inputs), []);
  });

  it("has room for so many addresses, and NAT gateways in a zone", () => {
    const life = new Life();
    const { subnets } = life.network();
    const limits = { "EC2-VPC Elastic IPs": 0, "NAT gateways per Availability Zone": 1 };
    assert.deepEqual(reasons(life, "aws:ec2/eip:Eip", {}, limits), [
      "AddressLimitExceeded: The maximum number of addresses has been reached.",
    ]);
    const type = "aws:ec2/natGateway:NatGateway";
    const nat = (index: 0 | 1): Bag => ({ subnetId: subnets[index].id, connectivityType: "private" });
    life.make(type, "a", nat(0));
    assert.deepEqual(reasons(life, type, nat(1), limits), []);
    assert.deepEqual(reasons(life, type, nat(0), limits), [
      "NatGatewayLimitExceeded: Performing this operation would exceed the limit of 1 NAT gateways",
    ]);
  });

  it("counts endpoints with interfaces in their VPC and the others in the region", () => {
    const life = new Life();
    const type = "aws:ec2/vpcEndpoint:VpcEndpoint";
    const limits = { "Interface VPC endpoints per VPC": 1, "Gateway VPC endpoints per Region": 1 };
    const endpoint = (vpcId: string, vpcEndpointType: string): Bag => ({
      vpcId,
      vpcEndpointType,
      serviceName: "com.amazonaws.us-east-1.s3",
    });
    life.make(type, "a", endpoint("vpc-0a", "Interface"));
    assert.deepEqual(reasons(life, type, endpoint("vpc-0a", "Gateway"), limits), []);
    assert.deepEqual(reasons(life, type, endpoint("vpc-0b", "Interface"), limits), []);
    const full = ["VpcEndpointLimitExceeded: The maximum number of VPC endpoints has been reached."];
    assert.deepEqual(reasons(life, type, endpoint("vpc-0a", "Interface"), limits), full);
    life.make(type, "b", endpoint("vpc-0a", "Gateway"));
    assert.deepEqual(reasons(life, type, endpoint("vpc-0b", "Gateway"), limits), full);
  });
});

describe("a security group", () => {
  const name = "Inbound or outbound rules per security group";
  const full = [
    "RulesPerSecurityGroupLimitExceeded: The maximum number of rules per security group has been reached.",
  ];
  const rule = (port: number, more: Bag = { cidrIpv4: "10.0.0.0/16" }): Bag => ({
    securityGroupId: "sg-0a",
    ipProtocol: "tcp",
    fromPort: port,
    toPort: port,
    ...more,
  });

  it("has room for so many rules each way, however they are written", () => {
    const life = new Life();
    life.make(ingressType, "a", rule(1));
    life.make("aws:ec2/securityGroupRule:SecurityGroupRule", "b", {
      type: "ingress",
      protocol: "tcp",
      fromPort: 2,
      toPort: 2,
      securityGroupId: "sg-0a",
      cidrBlocks: ["10.0.0.0/16", "10.1.0.0/16"],
    });
    assert.deepEqual(reasons(life, ingressType, rule(3), { [name]: 4 }), []);
    assert.deepEqual(reasons(life, ingressType, rule(3), { [name]: 3 }), full);
    assert.deepEqual(reasons(life, egressType, rule(3), { [name]: 1 }), []);
    assert.deepEqual(reasons(life, ingressType, { ...rule(3), securityGroupId: "sg-0b" }, { [name]: 1 }), []);
  });

  it("counts CloudFront's list for as many rules as it may have entries", () => {
    const life = new Life();
    const answer = life.world.invoke(
      "aws:ec2/getManagedPrefixList:getManagedPrefixList",
      { name: "com.amazonaws.global.cloudfront.origin-facing" },
      "us-east-1",
    );
    assert.ok("outputs" in answer);
    const { id, maxEntries } = answer.outputs;
    assert.equal(maxEntries, 55);
    life.make(ingressType, "a", rule(443, { prefixListId: id ?? "" }));
    assert.deepEqual(reasons(life, ingressType, rule(80, { prefixListId: id ?? "" })), full);
    assert.deepEqual(reasons(life, ingressType, rule(80, { prefixListId: "pl-0a" })), []);
  });

  it("can be one of five on an interface", () => {
    const life = new Life();
    const groups = (count: number): Bag => ({
      securityGroups: Array.from({ length: count }, (_, index) => `sg-${index}`),
    });
    assert.deepEqual(reasons(life, "aws:lb/loadBalancer:LoadBalancer", groups(5)), []);
    assert.deepEqual(reasons(life, "aws:lb/loadBalancer:LoadBalancer", groups(6)), [
      "SecurityGroupsPerInterfaceLimitExceeded: The maximum number of security groups per interface has been reached.",
    ]);
  });
});

describe("a load balancer", () => {
  it("has room for so many listeners, rules and certificates, all its listeners together", () => {
    const life = new Life();
    const { balancer, listener, group } = life.balanced();
    const place = `has been reached on load balancer '${balancer.id}'`;
    const second: Bag = { ...listener.inputs, port: 81 };
    assert.deepEqual(reasons(life, listener.type, second, { "Listeners per Application Load Balancer": 1 }), [
      `TooManyListeners: The maximum number of listeners, 1, ${place}`,
    ]);
    const other = life.make(listener.type, "edge-81", second);
    const rule = (on: string, priority: number): Bag => ({
      listenerArn: on,
      priority,
      conditions: [{ pathPattern: { values: ["/new"] } }],
      actions: [{ type: "forward", targetGroupArn: group.id }],
    });
    life.make(ruleType, "a", rule(listener.id, 1));
    const limits = { "Rules per Application Load Balancer": 1 };
    assert.deepEqual(reasons(life, ruleType, rule(other.id, 1), limits), [
      `TooManyRules: The maximum number of rules, 1, ${place}`,
    ]);
    const certificate: Bag = {
      listenerArn: other.id,
      certificateArn: "arn:aws:acm:us-east-1:123456789012:certificate/1",
    };
    assert.deepEqual(
      reasons(life, "aws:lb/listenerCertificate:ListenerCertificate", certificate, {
        "Certificates per Application Load Balancer": 0,
      }),
      [`TooManyCertificates: The maximum number of certificates, 0, ${place}`],
    );
  });

  it("verifies clients on so many listeners, by trust stores of which there are so many", () => {
    const life = new Life();
    const { balancer } = life.balanced();
    const file: Bag = { caCertificatesBundleS3Bucket: "trust", caCertificatesBundleS3Key: "ca.pem" };
    const store = life.make("aws:lb/trustStore:TrustStore", "clients", file);
    assert.deepEqual(reasons(life, store.type, file, { "Trust stores per account": 1 }), [
      "TooManyTrustStores: The maximum number of trust stores, 1, has been reached",
    ]);
    const listType = "aws:lb/trustStoreRevocation:TrustStoreRevocation";
    const list: Bag = { trustStoreArn: store.id, revocationsS3Bucket: "trust", revocationsS3Key: "a.crl" };
    assert.deepEqual(reasons(life, listType, list, { "Revocation lists per trust store": 0 }), [
      `TooManyTrustStoreRevocationEntries: The maximum number of revocation lists, 0, has been reached in trust store '${store.id}'`,
    ]);
    const https = (port: number, mutualAuthentication: Bag): Bag => ({
      loadBalancerArn: balancer.id,
      port,
      protocol: "HTTPS",
      certificateArn: "arn:aws:acm:us-east-1:123456789012:certificate/1",
      defaultActions: [
        { type: "fixed-response", fixedResponse: { contentType: "text/plain", statusCode: "404" } },
      ],
      mutualAuthentication,
    });
    const verify: Bag = { mode: "verify", trustStoreArn: store.id };
    const first = life.make("aws:lb/listener:Listener", "edge-443", https(443, verify));
    life.make("aws:lb/listener:Listener", "edge-444", https(444, verify));
    assert.deepEqual(reasons(life, first.type, https(445, { mode: "passthrough" }), {}), []);
    assert.deepEqual(reasons(life, first.type, https(445, verify), {}), [
      `TooManyListeners: The maximum number of listeners with mutual authentication in verify mode, 2, has been reached on load balancer '${balancer.id}'`,
    ]);
  });

  it("leads to so many target groups, each counted once", () => {
    const life = new Life();
    const { listener, group, vpc } = life.balanced();
    const more = life.make(group.type, "more", { port: 81, protocol: "HTTP", vpcId: vpc.id });
    const rule = (target: string): Bag => ({
      listenerArn: listener.id,
      priority: 1,
      actions: [{ type: "forward", targetGroupArn: target }],
    });
    const limits = { "Target Groups per Application Load Balancer": 1 };
    assert.deepEqual(reasons(life, ruleType, rule(group.id), limits), []);
    assert.deepEqual(reasons(life, ruleType, rule(more.id), limits), [
      "TooManyUniqueTargetGroupsPerLoadBalancer: You have reached the maximum number of unique target groups that you can associate with a load balancer of type 'application': [1]",
    ]);
  });

  it("of the network kind does not count among the others", () => {
    const life = new Life();
    const type = "aws:lb/loadBalancer:LoadBalancer";
    const limits = { "Application Load Balancers per Region": 0 };
    assert.deepEqual(reasons(life, type, { loadBalancerType: "network" }, limits), []);
    assert.deepEqual(reasons(life, type, { loadBalancerType: "application" }, limits), [
      "TooManyLoadBalancers: The maximum number of load balancers, 0, has been reached",
    ]);
  });
});

describe("a role", () => {
  it("has room for so many policies, its own list and attachments together", () => {
    const life = new Life();
    const trust = JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "ec2.amazonaws.com" } }],
    });
    const policyArn = (name: string) => `arn:aws:iam::aws:policy/${name}`;
    const role = life.make("aws:iam/role:Role", "web", {
      assumeRolePolicy: trust,
      managedPolicyArns: [policyArn("A"), policyArn("B")],
    });
    const attachment = "aws:iam/rolePolicyAttachment:RolePolicyAttachment";
    const inputs = { role: role.id, policyArn: policyArn("C") };
    assert.deepEqual(reasons(life, attachment, inputs, { "Managed policies per role": 3 }, "eu-west-1"), []);
    assert.deepEqual(reasons(life, attachment, inputs, { "Managed policies per role": 2 }, "eu-west-1"), [
      "LimitExceeded: Cannot exceed quota for PoliciesPerRole: 2",
    ]);
  });
});

describe("a scaling group", () => {
  it("has room for so many policies and topics", () => {
    const life = new Life();
    const policy = "aws:autoscaling/policy:Policy";
    const simple = (group: string): Bag => ({
      autoscalingGroupName: group,
      adjustmentType: "ChangeInCapacity",
      scalingAdjustment: 1,
    });
    life.make(policy, "a", simple("web"));
    const limits = { "Scaling policies per Auto Scaling group": 1, "SNS topics per Auto Scaling group": 0 };
    assert.deepEqual(reasons(life, policy, simple("web"), limits), [
      "LimitExceeded: ScalingPolicy limit exceeded: 1",
    ]);
    assert.deepEqual(reasons(life, policy, simple("api"), limits), []);
    assert.deepEqual(
      reasons(life, "aws:autoscaling/notification:Notification", { groupNames: ["web", "api"] }, limits),
      ["LimitExceeded: NotificationConfiguration limit exceeded: 0"],
    );
  });

  it("counts target groups it names and those that are attached", () => {
    const life = new Life();
    const limits = { "Target groups per Auto Scaling group": 1 };
    const template = life.make("aws:ec2/launchTemplate:LaunchTemplate", "web", {});
    const group = life.make("aws:autoscaling/group:Group", "web", {
      name: "web",
      minSize: 0,
      maxSize: 1,
      launchTemplate: { id: template.id },
      availabilityZones: ["us-east-1a"],
      targetGroupArns: ["arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/a/1"],
    });
    const attachment = "aws:autoscaling/attachment:Attachment";
    assert.deepEqual(reasons(life, attachment, { autoscalingGroupName: group.id }, limits), [
      "LimitExceeded: TargetGroup limit exceeded: 1",
    ]);
    assert.deepEqual(reasons(life, attachment, { autoscalingGroupName: "api" }, limits), []);
  });
});

describe("a certificate", () => {
  it("has room for so many names, each counted once", () => {
    const life = new Life();
    const names = (count: number): Bag => ({
      domainName: "example.com",
      subjectAlternativeNames: [
        "example.com",
        ...Array.from({ length: count }, (_, index) => `${index}.example.com`),
      ],
    });
    const type = "aws:acm/certificate:Certificate";
    assert.deepEqual(reasons(life, type, names(9)), []);
    assert.deepEqual(reasons(life, type, names(10)), [
      "LimitExceededException: The maximum number of domain names in a certificate, 10, is exceeded",
    ]);
  });
});
