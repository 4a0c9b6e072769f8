import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { type Config, service, settingsOf, stack } from "./configured";

const routes = { all: { priority: 1000, paths: ["/*"] } };
const domain = { domainName: "app.example.com", hostedZoneId: "Z0123456789ABCDEFGHIJ" };

/** A stack with one endpoint, and what is said of it. */
function endpoint(more: object, rest: Config = {}): Config {
  return stack({
    "evenkeel:services": { web: service({ endpoints: { main: { routes, ...more } } }) },
    ...rest,
  });
}

function faultsOf(config: Config, secretKeys?: string[]): string[] {
  try {
    settingsOf(config, "staging", secretKeys);
  } catch (error) {
    assert(pulumi.RunError.isInstance(error));
    return error.message
      .split("\n")
      .slice(1)
      .map((line) => line.trimStart());
  }
  assert.fail("the configuration was accepted");
}

const at = "evenkeel:services.web.endpoints.main";
const algorithms = 'must be one of "round_robin", "least_outstanding_requests", "weighted_random"';
const cookie = { stickiness: { mode: "balancerCookie" } };

const rows: readonly [what: string, config: Config, ...faults: string[]][] = [
  [
    "an algorithm of the name of another load balancer's",
    endpoint({ algorithm: "ip_hash" }),
    `${at}.algorithm: "ip_hash", ${algorithms}: an application load balancer does not choose by address; stickiness with mode "balancerCookie" keeps a client with its instance, and so does a network load balancer with stickiness type "source_ip"`,
  ],
  [
    "an algorithm by response time",
    endpoint({ algorithm: "leastResponseTime" }),
    `${at}.algorithm: "leastResponseTime", ${algorithms}: an application load balancer does not choose by response time; "weighted_random" with anomalyMitigation "on" spares instances that fail, "least_outstanding_requests" those that are slow`,
  ],
  ["an algorithm of no name", endpoint({ algorithm: "hash" }), `${at}.algorithm: "hash", ${algorithms}`],
  [
    "cookies where nothing can be kept",
    endpoint({ ...cookie, algorithm: "weighted_random" }),
    `${at}.stickiness.mode: "balancerCookie", must be "off" for algorithm "weighted_random"`,
  ],
  [
    "cookies where requests stay in their zone",
    endpoint({ ...cookie, crossZone: "off" }),
    `${at}.stickiness.mode: "balancerCookie", must be "off" for crossZone "off"`,
  ],
  [
    "words of another kind of load balancer",
    endpoint({ crossZone: true, protocol: "TCP", protocolVersion: "http2" }),
    `${at}.crossZone: true, must be one of "on", "off"`,
    `${at}.protocol: "TCP", must be one of "HTTP", "HTTPS"`,
    `${at}.protocolVersion: "http2", must be one of "HTTP1", "HTTP2", "GRPC"`,
  ],
  [
    "WebSockets over HTTP/2",
    endpoint({ protocolVersion: "HTTP2", webSocket: {} }),
    `${at}.protocolVersion: "HTTP2", must be "HTTP1" or left out for WebSockets`,
  ],
  [
    "a page for a gRPC server",
    endpoint({ protocolVersion: "GRPC", health: { path: "/health", matcher: "200" } }),
    `${at}.health.path: "/health", must be a method such as "/package.service/method" for protocolVersion "GRPC"`,
    `${at}.health.matcher: "200", must be codes of gRPC from 0 to 99 such as "0", "0,12" or "0-5" for protocolVersion "GRPC"`,
  ],
  [
    "codes of gRPC for a page",
    endpoint({ health: { matcher: "12" } }),
    `${at}.health.matcher: "12", must be status codes of 200 to 399 such as "200", "200,204" or "200-299"`,
  ],
  [
    "codes that are none",
    endpoint({ health: { matcher: "OK" } }),
    `${at}.health.matcher: "OK", must be status codes of 200 to 399 such as "200", "200,204" or "200-299", or codes of gRPC such as "0" or "0,12"`,
  ],
  [
    "thresholds without a number",
    endpoint({ minimumHealthy: { dnsFailover: {}, routing: {} } }),
    `${at}.minimumHealthy.dnsFailover: a map, must have count or percent, or both`,
    `${at}.minimumHealthy.routing: a map, must have count or percent, or both`,
  ],
  [
    "thresholds out of range",
    endpoint({ minimumHealthy: { dnsFailover: { count: 0, percent: 101 } } }),
    `${at}.minimumHealthy.dnsFailover.count: 0, must be a whole number from 1 to 1000`,
    `${at}.minimumHealthy.dnsFailover.percent: 101, must be a whole number from 1 to 100`,
  ],
  [
    "zones that stay in DNS when their requests go anywhere",
    endpoint({ minimumHealthy: { routing: { count: 2 } } }),
    `${at}.minimumHealthy.dnsFailover.count: 1, must be at least routing.count (2)`,
  ],
  [
    "zones that stay in DNS when their requests go anywhere, by share",
    endpoint({ minimumHealthy: { dnsFailover: { percent: 30 }, routing: { percent: 50 } } }),
    `${at}.minimumHealthy.dnsFailover.percent: 30, must be at least routing.percent (50)`,
  ],
  [
    "more healthy instances than there can be",
    endpoint({ minimumHealthy: { dnsFailover: { count: 11 }, routing: { count: 11 } } }),
    `${at}.minimumHealthy.dnsFailover.count: 11, must be at most sizing.max (10)`,
    `${at}.minimumHealthy.routing.count: 11, must be at most sizing.max (10)`,
  ],
  [
    "connections that cannot go together with the load balancer's",
    endpoint({
      webSocket: { heartbeatSeconds: 60 },
      keepAliveSeconds: 60,
      retries: { tryTimeoutSeconds: 30 },
    }),
    `${at}.webSocket.heartbeatSeconds: 60, must be less than loadBalancer.idleTimeoutSeconds (60), or quiet connections are closed`,
    `${at}.keepAliveSeconds: 60, must be more than loadBalancer.idleTimeoutSeconds (60), or clients see 502`,
    `${at}.retries: 127 s in all, must end before loadBalancer.idleTimeoutSeconds (60), or clients see 504: set deadlineSeconds`,
  ],
  [
    "a service that closes connections first, said once for all its endpoints",
    stack({
      "evenkeel:loadBalancer": { ...domain, idleTimeoutSeconds: 120 },
      "evenkeel:services": {
        web: service({
          keepAliveSeconds: 65,
          endpoints: {
            main: { routes },
            api: { routes: { all: { priority: 2, paths: ["/api/*"] } } },
            ws: { routes: { all: { priority: 3, paths: ["/ws"] } }, keepAliveSeconds: 121 },
          },
        }),
      },
    }),
    "evenkeel:services.web.keepAliveSeconds: 65, must be more than loadBalancer.idleTimeoutSeconds (120), or clients see 502",
  ],
  [
    "retries that never end, and others without a time",
    endpoint({
      retries: { tryTimeoutSeconds: 0, maxRetries: 11, baseDelaySeconds: -1, deadlineSeconds: 3601 },
    }),
    `${at}.retries.tryTimeoutSeconds: 0, must be a number above 0 and up to 3600`,
    `${at}.retries.maxRetries: 11, must be a whole number from 0 to 10`,
    `${at}.retries.baseDelaySeconds: -1, must be a number from 0 to 60`,
    `${at}.retries.deadlineSeconds: 3601, must be a number above 0 and up to 3600`,
  ],
  [
    "probes slower than production's failover, said once for all endpoints that follow their service",
    stack({
      "evenkeel:environment": "production",
      "evenkeel:services": {
        web: service({
          health: { profile: "standard" },
          endpoints: {
            main: { routes },
            api: { routes: { all: { priority: 2, paths: ["/api/*"] } } },
          },
        }),
      },
    }),
    'evenkeel:services.web.health.profile: "standard", must find a failure within failoverTargetSeconds (30), and takes up to 95',
  ],
  [
    "one endpoint's probes slower than the failover the stack wants",
    endpoint({ health: { profile: "standard" } }, { "evenkeel:failoverTargetSeconds": "94" }),
    `${at}.health.profile: "standard", must find a failure within failoverTargetSeconds (94), and takes up to 95`,
  ],
  [
    "a failover of no time",
    stack({ "evenkeel:failoverTargetSeconds": "9" }),
    "evenkeel:failoverTargetSeconds: 9, must be a whole number from 10 to 3600",
  ],
];

describe("the balancing of an endpoint", () => {
  for (const [what, config, ...faults] of rows) {
    it(`is refused for ${what}`, () => {
      assert.deepEqual(faultsOf(config), faults);
    });
  }

  it("shows no figure of a service that is encrypted", () => {
    const config = endpoint({
      retries: { tryTimeoutSeconds: 30 },
      minimumHealthy: { routing: { count: 2 } },
    });
    assert.deepEqual(faultsOf(config, ["evenkeel:services"]), [
      `${at}.minimumHealthy.dnsFailover.count: [secret], must be at least routing.count ([secret])`,
      `${at}.retries: [secret] s in all, must end before loadBalancer.idleTimeoutSeconds (60), or clients see 504: set deadlineSeconds`,
    ]);
  });

  it("is not judged by a limit that is at fault itself", () => {
    const config = endpoint(
      { keepAliveSeconds: 5 },
      { "evenkeel:loadBalancer": { ...domain, idleTimeoutSeconds: 0 } },
    );
    assert.deepEqual(faultsOf(config), [
      "evenkeel:loadBalancer.idleTimeoutSeconds: 0, must be a whole number from 1 to 4000",
    ]);
  });

  function mainOf(config: Config) {
    const { main } = settingsOf(config).services.web?.endpoints ?? {};
    assert(main);
    return main;
  }

  it("reaches the component as it is said", () => {
    const said = {
      algorithm: "round_robin",
      crossZone: "off",
      slowStartSeconds: 60,
      protocol: "HTTPS",
      protocolVersion: "HTTP2",
      minimumHealthy: { dnsFailover: { percent: 60 }, routing: { count: 2, percent: 50 } },
      keepAliveSeconds: 61,
      retries: { tryTimeoutSeconds: 10, maxRetries: 2, baseDelaySeconds: 0.5, deadlineSeconds: 55 },
      drainSeconds: 120,
    };
    assert.deepEqual(mainOf(endpoint(said)), {
      port: 8080,
      routes,
      health: { profile: "standard", path: "/health", port: 8080, matcher: "200" },
      stickiness: { mode: "off" },
      ...said,
    });
  });

  it("gives WebSockets a heartbeat and time to say goodbye", () => {
    const { webSocket, drainSeconds } = mainOf(endpoint({ webSocket: {} }));
    assert.deepEqual([webSocket, drainSeconds], [{ heartbeatSeconds: 25 }, 300]);
    assert.equal(mainOf(endpoint({ webSocket: {}, drainSeconds: 10 })).drainSeconds, 10);
  });

  it("counts tries as they are if nothing else is said", () => {
    const { retries } = mainOf(endpoint({ retries: { tryTimeoutSeconds: 3 } }));
    assert.deepEqual(retries, { tryTimeoutSeconds: 3, maxRetries: 3, baseDelaySeconds: 1 });
  });

  it("asks a gRPC server by a method, whatever pages its service has", () => {
    const config = stack({
      "evenkeel:services": {
        web: service({
          health: { path: "/ready", matcher: "200-299" },
          endpoints: {
            main: { routes: { all: { priority: 2, paths: ["/*"] } } },
            rpc: { routes: { all: { priority: 1, paths: ["/shop.*"] } }, protocolVersion: "GRPC" },
          },
        }),
      },
    });
    const settings = settingsOf(config);
    const { main, rpc } = settings.services.web?.endpoints ?? {};
    assert.deepEqual([main?.health.path, main?.health.matcher], ["/ready", "200-299"]);
    assert.deepEqual([rpc?.health.path, rpc?.health.matcher], ["/AWS.ALB/healthcheck", "12"]);
    assert.equal(settings.healthPath, "/ready");
  });

  it("names no path for browsers where there are gRPC servers only", () => {
    assert.equal(settingsOf(endpoint({ protocolVersion: "GRPC" })).healthPath, "/");
  });

  it("lets a production stack that says how long a failover may be have slow probes", () => {
    const config = endpoint(
      { health: { profile: "standard" } },
      { "evenkeel:environment": "production", "evenkeel:failoverTargetSeconds": "95" },
    );
    assert.equal(settingsOf(config).failoverTargetSeconds, 95);
  });
});
