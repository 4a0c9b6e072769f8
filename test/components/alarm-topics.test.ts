import assert from "node:assert/strict";
import { AlarmTopics, type AlarmTopicsArgs, type AlarmTopicsOptions } from "../../components/alarm-topics";
import { alarmKeyPolicy, alarmTopicPolicy } from "../../components/lib/alarm-policies";
import { type Sandbox, type SandboxOptions, sandboxMocks, UNKNOWN } from "../../sandbox";
import { built } from "../support/built";

const account = "123456789012";

function topics(
  args: AlarmTopicsArgs = {},
  options: SandboxOptions = {},
  opts: AlarmTopicsOptions = {},
): Promise<Sandbox> {
  return built(() => new AlarmTopics("ops", args, opts), options);
}

const always = [
  "ops",
  "ops-critical",
  "ops-critical-policy",
  "ops-key",
  "ops-key-alias",
  "ops-warning",
  "ops-warning-policy",
];

describe("AlarmTopics", () => {
  it("makes a key and two topics", async () => {
    const stack = await topics();
    assert.deepEqual(stack.names, always);
  });

  it("is the parent of all it makes", async () => {
    const stack = await topics({ emails: ["ops@example.com"] });
    const parents = new Set(stack.registrations.filter(({ custom }) => custom).map(({ parent }) => parent));
    assert.deepEqual([...parents], [stack.resource("ops").urn]);
    assert.equal(stack.resource("ops").type, "evenkeel:index:AlarmTopics");
  });

  it("encrypts both topics with a key of their own that alarms may use", async () => {
    const stack = await topics();
    const { policy, ...key } = stack.inputs("ops-key");
    assert.deepEqual(key, {
      description: "Alarm messages of ops",
      enableKeyRotation: true,
      deletionWindowInDays: 30,
      tags: { Name: "ops-key" },
    });
    assert.deepEqual(JSON.parse(String(policy)), alarmKeyPolicy({ partition: "aws", accountId: account }));
    assert.deepEqual(stack.inputs("ops-key-alias"), { targetKeyId: stack.outputs("ops-key").keyId });
    for (const name of ["ops-warning", "ops-critical"]) {
      assert.deepEqual(stack.inputs(name), {
        kmsMasterKeyId: stack.outputs("ops-key").arn,
        tags: { Name: name },
      });
    }
  });

  it("lets alarms publish to each topic", async () => {
    const stack = await topics({}, { region: "eu-west-1" });
    for (const name of ["ops-warning", "ops-critical"]) {
      const { arn, policy } = stack.inputs(`${name}-policy`);
      assert.equal(arn, stack.outputs(name).arn);
      assert.deepEqual(JSON.parse(String(policy)), alarmTopicPolicy(String(arn), account));
    }
  });

  it("shows its policies in a first preview, before the topics have ARNs", async () => {
    const stack = await topics({ namePrefix: "shop" }, { mode: "preview" });
    const { arn, policy } = stack.inputs("ops-warning-policy");
    assert.equal(arn, UNKNOWN);
    assert.deepEqual(
      JSON.parse(String(policy)),
      alarmTopicPolicy(`arn:aws:sns:us-east-1:${account}:shop-ops-warning`, account),
    );
    assert.deepEqual(
      JSON.parse(String(stack.inputs("ops-key").policy)),
      alarmKeyPolicy({ partition: "aws", accountId: account }),
    );
  });

  it("begins names with the prefix", async () => {
    const stack = await topics({ namePrefix: "shop" });
    assert.equal(stack.inputs("ops-key-alias").name, "alias/shop-ops-key");
    assert.equal(stack.inputs("ops-warning").name, "shop-ops-warning");
    assert.equal(stack.inputs("ops-critical").name, "shop-ops-critical");
  });

  it("writes to each address from both topics, wherever in the list it stands", async () => {
    const one = await topics({ emails: ["ops@example.com"] });
    const subscriptions = ["ops-critical-ops-example-com-3e95443", "ops-warning-ops-example-com-3e95443"];
    assert.deepEqual(one.names, [...always, ...subscriptions].sort());
    assert.deepEqual(one.inputs("ops-warning-ops-example-com-3e95443"), {
      topic: one.outputs("ops-warning").arn,
      protocol: "email",
      endpoint: "ops@example.com",
    });
    const two = await topics({ emails: ["first@example.com", "ops@example.com"] });
    assert.deepEqual(
      two.names.filter((name) => subscriptions.includes(name)),
      subscriptions,
    );
  });

  it("tells the ARNs of topics and key", async () => {
    const stack = await topics();
    assert.deepEqual(stack.outputs("ops"), {
      warningTopicArn: stack.outputs("ops-warning").arn,
      criticalTopicArn: stack.outputs("ops-critical").arn,
      keyArn: stack.outputs("ops-key").arn,
    });
  });

  it("adds the user's tags to key and topics", async () => {
    const stack = await topics({ tags: { owner: "platform", Name: "mine" } });
    for (const name of ["ops-key", "ops-warning", "ops-critical"]) {
      assert.deepEqual(stack.inputs(name).tags, { owner: "platform", Name: name });
    }
  });

  it("gives the user the last word on key and topics", async () => {
    const stack = await topics(
      {},
      {},
      {
        transform: {
          key: ({ args, opts }) => ({ args: { ...args, deletionWindowInDays: 7 }, opts }),
          warningTopic: ({ args, opts }) => ({ args: { ...args, displayName: "Warnings" }, opts }),
          criticalTopic: ({ args, opts }) => ({ args, opts: { ...opts, protect: true } }),
        },
      },
    );
    assert.equal(stack.inputs("ops-key").deletionWindowInDays, 7);
    assert.equal(stack.inputs("ops-warning").displayName, "Warnings");
    assert.equal(stack.inputs("ops-critical").displayName, undefined);
    assert.equal(stack.resource("ops-critical").protect, true);
  });

  describe("refuses", () => {
    const cases: [what: string, args: AlarmTopicsArgs, problems: string[], name?: string][] = [
      [
        "what is no email address, or is there twice",
        { emails: ["ops", "ops@example.com", "OPS@example.com"] },
        [
          'emails[0]: must be an email address, got "ops"',
          'emails[2]: must be named once, got "OPS@example.com" again',
        ],
      ],
      [
        "a prefix AWS does not take",
        { namePrefix: "-shop" },
        ['namePrefix: must be letters, digits and hyphens, beginning with a letter, got "-shop"'],
      ],
      [
        "a name that leaves no room",
        {},
        ['name: must have 199 characters or fewer to leave room for "-key-alias", got 200'],
        "o".repeat(200),
      ],
    ];
    for (const [what, args, problems, name = "ops"] of cases) {
      it(`${what}, before anything is made`, async () => {
        const sandbox = await sandboxMocks();
        assert.throws(() => new AlarmTopics(name, args), {
          name: "ArgumentError",
          message: ["invalid arguments", ...problems.map((problem) => `  ${problem}`)].join("\n"),
        });
        await sandbox.settled();
        assert.deepEqual(sandbox.names, [name]);
      });
    }
  });
});
