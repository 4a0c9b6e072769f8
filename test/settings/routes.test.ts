import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { type Config, settingsOf, stack } from "./configured";

const all = { priority: 1000, paths: ["/*"] };
const main = { main: { routes: { all } } };
const configured = (services: object): Config => stack({ "evenkeel:services": services });
const web = (more: object) => configured({ web: { endpoints: main, ...more } });
const route = (more: object) => web({ endpoints: { main: { routes: { all: { ...all, ...more } } } } });
const oidc = {
  issuer: "https://login.example.com",
  authorizationEndpoint: "https://login.example.com/authorize",
  tokenEndpoint: "https://login.example.com/token",
  userInfoEndpoint: "https://login.example.com/userinfo",
  clientId: "shop",
  clientSecret: "very private",
};
const cognito = {
  userPoolArn: "arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_Ab129faBb",
  userPoolClientId: "7lhlkkfbfb4q5kpp90urffao",
  userPoolDomain: "shop",
};
const secretKeys = ["evenkeel:services"];

function faultsOf(config: Config, keys?: string[]): string[] {
  try {
    settingsOf(config, "staging", keys);
  } catch (error) {
    assert(error instanceof Error);
    return error.message
      .split("\n")
      .slice(1)
      .map((line) => line.trim());
  }
  return [];
}

describe("the routes of a stack", () => {
  it("reach the component as they stand there", () => {
    const { services } = settingsOf(
      web({
        endpoints: {
          main: {
            routes: {
              all: {
                order: "first",
                pathRegexes: ["^/v[0-9]+/"],
                headers: { "X-A": ["1"] },
                queryStrings: { "*": ["debug"] },
                rewrite: { path: { regex: "^/v1/(.*)$", replace: "/$1" } },
                jwtValidation: { issuer: "a", jwksEndpoint: "https://a.com/keys" },
              },
            },
          },
        },
        priorities: { from: 100, to: 1099 },
        redirects: { old: { hosts: ["old.example.com"], to: { host: "www.example.com" } } },
        fixedResponses: { admin: { priority: 1, paths: ["/admin/*"], statusCode: "404" } },
      }),
    );
    const { endpoints, priorities, redirects, fixedResponses } = services.web ?? {};
    assert.deepEqual(endpoints?.main?.routes, {
      all: {
        order: "first",
        pathRegexes: ["^/v[0-9]+/"],
        headers: { "X-A": ["1"] },
        queryStrings: { "*": ["debug"] },
        rewrite: { path: { regex: "^/v1/(.*)$", replace: "/$1" } },
        jwtValidation: { issuer: "a", jwksEndpoint: "https://a.com/keys" },
      },
    });
    assert.deepEqual(priorities, { from: 100, to: 1099 });
    assert.deepEqual(redirects, {
      old: { hosts: ["old.example.com"], to: { host: "www.example.com" }, statusCode: "HTTP_302" },
    });
    assert.deepEqual(fixedResponses, {
      admin: { priority: 1, paths: ["/admin/*"], statusCode: "404", contentType: "text/plain" },
    });
  });

  it("have the load balancer reach identity providers if one of them asks for users or tokens", () => {
    const jwtValidation = { issuer: "a", jwksEndpoint: "https://a.com/keys" };
    assert.equal(settingsOf(route({})).loadBalancer.outbound, undefined);
    assert.equal(settingsOf(route({ jwtValidation })).loadBalancer.outbound, "https");
    assert.equal(settingsOf(route({ authenticate: { cognito } })).loadBalancer.outbound, "https");
  });

  it("hand on a client's secret as a secret", async () => {
    const settings = settingsOf(route({ authenticate: { oidc } }), "staging", secretKeys);
    const secret = settings.services.web?.endpoints.main?.routes.all?.authenticate?.oidc?.clientSecret;
    assert.equal(await pulumi.isSecret(pulumi.output(secret)), true);
  });

  it("are judged by the priorities they are allotted, also for the path that shows a stack's health", () => {
    const health = (path: string) => ({ path });
    const { healthPath } = settingsOf(
      web({
        priorities: { from: 1, to: 999 },
        endpoints: {
          main: { routes: { all: { paths: ["/*"] } }, health: health("/health") },
          api: { routes: { all: { paths: ["/health*"] } }, health: health("/healthz") },
        },
      }),
    );
    assert.equal(healthPath, "/healthz");
  });

  it("show a stack's health only where nobody has to sign in, and no redirect is in the way", () => {
    const open = { routes: { all: { priority: 3, paths: ["/open/*"] } }, health: { path: "/open/health" } };
    const healthPath = (more: object) =>
      settingsOf(
        web({
          endpoints: { main: { routes: { all: { ...all, ...more } } }, open },
          redirects: { no: { priority: 2, paths: ["/no"], to: { path: "/yes" } } },
        }),
      ).healthPath;
    assert.equal(healthPath({}), "/health");
    assert.equal(healthPath({ authenticate: { cognito } }), "/open/health");
    assert.equal(healthPath({ methods: ["POST"] }), "/open/health");
  });

  it("count against the quota of rules wherever they stand", () => {
    const many = Object.fromEntries(
      Array.from({ length: 100 }, (_, index) => [
        `r${index}`,
        { priority: index + 1, paths: [`/${String(index).padStart(3, "0")}`], statusCode: "404" },
      ]),
    );
    assert.deepEqual(faultsOf(web({ fixedResponses: many })), [
      "evenkeel:services: 101 routes, each of them a rule of the load balancer, must be 100 at most, AWS's quota for the account: ask for more, then say so in quotas.rulesPerLoadBalancer",
    ]);
  });

  const path = "evenkeel:services.web.endpoints.main.routes.all";
  const other = (routes: object, more: object = {}) => ({ endpoints: { main: { routes } }, ...more });
  for (const [title, config, faults] of [
    [
      "a secret that is not encrypted, and shows it to nobody",
      route({ authenticate: { oidc } }),
      [
        `${path}.authenticate.oidc.clientSecret: plain text, must be encrypted: use pulumi config set --secret --path`,
      ],
    ],
    [
      "two ways to sign in",
      route({ authenticate: {} }),
      [`${path}.authenticate: must have oidc or cognito, and has neither`],
    ],
    [
      "users and tokens at once",
      route({
        authenticate: { cognito },
        jwtValidation: { issuer: "a", jwksEndpoint: "https://a.com/keys" },
      }),
      [`${path}.jwtValidation: a map, must be left out beside authenticate: a rule has one or the other`],
    ],
    [
      "a session of more than a week",
      route({ authenticate: { cognito, sessionTimeoutSeconds: 604_801 } }),
      [`${path}.authenticate.sessionTimeoutSeconds: 604801, must be a whole number from 1 to 604800`],
    ],
    [
      "a rewrite with a group there is not",
      route({ rewrite: { path: { regex: "^/a", replace: "/$1" } } }),
      [`${path}.rewrite.path.replace: "/$1", must name no group beyond the 0 of regex`],
    ],
    [
      "a form AWS does not take",
      route({ sourceIps: ["10.0.0.1/8"], methods: ["get"] }),
      [
        `${path}.methods[0]: "get", must be a method of up to 40 capital letters such as "POST"`,
        `${path}.sourceIps[0]: "10.0.0.1/8", must be a block of addresses that begins with its first one, such as "10.0.0.0/8" or "2001:db8::/32"`,
      ],
    ],
    [
      "a redirect that leads back",
      web({ redirects: { old: { priority: 1, paths: ["/a"], to: {} } } }),
      [
        "evenkeel:services.web.redirects.old.to: must change host, path or port, or it would lead back to where the request came from",
      ],
    ],
    [
      "an answer of no status",
      web({ fixedResponses: { no: { priority: 1, paths: ["/a"], statusCode: "302" } } }),
      [
        'evenkeel:services.web.fixedResponses.no.statusCode: "302", must be a status code of 2XX, 4XX or 5XX such as "503"',
      ],
    ],
    [
      "no priority and none to allot",
      web({ endpoints: { main: { routes: { all: { paths: ["/*"] } } } } }),
      [
        `${path}.priority: not set, must be a whole number from 1 to 50000, unless the service has priorities to allot one from`,
      ],
    ],
    [
      "an order beside a priority",
      route({ order: "last" }),
      [`${path}.order: "last", must be left out beside priority, which is the route's place already`],
    ],
    [
      "priorities that are too few",
      web({ priorities: { from: 1, to: 99 } }),
      ["evenkeel:services.web.priorities: 1 to 99, must hold 100 priorities or more"],
    ],
    [
      "priorities that overlap those of another service",
      configured({
        web: { endpoints: main, priorities: { from: 1, to: 200 } },
        api: other({ all: { paths: ["/api/*"] } }, { priorities: { from: 200, to: 400 } }),
      }),
      [
        "evenkeel:services.api.priorities: 200 to 400, must not overlap evenkeel:services.web.priorities (1 to 200)",
      ],
    ],
    [
      "a priority out of another service's",
      configured({
        web: { endpoints: main },
        api: other({ all: { paths: ["/api/*"] } }, { priorities: { from: 901, to: 1000 } }),
      }),
      [
        `${path}.priority: 1000, must be outside evenkeel:services.api.priorities, which are that service's own`,
      ],
    ],
    [
      "a route that one of another service hides",
      configured({
        web: other({ all: { priority: 1, paths: ["/*"] } }),
        api: other({ all: { priority: 2, hosts: ["api.example.com"] } }),
      }),
      [
        "evenkeel:services.api.endpoints.main.routes.all: priority 2, must come before evenkeel:services.web.endpoints.main.routes.all (priority 1), which takes everything it matches",
      ],
    ],
    [
      "an order that would be chance",
      web({
        priorities: { from: 1, to: 999 },
        endpoints: { main: { routes: { api: { paths: ["/api/*"] }, data: { paths: ["*.json"] } } } },
      }),
      [
        "evenkeel:services.web.endpoints.main.routes.api: priority 830, must have an order or a priority: evenkeel:services.web.endpoints.main.routes.data takes some of the same requests, and neither asks for more",
      ],
    ],
  ] as const) {
    it(`are refused for ${title}`, () => {
      assert.deepEqual(faultsOf(config), faults);
    });
  }

  it("are refused for a priority that chance gave twice, naming both and the way out", () => {
    const routes = Object.fromEntries(
      Array.from({ length: 30 }, (_, index) => [
        `r${index}`,
        { paths: [`/${String(index).padStart(2, "0")}`] },
      ]),
    );
    const [first] = faultsOf(web({ priorities: { from: 1, to: 100 }, endpoints: { main: { routes } } }));
    assert.match(
      first ?? "",
      /^evenkeel:services\.web\.endpoints\.main\.routes\.r\d+\.priority: \d+, must differ from the priority of web\.main\.r\d+, by chance: give one of them a priority of its own$/,
    );
  });
});
