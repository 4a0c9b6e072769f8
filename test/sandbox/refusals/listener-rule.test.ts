import assert from "node:assert/strict";
import { Account, type Case } from "../account";
import { eachIsRefused } from "./single";

const listener = "aws:lb/listener:Listener";
const rule = "aws:lb/listenerRule:ListenerRule";
const elb = "arn:aws:elasticloadbalancing:us-east-1:123456789012";
const loadBalancerArn = `${elb}:loadbalancer/app/edge/0123456789abcdef`;
const listenerArn = `${elb}:listener/app/edge/0123456789abcdef/0123456789abcdef`;
const forward = { type: "forward", targetGroupArn: `${elb}:targetgroup/web/0123456789abcdef` };
const good = {
  listenerArn,
  priority: 10,
  actions: [forward],
  conditions: [{ pathPattern: { values: ["/*"] } }],
};
const oidc = {
  issuer: "https://login.example.com",
  authorizationEndpoint: "https://login.example.com/authorize",
  tokenEndpoint: "https://login.example.com/token",
  userInfoEndpoint: "https://login.example.com/userinfo",
  clientId: "shop",
  clientSecret: "secret",
};
const cognito = {
  userPoolArn: "arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_Ab129faBb",
  userPoolClientId: "7lhlkkfbfb4q5kpp90urffao",
  userPoolDomain: "shop",
};
const jwt = { issuer: "https://login.example.com", jwksEndpoint: "https://login.example.com/keys" };
const withOidc = (more: object = {}) => ({
  type: "authenticate-oidc",
  authenticateOidc: { ...oidc, ...more },
});
const withCognito = (more: object = {}) => ({
  type: "authenticate-cognito",
  authenticateCognito: { ...cognito, ...more },
});
const withJwt = (more: object = {}) => ({ type: "jwt-validation", jwtValidation: { ...jwt, ...more } });
const redirect = (more: object) => ({
  type: "redirect",
  redirect: { statusCode: "HTTP_302", protocol: "HTTPS", ...more },
});

function of(title: string, inputs: object, at: string, reason: string): Case {
  return { title, type: rule, inputs: { ...good, ...inputs } as Case["inputs"], at, reason };
}

const condition = (title: string, block: object, at: string, reason: string) =>
  of(title, { conditions: [block] }, `conditions[0].${at}`, reason);
const actions = (title: string, list: readonly object[], at: string, reason: string) =>
  of(title, { actions: list }, `actions${at}`, reason);

describe("AWS refuses conditions of a listener rule", () => {
  eachIsRefused([
    of(
      "with seven wildcards",
      {
        conditions: [
          { pathPattern: { values: ["/*/*/*", "/?/?/?"] } },
          { queryStrings: [{ value: "\\*a*" }] },
        ],
      },
      "conditions",
      "ValidationError: A rule can only have '6' condition wildcards",
    ),
    condition(
      "with patterns and regular expressions at once",
      { pathPattern: { values: ["/a"], regexValues: ["^/b"] } },
      "pathPattern",
      "ValidationError: A 'path-pattern' condition cannot have both values and regex values",
    ),
    condition(
      "with neither",
      { hostHeader: {} },
      "hostHeader",
      "ValidationError: A 'host-header' condition must have values or regex values",
    ),
    condition(
      "with a regular expression of 129 characters",
      { pathPattern: { regexValues: ["a".repeat(129)] } },
      "pathPattern.regexValues[0]",
      "expected length of regex_values to be in the range (1 - 128), got 129",
    ),
    condition(
      "on a header of no name",
      { httpHeader: { httpHeaderName: "X A", values: ["1"] } },
      "httpHeader.httpHeaderName",
      "invalid value for http_header_name (X A)",
    ),
    condition(
      "on the host by its header",
      { httpHeader: { httpHeaderName: "Host", values: ["a.com"] } },
      "httpHeader.httpHeaderName",
      "ValidationError: Use a 'host-header' condition for the host header",
    ),
    condition(
      "on a method in small letters",
      { httpRequestMethod: { values: ["get"] } },
      "httpRequestMethod.values[0]",
      "ValidationError: The request method 'get' is not valid",
    ),
    condition(
      "on an empty value of a query string",
      { queryStrings: [{ key: "a", value: "" }] },
      "queryStrings[0].value",
      "expected length of value to be in the range (1 - 128), got 0",
    ),
    condition(
      "on a block that does not begin with its first address",
      { sourceIp: { values: ["10.0.0.1/8"] } },
      "sourceIp.values[0]",
      '"10.0.0.1/8" is not a valid IPv4 CIDR block; did you mean "10.0.0.0/8"?',
    ),
    condition(
      "on a block that is none",
      { sourceIp: { values: ["2001:db8::/129"] } },
      "sourceIp.values[0]",
      '"2001:db8::/129" is not a valid CIDR block: invalid CIDR address: 2001:db8::/129',
    ),
    condition(
      "on the broadcast address",
      { sourceIp: { values: ["255.255.255.255/32"] } },
      "sourceIp.values[0]",
      "ValidationError: The source IP '255.255.255.255/32' is not supported",
    ),
  ]);
});

describe("AWS refuses transforms of a listener rule", () => {
  const rewrite = { regex: "^/a", replace: "/b" };
  const url = (more: object = {}) => ({
    type: "url-rewrite",
    urlRewriteConfig: { rewrite: { ...rewrite, ...more } },
  });
  eachIsRefused([
    of(
      "of a type nobody knows",
      { transforms: [{ ...url(), type: "path-rewrite" }] },
      "transforms[0].type",
      'expected type to be one of ["host-header-rewrite" "url-rewrite"], got path-rewrite',
    ),
    of(
      "that say nothing",
      { transforms: [{ type: "host-header-rewrite" }] },
      "transforms[0].hostHeaderRewriteConfig",
      "ValidationError: A transform of type 'host-header-rewrite' must have its configuration",
    ),
    of(
      "of one type twice",
      { transforms: [url(), url()] },
      "transforms",
      "ValidationError: A rule can only have one transform of each type",
    ),
    of(
      "with a replacement of 1,025 characters",
      { transforms: [url({ replace: "a".repeat(1025) })] },
      "transforms[0].urlRewriteConfig.rewrite.replace",
      "expected length of replace to be in the range (0 - 1024), got 1025",
    ),
  ]);
});

describe("AWS refuses actions of a listener rule", () => {
  eachIsRefused([
    actions(
      "that authenticate by a way they do not name",
      [{ type: "authenticate-oidc" }, forward],
      "[0]",
      'Attribute "actions[0].authenticateOidc" must be specified when "actions[0].type" is "authenticate-oidc".',
    ),
    actions(
      "that authenticate and do nothing then",
      [withCognito()],
      "",
      "InvalidLoadBalancerAction: An action of type 'forward', 'redirect', or 'fixed-response' must be specified",
    ),
    actions(
      "that authenticate twice",
      [withOidc(), withCognito(), forward],
      "",
      "InvalidLoadBalancerAction: Only one action of type 'authenticate-oidc', 'authenticate-cognito' or 'jwt-validation' can be specified",
    ),
    actions(
      "that authenticate afterwards",
      [forward, withJwt()],
      "",
      "InvalidLoadBalancerAction: The last action must be of type 'forward', 'redirect', or 'fixed-response'",
    ),
    actions(
      "for strangers in a way nobody knows",
      [withOidc({ onUnauthenticatedRequest: "refuse" }), forward],
      "[0].authenticateOidc.onUnauthenticatedRequest",
      'expected on_unauthenticated_request to be one of ["deny" "allow" "authenticate"], got refuse',
    ),
    actions(
      "with an identity provider that is not encrypted",
      [withOidc({ tokenEndpoint: "http://login.example.com/token" }), forward],
      "[0].authenticateOidc.tokenEndpoint",
      "ValidationError: 'http://login.example.com/token' must be a full URL, including the HTTPS protocol",
    ),
    actions(
      "with a user pool that has no ARN",
      [withCognito({ userPoolArn: "us-east-1_Ab129faBb" }), forward],
      "[0].authenticateCognito.userPoolArn",
      '"user_pool_arn" (us-east-1_Ab129faBb) is an invalid ARN: arn: invalid prefix',
    ),
    actions(
      "with tokens of nobody",
      [withJwt({ issuer: "" }), forward],
      "[0].jwtValidation.issuer",
      "expected length of issuer to be in the range (1 - 256), got 0",
    ),
    actions(
      "with a claim that is validated anyway",
      [withJwt({ additionalClaims: [{ name: "iss", format: "single-string", values: ["a"] }] }), forward],
      "[0].jwtValidation.additionalClaims[0].name",
      "ValidationError: The claim 'iss' cannot be specified, it is validated by default",
    ),
    actions(
      "with a claim of no format",
      [withJwt({ additionalClaims: [{ name: "sub", format: "number", values: ["a"] }] }), forward],
      "[0].jwtValidation.additionalClaims[0].format",
      'expected format to be one of ["single-string" "string-array" "space-separated-values"], got number',
    ),
    actions(
      "with a word of a claim that is two",
      [
        withJwt({ additionalClaims: [{ name: "scope", format: "space-separated-values", values: ["a b"] }] }),
        forward,
      ],
      "[0].jwtValidation.additionalClaims[0].values[0]",
      "ValidationError: Values of the format 'space-separated-values' cannot include spaces",
    ),
    actions(
      "with eleven values of a claim",
      [
        withJwt({
          additionalClaims: [{ name: "aud", format: "string-array", values: [..."abcdefghijk"] }],
        }),
        forward,
      ],
      "[0].jwtValidation.additionalClaims[0].values",
      "Attribute values supports 10 item maximum, but config has 11 declared",
    ),
    actions(
      "with eleven claims",
      [
        withJwt({
          additionalClaims: [..."abcdefghijk"].map((name) => ({
            name,
            format: "single-string",
            values: ["a"],
          })),
        }),
        forward,
      ],
      "[0].jwtValidation.additionalClaims",
      "Too many additional_claim blocks: no more than 10 are allowed, got 11",
    ),
    actions(
      "that redirect to a port there is not",
      [redirect({ port: "65536" })],
      "[0].redirect.port",
      "ValidationError: The redirect port '65536' must be from 1 to 65535 or #{port}",
    ),
    actions(
      "that redirect to a host of 129 characters",
      [redirect({ host: "a".repeat(129) })],
      "[0].redirect.host",
      "expected length of host to be in the range (1 - 128), got 129",
    ),
  ]);

  for (const [title, gate] of [
    ["by OpenID Connect", withOidc()],
    ["by Cognito", withCognito()],
    ["by token", withJwt()],
  ] as const) {
    it(`that authenticate ${title} on an HTTP listener, not on an HTTPS one`, () => {
      const account = new Account();
      const notFound = {
        type: "fixed-response",
        fixedResponse: { contentType: "text/plain", statusCode: "404" },
      };
      const http = { loadBalancerArn, port: 80, protocol: "HTTP", defaultActions: [notFound] };
      const certificateArn =
        "arn:aws:acm:us-east-1:123456789012:certificate/8f9c6f0e-0000-4000-a000-000000000000";
      const https = { ...http, port: 443, protocol: "HTTPS", certificateArn };
      const [plain, secure] = [
        account.make(listener, "plain", http),
        account.make(listener, "secure", https),
      ];
      const reason = `InvalidLoadBalancerAction: Actions of type '${gate.type}' are supported only on HTTPS listeners`;
      const inputs = { ...good, actions: [gate, forward] };
      assert.deepEqual(account.failures(rule, { ...inputs, listenerArn: plain.id }), [
        { property: "actions[0].type", reason },
      ]);
      assert.deepEqual(account.failures(rule, { ...inputs, listenerArn: secure.id }), []);
      assert.deepEqual(account.failures(listener, { ...http, port: 81, defaultActions: [gate, notFound] }), [
        { property: "defaultActions[0].type", reason },
      ]);
    });
  }

  it("that redirect from HTTPS to HTTP", () => {
    const account = new Account();
    const certificateArn =
      "arn:aws:acm:us-east-1:123456789012:certificate/8f9c6f0e-0000-4000-a000-000000000000";
    const secure = account.make(listener, "secure", {
      loadBalancerArn,
      port: 443,
      protocol: "HTTPS",
      certificateArn,
      defaultActions: [forward],
    });
    const inputs = { ...good, listenerArn: secure.id, actions: [redirect({ protocol: "HTTP", port: "80" })] };
    assert.deepEqual(account.failures(rule, inputs), [
      {
        property: "actions[0].redirect.protocol",
        reason: "InvalidLoadBalancerAction: You cannot redirect HTTPS to HTTP",
      },
    ]);
  });
});
