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
  endpoints: { main: { routes: { all: { priority: 1000, paths: ["/*"] } } } },
};
const routes = { all: { priority: 1000, paths: ["/*"] } };

/** Makes a service, of an endpoint as another language, or a configuration file, might give it. */
function withEndpoint(endpoint: object) {
  return () => new Service("web", { ...args, endpoints: { main: { routes, ...endpoint } } });
}

function withRoutes(routes: object) {
  return withEndpoint({ routes });
}

type Case = readonly [title: string, make: () => unknown, faults: readonly string[]];

const cases: readonly Case[] = [
  [
    "no endpoint",
    () => new Service("web", { ...args, endpoints: {} }),
    ["endpoints: needs 1 or more, got 0"],
  ],
  [
    "a name for an endpoint that AWS does not take",
    () => new Service("web", { ...args, endpoints: { my_api: { routes } } }),
    [`endpoints.my_api: key must be letters, digits and hyphens, beginning with a letter, got "my_api"`],
  ],
  [
    "ports out of range",
    withEndpoint({ port: 0, health: { port: 65_536 } }),
    [
      "endpoints.main.port: must be a whole number from 1 to 65535, got 0",
      "endpoints.main.health.port: must be a whole number from 1 to 65535, got 65536",
    ],
  ],
  ["no route", withRoutes({}), ["endpoints.main.routes: needs 1 or more, got 0"]],
  [
    "a route to anything",
    withRoutes({ all: { priority: 1, paths: [], hosts: [] } }),
    [
      "endpoints.main.routes.all.paths: must have 1 or more, got 0 values",
      "endpoints.main.routes.all.hosts: must have 1 or more, got 0 values",
    ],
  ],
  [
    "a priority out of range",
    withRoutes({ all: { priority: 50_001, paths: ["/*"] } }),
    ["endpoints.main.routes.all.priority: must be a whole number from 1 to 50000, got 50001"],
  ],
  [
    "more patterns than a rule holds",
    withRoutes({ all: { priority: 1, paths: ["/a", "/b", "/c"], hosts: ["a.com", "b.com", "c.com"] } }),
    ["endpoints.main.routes.all: must have 5 at most in all its conditions, got 6 values"],
  ],
  [
    "more wildcards than a rule holds",
    withRoutes({ all: { priority: 1, paths: ["/*/*/*", "/?/?/?"], hosts: ["*.a.com"] } }),
    ["endpoints.main.routes.all: must have 6 at most in all its conditions, got 7 wildcards"],
  ],
  [
    "patterns that match nothing",
    withRoutes({
      all: { priority: 1, paths: ["api/*", `/${"x".repeat(128)}`], hosts: ["localhost", "a.com:8443"] },
    }),
    [
      `endpoints.main.routes.all.paths[0]: must be a path pattern of up to 128 characters such as "/api/*", got "api/*"`,
      `endpoints.main.routes.all.paths[1]: must be a path pattern of up to 128 characters such as "/api/*", got "/${"x".repeat(128)}"`,
      `endpoints.main.routes.all.hosts[0]: must be a host name or pattern of up to 128 characters such as "*.example.com", got "localhost"`,
      `endpoints.main.routes.all.hosts[1]: must be a host name or pattern of up to 128 characters such as "*.example.com", got "a.com:8443"`,
    ],
  ],
  [
    "a priority two routes share",
    () =>
      new Service("web", {
        ...args,
        endpoints: { main: { routes }, api: { routes: { all: { priority: 1000, paths: ["/api/*"] } } } },
      }),
    ["endpoints.api.routes.all.priority: 1000 is taken by endpoints.main.routes.all.priority"],
  ],
  [
    "probes that find nothing out",
    withEndpoint({ health: { profile: "slow", path: "health", matcher: "200-499" } }),
    [
      `endpoints.main.health.profile: must be one of "standard", "fast", got "slow"`,
      `endpoints.main.health.path: must be a path like "/health" of 1024 characters or fewer, got "health"`,
      `endpoints.main.health.matcher: must be codes from 200 to 399 like "200", "200,204" or "200-299", got "200-499"`,
    ],
  ],
  [
    "an unknown algorithm",
    withEndpoint({ algorithm: "roundRobin", anomalyMitigation: "yes" }),
    [
      `endpoints.main.algorithm: must be one of "round_robin", "least_outstanding_requests", "weighted_random", got "roundRobin"`,
      `endpoints.main.anomalyMitigation: must be one of "on", "off", got "yes"`,
    ],
  ],
  [
    "a slow start with the default algorithm",
    withEndpoint({ slowStartSeconds: 60 }),
    [
      `endpoints.main.slowStartSeconds: needs algorithm "round_robin", got algorithm "least_outstanding_requests"`,
    ],
  ],
  [
    "a slow start with random choice",
    withEndpoint({ slowStartSeconds: 60, algorithm: "weighted_random" }),
    [`endpoints.main.slowStartSeconds: needs algorithm "round_robin", got algorithm "weighted_random"`],
  ],
  [
    "a slow start that is too short",
    withEndpoint({ slowStartSeconds: 29, algorithm: "round_robin" }),
    ["endpoints.main.slowStartSeconds: must be a whole number from 30 to 900, got 29"],
  ],
  [
    "sparing bad instances where each has its turn",
    withEndpoint({ anomalyMitigation: "on", algorithm: "round_robin" }),
    [`endpoints.main.anomalyMitigation: "on" needs algorithm "weighted_random", got algorithm "round_robin"`],
  ],
  [
    "draining and requests out of range",
    withEndpoint({ drainSeconds: 3601, requestsPerMinute: 0 }),
    [
      "endpoints.main.drainSeconds: must be a whole number from 0 to 3600, got 3601",
      "endpoints.main.requestsPerMinute: must be a number from 1 to 10000000, got 0",
    ],
  ],
  [
    "an unknown stickiness",
    withEndpoint({ stickiness: { mode: "lb_cookie" } }),
    [
      `endpoints.main.stickiness.mode: must be one of "off", "balancerCookie", "applicationCookie", got "lb_cookie"`,
    ],
  ],
  [
    "a cookie where nothing is sticky",
    withEndpoint({ stickiness: { cookieName: "SESSION", durationSeconds: 60 } }),
    [
      `endpoints.main.stickiness.cookieName: belongs to mode "applicationCookie", got mode "off"`,
      `endpoints.main.stickiness.durationSeconds: belongs to a mode with a cookie, got mode "off"`,
    ],
  ],
  [
    "a name for the balancer's cookie, and a duration past a week",
    withEndpoint({ stickiness: { mode: "balancerCookie", cookieName: "SESSION", durationSeconds: 604_801 } }),
    [
      `endpoints.main.stickiness.cookieName: belongs to mode "applicationCookie", got mode "balancerCookie"`,
      "endpoints.main.stickiness.durationSeconds: must be a whole number from 1 to 604800, got 604801",
    ],
  ],
  [
    "no name for the application's cookie",
    withEndpoint({ stickiness: { mode: "applicationCookie" } }),
    [`endpoints.main.stickiness.cookieName: is needed for mode "applicationCookie"`],
  ],
  [
    "a name of a cookie that is none",
    withEndpoint({ stickiness: { mode: "applicationCookie", cookieName: "my session" } }),
    ['endpoints.main.stickiness.cookieName: must be letters, digits and !#$%&\'*+-.^_`|~, got "my session"'],
  ],
  ...["AWSALB", "AWSALBAPP", "AWSALBTG-1"].map(
    (cookieName): Case => [
      `the balancer's own ${cookieName} as the application's cookie`,
      withEndpoint({ stickiness: { mode: "applicationCookie", cookieName } }),
      [
        `endpoints.main.stickiness.cookieName: must not begin with AWSALB, which the load balancer keeps for itself, got "${cookieName}"`,
      ],
    ],
  ),
  [
    "alarms that would always ring, or never",
    () =>
      new Service("web", {
        ...args,
        alarms: {
          warningTopicArn: "arn:aws:sns:us-east-1:123456789012:warning",
          criticalTopicArn: "arn:aws:sns:us-east-1:123456789012:critical",
          namePrefix: "1st",
          runbookUrl: "",
          latencyHighSeconds: 0,
          errorHighPercent: 101,
          memoryHighPercent: -1,
          cpuHighPercent: 20,
        },
      }),
    [
      `alarms.namePrefix: must be letters, digits and hyphens, beginning with a letter, got "1st"`,
      `alarms.runbookUrl: must be a folder like "https://example.com/runbooks", got ""`,
      "alarms.latencyHighSeconds: must be more than 0, got 0",
      "alarms.errorHighPercent: must be a number from 0 to 100, got 101",
      "alarms.memoryHighPercent: must be a number from 0 to 100, got -1",
      "alarms.cpuLowPercent: must be less than cpuHighPercent, 20, got 30",
    ],
  ],
  [
    "everything that is wrong with it and with its group at once",
    () =>
      new Service("web", {
        ...args,
        minSize: 11,
        instanceTypes: ["t3"],
        purchase: { mode: "mixed" },
        endpoints: { main: { routes, drainSeconds: -1 } },
      }),
    [
      "endpoints.main.drainSeconds: must be a whole number from 0 to 3600, got -1",
      "maxSize: must be at least minSize, 11, got 10",
      `instanceTypes[0]: must be an instance type like "t3.medium", got "t3"`,
      `instanceTypes: needs 2 or more for purchase.mode "mixed", got 1`,
    ],
  ],
];

describe("a service refuses", () => {
  for (const [title, make, faults] of cases) {
    it(`${title}, and creates nothing`, async () => {
      const { message, names } = await refused(make);
      assert.deepEqual(message.split("\n"), ["invalid arguments", ...faults.map((fault) => `  ${fault}`)]);
      assert.deepEqual(names, ["web"]);
    });
  }

  it("a name that leaves no room for its role's", async () => {
    const { message } = await refused(() => new Service("w".repeat(46), args));
    assert.equal(
      message,
      `invalid arguments\n  name: must have 45 characters or fewer to leave room for "-group-role", got 46`,
    );
  });
});

describe("a service takes", () => {
  it("the longest name that leaves room", async () => {
    const name = "w".repeat(45);
    const stack = await built(() => new Service(name, args));
    assert.ok(stack.names.includes(`${name}-group-role`));
  });

  it("as many patterns and wildcards as a rule holds", async () => {
    const route = { priority: 1, paths: ["/a/*", "/b/*", "/c?*"], hosts: ["*.example.com", "*.example.org"] };
    const stack = await built(withRoutes({ all: route }), { mode: "preview" });
    assert.deepEqual(stack.inputs("web-rule-1").conditions, [
      { pathPattern: { values: route.paths } },
      { hostHeader: { values: route.hosts } },
    ]);
  });

  for (const matcher of ["200", "200,204", "200-299", "200,301,399"]) {
    it(`${matcher} for a healthy instance`, async () => {
      const stack = await built(withEndpoint({ health: { matcher } }), { mode: "preview" });
      assert.equal((stack.inputs("web-targets-main").healthCheck as { matcher: string }).matcher, matcher);
    });
  }
});
