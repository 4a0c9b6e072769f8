import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { Service, type ServiceArgs } from "../../components/service/service";
import { UNKNOWN } from "../../sandbox";
import { built } from "../support/built";
import { refused } from "../support/refused";

const all = { priority: 1000, paths: ["/*"] };
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
  endpoints: { main: { routes: { all } } },
};

/** Makes a service, of arguments as another language might give them. */
function make(more: object) {
  return () => new Service("web", { ...args, ...more });
}

const withRoutes = (routes: object) => make({ endpoints: { main: { routes } } });
const withRoute = (route: object) => withRoutes({ all: { priority: 1, ...route } });
const preview = (program: () => unknown) => built(program, { mode: "preview" });
const oidc = {
  issuer: "https://login.example.com",
  authorizationEndpoint: "https://login.example.com/authorize",
  tokenEndpoint: "https://login.example.com/token",
  userInfoEndpoint: "https://login.example.com/userinfo",
  clientId: "shop",
};
const cognito = {
  userPoolArn: "arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_Ab129faBb",
  userPoolClientId: "7lhlkkfbfb4q5kpp90urffao",
  userPoolDomain: "shop",
};

describe("a route of a service", () => {
  it("matches by every condition AWS has", async () => {
    const stack = await preview(
      withRoutes({
        one: {
          priority: 1,
          paths: ["/a"],
          hosts: ["a.com"],
          headers: { "X-A": ["1"] },
          methods: ["GET", "HEAD"],
        },
        two: {
          priority: 2,
          pathRegexes: ["^/v[0-9]+/"],
          hostRegexes: ["^a[0-9]\\.com$"],
          headerRegexes: { "X-A": ["^1$"] },
        },
        three: {
          priority: 3,
          queryStrings: { v: ["1", "2"], "*": ["debug"] },
          sourceIps: ["10.0.0.0/8", "2001:db8::/32"],
        },
      }),
    );
    assert.deepEqual(stack.inputs("web-rule-1").conditions, [
      { pathPattern: { values: ["/a"] } },
      { hostHeader: { values: ["a.com"] } },
      { httpHeader: { httpHeaderName: "X-A", values: ["1"] } },
      { httpRequestMethod: { values: ["GET", "HEAD"] } },
    ]);
    assert.deepEqual(stack.inputs("web-rule-2").conditions, [
      { pathPattern: { regexValues: ["^/v[0-9]+/"] } },
      { hostHeader: { regexValues: ["^a[0-9]\\.com$"] } },
      { httpHeader: { httpHeaderName: "X-A", regexValues: ["^1$"] } },
    ]);
    assert.deepEqual(stack.inputs("web-rule-3").conditions, [
      {
        queryStrings: [
          { key: "v", value: "1" },
          { key: "v", value: "2" },
        ],
      },
      { queryStrings: [{ value: "debug" }] },
      { sourceIp: { values: ["10.0.0.0/8", "2001:db8::/32"] } },
    ]);
  });

  it("rewrites path and host before it forwards", async () => {
    const path = { regex: "^/shop/(.*)$", replace: "/$1" };
    const host = { regex: "^(.+)\\.example\\.com$", replace: "$1.internal" };
    const stack = await preview(withRoute({ paths: ["/shop/*"], rewrite: { path, host } }));
    const { actions, transforms } = stack.inputs("web-rule-1");
    assert.deepEqual(actions, [{ type: "forward", targetGroupArn: UNKNOWN }]);
    assert.deepEqual(transforms, [
      { type: "host-header-rewrite", hostHeaderRewriteConfig: { rewrite: host } },
      { type: "url-rewrite", urlRewriteConfig: { rewrite: path } },
    ]);
  });

  it("has users sign in by OpenID Connect, and keeps the secret one", async () => {
    const clientSecret = pulumi.secret("very private");
    const authenticate = {
      oidc: { ...oidc, clientSecret },
      scope: "openid email",
      sessionTimeoutSeconds: 3600,
    };
    const stack = await preview(withRoute({ paths: ["/*"], authenticate }));
    assert.deepEqual(stack.inputs("web-rule-1").actions, [
      {
        type: "authenticate-oidc",
        authenticateOidc: {
          ...oidc,
          clientSecret: "very private",
          onUnauthenticatedRequest: "authenticate",
          scope: "openid email",
          sessionTimeout: 3600,
          sessionCookieName: "AWSELBAuthSessionCookie",
        },
      },
      { type: "forward", targetGroupArn: UNKNOWN },
    ]);
    assert.deepEqual(stack.resource("web-rule-1").secretPaths, ["actions[0].authenticateOidc.clientSecret"]);
  });

  it("has users sign in with Cognito", async () => {
    const stack = await preview(
      withRoute({
        paths: ["/*"],
        authenticate: {
          cognito,
          onUnauthenticatedRequest: "deny",
          sessionCookieName: "Shop",
          authenticationRequestExtraParams: { prompt: "login" },
        },
      }),
    );
    assert.deepEqual((stack.inputs("web-rule-1").actions as unknown[])[0], {
      type: "authenticate-cognito",
      authenticateCognito: {
        ...cognito,
        onUnauthenticatedRequest: "deny",
        scope: "openid",
        sessionTimeout: 604_800,
        sessionCookieName: "Shop",
        authenticationRequestExtraParams: { prompt: "login" },
      },
    });
  });

  it("validates bearer tokens", async () => {
    const issuer = { issuer: "https://login.example.com", jwksEndpoint: "https://login.example.com/keys" };
    const scope = { format: "space-separated-values", values: ["orders:read"] };
    const stack = await preview(
      withRoutes({
        plain: { priority: 1, paths: ["/a"], jwtValidation: issuer },
        claims: { priority: 2, paths: ["/b"], jwtValidation: { ...issuer, additionalClaims: { scope } } },
      }),
    );
    const first = (name: string) => (stack.inputs(name).actions as unknown[])[0];
    assert.deepEqual(first("web-rule-1"), { type: "jwt-validation", jwtValidation: issuer });
    assert.deepEqual(first("web-rule-2"), {
      type: "jwt-validation",
      jwtValidation: { ...issuer, additionalClaims: [{ name: "scope", ...scope }] },
    });
  });
});

describe("a service", () => {
  it("sends requests elsewhere and answers them, without a target group", async () => {
    const stack = await preview(
      make({
        redirects: {
          moved: {
            priority: 1,
            hosts: ["old.example.com"],
            to: { host: "www.example.com" },
            statusCode: "HTTP_301",
          },
          renamed: { priority: 2, paths: ["/old/*"], to: { path: "/new/#{path}", port: "8443", query: "" } },
        },
        fixedResponses: {
          admin: { priority: 3, paths: ["/admin/*"], statusCode: "404" },
          down: {
            priority: 4,
            paths: ["/pay/*"],
            statusCode: "503",
            contentType: "application/json",
            messageBody: "{}",
          },
        },
        tags: { owner: "shop" },
      }),
    );
    assert.deepEqual(stack.inputs("web-rule-1"), {
      listenerArn: args.loadBalancer.listenerArn,
      priority: 1,
      conditions: [{ hostHeader: { values: ["old.example.com"] } }],
      actions: [
        {
          type: "redirect",
          redirect: {
            protocol: "HTTPS",
            host: "www.example.com",
            path: "/#{path}",
            port: "#{port}",
            query: "#{query}",
            statusCode: "HTTP_301",
          },
        },
      ],
      tags: { Name: "web-redirect-moved", owner: "shop" },
    });
    assert.deepEqual((stack.inputs("web-rule-2").actions as { redirect: object }[])[0]?.redirect, {
      protocol: "HTTPS",
      host: "#{host}",
      path: "/new/#{path}",
      port: "8443",
      query: "",
      statusCode: "HTTP_302",
    });
    assert.deepEqual(stack.inputs("web-rule-3").actions, [
      { type: "fixed-response", fixedResponse: { contentType: "text/plain", statusCode: "404" } },
    ]);
    assert.deepEqual(stack.inputs("web-rule-4").actions, [
      {
        type: "fixed-response",
        fixedResponse: { contentType: "application/json", statusCode: "503", messageBody: "{}" },
      },
    ]);
    assert.deepEqual(stack.inputs("web-rule-4").tags, { Name: "web-response-down", owner: "shop" });
  });

  const priorities = { from: 2000, to: 2999 };
  const rules = (names: readonly string[]) => names.filter((name) => name.startsWith("web-rule-"));
  const routes = { all: { paths: ["/*"] }, api: { paths: ["/api/*"] }, orders: { paths: ["/api/orders/*"] } };

  it("allots its routes priorities, the more specific first", async () => {
    const stack = await preview(make({ priorities, endpoints: { main: { routes } } }));
    const sorted = rules(stack.names).map((name) => stack.inputs(name).conditions);
    assert.deepEqual(sorted, [
      [{ pathPattern: { values: ["/api/orders/*"] } }],
      [{ pathPattern: { values: ["/api/*"] } }],
      [{ pathPattern: { values: ["/*"] } }],
    ]);
  });

  it("renumbers no route when one is added or removed", async () => {
    const [before, after] = await Promise.all(
      [
        preview(make({ priorities, endpoints: { main: { routes } } })),
        preview(
          make({
            priorities,
            endpoints: {
              main: { routes: { first: { paths: ["/first"] }, ...routes } },
              ws: { routes: { all: { paths: ["/ws*"], order: "first" } } },
            },
            redirects: { old: { paths: ["/old"], to: { path: "/new" } } },
          }),
        ),
      ].map(async (each) => rules((await each).names)),
    );
    assert.equal(before?.length, 3);
    assert.equal(after?.length, 6);
    assert.deepEqual(
      before?.filter((name) => !after?.includes(name)),
      [],
    );
  });

  it("takes a priority beside those it allots", async () => {
    const own = { own: { paths: ["/own"], priority: 7 } };
    const stack = await preview(make({ priorities, endpoints: { main: { routes: { ...routes, ...own } } } }));
    assert.equal(rules(stack.names).length, 4);
    assert.ok(stack.names.includes("web-rule-7"));
  });
});

type Case = readonly [title: string, make: () => unknown, faults: readonly string[]];

const route = "endpoints.main.routes.all";
const noLookAround =
  'a regular expression of up to 128 characters such as "^/v[0-9]+/", without look-around, back references, atomic groups, possessive quantifiers, recursion and Unicode classes';

const cases: readonly Case[] = [
  [
    "no condition",
    withRoute({}),
    [
      `${route}: must have a condition, one or more of paths, pathRegexes, hosts, hostRegexes, methods, sourceIps, headers, headerRegexes, queryStrings`,
    ],
  ],
  [
    "conditions of no form AWS takes",
    withRoute({
      headers: { Host: ["a"], "X-A": [] },
      methods: ["get"],
      queryStrings: { v: [""] },
      sourceIps: ["10.0.0.1/8"],
    }),
    [
      `${route}.methods[0]: must be a method of up to 40 capital letters such as "POST", got "get"`,
      `${route}.sourceIps[0]: must be a block of addresses that begins with its first one, such as "10.0.0.0/8" or "2001:db8::/32", got "10.0.0.1/8"`,
      `${route}.headers.Host: must be the name of a header of up to 40 characters such as "X-Version", and not Host, for which there is hosts, got "Host"`,
      `${route}.headers.X-A: must have 1 or more, got 0 values`,
      `${route}.queryStrings.v[0]: must be a value or pattern of up to 128 ASCII characters such as "v1", got ""`,
    ],
  ],
  [
    "regular expressions AWS does not take",
    withRoute({ pathRegexes: ["^/(?!admin)", "(a", "a".repeat(129)] }),
    [0, 1, 2].map(
      (index) =>
        `${route}.pathRegexes[${index}]: must be ${noLookAround}, got ${JSON.stringify(["^/(?!admin)", "(a", "a".repeat(129)][index])}`,
    ),
  ],
  [
    "patterns and regular expressions for one thing",
    withRoute({ paths: ["/a"], pathRegexes: ["^/b"], hosts: ["a.com"], hostRegexes: ["^b"] }),
    [
      `${route}.pathRegexes: must be left out beside paths: a rule has one or the other`,
      `${route}.hostRegexes: must be left out beside hosts: a rule has one or the other`,
    ],
  ],
  [
    "one header named twice",
    withRoute({ headers: { "X-A": ["1"], "x-a": ["2"] } }),
    [`${route}.headers.x-a: must be told apart from "X-A" by more than case, got "x-a"`],
  ],
  [
    "more values than a rule holds, wherever they stand",
    withRoute({
      paths: ["/a", "/b"],
      headers: { "X-A": ["1", "2"] },
      queryStrings: { v: ["1"] },
      methods: ["GET"],
    }),
    [`${route}: must have 5 at most in all its conditions, got 6 values`],
  ],
  [
    "more wildcards than a rule holds, wherever they stand",
    withRoute({ paths: ["/*/*/*"], headers: { "X-A": ["*1*"] }, queryStrings: { "v?": ["\\**"] } }),
    [`${route}: must have 6 at most in all its conditions, got 7 wildcards`],
  ],
  [
    "rewrites that cannot be",
    withRoutes({
      none: { priority: 1, paths: ["/a"], rewrite: {} },
      bad: {
        priority: 2,
        paths: ["/b"],
        rewrite: { path: { regex: "^/(a)(b)$", replace: "/$3" }, host: { regex: "a++", replace: "é" } },
      },
    }),
    [
      "endpoints.main.routes.none.rewrite: must have path, host or both",
      `endpoints.main.routes.bad.rewrite.path.replace: must name no group beyond the 2 of regex, got "/$3"`,
      `endpoints.main.routes.bad.rewrite.host.regex: must do without possessive quantifiers, which AWS does not support, got "a++"`,
      `endpoints.main.routes.bad.rewrite.host.replace: must be up to 1024 ASCII characters, got "é"`,
    ],
  ],
  [
    "a redirect to where it came from, and to no place",
    make({
      redirects: {
        same: { priority: 1, paths: ["/a"], to: { query: "a=1" } },
        bad: {
          priority: 2,
          paths: ["/b"],
          statusCode: "HTTP_308",
          to: { host: "a b", path: "new", port: "65536", query: "?a" },
        },
      },
    }),
    [
      "redirects.same.to: must change host, path or port, or it would lead back to where the request came from",
      `redirects.bad.to.host: must be a host name of up to 128 characters such as "www.example.com", in which #{host} may stand, got "a b"`,
      `redirects.bad.to.path: must be a path of up to 128 characters that begins with a slash such as "/new/#{path}", in which #{host}, #{path} and #{port} may stand, got "new"`,
      `redirects.bad.to.port: must be a port from 1 to 65535, or #{port}, got "65536"`,
      `redirects.bad.to.query: must be a query string of up to 128 characters without the question mark such as "#{query}&from=old", in which #{protocol}, #{host}, #{path}, #{port} and #{query} may stand, got "?a"`,
      `redirects.bad.statusCode: must be one of "HTTP_301", "HTTP_302", got "HTTP_308"`,
    ],
  ],
  [
    "an answer that cannot be given",
    make({
      fixedResponses: {
        bad: {
          priority: 1,
          paths: ["/a"],
          statusCode: "302",
          contentType: "text/xml",
          messageBody: "é".repeat(513),
        },
      },
    }),
    [
      `fixedResponses.bad.statusCode: must be a status code of 2XX, 4XX or 5XX such as "503", got "302"`,
      "fixedResponses.bad.messageBody: must have 1024 bytes at most, got 1026 bytes",
      `fixedResponses.bad.contentType: must be one of "text/plain", "text/css", "text/html", "application/javascript", "application/json", got "text/xml"`,
    ],
  ],
  [
    "a client's secret that is none, and shows it to nobody",
    withRoute({ paths: ["/*"], authenticate: { oidc: { ...oidc, clientSecret: "very private" } } }),
    [
      `${route}.authenticate.oidc.clientSecret: must be a secret, such as config.requireSecret gives, got plain text`,
    ],
  ],
  [
    "two ways to sign in, or none",
    withRoutes({
      both: {
        priority: 1,
        paths: ["/a"],
        authenticate: { cognito, oidc: { ...oidc, clientSecret: pulumi.secret("") } },
      },
      none: { priority: 2, paths: ["/b"], authenticate: {} },
    }),
    [
      "endpoints.main.routes.both.authenticate: must have oidc or cognito, and has both",
      "endpoints.main.routes.none.authenticate: must have oidc or cognito, and has neither",
    ],
  ],
  [
    "signing in that AWS does not know",
    withRoute({
      paths: ["/*"],
      authenticate: {
        cognito: { ...cognito, userPoolArn: "us-east-1_Ab129faBb" },
        onUnauthenticatedRequest: "redirect",
        scope: "email",
        sessionTimeoutSeconds: 604_801,
        sessionCookieName: "AWSALBAuth",
        authenticationRequestExtraParams: Object.fromEntries([..."abcdefghijk"].map((each) => [each, each])),
      },
    }),
    [
      `${route}.authenticate.cognito.userPoolArn: must be the ARN of a Cognito user pool, got "us-east-1_Ab129faBb"`,
      `${route}.authenticate.scope: must be words between single spaces, one of which is openid, such as "openid email", got "email"`,
      `${route}.authenticate.sessionCookieName: must be the name of a cookie of up to 64 characters such as "AppSession", and none that begins with AWSALB, got "AWSALBAuth"`,
      `${route}.authenticate.sessionTimeoutSeconds: must be a whole number from 1 to 604800, got 604801`,
      `${route}.authenticate.authenticationRequestExtraParams: must have 10 at most, got 11 parameters`,
      `${route}.authenticate.onUnauthenticatedRequest: must be one of "authenticate", "allow", "deny", got "redirect"`,
    ],
  ],
  [
    "tokens AWS does not validate",
    withRoute({
      paths: ["/*"],
      jwtValidation: {
        issuer: "",
        jwksEndpoint: "http://login.example.com/keys",
        additionalClaims: {
          exp: { format: "number", values: ["1"] },
          sub: { format: "single-string", values: ["a", "b"] },
          scope: { format: "space-separated-values", values: ["a b"] },
        },
      },
    }),
    [
      `${route}.jwtValidation.issuer: must be an issuer of up to 256 characters such as "https://login.example.com", got ""`,
      `${route}.jwtValidation.jwksEndpoint: must be an https URL with a path, of up to 256 characters, such as "https://login.example.com/oauth2/token", got "http://login.example.com/keys"`,
      `${route}.jwtValidation.additionalClaims.exp: must be the name of a claim, and none of exp, iss, nbf and iat, which are always validated, got "exp"`,
      `${route}.jwtValidation.additionalClaims.sub.values: must have 1 for format "single-string", got 2 values`,
      `${route}.jwtValidation.additionalClaims.scope.values[0]: must be without spaces for format "space-separated-values", got "a b"`,
      `${route}.jwtValidation.additionalClaims.exp.format: must be one of "single-string", "string-array", "space-separated-values", got "number"`,
    ],
  ],
  [
    "signing in and tokens at once",
    withRoute({
      paths: ["/*"],
      authenticate: { cognito },
      jwtValidation: { issuer: "a", jwksEndpoint: "https://a.com/keys" },
    }),
    [`${route}.jwtValidation: must be left out beside authenticate: a rule has one or the other`],
  ],
  [
    "no priority and none to allot",
    withRoutes({ all: { paths: ["/*"] } }),
    [`${route}.priority: is needed, unless the service has priorities to allot one from`],
  ],
  [
    "priorities that are too few, or out of range",
    make({ priorities: { from: 100, to: 198 } }),
    ["priorities: must hold 100 priorities or more, got 100 to 198"],
  ],
  [
    "priorities past the last",
    make({ priorities: { from: 0, to: 50_001 } }),
    [
      "priorities.from: must be a whole number from 1 to 50000, got 0",
      "priorities.to: must be a whole number from 1 to 50000, got 50001",
    ],
  ],
  [
    "an order nobody knows, and one beside a priority",
    make({
      priorities: { from: 1, to: 999 },
      endpoints: {
        main: {
          routes: {
            all,
            a: { paths: ["/a"], order: "early" },
            b: { paths: ["/b"], priority: 2, order: "last" },
          },
        },
      },
    }),
    [
      `endpoints.main.routes.a.order: must be one of "first", "normal", "last", got "early"`,
      "endpoints.main.routes.b.order: must be left out beside priority, which is the route's place already",
    ],
  ],
  [
    "a route that another one hides",
    withRoutes({
      all: { priority: 1, paths: ["/*"] },
      api: { priority: 2, paths: ["/api/*"], methods: ["GET"] },
    }),
    [
      "endpoints.main.routes.api: can never match: endpoints.main.routes.all comes first, with priority 1 before 2, and takes everything it would",
    ],
  ],
  [
    "a route that a redirect hides",
    make({ redirects: { all: { priority: 1, paths: ["*"], to: { host: "www.example.com" } } } }),
    [
      "endpoints.main.routes.all: can never match: redirects.all comes first, with priority 1 before 1000, and takes everything it would",
    ],
  ],
  [
    "an order that would be chance",
    make({
      priorities: { from: 1, to: 999 },
      endpoints: { main: { routes: { api: { paths: ["/api/*"] }, data: { paths: ["*.json"] } } } },
    }),
    [
      `endpoints.main.routes.api: takes some of the requests of endpoints.main.routes.data, and neither asks for more: give one of them order "first" or "last", or a priority`,
    ],
  ],
];

describe("a service refuses", () => {
  for (const [title, program, faults] of cases) {
    it(`${title}, and creates nothing`, async () => {
      const { message, names } = await refused(program);
      assert.deepEqual(message.split("\n"), ["invalid arguments", ...faults.map((fault) => `  ${fault}`)]);
      assert.deepEqual(names, ["web"]);
    });
  }

  it("two routes that chance gave one priority, and says what to do", async () => {
    const paths = Object.fromEntries(
      Array.from({ length: 30 }, (_, index) => [
        `r${index}`,
        { paths: [`/${String(index).padStart(2, "0")}`] },
      ]),
    );
    const routing = { priorities: { from: 1, to: 100 }, endpoints: { main: { routes: paths } } };
    const { message } = await refused(make(routing));
    const [, first] = message.split("\n");
    assert.match(
      first ?? "",
      /^ {2}endpoints\.main\.routes\.r\d+: has priority \d+ like endpoints\.main\.routes\.r\d+, by chance: give one of them a priority of its own$/,
    );
  });
});
