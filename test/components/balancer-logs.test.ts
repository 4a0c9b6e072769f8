import assert from "node:assert/strict";
import { LogDelivery } from "../../components/app-load-balancer/access-logs";
import {
  AppLoadBalancer,
  type AppLoadBalancerArgs,
} from "../../components/app-load-balancer/app-load-balancer";
import { expiryRules } from "../../components/lib/bucket-lifecycle";
import type { Sandbox } from "../../sandbox";
import { built } from "../support/built";
import { refused } from "../support/refused";

const given: AppLoadBalancerArgs = {
  vpcId: "vpc-0a",
  subnetIds: ["subnet-0a", "subnet-0b"],
  certificateArn: "arn:aws:acm:us-east-1:123456789012:certificate/0f0e0d0c-1111-2222-3333-444455556666",
};

const edge = (more: Partial<AppLoadBalancerArgs>): Promise<Sandbox> =>
  built(() => new AppLoadBalancer("edge", { ...given, ...more }));

function resources(stack: Sandbox): unknown {
  const { policy } = stack.inputs("edge-logs-policy");
  const { Statement } = JSON.parse(String(policy)) as { Statement: { Sid: string; Resource: unknown }[] };
  return Statement.find(({ Sid }) => Sid === "AllowLogDelivery")?.Resource;
}

const folder = (stack: Sandbox, prefix: string) =>
  `arn:aws:s3:::${stack.outputs("edge-logs").bucket}/${prefix}/AWSLogs/123456789012/*`;

describe("the logs of a load balancer", () => {
  it("are access logs alone, unless it is told otherwise", async () => {
    const stack = await edge({});
    const { accessLogs, ...inputs } = stack.inputs("edge-lb");
    const bucket = stack.outputs("edge-logs").bucket;
    assert.deepEqual(accessLogs, { enabled: true, bucket, prefix: "alb-logs" });
    assert.deepEqual([inputs.connectionLogs, inputs.healthCheckLogs], [undefined, undefined]);
    assert.equal(resources(stack), folder(stack, "alb-logs"));
  });

  it("go to one bucket, each kind to a folder that its policy admits", async () => {
    const stack = await edge({ connectionLogs: {}, healthCheckLogs: {} });
    const { accessLogs, connectionLogs, healthCheckLogs } = stack.inputs("edge-lb");
    const bucket = stack.outputs("edge-logs").bucket;
    assert.deepEqual(
      [accessLogs, connectionLogs, healthCheckLogs],
      [
        { enabled: true, bucket, prefix: "alb-logs" },
        { enabled: true, bucket, prefix: "alb-connection-logs" },
        { enabled: true, bucket, prefix: "alb-health-check-logs" },
      ],
    );
    const prefixes = ["alb-logs", "alb-connection-logs", "alb-health-check-logs"];
    assert.deepEqual(
      resources(stack),
      prefixes.map((prefix) => folder(stack, prefix)),
    );
  });

  it("can be switched off one by one, and the bucket stays", async () => {
    const off = { delivery: LogDelivery.Off };
    const stack = await edge({ accessLogs: off, connectionLogs: off, healthCheckLogs: {} });
    const { accessLogs, connectionLogs, healthCheckLogs } = stack.inputs("edge-lb");
    assert.deepEqual([accessLogs, connectionLogs], [undefined, undefined]);
    const bucket = stack.outputs("edge-logs").bucket;
    assert.deepEqual(healthCheckLogs, { enabled: true, bucket, prefix: "alb-health-check-logs" });
    assert.equal(resources(stack), folder(stack, "alb-health-check-logs"));
    const none = await edge({ accessLogs: off });
    assert.equal(resources(none), undefined);
    assert.ok(none.names.includes("edge-logs"));
  });

  it("expire by kind, and whatever else is in the bucket with those kept longest", async () => {
    const stack = await edge({
      accessLogs: { retentionDays: 30 },
      connectionLogs: { retentionDays: 7 },
      healthCheckLogs: { delivery: LogDelivery.Off, retentionDays: 60 },
    });
    assert.deepEqual(
      stack.inputs("edge-logs-lifecycle").rules,
      expiryRules(60, [
        { folder: "alb-logs", days: 30 },
        { folder: "alb-connection-logs", days: 7 },
      ]),
    );
  });

  it("are kept alike if only one time is given", async () => {
    const stack = await edge({ accessLogs: { retentionDays: 30 }, connectionLogs: {}, healthCheckLogs: {} });
    assert.deepEqual(stack.inputs("edge-logs-lifecycle").rules, expiryRules(30, []));
  });

  it("are refused with words and numbers AWS does not know, each by its path", async () => {
    const odd = { delivery: "yes" as LogDelivery, retentionDays: 0 };
    const { message } = await refused(
      () =>
        new AppLoadBalancer("edge", { ...given, accessLogs: odd, connectionLogs: odd, healthCheckLogs: odd }),
    );
    assert.equal(
      message,
      [
        "invalid arguments",
        ...["accessLogs", "connectionLogs", "healthCheckLogs"].flatMap((kind) => [
          `  ${kind}.delivery: must be one of "on", "off", got "yes"`,
          `  ${kind}.retentionDays: must be a whole number from 1 to 3650, got 0`,
        ]),
      ].join("\n"),
    );
  });

  it("do not repeat a fault in the time they take over", async () => {
    const { message } = await refused(
      () => new AppLoadBalancer("edge", { ...given, accessLogs: { retentionDays: 0 }, connectionLogs: {} }),
    );
    assert.equal(
      message,
      "invalid arguments\n  accessLogs.retentionDays: must be a whole number from 1 to 3650, got 0",
    );
  });
});

describe("the lifecycle of a log bucket", () => {
  it("has a rule for everything, one for each folder kept for less, and one for markers", () => {
    assert.deepEqual(expiryRules(90, [{ folder: "alb-logs", days: 30 }]), [
      {
        id: "expire-logs",
        status: "Enabled",
        filter: {},
        expiration: { days: 90 },
        noncurrentVersionExpiration: { noncurrentDays: 30 },
        abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
      },
      {
        id: "expire-alb-logs",
        status: "Enabled",
        filter: { prefix: "alb-logs/" },
        expiration: { days: 30 },
      },
      {
        id: "drop-delete-markers",
        status: "Enabled",
        filter: {},
        expiration: { expiredObjectDeleteMarker: true },
      },
    ]);
  });
});

describe("reserved capacity", () => {
  it("is none unless it is asked for", async () => {
    assert.equal((await edge({})).inputs("edge-lb").minimumLoadBalancerCapacity, undefined);
    const stack = await edge({ minimumCapacityUnits: 100 });
    assert.deepEqual(stack.inputs("edge-lb").minimumLoadBalancerCapacity, { capacityUnits: 100 });
  });

  it("is what AWS sells at once", async () => {
    for (const units of [99, 15_001, 100.5]) {
      const { message } = await refused(
        () => new AppLoadBalancer("edge", { ...given, minimumCapacityUnits: units }),
      );
      const wanted = `must be a whole number from 100 to 15000, got ${units}`;
      assert.equal(message, `invalid arguments\n  minimumCapacityUnits: ${wanted}`);
    }
  });
});
