import assert from "node:assert/strict";
import { Alarms, type AlarmsArgs, type AlarmsOptions } from "../../components/alarms";
import { balancerAlarms } from "../../components/lib/alarm-definitions";
import { endpointAlarms } from "../../components/lib/endpoint-alarm-definitions";
import { groupAlarms } from "../../components/lib/group-alarm-definitions";
import { type Sandbox, type SandboxOptions, sandboxMocks } from "../../sandbox";
import { built } from "../support/built";

const warningTopicArn = "arn:aws:sns:us-east-1:123456789012:ops-warning";
const criticalTopicArn = "arn:aws:sns:us-east-1:123456789012:ops-critical";
const told = { warningTopicArn, criticalTopicArn };
const arnSuffix = "app/edge/50dc6c495c0c9188";
const main = {
  loadBalancerArnSuffix: arnSuffix,
  targetGroupArnSuffix: "targetgroup/main/73e2d6bc24d8a067",
  minHealthy: 3,
};
const group = { name: "web-asg", minSize: 3 };
const certificateArns = { default: "arn:aws:acm:us-east-1:123456789012:certificate/0" };
const everything: AlarmsArgs = {
  ...told,
  loadBalancer: { arnSuffix, certificateArns },
  endpoints: { main },
  group,
};

function alarms(
  args: AlarmsArgs = everything,
  options: SandboxOptions = {},
  opts: AlarmsOptions = {},
): Promise<Sandbox> {
  return built(() => new Alarms("web", args, opts), options);
}

const ofEndpoint = [
  "web-main-error-ratio",
  "web-main-healthy-hosts-low",
  "web-main-latency-high",
  "web-main-unhealthy-hosts",
];
const ofGroup = ["web-cpu-high", "web-cpu-low", "web-in-service-low", "web-memory-high"];

describe("Alarms", () => {
  it("makes alarms for what it is given to watch, and no others", async () => {
    assert.deepEqual(
      (await alarms()).names,
      ["web", "web-balancer-errors", "web-default-certificate-expiry", ...ofEndpoint, ...ofGroup].sort(),
    );
    assert.deepEqual((await alarms({ ...told, loadBalancer: { arnSuffix } })).names, [
      "web",
      "web-balancer-errors",
    ]);
    assert.deepEqual((await alarms({ ...told, endpoints: { main } })).names, ["web", ...ofEndpoint]);
    assert.deepEqual((await alarms({ ...told, group })).names, ["web", ...ofGroup]);
  });

  it("is the parent of all it makes", async () => {
    const stack = await alarms();
    const parents = new Set(stack.registrations.filter(({ custom }) => custom).map(({ parent }) => parent));
    assert.deepEqual([...parents], [stack.resource("web").urn]);
    assert.equal(stack.resource("web").type, "evenkeel:index:Alarms");
  });

  it("watches what the definitions say, with their default thresholds", async () => {
    const stack = await alarms();
    const definitions = [
      ...balancerAlarms({ arnSuffix, errorHighPercent: 5, certificateArns, certificateExpiryDays: 30 }),
      ...endpointAlarms("main", { ...main, latencyHighSeconds: 1, errorHighPercent: 5 }),
      ...groupAlarms({ ...group, cpuHighPercent: 80, cpuLowPercent: 30, memoryHighPercent: 85 }),
    ];
    for (const { key, kind, meaning, severity, watch } of definitions) {
      const topic = severity === "critical" ? criticalTopicArn : warningTopicArn;
      assert.deepEqual(stack.inputs(`web-${key}`), {
        ...watch,
        alarmDescription: `${meaning} Runbook: docs/runbooks/${kind}.md`,
        actionsEnabled: true,
        alarmActions: [topic],
        okActions: [topic],
        tags: { severity, Name: `web-${key}` },
      });
    }
  });

  it("takes thresholds from its arguments", async () => {
    const stack = await alarms({
      ...told,
      loadBalancer: { arnSuffix, errorHighPercent: 1, certificateArns, certificateExpiryDays: 14 },
      endpoints: { main: { ...main, minHealthy: 1, latencyHighSeconds: 0.2, errorHighPercent: 2 } },
      group: { ...group, cpuHighPercent: 90, cpuLowPercent: 50, memoryHighPercent: 95 },
    });
    const thresholds = Object.fromEntries(
      stack.registrations
        .filter(({ custom }) => custom)
        .map(({ name, inputs }) => [name, inputs.threshold] as const),
    );
    assert.deepEqual(thresholds, {
      "web-balancer-errors": 1,
      "web-default-certificate-expiry": 14,
      "web-main-error-ratio": 2,
      "web-main-latency-high": 0.2,
      "web-main-unhealthy-hosts": 0,
      "web-main-healthy-hosts-low": 1,
      "web-cpu-high": 90,
      "web-cpu-low": 50,
      "web-memory-high": 95,
      "web-in-service-low": 3,
    });
  });

  it("links to the caller's runbooks", async () => {
    const stack = await alarms({ ...everything, runbookUrl: "https://example.com/runbooks/" });
    assert.equal(
      stack.inputs("web-cpu-high").alarmDescription,
      "The group's instances have used more than 80 % of their CPU for 5 minutes. " +
        "Runbook: https://example.com/runbooks/cpu-high.md",
    );
  });

  it("begins alarm names with the prefix", async () => {
    const stack = await alarms({ ...everything, namePrefix: "shop-production" });
    assert.equal(stack.inputs("web-cpu-high").name, "shop-production-web-cpu-high");
    assert.equal((await alarms()).inputs("web-cpu-high").name, undefined);
  });

  it("tells names and ARNs by what follows its own name", async () => {
    const stack = await alarms({ ...told, group });
    const outputs = (property: string) =>
      Object.fromEntries(
        ["cpu-high", "cpu-low", "memory-high", "in-service-low"].map((key) => [
          key,
          stack.outputs(`web-${key}`)[property],
        ]),
      );
    assert.deepEqual(stack.outputs("web"), { alarmArns: outputs("arn"), alarmNames: outputs("name") });
  });

  it("adds the user's tags, but says the severity itself", async () => {
    const stack = await alarms({
      ...told,
      group,
      tags: { owner: "platform", severity: "low", Name: "mine" },
    });
    assert.deepEqual(stack.inputs("web-in-service-low").tags, {
      owner: "platform",
      severity: "critical",
      Name: "web-in-service-low",
    });
  });

  it("gives the user the last word on each alarm", async () => {
    const stack = await alarms(
      everything,
      {},
      {
        transform: {
          alarms: {
            "main-latency-high": ({ args, opts }) => ({ args: { ...args, datapointsToAlarm: 3 }, opts }),
          },
        },
      },
    );
    const bent = stack.registrations
      .filter(({ inputs }) => inputs.datapointsToAlarm !== undefined)
      .map(({ name }) => name);
    assert.deepEqual(bent, ["web-main-latency-high"]);
  });

  describe("refuses", () => {
    const cases: [what: string, args: AlarmsArgs, problems: string[], name?: string][] = [
      [
        "nothing to watch",
        told,
        ["loadBalancer: needs one or more of loadBalancer, endpoints and group, got none"],
      ],
      [
        "thresholds out of range",
        {
          ...told,
          loadBalancer: {
            arnSuffix,
            errorHighPercent: -1,
            certificateArns: { "*": "arn:aws:acm:us-east-1:123456789012:certificate/0" },
            certificateExpiryDays: 0,
          },
          endpoints: { main: { ...main, minHealthy: 0, latencyHighSeconds: 0, errorHighPercent: 101 } },
          group: { ...group, minSize: 0.5, cpuHighPercent: 120, cpuLowPercent: -5, memoryHighPercent: 200 },
        },
        [
          "loadBalancer.errorHighPercent: must be a number from 0 to 100, got -1",
          'loadBalancer.certificateArns.*: key must be letters, digits and hyphens, beginning with a letter, got "*"',
          "loadBalancer.certificateExpiryDays: must be a whole number from 1 to 365, got 0",
          "endpoints.main.minHealthy: must be a whole number from 1 to 5000, got 0",
          "endpoints.main.errorHighPercent: must be a number from 0 to 100, got 101",
          "endpoints.main.latencyHighSeconds: must be more than 0, got 0",
          "group.minSize: must be a whole number from 1 to 5000, got 0.5",
          "group.cpuHighPercent: must be a number from 0 to 100, got 120",
          "group.cpuLowPercent: must be a number from 0 to 100, got -5",
          "group.memoryHighPercent: must be a number from 0 to 100, got 200",
        ],
      ],
      [
        "idle above busy",
        { ...told, group: { ...group, cpuLowPercent: 80 } },
        ["group.cpuLowPercent: must be less than cpuHighPercent, 80, got 80"],
      ],
      [
        "an endpoint AWS has no name for",
        { ...told, endpoints: { "a b": main } },
        ['endpoints.a b: key must be letters, digits and hyphens, beginning with a letter, got "a b"'],
      ],
      [
        "runbooks that are nowhere",
        { ...everything, runbookUrl: "" },
        ['runbookUrl: must be a folder such as "https://example.com/runbooks", got ""'],
      ],
      [
        "names that leave no room",
        { ...told, group, namePrefix: "a".repeat(33) },
        [
          "namePrefix: must have 32 characters or fewer, got 33",
          'name: must have 199 characters or fewer to leave room for "-in-service-low", got 200',
        ],
        "w".repeat(200),
      ],
    ];
    for (const [what, args, problems, name = "web"] of cases) {
      it(`${what}, before anything is made`, async () => {
        const sandbox = await sandboxMocks();
        assert.throws(() => new Alarms(name, args), {
          name: "ArgumentError",
          message: ["invalid arguments", ...problems.map((problem) => `  ${problem}`)].join("\n"),
        });
        await sandbox.settled();
        assert.deepEqual(sandbox.names, [name]);
      });
    }
  });
});
