import assert from "node:assert/strict";
import type { Made } from "../../../sandbox/model/kind";
import { type Bag, UNKNOWN } from "../../../sandbox/values";
import { Life } from "./life";

const templateType = "aws:ec2/launchTemplate:LaunchTemplate";
const groupType = "aws:autoscaling/group:Group";
const parameterType = "aws:ssm/parameter:Parameter";
const versioningType = "aws:s3/bucketVersioning:BucketVersioning";

describe("a launch template", () => {
  const versionsOf = ({ outputs: { defaultVersion, latestVersion } }: Made) => ({
    defaultVersion,
    latestVersion,
  });
  const inputs: Bag = {
    instanceType: "t3.micro",
    vpcSecurityGroupIds: ["sg-0a", "sg-0b"],
    tags: { team: "a" },
  };

  it("gets a version for every change of what instances are made from, and for a description", () => {
    const life = new Life();
    const first = life.make(templateType, "web", inputs);
    assert.deepEqual(versionsOf(first), { defaultVersion: 1, latestVersion: 1 });
    const second = life.change(first, { ...inputs, instanceType: "t3.small" });
    assert.deepEqual(versionsOf(second), { defaultVersion: 1, latestVersion: 2 });
    const third = life.change(second, { ...second.inputs, description: "small" });
    assert.deepEqual(versionsOf(third), { defaultVersion: 1, latestVersion: 3 });
    assert.deepEqual(
      [third.id, third.outputs.arn, third.outputs.name],
      [first.id, first.outputs.arn, first.outputs.name],
    );
  });

  it("gets none for its tags, nor for the same groups in another order", () => {
    const life = new Life();
    const first = life.make(templateType, "web", inputs);
    const second = life.change(first, {
      ...inputs,
      tags: { team: "b" },
      vpcSecurityGroupIds: ["sg-0b", "sg-0a"],
    });
    assert.deepEqual(versionsOf(second), { defaultVersion: 1, latestVersion: 1 });
  });

  it("starts from its last version if it is to, else from the one it is told or was told", () => {
    const life = new Life();
    const made = life.make(templateType, "web", { ...inputs, updateDefaultVersion: true });
    const second = life.change(made, { ...made.inputs, instanceType: "t3.small" });
    assert.deepEqual(versionsOf(second), { defaultVersion: 2, latestVersion: 2 });
    const third = life.change(second, { ...inputs, defaultVersion: 1 });
    assert.deepEqual(versionsOf(third), { defaultVersion: 1, latestVersion: 3 });
    const left = life.change(third, { ...inputs, instanceType: "t3.large" });
    assert.deepEqual(versionsOf(left), { defaultVersion: 1, latestVersion: 4 });
  });

  it("does not start from a version it has not got", () => {
    const life = new Life();
    const made = life.make(templateType, "web", inputs);
    assert.deepEqual(life.changeFailures(made, { ...inputs, defaultVersion: 2 }), [
      {
        property: "defaultVersion",
        reason: `InvalidLaunchTemplateId.VersionNotFound: Could not find the specified version 2 for the launch template with ID ${made.id}.`,
      },
    ]);
    assert.deepEqual(
      life.changeFailures(made, { ...inputs, instanceType: "t3.small", defaultVersion: 2 }),
      [],
    );
    assert.deepEqual(
      life.changeFailures(made, { ...inputs, defaultVersion: 1, updateDefaultVersion: true }),
      [{ property: "defaultVersion", reason: '"default_version": conflicts with update_default_version' }],
    );
  });

  it("has versions a preview does not know, as the provider has it", () => {
    const life = new Life();
    const made = life.make(templateType, "web", inputs);
    const renewed = (more: Bag) => life.world.renewedBy(made, { ...inputs, ...more });
    assert.deepEqual(renewed({}), []);
    assert.deepEqual(renewed({ description: "small" }), []);
    assert.deepEqual(renewed({ defaultVersion: 1 }), []);
    assert.deepEqual(renewed({ instanceType: "t3.small" }), ["latestVersion"]);
    assert.deepEqual(renewed({ tags: { team: "b" } }), ["latestVersion"]);
    assert.deepEqual(renewed({ imageId: UNKNOWN }), ["latestVersion"]);
    assert.deepEqual(renewed({ updateDefaultVersion: true }), ["defaultVersion"]);
    assert.deepEqual(renewed({ updateDefaultVersion: true, instanceType: "t3.small" }), [
      "defaultVersion",
      "latestVersion",
    ]);
  });

  it("goes on counting after it was written down and taken up again", () => {
    const life = new Life();
    const made = life.make(templateType, "web", inputs);
    life.change(made, { ...inputs, instanceType: "t3.small" });
    const world = life.restored();
    const [again] = world.all(templateType);
    assert.ok(again);
    assert.equal(world.update(again, { ...again.inputs, instanceType: "t3.large" }).outputs.latestVersion, 3);
  });
});

describe("a scaling group", () => {
  /** A group of 2 to 6 instances that began with 2. */
  function grown(life: Life, capacity?: number): Made {
    const template = life.make(templateType, "web", {});
    const made = life.make(groupType, "web", {
      minSize: 2,
      maxSize: 6,
      desiredCapacity: 2,
      launchTemplate: { id: template.id },
      availabilityZones: ["us-east-1a"],
    });
    if (capacity === undefined) return made;
    return life.world.replace(made, { ...made, outputs: { ...made.outputs, desiredCapacity: capacity } });
  }

  const without = ({ desiredCapacity: _, ...rest }: Bag): Bag => rest;

  it("keeps the instances it has when the program does not say how many, as far as the bounds let it", () => {
    for (const [bounds, capacity] of [
      [{}, 5],
      [{ minSize: 6 }, 6],
      [{ maxSize: 3 }, 3],
    ] as const) {
      const life = new Life();
      const made = grown(life, 5);
      const after = life.change(made, { ...without(made.inputs), ...bounds });
      assert.equal(after.outputs.desiredCapacity, capacity);
    }
  });

  it("keeps them when the program says what it said before", () => {
    const life = new Life();
    const made = grown(life, 5);
    const tagged = life.change(made, { ...made.inputs, healthCheckGracePeriod: 60 });
    assert.equal(tagged.outputs.desiredCapacity, 5);
    assert.equal(life.change(tagged, { ...tagged.inputs, minSize: 6 }).outputs.desiredCapacity, 6);
  });

  it("takes the number that is new, within its bounds only", () => {
    const life = new Life();
    const made = grown(life, 5);
    assert.equal(life.change(made, { ...made.inputs, desiredCapacity: 3 }).outputs.desiredCapacity, 3);
    assert.deepEqual(life.changeFailures(made, { ...made.inputs, desiredCapacity: 7 }), [
      {
        property: "desiredCapacity",
        reason: "ValidationError: Desired capacity:7 must be between the specified min size:2 and max size:6",
      },
    ]);
  });

  it("takes a version its template has, by number, and no other", () => {
    const life = new Life();
    const made = grown(life);
    const [template] = life.world.all(templateType);
    assert.ok(template);
    const version = (text: string): Bag => ({
      ...made.inputs,
      launchTemplate: { id: template.id, version: text },
    });
    for (const text of ["1", "$Latest", "$Default", UNKNOWN]) {
      assert.deepEqual(life.changeFailures(made, version(text)), []);
    }
    assert.deepEqual(life.changeFailures(made, version("2")), [
      {
        property: "launchTemplate",
        reason: `ValidationError: You must use a valid fully-formed launch template. Could not find the specified version 2 for the launch template with ID ${template.id}.`,
      },
    ]);
    life.change(template, { instanceType: "t3.small" });
    assert.deepEqual(life.changeFailures(made, version("2")), []);
    const urn = `urn:pulumi:stack::project::${templateType}::shared`;
    const shared = { urn, type: templateType, name: "shared", inputs: {}, propertyDependencies: {} };
    life.world.read({ ...shared, region: "us-east-1" }, "lt-0shared");
    const launchTemplate = { id: "lt-0shared", version: "9" };
    assert.deepEqual(life.changeFailures(made, { ...made.inputs, launchTemplate }), []);
  });
});

describe("an update", () => {
  it("keeps the priority of a rule that no longer says one", () => {
    const life = new Life();
    const { listener, group } = life.balanced();
    const inputs: Bag = {
      listenerArn: listener.id,
      conditions: [{ pathPattern: { values: ["/new"] } }],
      actions: [{ type: "forward", targetGroupArn: group.id }],
    };
    const rule = life.make("aws:lb/listenerRule:ListenerRule", "canary", { ...inputs, priority: 7 });
    assert.equal(life.change(rule, inputs).outputs.priority, 7);
  });

  it("counts the versions of a parameter, but not for its tags", () => {
    const life = new Life();
    const inputs: Bag = { name: "/site/flag", type: "String", value: "off" };
    const made = life.make(parameterType, "flag", inputs);
    assert.equal(made.outputs.version, 1);
    assert.deepEqual(life.world.renewedBy(made, { ...inputs, value: "on" }), ["version"]);
    assert.deepEqual(life.world.renewedBy(made, { ...inputs, description: "x" }), []);
    const second = life.change(made, { ...inputs, value: "on" });
    assert.equal(second.outputs.version, 2);
    assert.equal(life.change(second, { ...second.inputs, tags: { a: "b" } }).outputs.version, 2);
  });

  it("renews the block of a VPC that asks for one", () => {
    const life = new Life();
    const { vpc } = life.network();
    assert.deepEqual(life.world.renewedBy(vpc, { ...vpc.inputs, assignGeneratedIpv6CidrBlock: false }), []);
    const asking = { ...vpc.inputs, assignGeneratedIpv6CidrBlock: true };
    assert.deepEqual(life.world.renewedBy(vpc, asking), ["ipv6AssociationId", "ipv6CidrBlock"]);
    const after = life.change(vpc, asking);
    assert.match(String(after.outputs.ipv6CidrBlock), /^2600:1f18:.*::\/56$/);
    assert.equal(after.id, vpc.id);
  });

  it("does not take the versions of a bucket back", () => {
    const life = new Life();
    const bucket = life.make("aws:s3/bucket:Bucket", "logs", {});
    const status = (text: string): Bag => ({ bucket: bucket.id, versioningConfiguration: { status: text } });
    const made = life.make(versioningType, "logs", status("Disabled"));
    const enabled = life.change(made, status("Enabled"));
    assert.deepEqual(life.changeFailures(enabled, status("Disabled")), [
      {
        property: "versioningConfiguration.status",
        reason: "versioning_configuration.status cannot be updated from 'Enabled' to 'Disabled'",
      },
    ]);
    assert.deepEqual(life.changeFailures(enabled, status("Suspended")), []);
    const other = { ...enabled, seed: `${enabled.seed}2` };
    assert.deepEqual(
      life.changeFailures(other, status("Disabled")).map(({ property }) => property),
      ["bucket"],
    );
  });

  it("does not take a listener from HTTPS to HTTP with its certificate", () => {
    const life = new Life();
    const { listener } = life.balanced();
    const certificateArn = "arn:aws:acm:us-east-1:123456789012:certificate/1";
    const secure = life.change(listener, {
      ...listener.inputs,
      port: 443,
      protocol: "HTTPS",
      certificateArn,
    });
    assert.deepEqual(life.changeFailures(secure, { ...secure.inputs, protocol: "HTTP" }), [
      {
        property: "certificateArn",
        reason: "ValidationError: A certificate cannot be specified for HTTP listeners",
      },
    ]);
  });

  it("is not in the way of itself, in an account taken up again either", () => {
    const life = new Life();
    const { listener, group, vpc } = life.balanced();
    const securityGroup = life.make("aws:ec2/securityGroup:SecurityGroup", "web", {
      vpcId: vpc.id,
      name: "web",
    });
    life.make("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", "web-80", {
      securityGroupId: securityGroup.id,
      ipProtocol: "tcp",
      fromPort: 80,
      toPort: 80,
      cidrIpv4: "0.0.0.0/0",
    });
    life.make("aws:lb/listenerRule:ListenerRule", "canary", {
      listenerArn: listener.id,
      priority: 1,
      conditions: [{ pathPattern: { values: ["/new"] } }],
      actions: [{ type: "forward", targetGroupArn: group.id }],
    });
    const bucket = life.make("aws:s3/bucket:Bucket", "logs", {});
    life.make("aws:s3/bucketOwnershipControls:BucketOwnershipControls", "logs", {
      bucket: bucket.id,
      rule: { objectOwnership: "BucketOwnerEnforced" },
    });
    const zone = life.make("aws:route53/zone:Zone", "site", { name: "example.com" });
    life.make("aws:route53/record:Record", "www", {
      zoneId: zone.id,
      name: "www",
      type: "A",
      ttl: 60,
      records: ["192.0.2.1"],
    });
    const table = life.make("aws:ec2/routeTable:RouteTable", "net", { vpcId: vpc.id });
    life.make("aws:ec2/route:Route", "out", {
      routeTableId: table.id,
      destinationCidrBlock: "0.0.0.0/0",
      gatewayId: "igw-0a",
    });
    life.make("aws:ec2/routeTableAssociation:RouteTableAssociation", "net", {
      routeTableId: table.id,
      subnetId: life.world.all("aws:ec2/subnet:Subnet")[0]?.id ?? "",
    });
    for (const world of [life.world, life.restored()]) {
      for (const made of world.everything()) {
        const { inputs, failures } = world.check(made);
        assert.deepEqual(failures, [], made.type);
        assert.deepEqual(world.update(made, inputs).outputs, made.outputs, made.type);
      }
    }
  });
});
