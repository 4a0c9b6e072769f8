import assert from "node:assert/strict";
import { service, settingsOf, stack } from "./configured";

const standard = { path: "/health", port: 8080, matcher: "200" };

function leastOf(environment: string) {
  const settings = settingsOf(stack({ "evenkeel:environment": environment }), environment);
  const { web } = settings.services;
  assert(web);
  return { settings, web };
}

describe("the defaults of an environment", () => {
  it("follow the sizing matrix", () => {
    const rows = ["production", "staging", "development"].map((environment) => {
      const { web } = leastOf(environment);
      const { minSize, maxSize, desiredCapacity, singleInstance, scaling, alarms } = web;
      return [
        environment,
        `${minSize}-${maxSize} from ${desiredCapacity}`,
        singleInstance,
        scaling.cpu,
        scaling.memory,
        `${alarms.cpuHighPercent}/${alarms.cpuLowPercent} memory ${alarms.memoryHighPercent}`,
      ];
    });
    const tracking = (targetPercent: number) => ({ mode: "targetTracking", targetPercent });
    assert.deepEqual(rows, [
      ["production", "3-20 from 3", "refused", tracking(70), { targetPercent: 80 }, "80/30 memory 85"],
      ["staging", "2-10 from 2", "refused", tracking(75), { targetPercent: 85 }, "85/40 memory 90"],
      ["development", "1-3 from 1", "accepted", tracking(80), { targetPercent: 90 }, "90/40 memory 95"],
    ]);
  });

  it("protect production more than the others", () => {
    const rows = ["production", "staging", "development"].map((environment) => {
      const { settings, web } = leastOf(environment);
      const { network, loadBalancer } = settings;
      return [
        network.nat.mode,
        web.endpoints.main?.health.profile,
        settings.failoverTargetSeconds,
        loadBalancer.deletionProtection,
        loadBalancer.accessLogs,
        network.flowLogs,
      ];
    });
    assert.deepEqual(rows, [
      [
        "perZone",
        "fast",
        30,
        "on",
        { delivery: "on", retentionDays: 90, bucketDeletion: "keep" },
        { retentionDays: 30 },
      ],
      [
        "single",
        "standard",
        95,
        "off",
        { delivery: "on", retentionDays: 30, bucketDeletion: "empty" },
        { retentionDays: 14 },
      ],
      [
        "single",
        "standard",
        95,
        "off",
        { delivery: "on", retentionDays: 7, bucketDeletion: "empty" },
        { retentionDays: 7 },
      ],
    ]);
  });

  it("buy on demand but in staging, of types that fit the load", () => {
    const rows = ["production", "staging", "development"].map((environment) => {
      const { web } = leastOf(environment);
      return [web.purchase, web.instanceTypes];
    });
    assert.deepEqual(rows, [
      [{ mode: "onDemand" }, ["c6i.large"]],
      [
        {
          mode: "mixed",
          onDemandBase: 1,
          onDemandPercentAboveBase: 25,
          spotAllocationStrategy: "capacity-optimized",
        },
        ["t3.medium", "t3a.medium", "c5.large", "c6i.large"],
      ],
      [{ mode: "onDemand" }, ["t3.medium"]],
    ]);
  });

  it("buy half on demand when production mixes", () => {
    const mixed = { web: service({ purchase: { mode: "mixed" } }) };
    const settings = settingsOf(stack({ "evenkeel:environment": "production", "evenkeel:services": mixed }));
    assert.equal(settings.services.web?.purchase.onDemandPercentAboveBase, 50);
    assert.deepEqual(settings.services.web?.instanceTypes, [
      "c6i.large",
      "c6a.large",
      "c5.large",
      "c5a.large",
    ]);
  });

  it("scale development by one instance a step, the others by two", () => {
    const added = ["production", "staging", "development"].map((environment) => {
      const services = { web: service({ scaling: { mode: "step" } }) };
      const settings = settingsOf(
        stack({ "evenkeel:environment": environment, "evenkeel:services": services }),
      );
      return settings.services.web?.scaling.cpu;
    });
    const step = { mode: "step", removeInstances: 1, periodSeconds: 120, evaluationPeriods: 2 };
    assert.deepEqual(added, [
      { ...step, highPercent: 80, lowPercent: 30, addInstances: 2 },
      { ...step, highPercent: 85, lowPercent: 40, addInstances: 2 },
      { ...step, highPercent: 90, lowPercent: 40, addInstances: 1 },
    ]);
  });
});

describe("the least a stack can say", () => {
  it("settles everything else", () => {
    assert.deepEqual(settingsOf(stack()), {
      environment: "staging",
      region: "us-east-1",
      namePrefix: "evenkeel-staging",
      network: {
        zones: ["us-east-1a", "us-east-1b"],
        cidrBlock: "10.0.0.0/16",
        nat: { mode: "single" },
        isolatedSubnets: "none",
        uses: [],
        flowLogs: { retentionDays: 14 },
      },
      loadBalancer: {
        domainName: "app.example.com",
        hostedZoneId: "Z0123456789ABCDEFGHIJ",
        exposure: "internet",
        ingressRuleQuota: 60,
        firewall: {
          mode: "block",
          rateLimit: { action: "block", requests: 1000, windowSeconds: 60, excludedPaths: ["/health"] },
          managedGroups: {},
          allowCidrBlocks: [],
          blockCidrBlocks: [],
          logs: { requests: "matched", retentionDays: 30, redactedHeaders: ["authorization", "cookie"] },
          maxCapacityUnits: 1500,
        },
        sslPolicy: "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
        idleTimeoutSeconds: 60,
        deletionProtection: "off",
        ipAddressType: "ipv4",
        accessLogs: { delivery: "on", retentionDays: 30, bucketDeletion: "empty" },
        connectionLogs: { delivery: "on", retentionDays: 30 },
        healthCheckLogs: { delivery: "on", retentionDays: 30 },
      },
      logQueries: {
        accessLogs: { retentionDays: 30 },
        connectionLogs: { retentionDays: 30 },
        healthCheckLogs: { retentionDays: 30 },
        maxScannedGiB: 10,
      },
      services: {
        web: {
          endpoints: {
            main: {
              port: 8080,
              routes: { all: { priority: 1000, paths: ["/*"] } },
              health: { profile: "standard", ...standard },
              stickiness: { mode: "off" },
              algorithm: "least_outstanding_requests",
              drainSeconds: 60,
            },
          },
          minSize: 2,
          maxSize: 10,
          desiredCapacity: 2,
          singleInstance: "refused",
          instanceTypes: ["t3.medium", "t3a.medium", "c5.large", "c6i.large"],
          purchase: {
            mode: "mixed",
            onDemandBase: 1,
            onDemandPercentAboveBase: 25,
            spotAllocationStrategy: "capacity-optimized",
          },
          volume: { sizeGiB: 20, iops: 3000, throughputMiBps: 125 },
          managedPolicyArns: {},
          healthCheckGraceSeconds: 300,
          maxInstanceLifetimeDays: 30,
          instanceRefresh: { minHealthyPercent: 100, maxHealthyPercent: 150, warmupSeconds: 120 },
          scaling: {
            cpu: { mode: "targetTracking", targetPercent: 75 },
            memory: { targetPercent: 85 },
            warmupSeconds: 90,
          },
          alarms: {
            latencyHighSeconds: 1,
            errorHighPercent: 5,
            memoryHighPercent: 90,
            cpuHighPercent: 85,
            cpuLowPercent: 40,
          },
        },
      },
      failoverTargetSeconds: 95,
      healthPath: "/health",
      connections: { web: { calledBy: [] } },
      alarms: { emails: [], certificateExpiryDays: 30 },
      tags: { project: "evenkeel", environment: "staging" },
    });
  });

  it("cannot be changed afterwards", () => {
    const settings = settingsOf(stack());
    assert.throws(() => settings.network.zones.push("us-east-1c"), TypeError);
    assert.throws(() => Object.assign(settings.services.web ?? {}, { maxSize: 99 }), TypeError);
  });
});

describe("what a stack says", () => {
  const web = (more: object) => {
    const settings = settingsOf(stack({ "evenkeel:services": { web: service(more) } }));
    assert(settings.services.web);
    return settings.services.web;
  };

  it("brings the first size within its own bounds", () => {
    assert.equal(web({ sizing: { min: 5 } }).desiredCapacity, 5);
    assert.equal(web({ sizing: { min: 5, max: 8, desired: 6 } }).desiredCapacity, 6);
  });

  it("hands a service's port, probe and request rate to its endpoints, which may differ", () => {
    const routes = (priority: number) => ({ all: { priority, hosts: [`${priority}.example.com`] } });
    const { endpoints } = web({
      port: 9000,
      health: { path: "/ready", matcher: "200-299" },
      scaling: { requestsPerTargetPerMinute: 12_000 },
      endpoints: {
        main: { routes: routes(2) },
        admin: {
          routes: routes(1),
          port: 9001,
          health: { profile: "fast", port: 9002 },
          requestsPerTargetPerMinute: 600,
        },
      },
    });
    const common = { stickiness: { mode: "off" }, algorithm: "least_outstanding_requests", drainSeconds: 60 };
    const health = { path: "/ready", matcher: "200-299" };
    assert.deepEqual(endpoints, {
      main: {
        ...common,
        port: 9000,
        routes: routes(2),
        health: { ...health, profile: "standard", port: 9000 },
        requestsPerMinute: 12_000,
      },
      admin: {
        ...common,
        port: 9001,
        routes: routes(1),
        health: { ...health, profile: "fast", port: 9002 },
        requestsPerMinute: 600,
      },
    });
  });

  it("keeps a client with its instance for a day by the balancer's cookie, an hour by the application's", () => {
    const sticky = (stickiness: object) =>
      web({ endpoints: { main: { routes: { all: { priority: 1, paths: ["/*"] } }, stickiness } } }).endpoints
        .main?.stickiness;
    assert.deepEqual(sticky({ mode: "balancerCookie" }), { mode: "balancerCookie", durationSeconds: 86_400 });
    assert.deepEqual(sticky({ mode: "applicationCookie", cookieName: "SESSION" }), {
      mode: "applicationCookie",
      durationSeconds: 3600,
      cookieName: "SESSION",
    });
  });

  it("leaves scaling by CPU and memory out where it is switched off", () => {
    const { scaling } = web({ scaling: { mode: "none", memoryMode: "none" } });
    assert.deepEqual(scaling, { cpu: { mode: "none" }, warmupSeconds: 90 });
  });

  it("puts the text of the start script in the place of its name", () => {
    const { userData = "" } = web({ userDataFile: "workload/user-data.sh" });
    assert.equal(userData.split("\n")[0], "#!/bin/bash");
  });

  it("opens an internal load balancer to the VPC", () => {
    const loadBalancer = {
      domainName: "app.example.com",
      hostedZoneId: "Z0123456789ABCDEFGHIJ",
      exposure: "internal",
    };
    const settings = settingsOf(stack({ "evenkeel:loadBalancer": loadBalancer }));
    assert.deepEqual(settings.loadBalancer.ingressCidrBlocks, ["10.0.0.0/16"]);
  });

  it("names a path that answers while the stack is well: one that an endpoint both probes and gets", () => {
    const endpoint = (path: string, priority: number, more: object) => ({
      health: { path },
      routes: { all: { priority, ...more } },
    });
    const healthPath = (endpoints: object) =>
      settingsOf(stack({ "evenkeel:services": { web: { endpoints } } })).healthPath;
    const admin = endpoint("/admin/ok", 1, { paths: ["/admin/*"], hosts: ["admin.example.com"] });
    const api = endpoint("/health", 2, { paths: ["/api/*"] });
    const main = endpoint("/up", 3, { hosts: ["*.example.com"] });
    assert.equal(healthPath({ admin, api, main }), "/up");
    assert.equal(healthPath({ admin, api }), "/admin/ok");
  });

  it("begins physical names with the prefix and the stack, in 32 characters", () => {
    const named = (name: string) => settingsOf(stack({ "evenkeel:namePrefix": "shop" }), name).namePrefix;
    assert.equal(named("staging"), "shop-staging");
    assert.equal(named("pr_12.a"), "shop-pr-12-a-b0e976a");
    assert.notEqual(named("pr_12.a"), named("pr.12_a"));
    assert.equal(named("a-stack-with-a-long-name-for-a-branch"), "shop-a-stack-with-a-long-147dd73");
  });

  it("adds its tags to project and environment, and they win", () => {
    const tags = { owner: "platform", project: "shop" };
    assert.deepEqual(settingsOf(stack({ "evenkeel:tags": tags })).tags, {
      project: "shop",
      environment: "staging",
      owner: "platform",
    });
  });

  it("may come as the CLI stores it: numbers for text, text for numbers, JSON for maps", () => {
    const settings = settingsOf(
      stack({
        "evenkeel:tags": '{"costCenter": 1001, "audited": true}',
        "evenkeel:services": {
          web: service({
            health: { matcher: 200 },
            sizing: { max: "12" },
            alarms: { latencyHighSeconds: "0.5" },
          }),
        },
      }),
    );
    assert.deepEqual(settings.tags, {
      project: "evenkeel",
      environment: "staging",
      costCenter: "1001",
      audited: "true",
    });
    assert.equal(settings.services.web?.endpoints.main?.health.matcher, "200");
    assert.equal(settings.services.web?.maxSize, 12);
    assert.equal(settings.services.web?.alarms.latencyHighSeconds, 0.5);
  });
});
