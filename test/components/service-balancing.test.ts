import assert from "node:assert/strict";
import { Service, type ServiceArgs } from "../../components/service/service";
import { built } from "../support/built";
import { refused } from "../support/refused";

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
  endpoints: {},
};
const routes = { all: { priority: 1000, paths: ["/*"] } };

/** A service of an endpoint as another language, or a configuration file, might give it, and what it is behind. */
interface Given {
  readonly endpoint: object;
  readonly idleTimeoutSeconds?: number;
  readonly failoverTargetSeconds?: number;
}

function service({ endpoint, idleTimeoutSeconds, failoverTargetSeconds }: Given) {
  const { loadBalancer } = args;
  return () =>
    new Service("web", {
      ...args,
      endpoints: { main: { routes, ...endpoint } },
      loadBalancer: { ...loadBalancer, ...(idleTimeoutSeconds === undefined ? {} : { idleTimeoutSeconds }) },
      ...(failoverTargetSeconds === undefined ? {} : { failoverTargetSeconds }),
    });
}

async function targets(given: Given) {
  return (await built(service(given), { mode: "preview" })).inputs("web-targets-main");
}

const cookie = { stickiness: { mode: "balancerCookie" } };
const grpc = { protocolVersion: "GRPC" };

type Case = readonly [title: string, given: Given, ...faults: string[]];

const refusals: readonly Case[] = [
  [
    "a hash of addresses",
    { endpoint: { algorithm: "ip_hash" } },
    'algorithm: an application load balancer does not choose by address; stickiness with mode "balancerCookie" keeps a client with its instance, and so does a network load balancer with stickiness type "source_ip", got "ip_hash"',
  ],
  [
    "the quickest to answer",
    { endpoint: { algorithm: "least_response_time" } },
    'algorithm: an application load balancer does not choose by response time; "weighted_random" with anomalyMitigation "on" spares instances that fail, "least_outstanding_requests" those that are slow, got "least_response_time"',
  ],
  [
    "weights of instances",
    { endpoint: { algorithm: "weighted_round_robin" } },
    'algorithm: an application load balancer weighs target groups, not instances; give one listener rule several target groups with weights, or take "least_outstanding_requests" for instances of unequal size, got "weighted_round_robin"',
  ],
  [
    "what another load balancer calls its algorithm, with a slow start that might fit it",
    { endpoint: { algorithm: "leastConnections", slowStartSeconds: 60 } },
    'algorithm: an application load balancer counts requests, not connections; take "least_outstanding_requests", got "leastConnections"',
  ],
  [
    "a cookie where instances are chosen at random",
    { endpoint: { algorithm: "weighted_random", ...cookie } },
    'stickiness.mode: must be "off" for algorithm "weighted_random", got "balancerCookie"',
  ],
  [
    "a cookie where requests stay in their zone",
    { endpoint: { crossZone: "off", stickiness: { mode: "applicationCookie", cookieName: "SESSION" } } },
    'stickiness.mode: must be "off" for crossZone "off", got "applicationCookie"',
  ],
  [
    "a word that is no choice of zones",
    { endpoint: { crossZone: "true" } },
    'crossZone: must be one of "on", "off", got "true"',
  ],
  [
    "a protocol of network load balancers, and a version nobody has heard of",
    { endpoint: { protocol: "TCP", protocolVersion: "HTTP3" } },
    'protocol: must be one of "HTTP", "HTTPS", got "TCP"',
    'protocolVersion: must be one of "HTTP1", "HTTP2", "GRPC", got "HTTP3"',
  ],
  [
    "a page and its code for a gRPC server",
    { endpoint: { ...grpc, health: { path: "/health", matcher: "200" } } },
    'health.path: must be a method like "/package.service/method" for protocolVersion "GRPC", got "/health"',
    'health.matcher: must be codes from 0 to 99 like "0", "0,12" or "0-5" for protocolVersion "GRPC", got "200"',
  ],
  [
    "codes of gRPC for a server that speaks HTTP/2",
    { endpoint: { protocolVersion: "HTTP2", health: { matcher: "0" } } },
    'health.matcher: must be codes from 200 to 399 like "200", "200,204" or "200-299", got "0"',
  ],
  [
    "WebSockets over HTTP/2",
    { endpoint: { protocolVersion: "HTTP2", webSocket: {} } },
    'webSocket: needs protocolVersion "HTTP1", got protocolVersion "HTTP2"',
  ],
  [
    "WebSockets over gRPC",
    { endpoint: { ...grpc, webSocket: {} } },
    'webSocket: needs protocolVersion "HTTP1", got protocolVersion "GRPC"',
  ],
  [
    "thresholds that say nothing, and ones out of range",
    { endpoint: { minimumHealthy: { dnsFailover: {}, routing: { count: 0, percent: 101 } } } },
    "minimumHealthy.dnsFailover: needs count or percent, got neither",
    "minimumHealthy.routing.count: must be a whole number from 1 to 1000, got 0",
    "minimumHealthy.routing.percent: must be a whole number from 1 to 100, got 101",
  ],
  [
    "zones that stay in DNS when their requests go anywhere",
    {
      endpoint: {
        minimumHealthy: { dnsFailover: { count: 2, percent: 40 }, routing: { count: 3, percent: 50 } },
      },
    },
    "minimumHealthy.dnsFailover.count: must be at least routing.count, 3, got 2",
    "minimumHealthy.dnsFailover.percent: must be at least routing.percent, 50, got 40",
  ],
  [
    "more healthy instances than the service can have",
    { endpoint: { minimumHealthy: { dnsFailover: { count: 11 }, routing: { count: 10 } } } },
    "minimumHealthy.dnsFailover.count: must be at most maxSize, 10, got 11",
  ],
  [
    "connections out of range",
    {
      endpoint: {
        keepAliveSeconds: 86_401,
        webSocket: { heartbeatSeconds: 0 },
        retries: { tryTimeoutSeconds: 0, maxRetries: 11, baseDelaySeconds: 61, deadlineSeconds: -1 },
      },
    },
    "webSocket.heartbeatSeconds: must be a whole number from 1 to 4000, got 0",
    "keepAliveSeconds: must be a whole number from 1 to 86400, got 86401",
    "retries.tryTimeoutSeconds: must be a number above 0 and up to 3600, got 0",
    "retries.maxRetries: must be a whole number from 0 to 10, got 11",
    "retries.baseDelaySeconds: must be a number from 0 to 60, got 61",
    "retries.deadlineSeconds: must be a number above 0 and up to 3600, got -1",
  ],
  [
    "connections that cannot go together with the load balancer's, which is taken for 60 s",
    {
      endpoint: {
        keepAliveSeconds: 5,
        webSocket: { heartbeatSeconds: 90 },
        retries: { tryTimeoutSeconds: 30 },
      },
    },
    "webSocket.heartbeatSeconds: must be less than the load balancer's idle timeout, 60, or quiet connections are closed, got 90",
    "keepAliveSeconds: must be more than the load balancer's idle timeout, 60, or clients see 502, got 5",
    "retries: must end before the load balancer's idle timeout, 60, or clients see 504, got 127: 4 tries of 30 and 7 between them",
  ],
  [
    "probes slower than a failover may be",
    { endpoint: { health: { profile: "standard" } }, failoverTargetSeconds: 30 },
    "health.profile: must find a failure within failoverTargetSeconds, 30, got 95: 30 x 3 + 5",
  ],
];

describe("an endpoint refuses", () => {
  for (const [title, given, ...faults] of refusals) {
    it(`${title}, and creates nothing`, async () => {
      const { message, names } = await refused(service(given));
      const lines = faults.map((fault) => `  endpoints.main.${fault}`);
      assert.deepEqual(message.split("\n"), ["invalid arguments", ...lines]);
      assert.deepEqual(names, ["web"]);
    });
  }

  it("an unknown profile once, also where failover has a limit", async () => {
    const { message } = await refused(
      service({ endpoint: { health: { profile: "slow" } }, failoverTargetSeconds: 30 }),
    );
    assert.equal(
      message,
      'invalid arguments\n  endpoints.main.health.profile: must be one of "standard", "fast", got "slow"',
    );
  });

  it("limits out of range", async () => {
    const { message } = await refused(
      service({ endpoint: {}, idleTimeoutSeconds: 4001, failoverTargetSeconds: 0 }),
    );
    assert.deepEqual(message.split("\n"), [
      "invalid arguments",
      "  loadBalancer.idleTimeoutSeconds: must be a whole number from 1 to 4000, got 4001",
      "  failoverTargetSeconds: must be a whole number from 1 to 3600, got 0",
    ]);
  });
});

describe("an endpoint takes", () => {
  it("HTTPS for requests and probes alike", async () => {
    const { protocol, protocolVersion, healthCheck } = await targets({ endpoint: { protocol: "HTTPS" } });
    assert.deepEqual([protocol, protocolVersion], ["HTTPS", undefined]);
    assert.equal((healthCheck as { protocol: string }).protocol, "HTTPS");
  });

  it("HTTP/2, asked like any other server", async () => {
    const { protocol, protocolVersion, healthCheck } = await targets({
      endpoint: { protocolVersion: "HTTP2" },
    });
    const { path, matcher } = healthCheck as { path: string; matcher: string };
    assert.deepEqual([protocol, protocolVersion, path, matcher], ["HTTP", "HTTP2", "/health", "200"]);
  });

  it("gRPC, asked by AWS's own method, which no server has", async () => {
    const { protocol, protocolVersion, healthCheck } = await targets({ endpoint: grpc });
    assert.deepEqual([protocol, protocolVersion], ["HTTP", "GRPC"]);
    assert.deepEqual(healthCheck, {
      enabled: true,
      protocol: "HTTP",
      path: "/AWS.ALB/healthcheck",
      port: "8080",
      matcher: "12",
      interval: 5,
      timeout: 4,
      healthyThreshold: 2,
      unhealthyThreshold: 3,
    });
  });

  for (const matcher of ["0", "0,12", "0-99"]) {
    it(`gRPC asked by the health service, well with ${matcher}`, async () => {
      const health = { path: "/grpc.health.v1.Health/Check", matcher };
      const { healthCheck } = await targets({ endpoint: { ...grpc, health } });
      const asked = healthCheck as { path: string; matcher: string };
      assert.deepEqual([asked.path, asked.matcher], [health.path, matcher]);
    });
  }

  it("requests that stay in their zone, without a cookie", async () => {
    const { loadBalancingCrossZoneEnabled, stickiness } = await targets({ endpoint: { crossZone: "off" } });
    assert.equal(loadBalancingCrossZoneEnabled, "false");
    assert.deepEqual(stickiness, { enabled: false, type: "lb_cookie" });
  });

  for (const [minimumHealthy, expected] of [
    [
      { dnsFailover: { percent: 60 }, routing: { percent: 60 } },
      {
        dnsFailover: { minimumHealthyTargetsPercentage: "60" },
        unhealthyStateRouting: { minimumHealthyTargetsPercentage: "60" },
      },
    ],
    [
      { dnsFailover: { count: 3, percent: 50 } },
      {
        dnsFailover: { minimumHealthyTargetsCount: "3", minimumHealthyTargetsPercentage: "50" },
        unhealthyStateRouting: { minimumHealthyTargetsCount: 1 },
      },
    ],
    [
      { dnsFailover: { count: 10 }, routing: { count: 10, percent: 20 } },
      {
        dnsFailover: { minimumHealthyTargetsCount: "10" },
        unhealthyStateRouting: { minimumHealthyTargetsCount: 10, minimumHealthyTargetsPercentage: "20" },
      },
    ],
  ] as const) {
    it(`as many healthy instances as in ${JSON.stringify(minimumHealthy)}`, async () => {
      assert.deepEqual((await targets({ endpoint: { minimumHealthy } })).targetGroupHealth, expected);
    });
  }

  it("WebSockets, with five minutes to say goodbye, and instances that live to see it", async () => {
    const stack = await built(service({ endpoint: { webSocket: {} } }), { mode: "preview" });
    assert.equal(stack.inputs("web-targets-main").deregistrationDelay, 300);
    assert.equal(stack.inputs("web-group-drain").heartbeatTimeout, 330);
  });

  it("less time to say goodbye where it is told", async () => {
    const { deregistrationDelay } = await targets({ endpoint: { webSocket: {}, drainSeconds: 30 } });
    assert.equal(deregistrationDelay, 30);
  });

  it("times that go together with a patient load balancer, and fit within a failover", async () => {
    const stack = await built(
      service({
        endpoint: {
          keepAliveSeconds: 125,
          webSocket: { heartbeatSeconds: 90 },
          retries: { tryTimeoutSeconds: 30, deadlineSeconds: 110 },
        },
        idleTimeoutSeconds: 120,
        failoverTargetSeconds: 19,
      }),
      { mode: "preview" },
    );
    assert.ok(stack.names.includes("web-targets-main"));
    // They are checked here, and are no business of the instances.
    assert.equal("failoverTargetSeconds" in stack.inputs("web-group"), false);
  });
});
