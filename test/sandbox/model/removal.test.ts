import assert from "node:assert/strict";
import type { Made } from "../../../sandbox/model/kind";
import type { Bag } from "../../../sandbox/values";
import { Life } from "./life";

const groupType = "aws:ec2/securityGroup:SecurityGroup";
const ingressType = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const templateType = "aws:ec2/launchTemplate:LaunchTemplate";
const scalingType = "aws:autoscaling/group:Group";
const balancerType = "aws:lb/loadBalancer:LoadBalancer";
const certificateType = "aws:acm/certificate:Certificate";
const roleType = "aws:iam/role:Role";
const zoneType = "aws:route53/zone:Zone";

const trust = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "ec2.amazonaws.com" } }],
});

const reading = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "s3:GetObject", Resource: "*" }],
});

const group = (capacity: number, template: Made, subnet: Made, more: Bag = {}): Bag => ({
  minSize: 0,
  maxSize: 4,
  desiredCapacity: capacity,
  launchTemplate: { id: template.id },
  vpcZoneIdentifiers: [subnet.id],
  ...more,
});

describe("AWS keeps a subnet", () => {
  const kept = (subnet: Made, users: string) => [
    {
      reason: `DependencyViolation: The subnet '${subnet.id}' has dependencies and cannot be deleted. (${users})`,
      patienceSeconds: 1200,
    },
  ];

  it("as long as something has interfaces in it, and names what", () => {
    const life = new Life();
    const { subnets, vpc, balancer } = life.balanced();
    const endpoint = life.make("aws:ec2/vpcEndpoint:VpcEndpoint", "ssm", {
      vpcId: vpc.id,
      serviceName: "com.amazonaws.us-east-1.ssm",
      vpcEndpointType: "Interface",
      subnetIds: [subnets[0].id],
    });
    assert.deepEqual(life.kept(subnets[0]), kept(subnets[0], "edge, ssm"));
    assert.deepEqual(life.kept(subnets[1]), kept(subnets[1], "edge"));
    life.world.remove(endpoint);
    life.world.remove(balancer);
    assert.deepEqual(
      subnets.flatMap((subnet) => life.kept(subnet)),
      [],
    );
  });

  it("for a group as long as that has instances", () => {
    const life = new Life();
    const { subnets } = life.network();
    const template = life.make(templateType, "web", {});
    const made = life.make(scalingType, "web", group(1, template, subnets[0]));
    assert.deepEqual(life.kept(subnets[0]), kept(subnets[0], "web"));
    life.change(made, group(0, template, subnets[0]));
    assert.deepEqual(life.kept(subnets[0]), []);
  });

  it("for many, of whom it names three", () => {
    const life = new Life();
    const { subnets } = life.network();
    for (const name of ["a", "b", "c", "d", "e"]) {
      life.make("aws:ec2/instance:Instance", name, { ami: "ami-0a", subnetId: subnets[0].id });
    }
    assert.deepEqual(life.kept(subnets[0]), kept(subnets[0], "a, b, c and 2 more"));
  });
});

describe("AWS keeps a VPC", () => {
  it("as long as something is in it, but not for its default security group", () => {
    const life = new Life();
    const { vpc, subnets } = life.network();
    const strict = life.make("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup", "net", { vpcId: vpc.id });
    const reason = (users: string) => [
      {
        reason: `DependencyViolation: The vpc '${vpc.id}' has dependencies and cannot be deleted. (${users})`,
        patienceSeconds: 300,
      },
    ];
    assert.deepEqual(life.kept(vpc), reason("net-a, net-b"));
    for (const subnet of subnets) life.world.remove(subnet);
    assert.deepEqual(life.kept(vpc), []);
    for (const type of [
      "aws:ec2/routeTable:RouteTable",
      "aws:ec2/internetGateway:InternetGateway",
      groupType,
    ]) {
      const user = life.make(type, "user", { vpcId: vpc.id });
      assert.deepEqual(life.kept(vpc), reason("user"));
      life.world.remove(user);
    }
    assert.deepEqual(life.kept(strict), []);
  });
});

describe("AWS keeps an internet gateway attached", () => {
  const gatewayOf = (life: Life, vpc: Made) =>
    life.make("aws:ec2/internetGateway:InternetGateway", "net", { vpcId: vpc.id });

  it("as long as a NAT gateway or a balancer of the VPC has public addresses", () => {
    const life = new Life();
    const { vpc, subnets, balancer } = life.balanced();
    const gateway = gatewayOf(life, vpc);
    const address = life.make("aws:ec2/eip:Eip", "out", { domain: "vpc" });
    const nat = life.make("aws:ec2/natGateway:NatGateway", "out", {
      allocationId: address.id,
      subnetId: subnets[0].id,
    });
    const reason = (users: string) => [
      {
        reason: `DependencyViolation: Network ${vpc.id} has some mapped public address(es). Please unmap those public address(es) before detaching the gateway. (${users})`,
        patienceSeconds: 1200,
      },
    ];
    assert.deepEqual(life.kept(gateway), reason("out, edge"));
    life.world.remove(nat);
    assert.deepEqual(life.kept(gateway), reason("edge"));
    life.world.remove(balancer);
    assert.deepEqual(life.kept(gateway), []);
  });

  it("for instances with public addresses, by their template or their subnet, and for no others", () => {
    for (const [inPublic, said, blocks] of [
      [true, undefined, true],
      [false, undefined, false],
      [true, "false", false],
      [false, "true", true],
    ] as const) {
      const life = new Life();
      const { vpc, subnets } = life.network({ public: inPublic });
      const gateway = gatewayOf(life, vpc);
      const networkInterfaces = said === undefined ? [] : [{ associatePublicIpAddress: said }];
      const template = life.make(templateType, "web", { networkInterfaces });
      const made = life.make(scalingType, "web", group(2, template, subnets[0]));
      assert.equal(life.kept(gateway).length, blocks ? 1 : 0, `${inPublic} ${said}`);
      life.change(made, group(0, template, subnets[0]));
      assert.deepEqual(life.kept(gateway), []);
    }
  });

  it("but not for what is private, or in another VPC", () => {
    const life = new Life();
    const { subnets } = life.network();
    const gateway = gatewayOf(life, life.make("aws:ec2/vpc:Vpc", "other", { cidrBlock: "10.1.0.0/16" }));
    life.make(balancerType, "edge", { subnets: subnets.map(({ id }) => id) });
    assert.deepEqual(life.kept(gateway), []);
    const own = life.make("aws:ec2/internetGateway:InternetGateway", "own", {
      vpcId: subnets[0].inputs.vpcId ?? null,
    });
    assert.equal(life.kept(own).length, 1);
    const inner = new Life();
    const { vpc, subnets: within } = inner.network();
    inner.make(balancerType, "inner", { subnets: within.map(({ id }) => id), internal: true });
    inner.make("aws:ec2/natGateway:NatGateway", "inner", {
      subnetId: within[0].id,
      connectivityType: "private",
    });
    assert.deepEqual(inner.kept(gatewayOf(inner, vpc)), []);
  });
});

describe("AWS keeps an address", () => {
  it("as long as a NAT gateway answers to it", () => {
    const life = new Life();
    const { subnets } = life.network();
    const address = life.make("aws:ec2/eip:Eip", "out", { domain: "vpc" });
    assert.deepEqual(life.kept(address), []);
    life.make("aws:ec2/natGateway:NatGateway", "out", { allocationId: address.id, subnetId: subnets[0].id });
    assert.deepEqual(life.kept(address), [
      { reason: `InvalidIPAddress.InUse: Address ${address.outputs.publicIp} is in use. (out)` },
    ]);
  });
});

describe("AWS keeps a security group", () => {
  const kept = (made: Made, users: string) => [
    {
      reason: `DependencyViolation: resource ${made.id} has a dependent object (${users})`,
      patienceSeconds: 900,
    },
  ];
  const https = { ipProtocol: "tcp", fromPort: 443, toPort: 443 };

  it("as long as a rule of another group names it, but not for its own", () => {
    const life = new Life();
    const { vpc } = life.network();
    const [web, data] = ["web", "data"].map((name) => life.make(groupType, name, { vpcId: vpc.id }));
    assert.ok(web && data);
    life.make(ingressType, "web-self", {
      ...https,
      securityGroupId: web.id,
      referencedSecurityGroupId: web.id,
    });
    assert.deepEqual(life.kept(web), []);
    const rule = life.make(ingressType, "data-web", {
      ...https,
      securityGroupId: data.id,
      referencedSecurityGroupId: web.id,
    });
    assert.deepEqual(life.kept(web), kept(web, "data-web"));
    assert.deepEqual(life.kept(data), []);
    life.world.remove(rule);
    assert.deepEqual(life.kept(web), []);
  });

  it("as long as a rule written into another group names it", () => {
    const life = new Life();
    const { vpc } = life.network();
    const web = life.make(groupType, "web", { vpcId: vpc.id });
    life.make(groupType, "data", {
      vpcId: vpc.id,
      ingress: [{ protocol: "tcp", fromPort: 443, toPort: 443, securityGroups: [web.id] }],
    });
    assert.deepEqual(life.kept(web), kept(web, "data"));
  });

  it("as long as a balancer or an endpoint is in it", () => {
    const life = new Life();
    const { vpc, subnets } = life.network();
    const web = life.make(groupType, "web", { vpcId: vpc.id });
    life.make(balancerType, "edge", { subnets: subnets.map(({ id }) => id), securityGroups: [web.id] });
    life.make("aws:ec2/vpcEndpoint:VpcEndpoint", "ssm", {
      vpcId: vpc.id,
      serviceName: "com.amazonaws.us-east-1.ssm",
      vpcEndpointType: "Interface",
      securityGroupIds: [web.id],
    });
    assert.deepEqual(life.kept(web), kept(web, "edge, ssm"));
  });

  it("for a launch template only as long as a group made from it has instances", () => {
    const life = new Life();
    const { vpc, subnets } = life.network();
    const web = life.make(groupType, "web", { vpcId: vpc.id });
    const template = life.make(templateType, "web-template", {
      networkInterfaces: [{ securityGroups: [web.id] }],
    });
    assert.deepEqual(life.kept(web), []);
    const made = life.make(scalingType, "web-group", group(1, template, subnets[0]));
    assert.deepEqual(life.kept(web), kept(web, "web-group"));
    life.change(made, group(0, template, subnets[0]));
    assert.deepEqual(life.kept(web), []);
  });
});

describe("AWS keeps a target group", () => {
  it("as long as a listener or a rule leads to it", () => {
    const life = new Life();
    const { group: web, listener } = life.balanced();
    const rule = life.make("aws:lb/listenerRule:ListenerRule", "canary", {
      listenerArn: listener.id,
      priority: 1,
      conditions: [{ pathPattern: { values: ["/new"] } }],
      actions: [{ type: "forward", forward: { targetGroups: [{ arn: web.id, weight: 1 }] } }],
    });
    const reason = (users: string) => [
      {
        reason: `ResourceInUse: Target group '${web.id}' is currently in use by a listener or a rule (${users})`,
        patienceSeconds: 120,
      },
    ];
    assert.deepEqual(life.kept(web), reason("edge-80, canary"));
    life.world.remove(rule);
    assert.deepEqual(life.kept(web), reason("edge-80"));
    life.change(listener, {
      ...listener.inputs,
      defaultActions: [
        { type: "fixed-response", fixedResponse: { contentType: "text/plain", statusCode: "404" } },
      ],
    });
    assert.deepEqual(life.kept(web), []);
  });
});

describe("AWS keeps a load balancer", () => {
  it("as long as it is protected, and takes its listeners along when it is not", () => {
    const life = new Life();
    const { balancer } = life.balanced();
    assert.deepEqual(life.kept(balancer), []);
    const inputs = { ...balancer.inputs, enableDeletionProtection: true };
    assert.deepEqual(life.kept(life.change(balancer, inputs)), [
      {
        property: "enableDeletionProtection",
        reason: `OperationNotPermitted: Load balancer '${balancer.id}' cannot be deleted because deletion protection is enabled`,
      },
    ]);
  });
});

describe("AWS keeps a certificate", () => {
  it("as long as a listener shows it", () => {
    const life = new Life();
    const { balancer } = life.balanced();
    const certificate = life.make(certificateType, "site", {
      domainName: "example.com",
      validationMethod: "DNS",
    });
    const validation = life.make("aws:acm/certificateValidation:CertificateValidation", "site", {
      certificateArn: certificate.id,
    });
    assert.deepEqual(
      [certificate, validation].flatMap((made) => life.kept(made)),
      [],
    );
    life.make("aws:lb/listener:Listener", "edge-443", {
      loadBalancerArn: balancer.id,
      port: 443,
      protocol: "HTTPS",
      certificateArn: certificate.id,
      defaultActions: [
        { type: "fixed-response", fixedResponse: { contentType: "text/plain", statusCode: "404" } },
      ],
    });
    assert.deepEqual(life.kept(certificate), [
      {
        reason: `ResourceInUseException: Certificate ${certificate.id} in account 123456789012 is in use. (edge-443)`,
        patienceSeconds: 1200,
      },
    ]);
  });
});

describe("AWS keeps a trust store", () => {
  it("as long as a listener verifies clients by it", () => {
    const life = new Life();
    const { balancer } = life.balanced();
    const store = life.make("aws:lb/trustStore:TrustStore", "clients", {
      caCertificatesBundleS3Bucket: "trust",
      caCertificatesBundleS3Key: "ca.pem",
    });
    const list = life.make("aws:lb/trustStoreRevocation:TrustStoreRevocation", "lost", {
      trustStoreArn: store.id,
      revocationsS3Bucket: "trust",
      revocationsS3Key: "lost.crl",
    });
    assert.deepEqual(
      [store, list].flatMap((made) => life.kept(made)),
      [],
    );
    const https: Bag = {
      loadBalancerArn: balancer.id,
      port: 443,
      protocol: "HTTPS",
      certificateArn: "arn:aws:acm:us-east-1:123456789012:certificate/1",
      defaultActions: [
        { type: "fixed-response", fixedResponse: { contentType: "text/plain", statusCode: "404" } },
      ],
      mutualAuthentication: { mode: "verify", trustStoreArn: store.id },
    };
    const listener = life.make("aws:lb/listener:Listener", "edge-443", https);
    assert.deepEqual(life.kept(store), [
      {
        reason: `TrustStoreInUse: Trust store '${store.id}' is currently in use by a listener (edge-443)`,
        patienceSeconds: 120,
      },
    ]);
    assert.deepEqual(life.kept(list), []);
    life.change(listener, { ...https, mutualAuthentication: { mode: "off" } });
    assert.deepEqual(life.kept(store), []);
  });
});

describe("AWS keeps a role", () => {
  const conflict = "DeleteConflict: Cannot delete entity, must";

  /** A role with a policy attached and one written into it. */
  function withPolicies(life: Life, more: Bag = {}): Made {
    const role = life.make(roleType, "web", { assumeRolePolicy: trust, ...more });
    const policyArn = "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore";
    life.make("aws:iam/rolePolicyAttachment:RolePolicyAttachment", "web-ssm", { role: role.id, policyArn });
    life.make("aws:iam/rolePolicy:RolePolicy", "web-s3", { role: role.id, policy: reading });
    return role;
  }

  it("as long as policies are attached to it or written into it", () => {
    const life = new Life();
    assert.deepEqual(life.kept(withPolicies(life)), [
      { reason: `${conflict} detach all policies first. (web-ssm)`, patienceSeconds: 120 },
      { reason: `${conflict} delete policies first. (web-s3)`, patienceSeconds: 120 },
    ]);
  });

  it("but not from a provider that detaches them", () => {
    const life = new Life();
    assert.deepEqual(life.kept(withPolicies(life, { forceDetachPolicies: true })), []);
    const other = new Life();
    const managedPolicyArns = ["arn:aws:iam::aws:policy/ReadOnlyAccess"];
    assert.deepEqual(other.kept(withPolicies(other, { managedPolicyArns })), [
      { reason: `${conflict} delete policies first. (web-s3)`, patienceSeconds: 120 },
    ]);
  });

  it("but not for an instance profile, which the provider takes it out of", () => {
    const life = new Life();
    const role = life.make(roleType, "web", { assumeRolePolicy: trust });
    life.make("aws:iam/instanceProfile:InstanceProfile", "web", { role: role.id });
    assert.deepEqual(life.kept(role), []);
  });

  it("and a policy that is attached, from whatever region", () => {
    const life = new Life();
    const policy = life.make("aws:iam/policy:Policy", "read", { policy: reading });
    assert.deepEqual(life.kept(policy), []);
    const elsewhere = life.world.create({
      urn: "urn:pulumi:stack::project::aws:iam/rolePolicyAttachment:RolePolicyAttachment::far",
      type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
      name: "far",
      inputs: { role: "web", policyArn: policy.id },
      propertyDependencies: {},
      region: "eu-west-1",
    });
    assert.deepEqual(life.kept(policy), [
      { reason: "DeleteConflict: Cannot delete a policy attached to entities. (far)", patienceSeconds: 120 },
    ]);
    life.world.remove(elsewhere);
    assert.deepEqual(life.kept(policy), []);
  });
});

describe("AWS keeps a hosted zone", () => {
  const reason =
    "HostedZoneNotEmpty: The specified hosted zone contains non-required resource record sets and so cannot be deleted.";

  it("as long as it has records apart from its own, unless they are to go with it", () => {
    const life = new Life();
    const zone = life.make(zoneType, "site", { name: "example.com" });
    const record = (name: string, type: string) =>
      life.make("aws:route53/record:Record", `${name}-${type}`, {
        zoneId: zone.id,
        name,
        type,
        ttl: 60,
        records: ["192.0.2.1"],
        allowOverwrite: true,
      });
    record("example.com", "NS");
    assert.deepEqual(life.kept(zone), []);
    record("www", "A");
    record("sub", "NS");
    assert.deepEqual(life.kept(zone), [{ reason: `${reason} (www-A, sub-NS)` }]);
    assert.deepEqual(life.kept(life.change(zone, { ...zone.inputs, forceDestroy: true })), []);
  });
});

describe("AWS keeps a log group", () => {
  it("that is protected, unless the provider is to leave it", () => {
    const life = new Life();
    const logs = (name: string, more: Bag) => life.make("aws:cloudwatch/logGroup:LogGroup", name, more);
    assert.deepEqual(life.kept(logs("a", {})), []);
    assert.deepEqual(life.kept(logs("b", { deletionProtectionEnabled: true })), [
      {
        property: "deletionProtectionEnabled",
        reason:
          "ValidationException: Cannot delete log group with deletion protection enabled. Disable deletion protection first.",
      },
    ]);
    assert.deepEqual(life.kept(logs("c", { deletionProtectionEnabled: true, skipDestroy: true })), []);
  });
});

describe("AWS lets go", () => {
  it("of what is named by things that do not hold it", () => {
    const life = new Life();
    const { subnets, vpc } = life.network();
    const template = life.make(templateType, "web", {});
    life.make(scalingType, "web", group(1, template, subnets[0]));
    const topic = life.make("aws:sns/topic:Topic", "alarms", {});
    life.make("aws:sns/topicSubscription:TopicSubscription", "mail", {
      topic: topic.id,
      protocol: "email",
      endpoint: "a@example.com",
    });
    const key = life.make("aws:kms/key:Key", "data", {});
    life.make("aws:kms/alias:Alias", "data", { name: "alias/data", targetKeyId: key.id });
    const table = life.make("aws:ec2/routeTable:RouteTable", "net", { vpcId: vpc.id });
    life.make("aws:ec2/routeTableAssociation:RouteTableAssociation", "net", {
      routeTableId: table.id,
      subnetId: subnets[0].id,
    });
    const bucket = life.make("aws:s3/bucket:Bucket", "logs", {});
    life.make("aws:s3/bucketVersioning:BucketVersioning", "logs", {
      bucket: bucket.id,
      versioningConfiguration: { status: "Enabled" },
    });
    for (const made of [template, topic, key, table, bucket])
      assert.deepEqual(life.kept(made), [], made.type);
  });

  it("of what another of the same name in another region still uses", () => {
    const life = new Life();
    const { vpc } = life.network();
    life.world.create({
      urn: "urn:pulumi:stack::project::aws:ec2/subnet:Subnet::far",
      type: "aws:ec2/subnet:Subnet",
      name: "far",
      inputs: { vpcId: vpc.id, cidrBlock: "10.0.9.0/24" },
      propertyDependencies: {},
      region: "eu-west-1",
    });
    for (const subnet of [...life.world.all("aws:ec2/subnet:Subnet")]) {
      if (subnet.region === "us-east-1") life.world.remove(subnet);
    }
    assert.deepEqual(life.kept(vpc), []);
  });

  it("of a whole account taken up again, in the opposite order of its making", () => {
    const life = new Life();
    const { vpc } = life.balanced();
    life.make("aws:ec2/internetGateway:InternetGateway", "net", { vpcId: vpc.id });
    const world = life.restored();
    const order = ["internetGateway", "listener:", "targetGroup", "loadBalancer", "subnet", "vpc:"];
    const reasons = () => world.everything().flatMap((made) => world.refusalsOfDelete(made));
    assert.ok(reasons().length > 0);
    for (const part of [...order.slice(1, 4), order[0] as string, ...order.slice(4)]) {
      for (const made of world.everything().filter(({ type }) => type.includes(part))) {
        assert.deepEqual(world.refusalsOfDelete(made), [], made.type);
        world.remove(made);
      }
    }
    assert.deepEqual(world.everything(), []);
  });
});

describe("AWS WAF keeps", () => {
  const inUse =
    "WAFAssociatedItemException: AWS WAF couldn't perform the operation because your resource is being used by another resource or it's associated with another resource.";
  const seen = { cloudwatchMetricsEnabled: true, metricName: "edge", sampledRequestsEnabled: true };
  const acl = (more: Bag = {}): Bag => ({
    scope: "REGIONAL",
    defaultAction: { allow: {} },
    visibilityConfig: seen,
    ...more,
  });

  it("a web ACL as long as a load balancer stands behind it", () => {
    const life = new Life();
    const { balancer } = life.balanced();
    const made = life.make("aws:wafv2/webAcl:WebAcl", "edge", acl());
    const association = life.make("aws:wafv2/webAclAssociation:WebAclAssociation", "guard", {
      webAclArn: made.outputs.arn ?? "",
      resourceArn: balancer.id,
    });
    assert.deepEqual(life.kept(made), [{ reason: `${inUse} (guard)`, patienceSeconds: 300 }]);
    life.world.remove(association);
    assert.deepEqual(life.kept(made), []);
  });

  it("a list of addresses as long as a rule looks at it, however deep", () => {
    const life = new Life();
    const set = life.make("aws:wafv2/ipSet:IpSet", "partners", {
      scope: "REGIONAL",
      ipAddressVersion: "IPV4",
    });
    const arn = set.outputs.arn ?? "";
    const listed = { ipSetReferenceStatement: { arn } };
    const statement = { notStatement: { statement: { orStatement: { statements: [listed, listed] } } } };
    const rule = { name: "a", priority: 1, action: { block: {} }, statement, visibilityConfig: seen };
    const byRule = life.make("aws:wafv2/webAcl:WebAcl", "edge", acl({ rules: [rule] }));
    assert.deepEqual(life.kept(set), [{ reason: `${inUse} (edge)`, patienceSeconds: 300 }]);
    life.world.remove(byRule);
    assert.deepEqual(life.kept(set), []);
    life.make("aws:wafv2/webAcl:WebAcl", "text", acl({ ruleJson: JSON.stringify([{ Arn: arn }]) }));
    assert.deepEqual(life.kept(set), [{ reason: `${inUse} (text)`, patienceSeconds: 300 }]);
  });
});
