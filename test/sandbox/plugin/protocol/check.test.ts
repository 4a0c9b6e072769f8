import assert from "node:assert/strict";
import type { Bag } from "../../../../sandbox/values";
import { UNKNOWN } from "../../../../sandbox/values";
import { type CheckOptions, type Connection, Plugin, secret } from "../client";

const topic = "aws:sns/topic:Topic";
const bucket = "aws:s3/bucket:Bucket";
const vpc = "aws:ec2/vpc:Vpc";
const alias = "aws:kms/alias:Alias";

describe("checking what a program asks for", () => {
  let plugin: Plugin;
  let provider: Connection;
  before(async () => {
    plugin = await Plugin.start();
    provider = await plugin.provider({
      region: "us-east-1",
      defaultTags: JSON.stringify({ tags: { team: "web" } }),
    });
  });
  after(() => plugin.close());

  const failures = async (type: string, news: Bag, options: CheckOptions = {}) =>
    (await provider.check(type, news, options)).failures;

  it("adds defaults, and notes which", async () => {
    const inputs = await provider.taken(vpc, { cidrBlock: "10.0.0.0/16" });
    assert.deepEqual(inputs, {
      cidrBlock: "10.0.0.0/16",
      enableDnsSupport: true,
      instanceTenancy: "default",
      region: "us-east-1",
      tagsAll: { team: "web" },
      __defaults: ["enableDnsSupport", "instanceTenancy"],
    });
  });

  it("adds the region and the tags of everything only where a type has them, and leaves a region given", async () => {
    const role = await provider.taken("aws:iam/instanceProfile:InstanceProfile", { tags: { a: "b" } });
    assert.deepEqual([role.region, role.tagsAll], [undefined, { a: "b", team: "web" }]);
    const policy = await provider.taken("aws:sns/topicPolicy:TopicPolicy", {
      arn: UNKNOWN,
      policy: UNKNOWN,
      region: "eu-west-1",
    });
    assert.deepEqual([policy.region, policy.tagsAll], ["eu-west-1", undefined]);
  });

  it("knows not all tags when one is unknown", async () => {
    const { tagsAll } = await provider.taken(vpc, { cidrBlock: "10.0.0.0/16", tags: { a: UNKNOWN } });
    assert.equal(tagsAll, UNKNOWN);
  });

  describe("names", () => {
    const hex = (prefix: string) => new RegExp(`^${prefix}-[0-9a-f]{7}$`);

    it("a resource after the program's name for it, with an end made from the seed", async () => {
      const [one, same, other] = await Promise.all(
        ["a", "a", "b"].map((seed) => provider.taken(topic, {}, { name: "alarms", seed })),
      );
      assert.match(String(one?.name), hex("alarms"));
      assert.equal(one?.name, same?.name);
      assert.notEqual(one?.name, other?.name);
      assert.deepEqual((one as { __defaults: string[] }).__defaults.includes("name"), true);
    });

    it("it anew each time without a seed", async () => {
      const [one, other] = [
        await provider.taken(topic, {}, { seed: "" }),
        await provider.taken(topic, {}, { seed: "" }),
      ];
      assert.notEqual(one.name, other.name);
    });

    it("it as before if that name was made too", async () => {
      const olds = await provider.taken(topic, {}, { seed: "a" });
      const inputs = await provider.taken(topic, { displayName: "x" }, { seed: "b", olds });
      assert.equal(inputs.name, olds.name);
      assert.deepEqual((inputs.__defaults as string[]).includes("name"), true);
    });

    it("it as before if nobody noted how that name came about", async () => {
      const { name } = await provider.taken(topic, {}, { olds: { name: "imported" } });
      assert.equal(name, "imported");
    });

    it("it anew if the program gave the name before", async () => {
      const olds = await provider.taken(topic, { name: "given" });
      const { name } = await provider.taken(topic, {}, { name: "alarms", olds });
      assert.match(String(name), hex("alarms"));
    });

    it("nothing the program names itself, by a whole name or its start", async () => {
      const whole = await provider.taken(topic, { name: "mine" });
      assert.deepEqual([whole.name, (whole.__defaults as string[]).includes("name")], ["mine", false]);
      const started = await provider.taken(topic, { namePrefix: "mine-" });
      assert.deepEqual([started.name, started.namePrefix], [undefined, "mine-"]);
      const unknown = await provider.taken(topic, { name: UNKNOWN });
      assert.equal(unknown.name, UNKNOWN);
    });

    it("it as proposed, in the form AWS takes", async () => {
      const autonaming = { proposedName: "Proposed", mode: "PROPOSE" } as const;
      assert.equal((await provider.taken(topic, {}, { autonaming })).name, "Proposed");
      assert.equal((await provider.taken(bucket, {}, { autonaming })).bucket, "proposed");
      const named = await provider.taken(alias, { targetKeyId: UNKNOWN }, { autonaming });
      assert.equal(named.name, "alias/Proposed");
    });

    it("it exactly as proposed where that is enforced", async () => {
      const autonaming = { proposedName: "proposed", mode: "ENFORCE" } as const;
      assert.equal((await provider.taken(bucket, {}, { autonaming })).bucket, "proposed");
      const upper = { autonaming: { ...autonaming, proposedName: "Proposed" } };
      assert.deepEqual(
        (await failures(bucket, {}, upper)).map(({ property }) => property),
        ["bucket"],
      );
    });

    it("it not as proposed if it has a name", async () => {
      const autonaming = { proposedName: "proposed", mode: "ENFORCE" } as const;
      assert.equal((await provider.taken(topic, { name: "mine" }, { autonaming })).name, "mine");
      const olds = { name: "made", __defaults: ["name"] };
      assert.equal((await provider.taken(topic, {}, { autonaming, olds })).name, "made");
    });

    it("nothing where that is disabled", async () => {
      const autonaming = { proposedName: "", mode: "DISABLE" } as const;
      const reason = "automatic naming is disabled but no explicit name was provided";
      assert.deepEqual(await failures(topic, {}, { autonaming }), [{ property: "name", reason }]);
      assert.deepEqual(await failures(topic, { name: "mine" }, { autonaming }), []);
      assert.deepEqual(await failures(topic, { namePrefix: "mine" }, { autonaming }), []);
      assert.deepEqual(await failures(vpc, { cidrBlock: "10.0.0.0/16" }, { autonaming }), []);
    });

    it("nothing with a proposal that is too long", async () => {
      const proposedName = "p".repeat(64);
      const autonaming = { proposedName, mode: "PROPOSE" } as const;
      const reason = `calculated name '${proposedName}' exceeds maximum length of 63`;
      assert.deepEqual(await failures(bucket, {}, { autonaming }), [{ property: "bucket", reason }]);
    });

    it("nothing when the program's own name is too long", async () => {
      const found = await failures(bucket, {}, { name: "n".repeat(60) });
      assert.deepEqual(
        found.map(({ property }) => property),
        ["bucket"],
      );
      assert.match(found[0]?.reason ?? "", /longer than maximum length 63$/);
    });
  });

  it("refuses a property the type does not have, however deep, also one every object has", async () => {
    const paths = async (type: string, news: Bag) =>
      (await failures(type, news)).map(({ property }) => property);
    assert.deepEqual(await paths(topic, { nmae: "x" }), ["nmae"]);
    assert.deepEqual(await paths(topic, { constructor: "x" } as unknown as Bag), ["constructor"]);
    const targets = { healthCheck: { paht: "/" }, port: 80, protocol: "HTTP", vpcId: UNKNOWN };
    assert.deepEqual(await paths("aws:lb/targetGroup:TargetGroup", targets), ["healthCheck.paht"]);
  });

  it("refuses a value AWS's provider would refuse, and says where", async () => {
    const found = await failures("aws:cloudwatch/logGroup:LogGroup", { retentionInDays: "soon" });
    assert.deepEqual(found, [
      { property: "retentionInDays", reason: "expected number type, got string type" },
    ]);
  });

  it("judges of an update only what AWS would be sent: the size of a group stays with the group", async () => {
    const group = "aws:autoscaling/group:Group";
    const olds = {
      name: "web",
      ...{ minSize: 1, maxSize: 3, desiredCapacity: 1 },
      vpcZoneIdentifiers: ["subnet-0123456789abcdef0"],
      launchTemplate: { id: "lt-0123456789abcdef0", version: "1" },
    };
    const news = { ...olds, minSize: 2 };
    assert.deepEqual(await failures(group, news, { olds }), []);
    assert.deepEqual(await failures(group, news), [
      {
        property: "desiredCapacity",
        reason: "ValidationError: Desired capacity:1 must be between the specified min size:2 and max size:3",
      },
    ]);
  });

  it("refuses a type the model does not know, and leaves its inputs alone", async () => {
    const type = "aws:sqs/queue:Queue";
    assert.deepEqual(await provider.check(type, { a: 1 }), {
      inputs: { a: 1 },
      failures: [
        {
          property: "",
          reason:
            `the model of AWS does not know ${type}: add "sqs/queue" to sandbox/tools/types.ts ` +
            "and run npm run model",
        },
      ],
    });
  });

  it("does not look at what there is in the account", async () => {
    await provider.make(topic, { name: "taken" });
    assert.deepEqual(await failures(topic, { name: "taken" }, { name: "other" }), []);
  });

  it("drops what is null", async () => {
    const inputs = await provider.taken(topic, { name: "t", displayName: null, tags: null });
    assert.deepEqual([inputs.displayName, inputs.tags], [undefined, undefined]);
  });

  for (const [form, sentinel] of Object.entries({
    boolean: "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
    number: "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
    text: "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
    list: "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
    asset: "030794c1-ac77-496b-92df-f27374a8bd58",
    archive: "e48ece36-62e2-4504-bad9-02848725956a",
    object: "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
  })) {
    it(`takes the unknown ${form} for unknown, also inside lists and objects`, async () => {
      const inputs = await provider.taken("aws:cloudwatch/metricAlarm:MetricAlarm", {
        comparisonOperator: "GreaterThanThreshold",
        evaluationPeriods: sentinel,
        metricName: "m",
        namespace: "n",
        period: 60,
        statistic: "Sum",
        threshold: 1,
        alarmActions: [sentinel],
        dimensions: { InstanceId: sentinel },
        tags: sentinel,
      });
      assert.deepEqual(
        [inputs.evaluationPeriods, inputs.alarmActions, inputs.dimensions, inputs.tags, inputs.tagsAll],
        [UNKNOWN, [UNKNOWN], { InstanceId: UNKNOWN }, UNKNOWN, UNKNOWN],
      );
    });
  }

  it("keeps secrets where they are, known or not", async () => {
    const inputs = await provider.taken("aws:cloudwatch/metricAlarm:MetricAlarm", {
      comparisonOperator: "GreaterThanThreshold",
      evaluationPeriods: 1,
      metricName: secret("m"),
      namespace: secret(UNKNOWN),
      period: 60,
      statistic: "Sum",
      threshold: 1,
      alarmActions: ["arn:aws:sns:us-east-1:123456789012:a", secret("arn:aws:sns:us-east-1:123456789012:b")],
      dimensions: secret({ InstanceId: "i-1" }),
    });
    assert.deepEqual(
      [inputs.metricName, inputs.namespace, inputs.alarmActions, inputs.dimensions],
      [
        secret("m"),
        secret(UNKNOWN),
        ["arn:aws:sns:us-east-1:123456789012:a", secret("arn:aws:sns:us-east-1:123456789012:b")],
        secret({ InstanceId: "i-1" }),
      ],
    );
  });

  it("keeps a secret tag secret among all tags, and all of them where one secret is unknown", async () => {
    const { tags, tagsAll } = await provider.taken(topic, { tags: { "a.b": secret("x"), c: "y" } });
    assert.deepEqual(tags, { "a.b": secret("x"), c: "y" });
    assert.deepEqual(tagsAll, { "a.b": secret("x"), c: "y", team: "web" });
    const unknown = await provider.taken(topic, { tags: { a: secret(UNKNOWN) } });
    assert.deepEqual(unknown.tagsAll, secret(UNKNOWN));
  });

  it("makes the whole text secret when a secret in a document becomes part of it", async () => {
    const statement = {
      Effect: "Allow",
      Principal: { AWS: secret("123456789012") },
      Action: "sts:AssumeRole",
    };
    const { assumeRolePolicy } = await provider.taken("aws:iam/role:Role", {
      assumeRolePolicy: { Version: "2012-10-17", Statement: [statement] },
    });
    const text = JSON.stringify({
      Statement: [{ Action: "sts:AssumeRole", Effect: "Allow", Principal: { AWS: "123456789012" } }],
      Version: "2012-10-17",
    });
    assert.deepEqual(assumeRolePolicy, secret(text));
  });

  it("takes for a secret what is one in any case", async () => {
    const { value } = await provider.taken("aws:ssm/parameter:Parameter", { type: "String", value: "v" });
    assert.deepEqual(value, secret("v"));
  });
});
