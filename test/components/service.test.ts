import assert from "node:assert/strict";
import type { EndpointArgs } from "../../components/service/endpoints";
import { Service, type ServiceArgs } from "../../components/service/service";
import { UNKNOWN } from "../../sandbox";
import { built } from "../support/built";

const args: ServiceArgs = {
  vpcId: "vpc-0a1b2c3d4e5f60718",
  subnetIds: ["subnet-0a1b2c3d4e5f60711", "subnet-0a1b2c3d4e5f60712"],
  maxSize: 10,
  loadBalancer: {
    listenerArn:
      "arn:aws:elasticloadbalancing:us-east-1:123456789012:listener/app/edge/50dc6c495c0c9188/f2f7dc8efc522ab2",
    arnSuffix: "app/edge/50dc6c495c0c9188",
    securityGroupId: "sg-0a1b2c3d4e5f60719",
  },
  endpoints: { main: { routes: { all: { priority: 1000, paths: ["/*"] } } } },
};
const alarms = {
  warningTopicArn: "arn:aws:sns:us-east-1:123456789012:warning",
  criticalTopicArn: "arn:aws:sns:us-east-1:123456789012:critical",
};
const everything = { all: { priority: 1000, paths: ["/*"] } };

function preview(more: Partial<ServiceArgs> = {}) {
  return built(() => new Service("web", { ...args, ...more }), { mode: "preview" });
}

function previewEndpoint(endpoint: Omit<EndpointArgs, "routes">) {
  return preview({ endpoints: { main: { routes: everything, ...endpoint } } });
}

const lastPart = (urn: string) => urn.split("::").at(-1);

describe("a service", () => {
  it("has these children and no others", async () => {
    assert.deepEqual((await preview()).names, [
      "web",
      "web-balancer-egress-8080",
      "web-group",
      "web-group-asg",
      "web-group-attachment-main",
      "web-group-cpu",
      "web-group-drain",
      "web-group-egress-443",
      "web-group-egress-80",
      "web-group-ingress-balancer-8080",
      "web-group-profile",
      "web-group-role",
      "web-group-role-cloudwatch-agent",
      "web-group-role-session-manager",
      "web-group-sg",
      "web-group-template",
      "web-rule-1000",
      "web-targets-main",
    ]);
  });

  it("has children of its own for each endpoint, route and port, and for its alarms", async () => {
    const stack = await preview({
      endpoints: {
        main: { routes: everything, requestsPerMinute: 6000 },
        ws: {
          port: 8081,
          health: { port: 8082 },
          routes: {
            path: { priority: 100, paths: ["/ws*"] },
            host: { priority: 101, hosts: ["ws.example.com"] },
          },
        },
      },
      alarms,
    });
    const own = stack.resource("web").urn;
    const children = stack.registrations.filter(({ parent }) => parent === own).map(({ name }) => name);
    assert.deepEqual(children.sort(), [
      "web-alarms",
      "web-balancer-egress-8080",
      "web-balancer-egress-8081",
      "web-balancer-egress-8082",
      "web-group",
      "web-requests-main",
      "web-rule-100",
      "web-rule-1000",
      "web-rule-101",
      "web-targets-main",
      "web-targets-ws",
    ]);
  });

  it("hands its instances' arguments to its group", async () => {
    const stack = await preview({
      minSize: 3,
      desiredCapacity: 4,
      instanceTypes: ["c6i.large"],
      image: { id: "ami-0a1b2c3d4e5f60718" },
      scaling: { cpu: { targetPercent: 60 } },
      endpoints: {
        main: { routes: everything },
        ws: { port: 8081, drainSeconds: 300, routes: { all: { priority: 1, paths: ["/ws*"] } } },
      },
      namePrefix: "shop-production",
      tags: { owner: "platform" },
    });
    assert.deepEqual(stack.inputs("web-group"), {
      vpcId: args.vpcId,
      subnetIds: args.subnetIds,
      minSize: 3,
      maxSize: 10,
      desiredCapacity: 4,
      instanceTypes: ["c6i.large"],
      image: { id: "ami-0a1b2c3d4e5f60718" },
      scaling: { cpu: { targetPercent: 60 } },
      trafficSources: {
        balancer: { securityGroupId: args.loadBalancer.securityGroupId, ports: [8080, 8081] },
      },
      targetGroupArns: { main: UNKNOWN, ws: UNKNOWN },
      drainSeconds: 300,
      namePrefix: "shop-production",
      tags: { owner: "platform" },
    });
    assert.equal(stack.inputs("web-group-drain").heartbeatTimeout, 330);
    assert.equal(stack.inputs("web-group-asg").healthCheckType, "ELB");
  });

  it("lets the load balancer reach its instances, and them be reached, port by port", async () => {
    const stack = await previewEndpoint({ port: 3000, health: { port: 8080 } });
    assert.deepEqual(stack.inputs("web-balancer-egress-3000"), {
      securityGroupId: args.loadBalancer.securityGroupId,
      description: "TCP 3000 to web",
      ipProtocol: "tcp",
      fromPort: 3000,
      toPort: 3000,
      referencedSecurityGroupId: UNKNOWN,
      tags: { Name: "web-balancer-egress-3000" },
    });
    const ports = stack.registrations
      .filter(({ name }) => /-(balancer-egress|ingress-balancer)-/.test(name))
      .map(({ name }) => name)
      .sort();
    assert.deepEqual(ports, [
      "web-balancer-egress-3000",
      "web-balancer-egress-8080",
      "web-group-ingress-balancer-3000",
      "web-group-ingress-balancer-8080",
    ]);
  });

  it("leads requests to instances only once they are attached and can be reached", async () => {
    const stack = await preview();
    const before = stack.resource("web-rule-1000").dependencies.map(lastPart);
    assert.deepEqual(
      ["web-group-attachment-main", "web-balancer-egress-8080", "web-group-ingress-balancer-8080"].filter(
        (name) => !before.includes(name),
      ),
      [],
    );
  });

  it("follows an endpoint's requests, once a rule leads there", async () => {
    const stack = await preview({
      endpoints: { main: { routes: everything, requestsPerMinute: 6000 } },
      scaling: { warmupSeconds: 60 },
    });
    assert.deepEqual(stack.inputs("web-requests-main"), {
      autoscalingGroupName: stack.outputs("web-group-asg").name,
      policyType: "TargetTrackingScaling",
      estimatedInstanceWarmup: 60,
      targetTrackingConfiguration: {
        predefinedMetricSpecification: {
          predefinedMetricType: "ALBRequestCountPerTarget",
          resourceLabel: UNKNOWN,
        },
        targetValue: 6000,
      },
    });
    assert.deepEqual(stack.resource("web-requests-main").dependencies.map(lastPart).sort(), [
      "web-group-asg",
      "web-rule-1000",
      "web-targets-main",
    ]);
  });

  it("shows what operators and other services need", async () => {
    const stack = await built(
      () =>
        new Service("web", {
          ...args,
          endpoints: {
            main: { routes: everything },
            slow: {
              health: { profile: "standard" },
              routes: { all: { priority: 1, hosts: ["slow.example.com"] } },
            },
          },
        }),
    );
    const of = (name: string) => stack.outputs(name);
    assert.deepEqual(of("web"), {
      groupName: of("web-group-asg").name,
      securityGroupId: stack.resource("web-group-sg").id,
      roleArn: of("web-group-role").arn,
      roleName: of("web-group-role").name,
      targetGroupArns: { main: of("web-targets-main").arn, slow: of("web-targets-slow").arn },
      targetGroupArnSuffixes: {
        main: of("web-targets-main").arnSuffix,
        slow: of("web-targets-slow").arnSuffix,
      },
      alarmArns: {},
      worstCaseDetectionSeconds: { main: 19, slow: 95 },
    });
  });

  it("lets a user have the last word on its children, and on theirs", async () => {
    const stack = await built(
      () =>
        new Service(
          "web",
          { ...args, alarms },
          {
            transform: {
              targetGroup: ({ args, opts }) => ({ args: { ...args, protocolVersion: "HTTP2" }, opts }),
              listenerRule: ({ args, opts }) => ({ args: { ...args, priority: 7 }, opts }),
              balancerEgressRule: ({ args, opts }) => ({ args: { ...args, description: "mine" }, opts }),
              group: { group: ({ args, opts }) => ({ args: { ...args, placementGroup: "close" }, opts }) },
              alarms: {
                alarms: { "cpu-high": ({ args, opts }) => ({ args: { ...args, threshold: 99 }, opts }) },
              },
            },
          },
        ),
      { mode: "preview" },
    );
    assert.equal(stack.inputs("web-targets-main").protocolVersion, "HTTP2");
    assert.equal(stack.inputs("web-rule-1000").priority, 7);
    assert.equal(stack.inputs("web-balancer-egress-8080").description, "mine");
    assert.equal(stack.inputs("web-group-asg").placementGroup, "close");
    assert.equal(stack.inputs("web-alarms-cpu-high").threshold, 99);
  });
});

describe("an endpoint of a service", () => {
  it("is probed quickly, drains for a minute, spreads over zones, and fails open", async () => {
    assert.deepEqual((await preview()).inputs("web-targets-main"), {
      vpcId: args.vpcId,
      port: 8080,
      protocol: "HTTP",
      targetType: "instance",
      healthCheck: {
        enabled: true,
        protocol: "HTTP",
        path: "/health",
        port: "8080",
        matcher: "200",
        interval: 5,
        timeout: 4,
        healthyThreshold: 2,
        unhealthyThreshold: 3,
      },
      stickiness: { enabled: false, type: "lb_cookie" },
      loadBalancingAlgorithmType: "least_outstanding_requests",
      loadBalancingAnomalyMitigation: "off",
      loadBalancingCrossZoneEnabled: "true",
      deregistrationDelay: 60,
      targetGroupHealth: {
        dnsFailover: { minimumHealthyTargetsCount: "1" },
        unhealthyStateRouting: { minimumHealthyTargetsCount: 1 },
      },
      tags: { Name: "web-targets-main" },
    });
  });

  it("is probed as patiently as it is told, where it is told", async () => {
    const stack = await previewEndpoint({
      port: 3000,
      health: { profile: "standard", path: "/ready", port: 8080, matcher: "200-299" },
    });
    assert.equal(stack.inputs("web-targets-main").port, 3000);
    assert.deepEqual(stack.inputs("web-targets-main").healthCheck, {
      enabled: true,
      protocol: "HTTP",
      path: "/ready",
      port: "8080",
      matcher: "200-299",
      interval: 30,
      timeout: 5,
      healthyThreshold: 2,
      unhealthyThreshold: 3,
    });
  });

  it("is probed where its requests go, unless told otherwise", async () => {
    const stack = await previewEndpoint({ port: 3000 });
    assert.equal((stack.inputs("web-targets-main").healthCheck as { port: string }).port, "3000");
  });

  for (const [stickiness, expected] of [
    [{ mode: "off" }, { enabled: false, type: "lb_cookie" }],
    [{ mode: "balancerCookie" }, { enabled: true, type: "lb_cookie", cookieDuration: 86_400 }],
    [
      { mode: "balancerCookie", durationSeconds: 604_800 },
      { enabled: true, type: "lb_cookie", cookieDuration: 604_800 },
    ],
    [
      { mode: "applicationCookie", cookieName: "AGENTE_VENDEDOR_SESSION" },
      { enabled: true, type: "app_cookie", cookieName: "AGENTE_VENDEDOR_SESSION", cookieDuration: 3600 },
    ],
    [
      { mode: "applicationCookie", cookieName: "SESSION", durationSeconds: 1 },
      { enabled: true, type: "app_cookie", cookieName: "SESSION", cookieDuration: 1 },
    ],
  ] as const) {
    it(`is sticky as in ${JSON.stringify(stickiness)}`, async () => {
      assert.deepEqual(
        (await previewEndpoint({ stickiness })).inputs("web-targets-main").stickiness,
        expected,
      );
    });
  }

  for (const [algorithm, anomalyMitigation, expected] of [
    ["round_robin", undefined, "off"],
    ["least_outstanding_requests", undefined, "off"],
    ["weighted_random", undefined, "on"],
    ["weighted_random", "off", "off"],
  ] as const) {
    it(`spares bad instances "${expected}" with ${algorithm} and ${anomalyMitigation ?? "nothing said"}`, async () => {
      const stack = await previewEndpoint({ algorithm, ...(anomalyMitigation ? { anomalyMitigation } : {}) });
      const targets = stack.inputs("web-targets-main");
      assert.equal(targets.loadBalancingAlgorithmType, algorithm);
      assert.equal(targets.loadBalancingAnomalyMitigation, expected);
    });
  }

  it("starts instances slowly where they take turns", async () => {
    const stack = await previewEndpoint({
      algorithm: "round_robin",
      slowStartSeconds: 30,
      drainSeconds: 300,
    });
    assert.equal(stack.inputs("web-targets-main").slowStart, 30);
    assert.equal(stack.inputs("web-targets-main").deregistrationDelay, 300);
  });

  it("is led to by path, by host, or by both", async () => {
    const stack = await preview({
      endpoints: {
        main: {
          routes: {
            paths: { priority: 10, paths: ["/api/products", "/api/products/*"] },
            hosts: { priority: 20, hosts: ["shop.example.com"] },
            both: { priority: 30, paths: ["/v1/*"], hosts: ["*.example.com"] },
          },
        },
      },
    });
    assert.deepEqual(stack.inputs("web-rule-10"), {
      listenerArn: args.loadBalancer.listenerArn,
      priority: 10,
      conditions: [{ pathPattern: { values: ["/api/products", "/api/products/*"] } }],
      actions: [{ type: "forward", targetGroupArn: UNKNOWN }],
      tags: { Name: "web-rule-main-paths" },
    });
    assert.deepEqual(stack.inputs("web-rule-20").conditions, [
      { hostHeader: { values: ["shop.example.com"] } },
    ]);
    assert.deepEqual(stack.inputs("web-rule-30").conditions, [
      { pathPattern: { values: ["/v1/*"] } },
      { hostHeader: { values: ["*.example.com"] } },
    ]);
  });

  it("has rules called by their priorities, which once were called by endpoint and route", async () => {
    const stack = await preview();
    const [former] = stack.resource("web-rule-1000").aliases;
    assert.equal(former?.name, "web-rule-main-all");
  });

  it("has its own target group behind each rule", async () => {
    const stack = await built(
      () =>
        new Service("web", {
          ...args,
          endpoints: {
            main: { routes: everything },
            api: { routes: { all: { priority: 1, paths: ["/api/*"] } } },
          },
        }),
    );
    for (const [endpoint, priority] of [
      ["main", 1000],
      ["api", 1],
    ]) {
      assert.deepEqual(stack.inputs(`web-rule-${priority}`).actions, [
        { type: "forward", targetGroupArn: stack.outputs(`web-targets-${endpoint}`).arn },
      ]);
    }
  });

  it("is named by Pulumi where its suffix fits into 32 characters, else by the provider", async () => {
    const names = ["a".repeat(11), "a".repeat(12), "ab-c-d-e-f-g"];
    const prefixes = await Promise.all(
      names.map(async (name) => {
        const stack = await built(() => new Service(name, args), { mode: "preview" });
        return stack.inputs(`${name}-targets-main`).namePrefix;
      }),
    );
    assert.equal(`${"a".repeat(11)}-targets-main`.length, 24);
    assert.deepEqual(prefixes, [undefined, "aaaaa-", "ab-c-"]);
  });
});

describe("the alarms of a service", () => {
  it("watch its group and each of its endpoints, with AWS's names for them", async () => {
    const stack = await preview({ minSize: 3, alarms, namePrefix: "shop", tags: { owner: "platform" } });
    assert.deepEqual(stack.inputs("web-alarms"), {
      ...alarms,
      namePrefix: "shop",
      endpoints: {
        main: {
          loadBalancerArnSuffix: "app/edge/50dc6c495c0c9188",
          targetGroupArnSuffix: UNKNOWN,
          minHealthy: 3,
        },
      },
      group: { name: UNKNOWN, minSize: 3 },
      tags: { owner: "platform" },
    });
  });

  it("are handed out by what they say", async () => {
    const stack = await built(() => new Service("web", { ...args, alarms }));
    const { alarmArns } = stack.outputs("web") as { alarmArns: { [alarm: string]: string } };
    assert.deepEqual(Object.keys(alarmArns).sort(), [
      "cpu-high",
      "cpu-low",
      "in-service-low",
      "main-error-ratio",
      "main-healthy-hosts-low",
      "main-latency-high",
      "main-unhealthy-hosts",
      "memory-high",
    ]);
    assert.equal(alarmArns["in-service-low"], stack.outputs("web-alarms-in-service-low").arn);
  });

  it("ring when they are told to", async () => {
    const stack = await preview({
      alarms: {
        ...alarms,
        namePrefix: "shop",
        runbookUrl: "https://example.com/runbooks",
        latencyHighSeconds: 0.5,
        errorHighPercent: 1,
        cpuHighPercent: 90,
        cpuLowPercent: 40,
        memoryHighPercent: 95,
      },
    });
    assert.deepEqual(stack.inputs("web-alarms"), {
      ...alarms,
      namePrefix: "shop",
      runbookUrl: "https://example.com/runbooks",
      endpoints: {
        main: {
          loadBalancerArnSuffix: "app/edge/50dc6c495c0c9188",
          targetGroupArnSuffix: UNKNOWN,
          minHealthy: 2,
          latencyHighSeconds: 0.5,
          errorHighPercent: 1,
        },
      },
      group: {
        name: stack.outputs("web-group-asg").name,
        minSize: 2,
        cpuHighPercent: 90,
        cpuLowPercent: 40,
        memoryHighPercent: 95,
      },
    });
  });
});
