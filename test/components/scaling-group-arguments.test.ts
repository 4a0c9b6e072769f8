import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { ArgumentError } from "../../components/lib/problems";
import { ScalingGroup, type ScalingGroupArgs } from "../../components/scaling-group/scaling-group";
import { built } from "../support/built";
import { refused } from "../support/refused";

const args: ScalingGroupArgs = {
  vpcId: "vpc-0a1b2c3d4e5f60718",
  subnetIds: ["subnet-0a1b2c3d4e5f60711", "subnet-0a1b2c3d4e5f60712"],
  maxSize: 10,
};

/** Arguments as another language, or a configuration file, might give them. */
type Loose = { readonly [Key in keyof ScalingGroupArgs]?: unknown };

const cases: readonly [title: string, given: Loose, faults: readonly string[]][] = [
  [
    "one instance where that was not accepted",
    { minSize: 1 },
    [`minSize: must be 2 or more unless singleInstance is "accepted", got 1`],
  ],
  ["no instance", { minSize: 0 }, ["minSize: must be a whole number from 2 to 5000, got 0"]],
  [
    "no instance where one is accepted",
    { minSize: 0, singleInstance: "accepted" },
    ["minSize: must be a whole number from 1 to 5000, got 0"],
  ],
  ["a part of an instance", { maxSize: 2.5 }, ["maxSize: must be a whole number from 1 to 5000, got 2.5"]],
  [
    "fewer at most than at least",
    { minSize: 4, maxSize: 3 },
    ["maxSize: must be at least minSize, 4, got 3"],
  ],
  [
    "more to begin with than at most",
    { desiredCapacity: 11 },
    ["desiredCapacity: must be a whole number from 2 to 10, got 11"],
  ],
  [
    "an unknown answer to whether one instance is enough",
    { singleInstance: "yes" },
    [`singleInstance: must be one of "refused", "accepted", got "yes"`],
  ],
  ["one subnet", { subnetIds: ["subnet-0a1b2c3d4e5f60711"] }, ["subnetIds: needs 2 or more, got 1"]],
  [
    "no subnet for one instance",
    { subnetIds: [], minSize: 1, singleInstance: "accepted" },
    ["subnetIds: needs 1 or more, got 0"],
  ],
  ["no instance type", { instanceTypes: [] }, ["instanceTypes: needs 1 or more, got 0"]],
  [
    "a type that is none",
    { instanceTypes: ["medium"] },
    [`instanceTypes[0]: must be an instance type like "t3.medium", got "medium"`],
  ],
  [
    "a type twice",
    { instanceTypes: ["t3.medium", "t3.large", "t3.medium"] },
    [`instanceTypes[2]: is listed twice: "t3.medium"`],
  ],
  [
    "types for different processors",
    { instanceTypes: ["t3.medium", "t4g.medium"] },
    ["instanceTypes: must share one processor, because they share one image, got x86_64 and arm64"],
  ],
  [
    "an image twice",
    { image: { id: "ami-0a1b2c3d4e5f60718", parameter: "/golden/web" } },
    ["image: takes either id or parameter, got both"],
  ],
  [
    "an image id that is none",
    { image: { id: "resolve:ssm:/golden/web" } },
    [`image.id: must be an image id like "ami-0123456789abcdef0", got "resolve:ssm:/golden/web"`],
  ],
  [
    "a parameter that is none",
    { image: { parameter: "resolve:ssm:/golden/web" } },
    [
      `image.parameter: must be the name of an SSM parameter, with an optional ":version" or ":label", got "resolve:ssm:/golden/web"`,
    ],
  ],
  [
    "too long a boot script",
    { userData: "é".repeat(8193) },
    ["userData: must be at most 16384 bytes, got 16386"],
  ],
  [
    "an unknown reach of metadata",
    { metadataAccess: "all" },
    [`metadataAccess: must be one of "instance", "containers", got "all"`],
  ],
  [
    "a volume out of every range",
    { volume: { sizeGiB: 0, iops: 2999, throughputMiBps: 2001, deviceName: "xvda" } },
    [
      `volume.deviceName: must be a device like "/dev/xvda", got "xvda"`,
      "volume.sizeGiB: must be a whole number from 1 to 65536, got 0",
      "volume.iops: must be a whole number from 3000 to 80000, got 2999",
      "volume.throughputMiBps: must be a whole number from 125 to 2000, got 2001",
    ],
  ],
  [
    "a volume too small for its speed, and too slow for its throughput",
    { volume: { sizeGiB: 8, iops: 5000, throughputMiBps: 1500 } },
    [
      "volume.iops: must be at most 4000, 500 for each of 8 GiB, got 5000",
      "volume.throughputMiBps: must be at most 1250, a quarter of iops, got 1500",
    ],
  ],
  [
    "spot instances of one type",
    { purchase: { mode: "mixed" } },
    [`instanceTypes: needs 2 or more for purchase.mode "mixed", got 1`],
  ],
  [
    "a share of spot instances without the mode",
    { purchase: { onDemandBase: 2, spotAllocationStrategy: "lowest-price" } },
    [
      `purchase.onDemandBase: belongs to purchase.mode "mixed"`,
      `purchase.spotAllocationStrategy: belongs to purchase.mode "mixed"`,
    ],
  ],
  [
    "a share of spot instances that makes no sense",
    {
      instanceTypes: ["t3.medium", "t3a.medium"],
      purchase: {
        mode: "mixed",
        onDemandBase: -1,
        onDemandPercentAboveBase: 101,
        spotAllocationStrategy: "cheap",
      },
    },
    [
      "purchase.onDemandBase: must be a whole number from 0 to 5000, got -1",
      "purchase.onDemandPercentAboveBase: must be a whole number from 0 to 100, got 101",
      `purchase.spotAllocationStrategy: must be one of "capacity-optimized", "capacity-optimized-prioritized", "price-capacity-optimized", "lowest-price", got "cheap"`,
    ],
  ],
  [
    "an unknown way to pay",
    { purchase: { mode: "spot" } },
    [`purchase.mode: must be one of "onDemand", "mixed", got "spot"`],
  ],
  [
    "sources without ports, with ports that are none or twice, or with a bad name",
    {
      trafficSources: {
        balancer: { securityGroupId: "sg-1", ports: [] },
        "a b": { securityGroupId: "sg-2", ports: [0, 80, 80] },
      },
    },
    [
      `trafficSources.a b: key must be letters, digits and hyphens, beginning with a letter, got "a b"`,
      "trafficSources.balancer.ports: needs 1 or more, got 0",
      "trafficSources.a b.ports[0]: must be a whole number from 1 to 65535, got 0",
      "trafficSources.a b.ports[2]: is listed twice: 80",
    ],
  ],
  [
    "a policy under a name that is taken",
    { managedPolicyArns: { "session-manager": "arn:aws:iam::aws:policy/ReadOnlyAccess" } },
    ["managedPolicyArns.session-manager: is attached already, use another name"],
  ],
  [
    "a tag that instances could not read",
    { tags: { "cost center": "1", "a/b": "2", fine: "3" } },
    [
      `tags["cost center"]: key must be letters, digits and + - = . , _ : @, because instances can read their tags`,
      `tags["a/b"]: key must be letters, digits and + - = . , _ : @, because instances can read their tags`,
    ],
  ],
  [
    "a refresh out of every range",
    {
      instanceRefresh: {
        minHealthyPercent: 101,
        maxHealthyPercent: 99,
        warmupSeconds: -1,
        alarmNames: Array.from({ length: 11 }, (_, index) => `alarm-${index}`),
      },
      maxInstanceLifetimeDays: 366,
      healthCheckGraceSeconds: 7201,
      drainSeconds: 3601,
    },
    [
      "drainSeconds: must be a whole number from 0 to 3600, got 3601",
      "instanceRefresh.minHealthyPercent: must be a whole number from 0 to 100, got 101",
      "instanceRefresh.maxHealthyPercent: must be a whole number from 100 to 200, got 99",
      "instanceRefresh.warmupSeconds: must be a whole number from 0 to 3600, got -1",
      "instanceRefresh.alarmNames: takes 10 or fewer, got 11",
      "maxInstanceLifetimeDays: must be a whole number from 1 to 365, got 366",
      "healthCheckGraceSeconds: must be a whole number from 0 to 7200, got 7201",
    ],
  ],
  [
    "a refresh that spans too much",
    { instanceRefresh: { minHealthyPercent: 50, maxHealthyPercent: 200 } },
    ["instanceRefresh.maxHealthyPercent: must be at most 100 above minHealthyPercent, 50, got 200"],
  ],
  [
    "steps without the mode",
    { scaling: { cpu: { addInstances: 2, lowPercent: 20 } } },
    [
      `scaling.cpu.addInstances: belongs to scaling.cpu.mode "step", got mode "targetTracking"`,
      `scaling.cpu.lowPercent: belongs to scaling.cpu.mode "step", got mode "targetTracking"`,
    ],
  ],
  [
    "a target beside steps: both would follow the same figure",
    { scaling: { cpu: { mode: "step", targetPercent: 70 } } },
    [`scaling.cpu.targetPercent: belongs to scaling.cpu.mode "targetTracking", got mode "step"`],
  ],
  [
    "anything beside no scaling",
    { scaling: { cpu: { mode: "none", targetPercent: 70, highPercent: 80 } } },
    [
      `scaling.cpu.targetPercent: belongs to scaling.cpu.mode "targetTracking", got mode "none"`,
      `scaling.cpu.highPercent: belongs to scaling.cpu.mode "step", got mode "none"`,
    ],
  ],
  [
    "an unknown way to scale",
    { scaling: { cpu: { mode: "steps" } } },
    [`scaling.cpu.mode: must be one of "targetTracking", "step", "none", got "steps"`],
  ],
  [
    "steps out of every range",
    {
      scaling: {
        cpu: {
          mode: "step",
          highPercent: 101,
          lowPercent: -1,
          addInstances: 0,
          removeInstances: 1.5,
          periodSeconds: 90,
          evaluationPeriods: 0,
        },
      },
    },
    [
      "scaling.cpu.highPercent: must be a number from 1 to 100, got 101",
      "scaling.cpu.lowPercent: must be a number from 0 to 99, got -1",
      "scaling.cpu.addInstances: must be a whole number from 1 to 1000, got 0",
      "scaling.cpu.removeInstances: must be a whole number from 1 to 1000, got 1.5",
      "scaling.cpu.periodSeconds: must be a multiple of 60 from 60 to 3600, got 90",
      "scaling.cpu.evaluationPeriods: must be a whole number from 1 to 24, got 0",
    ],
  ],
  [
    "thresholds the wrong way round",
    { scaling: { cpu: { mode: "step", highPercent: 50, lowPercent: 50 } } },
    ["scaling.cpu.lowPercent: must be below highPercent, 50, got 50"],
  ],
  [
    "thresholds between which the group would flap",
    { scaling: { cpu: { mode: "step", highPercent: 70, lowPercent: 35 } } },
    ["scaling.cpu.lowPercent: must be below 35, the use left when 2 at 70 % become 4, got 35"],
  ],
  [
    "the development thresholds of a single instance, which would make it flap",
    {
      minSize: 1,
      maxSize: 3,
      singleInstance: "accepted",
      scaling: { cpu: { mode: "step", highPercent: 90, lowPercent: 50, addInstances: 1 } },
    },
    ["scaling.cpu.lowPercent: must be below 45, the use left when 1 at 90 % become 2, got 50"],
  ],
  [
    "targets out of range",
    {
      scaling: {
        cpu: { targetPercent: 0 },
        memory: { targetPercent: 101 },
        requests: {
          main: {
            targetPerMinute: 0,
            loadBalancerArnSuffix: "app/a/1",
            targetGroupArnSuffix: "targetgroup/b/2",
          },
        },
        warmupSeconds: 3601,
      },
    },
    [
      "scaling.cpu.targetPercent: must be a number from 1 to 100, got 0",
      "scaling.memory.targetPercent: must be a number from 1 to 100, got 101",
      "scaling.requests.main.targetPerMinute: must be a number from 1 to 10000000, got 0",
      "scaling.warmupSeconds: must be a whole number from 0 to 3600, got 3601",
    ],
  ],
  [
    "a prefix that is too long",
    { namePrefix: "p".repeat(33) },
    ["namePrefix: must have 32 characters or fewer, got 33"],
  ],
];

describe("a scaling group refuses", () => {
  for (const [title, given, faults] of cases) {
    it(`${title}, and creates nothing`, async () => {
      const { message, names } = await refused(
        () => new ScalingGroup("web", { ...args, ...given } as ScalingGroupArgs),
      );
      assert.deepEqual(message.split("\n"), ["invalid arguments", ...faults.map((fault) => `  ${fault}`)]);
      assert.deepEqual(names, ["web"]);
    });
  }

  it("a name that leaves no room for its role's", async () => {
    const { message } = await refused(() => new ScalingGroup("w".repeat(52), args));
    assert.equal(
      message,
      `invalid arguments\n  name: must have 51 characters or fewer to leave room for "-role", got 52`,
    );
  });

  it("everything that is wrong at once", async () => {
    const { message } = await refused(
      () => new ScalingGroup("web", { ...args, subnetIds: [], minSize: 5, maxSize: 4, drainSeconds: -1 }),
    );
    assert.equal(
      message,
      [
        "invalid arguments",
        "  drainSeconds: must be a whole number from 0 to 3600, got -1",
        "  subnetIds: needs 2 or more, got 0",
        "  maxSize: must be at least minSize, 5, got 4",
      ].join("\n"),
    );
  });

  it("a boot script that turns out too long, before a template is made of it", async () => {
    const userData = pulumi.output(Promise.resolve("x".repeat(16_385)));
    await assert.rejects(
      built(() => new ScalingGroup("web", { ...args, userData })),
      (error: unknown) => {
        assert.ok(error instanceof ArgumentError);
        // The SDK puts the way to the property in front.
        const own = error.message.slice(error.message.indexOf("invalid arguments"));
        assert.equal(own, "invalid arguments\n  userData: must be at most 16384 bytes, got 16385");
        return true;
      },
    );
  });
});

describe("a scaling group takes", () => {
  it("one instance in one subnet where that is accepted", async () => {
    const stack = await built(
      () =>
        new ScalingGroup("web", {
          ...args,
          subnetIds: ["subnet-0a1b2c3d4e5f60711"],
          minSize: 1,
          maxSize: 1,
          singleInstance: "accepted",
        }),
      { mode: "preview" },
    );
    const { minSize, maxSize, desiredCapacity } = stack.inputs("web-asg");
    assert.deepEqual({ minSize, maxSize, desiredCapacity }, { minSize: 1, maxSize: 1, desiredCapacity: 1 });
  });

  it("a boot script of exactly 16 KB, and one known only later", async () => {
    const text = "x".repeat(16_384);
    const expected = Buffer.from(text).toString("base64");
    for (const userData of [text, pulumi.output(Promise.resolve(text))]) {
      const stack = await built(() => new ScalingGroup("web", { ...args, userData }), { mode: "preview" });
      assert.equal(stack.inputs("web-template").userData, expected);
    }
  });

  it("thresholds just far enough apart", async () => {
    const cpu = { mode: "step", highPercent: 70, lowPercent: 34.9 } as const;
    const stack = await built(() => new ScalingGroup("web", { ...args, scaling: { cpu } }), {
      mode: "preview",
    });
    assert.equal(stack.inputs("web-cpu-low").threshold, 34.9);
  });
});
