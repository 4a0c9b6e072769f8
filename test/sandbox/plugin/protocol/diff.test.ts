import assert from "node:assert/strict";
import { type Bag, UNKNOWN } from "../../../../sandbox/values";
import { type Connection, Plugin, type Resource } from "../client";

const topic = "aws:sns/topic:Topic";
const vpc = "aws:ec2/vpc:Vpc";
const alarm = "aws:cloudwatch/metricAlarm:MetricAlarm";
const logs = "aws:cloudwatch/logGroup:LogGroup";
const ingress = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";

const topicArn = (name: string) => `arn:aws:sns:us-east-1:123456789012:${name}`;

const alarmArgs: Bag = {
  comparisonOperator: "GreaterThanThreshold",
  evaluationPeriods: 2,
  metricName: "m",
  namespace: "n",
  period: 60,
  statistic: "Sum",
  threshold: 1,
  alarmActions: [topicArn("a"), topicArn("b")],
};

describe("comparing what a program asks for with what there is", () => {
  let plugin: Plugin;
  let provider: Connection;
  beforeEach(async () => {
    plugin = await Plugin.start();
    provider = await plugin.provider();
  });
  afterEach(() => plugin.close());

  const none = { changes: "none", replaces: [], diffs: [], deleteBeforeReplace: false, details: {} };

  /** A resource whose outputs have changed elsewhere, as a refresh finds them. */
  const drifted = (resource: Resource, outputs: Bag): Resource => ({
    ...resource,
    outputs: { ...resource.outputs, ...outputs },
  });

  it("finds nothing when nothing has changed", async () => {
    const made = await provider.make(alarm, alarmArgs);
    assert.deepEqual(await provider.compare(made, alarmArgs), none);
  });

  it("finds nothing when mutual TLS is said to be off, and nothing when it is no longer said to be on", async () => {
    const elb = "arn:aws:elasticloadbalancing:us-east-1:123456789012";
    const args: Bag = {
      loadBalancerArn: `${elb}:loadbalancer/app/a/1`,
      port: 443,
      protocol: "HTTPS",
      certificateArn: "arn:aws:acm:us-east-1:123456789012:certificate/1",
      defaultActions: [
        { type: "fixed-response", fixedResponse: { contentType: "text/plain", statusCode: "404" } },
      ],
    };
    const off: Bag = { ...args, mutualAuthentication: { mode: "off" } };
    const verify: Bag = { mode: "verify", trustStoreArn: `${elb}:truststore/a/1` };
    const silent = await provider.make("aws:lb/listener:Listener", args);
    assert.deepEqual(await provider.compare(silent, off), none);
    const on = await provider.make("aws:lb/listener:Listener", {
      ...args,
      port: 444,
      mutualAuthentication: verify,
    });
    assert.deepEqual(await provider.compare(on, { ...args, port: 444 }), none);
    assert.deepEqual((await provider.compare(on, { ...off, port: 444 })).details, {
      "mutualAuthentication.mode": "UPDATE",
      "mutualAuthentication.trustStoreArn": "DELETE",
    });
  });

  it("finds what is added, changed and taken away", async () => {
    const made = await provider.make(topic, { name: "t", displayName: "d", tracingConfig: "Active" });
    const diff = await provider.compare(made, {
      name: "t",
      displayName: "e",
      tracingConfig: "Active",
      deliveryPolicy: "{}",
    });
    assert.deepEqual(diff.details, { deliveryPolicy: "ADD", displayName: "UPDATE" });
    const less = await provider.compare(made, { name: "t", tracingConfig: "Active" });
    assert.deepEqual(
      [less.changes, less.diffs, less.details],
      ["some", ["displayName"], { displayName: "DELETE" }],
    );
  });

  it("names places inside objects, maps and lists", async () => {
    const made = await provider.make(alarm, {
      ...alarmArgs,
      dimensions: { Group: "g", Zone: "z" },
      tags: { "a.b": "c" },
    });
    const diff = await provider.compare(made, {
      ...alarmArgs,
      dimensions: { Group: "h" },
      tags: { "a.b": "c", "d e": "f" },
    });
    assert.deepEqual(diff.details, {
      "dimensions.Group": "UPDATE",
      "dimensions.Zone": "DELETE",
      'tags["d e"]': "ADD",
      'tagsAll["d e"]': "ADD",
    });
    assert.deepEqual([...diff.diffs].sort(), ["dimensions", "tags", "tagsAll"]);
  });

  it("does not mind the order of a set", async () => {
    const made = await provider.make(alarm, alarmArgs);
    const turned = { ...alarmArgs, alarmActions: [topicArn("b"), topicArn("a")] };
    assert.deepEqual(await provider.compare(made, turned), none);
  });

  it("finds what comes into a set and what leaves it", async () => {
    const made = await provider.make(alarm, alarmArgs);
    const other = { ...alarmArgs, alarmActions: [topicArn("b"), topicArn("c"), topicArn("d")] };
    const { details } = await provider.compare(made, other);
    assert.deepEqual(details, {
      "alarmActions[0]": "DELETE",
      "alarmActions[1]": "ADD",
      "alarmActions[2]": "ADD",
    });
  });

  it("does not mind how a document is written", async () => {
    const policy = (statement: Bag) =>
      JSON.stringify({ Version: "2012-10-17", Statement: statement as never });
    const news = (document: string) => ({ assumeRolePolicy: document });
    const made = await provider.make(
      "aws:iam/role:Role",
      news(
        policy({ Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" }),
      ),
    );
    const same = policy([
      { Action: ["sts:AssumeRole"], Effect: "Allow", Principal: { Service: ["ec2.amazonaws.com"] } },
    ] as never);
    assert.deepEqual(await provider.compare(made, news(same)), none);
    const other = policy({
      Effect: "Deny",
      Principal: { Service: "ec2.amazonaws.com" },
      Action: "sts:AssumeRole",
    });
    assert.deepEqual((await provider.compare(made, news(other))).details, { assumeRolePolicy: "UPDATE" });
  });

  it("does not mind whether a number is a text, in what is asked for and in what there is", async () => {
    const made = await provider.make(logs, { name: "l", retentionInDays: 30 });
    assert.deepEqual(await provider.compare(made, { name: "l", retentionInDays: "30" }), none);
    assert.deepEqual(
      await provider.compare(drifted(made, { retentionInDays: "30" }), { name: "l", retentionInDays: 30 }),
      none,
    );
  });

  it("finds that a value will only be known later", async () => {
    const made = await provider.make(logs, { name: "l" });
    const { details } = await provider.compare(made, { name: "l", kmsKeyId: UNKNOWN });
    assert.deepEqual(details, { kmsKeyId: "ADD" });
  });

  it("does not miss what AWS computes when it is left out", async () => {
    const made = await provider.make(vpc, { cidrBlock: "10.0.0.0/16", enableDnsHostnames: true });
    assert.deepEqual(await provider.compare(made, { cidrBlock: "10.0.0.0/16" }), none);
  });

  it("sees what has been changed elsewhere, once the state knows it", async () => {
    const news = { name: "l", retentionInDays: 30, tags: { a: "b" } };
    const made = await provider.make(logs, news);
    const changed = drifted(made, {
      retentionInDays: 7,
      kmsKeyId: "arn:aws:kms:us-east-1:123456789012:key/k",
      tags: { a: "c", new: "x" },
    });
    const { details } = await provider.compare(changed, news);
    assert.deepEqual(details, {
      retentionInDays: "UPDATE",
      kmsKeyId: "DELETE",
      "tags.a": "UPDATE",
      "tags.new": "DELETE",
    });
  });

  describe("replaces a resource", () => {
    it("for the properties AWS cannot change, and no others", async () => {
      const made = await provider.make(vpc, { cidrBlock: "10.0.0.0/16" });
      const diff = await provider.compare(made, { cidrBlock: "10.1.0.0/16", enableDnsSupport: false });
      assert.deepEqual(diff, {
        changes: "some",
        replaces: ["cidrBlock"],
        diffs: ["cidrBlock", "enableDnsSupport"],
        deleteBeforeReplace: false,
        details: { cidrBlock: "UPDATE_REPLACE", enableDnsSupport: "UPDATE" },
      });
    });

    it("where a property comes or goes that AWS cannot change", async () => {
      const endpoint = (more: Bag) =>
        ({ vpcId: "vpc-1", serviceName: "com.amazonaws.us-east-1.s3", ...more }) as Bag;
      const type = "aws:ec2/vpcEndpoint:VpcEndpoint";
      const without = await provider.make(type, endpoint({}), "a");
      const withIt = await provider.make(
        type,
        endpoint({ autoAccept: true, serviceRegion: "us-east-1" }),
        "b",
      );
      assert.deepEqual(
        (await provider.compare(without, endpoint({ serviceRegion: "us-east-1" }))).details.serviceRegion,
        "ADD_REPLACE",
      );
      assert.deepEqual((await provider.compare(withIt, endpoint({}))).details, { autoAccept: "DELETE" });
    });

    it("in some cases only, as AWS's provider decides", async () => {
      const rule = { securityGroupId: "sg-1", ipProtocol: "tcp", fromPort: 443, toPort: 443 };
      const made = await provider.make(ingress, { ...rule, cidrIpv4: "10.0.0.0/16" });
      const wider = await provider.compare(made, { ...rule, cidrIpv4: "10.0.0.0/8" });
      assert.deepEqual(wider.details, { cidrIpv4: "UPDATE" });
      const other = await provider.compare(made, { ...rule, cidrIpv6: "2001:db8::/32" });
      assert.deepEqual(other.details, { cidrIpv4: "DELETE_REPLACE", cidrIpv6: "ADD_REPLACE" });
    });

    it("when the provider's region changes, or its own", async () => {
      const made = await provider.make(topic, { name: "t" });
      const west = await plugin.provider({ region: "us-west-2" });
      for (const diff of [
        await west.compare(made, { name: "t" }),
        await provider.compare(made, { name: "t", region: "us-west-2" }),
      ]) {
        assert.deepEqual([diff.replaces, diff.details], [["region"], { region: "UPDATE_REPLACE" }]);
      }
    });

    it("not when the provider's region changes and it stands in none", async () => {
      const type = "aws:iam/instanceProfile:InstanceProfile";
      const made = await provider.make(type, { name: "p" });
      const west = await plugin.provider({ region: "us-west-2" });
      assert.deepEqual(await west.compare(made, { name: "p" }), none);
    });

    it("after deleting it if the program names it, as the new one could not have the name", async () => {
      const named = await provider.make(topic, { name: "t" }, "a");
      const [fifo, renamed] = [{ name: "t.fifo", fifoTopic: true }, { name: "u" }];
      assert.equal((await provider.compare(named, fifo)).deleteBeforeReplace, true);
      assert.equal((await provider.compare(named, renamed)).deleteBeforeReplace, true);
      assert.equal(
        (await provider.compare(named, { name: "t", displayName: "d" })).deleteBeforeReplace,
        false,
      );
    });

    it("before deleting it if the name is made up", async () => {
      const made = await provider.make(logs, {}, "a");
      const started = await provider.make(logs, { namePrefix: "p" }, "b");
      const bigger = { logGroupClass: "INFREQUENT_ACCESS" };
      for (const diff of [
        await provider.compare(made, bigger),
        await provider.compare(started, { ...bigger, namePrefix: "p" }),
      ]) {
        assert.deepEqual([diff.replaces, diff.deleteBeforeReplace], [["logGroupClass"], false]);
      }
    });

    it("after deleting it where the two would be the same thing in AWS", async () => {
      const args = { role: "r", policyArn: "arn:aws:iam::aws:policy/ReadOnlyAccess" };
      const made = await provider.make("aws:iam/rolePolicyAttachment:RolePolicyAttachment", args);
      const diff = await provider.compare(made, { ...args, role: "s" });
      assert.deepEqual([diff.replaces, diff.deleteBeforeReplace], [["role"], true]);
    });
  });

  describe("ignores", () => {
    const news = { name: "t", tags: { a: "1", b: "2" }, displayName: "d" };
    const changed = { name: "t", tags: { a: "9", b: "9", c: "9" }, displayName: "e" };

    for (const [path, left] of Object.entries({
      tags: { displayName: "UPDATE" },
      "tags.a": {
        "tags.b": "UPDATE",
        "tags.c": "ADD",
        "tagsAll.b": "UPDATE",
        "tagsAll.c": "ADD",
        displayName: "UPDATE",
      },
      'tags["b"]': {
        "tags.a": "UPDATE",
        "tags.c": "ADD",
        "tagsAll.a": "UPDATE",
        "tagsAll.c": "ADD",
        displayName: "UPDATE",
      },
      "tags.*": { displayName: "UPDATE" },
      "*": {},
    })) {
      it(`changes at ${path}`, async () => {
        const made = await provider.make(topic, news);
        assert.deepEqual((await provider.compare(made, changed, [path])).details, left);
      });
    }

    it("changes in members of lists", async () => {
      const rule = (value: string, port: number) => ({
        type: "redirect",
        redirect: { statusCode: "HTTP_301", host: value, port: String(port) },
      });
      const args = {
        loadBalancerArn: "arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/a/1",
      };
      const type = "aws:lb/listener:Listener";
      const made = await provider.make(type, { ...args, port: 80, defaultActions: [rule("a", 1)] });
      const other = { ...args, port: 80, defaultActions: [rule("b", 2)] };
      const compared = async (path: string) =>
        Object.keys((await provider.compare(made, other, [path])).details);
      assert.deepEqual(await compared("defaultActions[0].redirect.host"), [
        "defaultActions[0].redirect.port",
      ]);
      assert.deepEqual(await compared("defaultActions[*].redirect.port"), [
        "defaultActions[0].redirect.host",
      ]);
      assert.deepEqual(await compared("defaultActions[0]"), []);
      assert.deepEqual(await compared("defaultActions[7]"), [
        "defaultActions[0].redirect.host",
        "defaultActions[0].redirect.port",
      ]);
    });

    it("what would replace the resource", async () => {
      const made = await provider.make(vpc, { cidrBlock: "10.0.0.0/16" });
      const diff = await provider.compare(made, { cidrBlock: "10.1.0.0/16" }, ["cidrBlock"]);
      assert.deepEqual(diff, none);
    });

    it("what has been changed elsewhere, also when all around it is gone", async () => {
      const made = await provider.make(topic, { name: "t", tags: { a: "1" } });
      const bare = drifted(made, { tags: {}, tagsAll: {} });
      assert.deepEqual(await provider.compare(bare, { name: "t", tags: { a: "1" } }, ["tags.a"]), none);
    });
  });

  describe("compares the tags of everything", () => {
    const tagging = (tags: Bag) =>
      plugin.provider({ region: "us-east-1", defaultTags: JSON.stringify({ tags }) });

    it("that came, changed and went", async () => {
      const made = await (await tagging({ a: "1", b: "2" })).make(topic, { name: "t" });
      const diff = await (await tagging({ b: "3", c: "4" })).compare(made, { name: "t" });
      assert.deepEqual(diff.details, { "tagsAll.a": "DELETE", "tagsAll.b": "UPDATE", "tagsAll.c": "ADD" });
      assert.deepEqual(diff.diffs, ["tagsAll"]);
    });

    it("but not one that a resource's own outdoes", async () => {
      const news = { name: "t", tags: { a: "own" } };
      const made = await (await tagging({ a: "1" })).make(topic, news);
      assert.deepEqual(await (await tagging({ a: "2" })).compare(made, news), none);
    });

    it("with names like those every object has", async () => {
      const made = await provider.make(topic, { name: "t" });
      const tagged = await tagging({ constructor: "1", toString: "2" } as never);
      const { details } = await tagged.compare(made, { name: "t" });
      assert.deepEqual(details, { "tagsAll.constructor": "ADD", "tagsAll.toString": "ADD" });
    });
  });
});
