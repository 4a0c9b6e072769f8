import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import type { ChangeRule } from "../../../sandbox/model/change-rule";
import { type Changes, changesOf, typesWithChanges } from "../../../sandbox/model/type-changes";
import { type PropertySchemas, schema } from "../../../sandbox/model/type-schema";
import { modelledTypes } from "../../../sandbox/tools/types";

const loadBalancer = "aws:lb/loadBalancer:LoadBalancer";

/** The token of `lb/listener`. */
function token(type: string): string {
  const [module = "", name = ""] = type.split("/");
  return `aws:${module}/${name}:${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}

/** What the SDK declares at a path, lists taken for their elements. */
function declared(inputs: PropertySchemas, at: string): string | undefined {
  const { objects } = schema();
  let properties: PropertySchemas | undefined = inputs;
  let found: string | undefined;
  for (const part of at.split(".")) {
    found = properties?.[part];
    properties = objects[/#([\w./]+)/.exec(found ?? "")?.[1] ?? ""];
  }
  return found;
}

const inRules = (rules: readonly ChangeRule[]) =>
  rules.flatMap((rule) => [rule.path, ...Object.keys(rule.is ?? {}), ...Object.keys(rule.was ?? {})]);

/** Every path of an input the facts name. */
function named(changes: Changes): string[] {
  const renewals = Object.values(changes.renewed);
  return [
    ...[...changes.replace, ...changes.sets, ...changes.computed, ...changes.local, ...changes.writeOnly],
    ...[...inRules(changes.when), ...inRules(changes.ignored)],
    ...renewals.flatMap(({ inputs = [], except = [], is = {} }) => [
      ...inputs,
      ...except,
      ...Object.keys(is),
    ]),
  ];
}

const covers = (list: readonly string[], at: string) =>
  list.some((one) => one === at || at.startsWith(`${one}.`));

/** What the facts say of a change to one input, whatever else the resource is like. */
function effect(type: string, at: string): string {
  const changes = changesOf(token(type));
  if (covers(changes.replace, at)) return "replace";
  return changes.when.some((rule) => rule.path === at) ? "depends" : "update";
}

describe("what a change does", () => {
  it("is known of every type the model knows, and of no other", () => {
    assert.deepEqual(typesWithChanges(), modelledTypes.map(token).sort());
  });

  it("speaks of inputs and outputs the SDK declares", () => {
    const { types } = schema();
    const wrong = typesWithChanges().flatMap((type) => {
      const { inputs = {}, outputs = {} } = types[type] ?? {};
      const changes = changesOf(type);
      const unknown = named(changes).filter((at) => declared(inputs, at) === undefined);
      const missing = Object.keys(changes.renewed).filter((output) => outputs[output] === undefined);
      return [...unknown, ...missing].map((at) => `${type} ${at}`);
    });
    assert.deepEqual(wrong, []);
  });

  it("calls only lists sets, and only what may be left out computed", () => {
    const { types } = schema();
    const wrong = typesWithChanges().flatMap((type) => {
      const { inputs = {} } = types[type] ?? {};
      const { sets, computed } = changesOf(type);
      return [
        ...sets.filter((at) => !declared(inputs, at)?.includes("[")),
        ...computed.filter((at) => !declared(inputs, at)?.endsWith("?")),
      ].map((at) => `${type} ${at}`);
    });
    assert.deepEqual(wrong, []);
  });

  it("is written down once, in order, one type a line", () => {
    const text = readFileSync(path.join(__dirname, "../../../sandbox/model/changes.json"), "utf8");
    assert.equal(text.split("\n").length, typesWithChanges().length + 3);
    for (const type of typesWithChanges()) {
      const { replace, sets, computed, local } = changesOf(type);
      for (const list of [replace, sets, computed, local]) {
        assert.deepEqual(list, [...new Set(list)].sort(), type);
      }
      const below = replace.filter((at) =>
        covers(
          replace.filter((other) => other !== at),
          at,
        ),
      );
      assert.deepEqual(below, [], type);
    }
  });

  it("is nothing but an update for a type nobody knows", () => {
    assert.deepEqual(changesOf("aws:sqs/queue:Queue"), changesOf("constructor"));
    assert.deepEqual(changesOf("aws:sqs/queue:Queue").replace, []);
    assert.equal(changesOf("aws:sqs/queue:Queue").never, false);
  });

  it("replaces whatever moves to another region", () => {
    const { types } = schema();
    for (const type of typesWithChanges()) {
      const regional = types[type]?.inputs.region !== undefined;
      assert.equal(changesOf(type).replace.includes("region"), regional, type);
      assert.equal(changesOf(type).computed.includes("region"), regional, type);
    }
  });

  it("leaves no way to update where every input replaces", () => {
    const { types } = schema();
    for (const type of typesWithChanges()) {
      const { never, replace } = changesOf(type);
      const all = Object.keys(types[type]?.inputs ?? {}).every((input) => replace.includes(input));
      assert.equal(never, all, type);
    }
  });

  const facts: readonly [type: string, replace: string, update: string][] = [
    ["acm/certificate", "domainName subjectAlternativeNames validationMethod", "options tags"],
    ["acm/certificateValidation", "certificateArn validationRecordFqdns", ""],
    [
      "autoscaling/group",
      "name namePrefix initialLifecycleHooks.heartbeatTimeout",
      "minSize maxSize desiredCapacity vpcZoneIdentifiers launchTemplate.version targetGroupArns tags",
    ],
    ["autoscaling/policy", "name autoscalingGroupName", "policyType targetTrackingConfiguration.targetValue"],
    ["autoscaling/schedule", "scheduledActionName autoscalingGroupName", "recurrence minSize"],
    ["cloudwatch/compositeAlarm", "alarmName actionsEnabled", "alarmRule alarmActions"],
    ["cloudwatch/dashboard", "dashboardName", "dashboardBody"],
    ["cloudwatch/logGroup", "name logGroupClass", "retentionInDays kmsKeyId"],
    ["cloudwatch/metricAlarm", "name", "threshold metricName dimensions period metricQueries.expression"],
    ["ec2/eip", "domain publicIpv4Pool networkBorderGroup address", "instance tags"],
    ["ec2/flowLog", "vpcId logDestination destinationOptions.fileFormat", "tags"],
    ["ec2/instance", "ami subnetId keyName", "instanceType vpcSecurityGroupIds rootBlockDevice.volumeSize"],
    ["ec2/launchTemplate", "name namePrefix", "imageId instanceType userData networkInterfaces.subnetId"],
    ["ec2/natGateway", "allocationId subnetId connectivityType privateIp", "secondaryAllocationIds tags"],
    ["ec2/route", "routeTableId destinationCidrBlock", "natGatewayId gatewayId"],
    ["ec2/routeTableAssociation", "subnetId gatewayId", "routeTableId"],
    ["ec2/securityGroup", "name description vpcId", "ingress egress tags"],
    ["ec2/securityGroupRule", "type protocol fromPort toPort cidrBlocks securityGroupId", "description"],
    ["ec2/subnet", "cidrBlock availabilityZone vpcId", "tags mapPublicIpOnLaunch"],
    ["ec2/vpc", "cidrBlock", "enableDnsHostnames enableDnsSupport tags"],
    ["iam/policy", "name path description", "policy"],
    ["iam/role", "name path", "assumeRolePolicy description maxSessionDuration permissionsBoundary"],
    ["iam/rolePolicy", "name role", "policy"],
    ["kms/alias", "name", "targetKeyId"],
    ["kms/key", "keyUsage customerMasterKeySpec multiRegion", "policy enableKeyRotation description"],
    ["lb/listener", "loadBalancerArn", "port protocol certificateArn sslPolicy defaultActions.type"],
    ["lb/listenerCertificate", "listenerArn certificateArn", ""],
    ["lb/listenerRule", "listenerArn", "priority actions.targetGroupArn conditions.pathPattern.values"],
    ["lb/loadBalancer", "name internal loadBalancerType customerOwnedIpv4Pool", "idleTimeout ipAddressType"],
    [
      "lb/targetGroup",
      "name port protocol protocolVersion vpcId targetType ipAddressType",
      "healthCheck.path deregistrationDelay stickiness.enabled slowStart",
    ],
    ["lb/targetGroupAttachment", "targetGroupArn targetId port availabilityZone", ""],
    [
      "lb/trustStore",
      "name namePrefix",
      "caCertificatesBundleS3Key caCertificatesBundleS3ObjectVersion tags",
    ],
    ["lb/trustStoreRevocation", "trustStoreArn revocationsS3Key revocationsS3ObjectVersion", ""],
    ["route53/record", "name zoneId", "type ttl records aliases.name setIdentifier"],
    ["route53/zone", "name delegationSetId", "comment vpcs.vpcId"],
    ["s3/bucket", "bucket objectLockEnabled", "forceDestroy versioning.enabled tags"],
    ["s3/bucketPolicy", "bucket", "policy"],
    ["sns/topic", "name fifoTopic", "kmsMasterKeyId displayName policy"],
    ["sns/topicSubscription", "topic protocol endpoint", "filterPolicy rawMessageDelivery"],
    ["ssm/parameter", "name dataType", "value type description"],
    ["vpc/securityGroupIngressRule", "securityGroupId", "fromPort toPort ipProtocol description"],
    ["wafv2/ipSet", "name scope ipAddressVersion", "addresses description tags"],
    ["wafv2/webAcl", "name scope", "rules defaultAction visibilityConfig customResponseBodies description"],
    ["wafv2/webAclAssociation", "resourceArn webAclArn", ""],
    ["wafv2/webAclLoggingConfiguration", "resourceArn logDestinationConfigs", "redactedFields loggingFilter"],
  ];
  for (const [type, replace, update] of facts) {
    it(`replaces ${type} for ${replace}${update && `, and updates it for ${update}`}`, () => {
      for (const at of replace.split(" ")) assert.equal(effect(type, at), "replace", at);
      for (const at of update.split(" ").filter(Boolean)) assert.equal(effect(type, at), "update", at);
    });
  }

  it("depends on the resource in the cases that have rules", () => {
    const cases = typesWithChanges().flatMap((type) =>
      [...new Set(changesOf(type).when.map((rule) => rule.path))].map((at) => `${type.split(":")[1]} ${at}`),
    );
    assert.deepEqual(cases, [
      "ec2/instance enablePrimaryIpv6",
      "ec2/instance ephemeralBlockDevices",
      "ec2/instance privateDnsNameOptions",
      "ec2/instance userData",
      "ec2/instance userDataBase64",
      "ec2/natGateway availabilityZoneAddresses",
      "ec2/natGateway secondaryPrivateIpAddressCount",
      "ec2/subnet ipv6CidrBlock",
      "ec2/vpc instanceTenancy",
      "ec2/vpcEndpoint privateDnsEnabled",
      "lb/loadBalancer secondaryIpsAutoAssignedPerSubnet",
      "lb/loadBalancer securityGroups",
      "lb/loadBalancer subnetMappings",
      "lb/loadBalancer subnets",
      "ssm/parameter tier",
      ...["Egress", "Ingress"].flatMap((way) =>
        ["cidrIpv4", "cidrIpv6", "prefixListId", "referencedSecurityGroupId"].map(
          (source) => `vpc/securityGroup${way}Rule ${source}`,
        ),
      ),
    ]);
  });

  it("has no order in sets, and one in lists", () => {
    const sets = (type: string) => changesOf(token(type)).sets;
    assert.deepEqual(sets("lb/loadBalancer"), ["securityGroups", "subnetMappings", "subnets"]);
    assert.ok(sets("lb/listenerRule").includes("conditions.pathPattern.values"));
    assert.ok(!sets("lb/listenerRule").includes("actions"));
    assert.ok(sets("autoscaling/group").includes("vpcZoneIdentifiers"));
    assert.ok(!sets("autoscaling/group").includes("terminationPolicies"));
    assert.ok(sets("ec2/securityGroup").includes("ingress"));
    assert.ok(!sets("ec2/securityGroup").includes("ingress.cidrBlocks"));
    assert.ok(!sets("s3/bucketLifecycleConfiguration").includes("rules"));
  });

  it("is none where AWS computes what a program leaves out", () => {
    const computed = (type: string) => changesOf(token(type)).computed;
    assert.ok(computed("autoscaling/group").includes("desiredCapacity"));
    assert.ok(!computed("autoscaling/group").includes("healthCheckGracePeriod"));
    assert.ok(computed("lb/listenerRule").includes("priority"));
    assert.ok(!computed("lb/targetGroup").includes("deregistrationDelay"));
    assert.ok(computed("lb/targetGroup").includes("healthCheck.timeout"));
  });

  it("touches the state alone where AWS never hears of the input", () => {
    const locals = typesWithChanges().flatMap((type) =>
      changesOf(type).local.map((at) => `${type.split(":")[1]} ${at}`),
    );
    assert.ok(locals.includes("s3/bucket forceDestroy"));
    assert.ok(locals.includes("autoscaling/group waitForCapacityTimeout"));
    assert.ok(!locals.includes("lb/loadBalancer enableDeletionProtection"));
  });

  it("renews the versions of a launch template, and the mappings of a balancer whose subnets change", () => {
    assert.deepEqual(changesOf(token("ec2/launchTemplate")).renewed, {
      defaultVersion: {
        except: ["description", "name", "namePrefix"],
        is: { updateDefaultVersion: [true] },
      },
      latestVersion: {
        except: ["defaultVersion", "description", "name", "namePrefix", "updateDefaultVersion"],
      },
    });
    assert.deepEqual(changesOf(loadBalancer).renewed.subnetMappings?.inputs, ["subnets"]);
  });

  it("deletes first where a successor would be the same thing to AWS", () => {
    const types = typesWithChanges().filter((type) => changesOf(type).deleteFirst);
    assert.deepEqual(types, [token("ec2/securityGroupRule"), token("iam/rolePolicyAttachment")]);
  });
});
