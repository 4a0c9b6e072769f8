import { z } from "zod";
import { authenticationForms, authenticationLimits } from "../../components/lib/authentication";
import { conditionForms, type Form, ruleLimits } from "../../components/lib/route-conditions";
import { priorityLimits } from "../../components/lib/route-priorities";
import { secretPlaceholder } from "../faults";
import { list, named, oneOf, section, tested, text, wholeNumber } from "../vocabulary";

const of = ({ passes, allowed }: Form) => tested(passes, allowed);
const orSecret = ({ passes, allowed }: Form) =>
  tested((value) => value === secretPlaceholder || passes(value), allowed).meta({ secretable: true });
const anyText = () => text(/^/, "text");
const values = (form: Form, what: string) => list(of(form), what, 1, ruleLimits.values).optional();

/** Lists of values by a name. */
function lists(name: Form, form: Form, what: string) {
  return z
    .record(of(name), list(of(form), what, 1, ruleLimits.values), {
      error: `must be a map of lists of ${what}`,
    })
    .optional();
}

/** What a request must match, and where the route stands. */
const match = {
  priority: wholeNumber(priorityLimits.min, priorityLimits.max)
    .describe(
      "Place of the route among all routes of the stack, lowest first. No two are alike. Left out: allotted within the service's `priorities`.",
    )
    .optional(),
  order: oneOf(["first", "normal", "last"])
    .meta({ default: "normal" })
    .describe(
      "Where a route without `priority` stands in the service's `priorities`; among normal ones the more specific comes first.",
    )
    .optional(),
  paths: values(conditionForms.paths, "path patterns").describe(
    "Path patterns, one of which has to match; `*` stands for any characters, `?` for one.",
  ),
  pathRegexes: values(conditionForms.pathRegexes, "regular expressions").describe(
    "Regular expressions for the path, in place of `paths`.",
  ),
  hosts: values(conditionForms.hosts, "host names or patterns").describe(
    "Host names or patterns, one of which has to match. With other conditions, all have to match.",
  ),
  hostRegexes: values(conditionForms.hostRegexes, "regular expressions").describe(
    "Regular expressions for the host name, in place of `hosts`.",
  ),
  headers: lists(conditionForms.headerName, conditionForms.headers, "values or patterns").describe(
    "Values or patterns by the name of a header, one of which has to match for each.",
  ),
  headerRegexes: lists(
    conditionForms.headerName,
    conditionForms.headerRegexes,
    "regular expressions",
  ).describe("Regular expressions by the name of a header."),
  methods: values(conditionForms.methods, "methods").describe("Methods in capital letters."),
  queryStrings: lists(conditionForms.queryKey, conditionForms.queryStrings, "values or patterns").describe(
    "Values or patterns by the key of a query string; the key `*` stands for any.",
  ),
  sourceIps: values(conditionForms.sourceIps, "blocks of addresses").describe(
    "Blocks of addresses that requests come from, as the load balancer sees them.",
  ),
};

const rewriting = section({
  regex: anyText().describe("Regular expression for what is replaced, up to 1024 characters."),
  replace: anyText().describe("What takes its place, up to 1024 characters; `$1` is the first group."),
});

const oidc = section({
  issuer: of(authenticationForms.issuer).describe("Who the identity provider is."),
  authorizationEndpoint: of(authenticationForms.endpoint).describe("Where users sign in."),
  tokenEndpoint: of(authenticationForms.endpoint).describe("Where tokens are fetched."),
  userInfoEndpoint: of(authenticationForms.endpoint).describe("Where it says who a user is."),
  clientId: orSecret(authenticationForms.clientId).describe("Id of the client."),
  clientSecret: orSecret(authenticationForms.clientSecret).describe(
    "Secret of the client, encrypted: `pulumi config set --secret --path`.",
  ),
});

const cognito = section({
  userPoolArn: orSecret(authenticationForms.userPoolArn).describe("ARN of the user pool."),
  userPoolClientId: orSecret(authenticationForms.clientId).describe("Id of the pool's client."),
  userPoolDomain: of(authenticationForms.userPoolDomain).describe(
    "Prefix of the pool's domain, or the domain.",
  ),
});

const authenticate = section({
  oidc: oidc.describe("An identity provider that speaks OpenID Connect.").optional(),
  cognito: cognito.describe("A Cognito user pool, in place of `oidc`.").optional(),
  onUnauthenticatedRequest: oneOf(["authenticate", "allow", "deny"])
    .default("authenticate")
    .describe("What becomes of requests of those who have not signed in."),
  scope: of(authenticationForms.scope).default("openid").describe("What is asked of the identity provider."),
  sessionTimeoutSeconds: wholeNumber(...authenticationLimits.sessionTimeoutSeconds)
    .default(604_800)
    .describe("How long a session lasts, in seconds."),
  sessionCookieName: of(authenticationForms.sessionCookieName)
    .meta({ default: "AWSELBAuthSessionCookie" })
    .describe("Name of the session's cookie.")
    .optional(),
  authenticationRequestExtraParams: z
    .record(anyText(), anyText(), { error: "must be a map of parameters" })
    .describe("Up to ten more parameters for where users sign in.")
    .optional(),
});

const claim = section({
  format: oneOf(["single-string", "string-array", "space-separated-values"]).describe(
    "How the claim holds its values.",
  ),
  values: list(of(authenticationForms.claimValue), "values", 1, authenticationLimits.claimValues).describe(
    "Values, one for `single-string`.",
  ),
});

const jwtValidation = section({
  issuer: of(authenticationForms.jwtIssuer).describe("What the claim `iss` of a token says."),
  jwksEndpoint: of(authenticationForms.endpoint).describe("Where the issuer's keys are."),
  additionalClaims: z
    .record(of(authenticationForms.claimName), claim, { error: "must be a map of claims" })
    .describe("What else a token must say, by the claim's name; up to ten.")
    .optional(),
});

/** One way to an endpoint. */
export const routeSchema = section({
  ...match,
  rewrite: section({
    path: rewriting.describe("In the path of the URL.").optional(),
    host: rewriting.describe("In the Host header.").optional(),
  })
    .describe("What is changed in a request before it is forwarded.")
    .optional(),
  authenticate: authenticate.describe("Signing in, before a request is forwarded.").optional(),
  jwtValidation: jwtValidation
    .describe("Validation of the request's bearer token, in place of `authenticate`.")
    .optional(),
});

const redirect = section({
  ...match,
  to: section({
    host: anyText().meta({ default: "#{host}" }).describe("Host name.").optional(),
    path: anyText().meta({ default: "/#{path}" }).describe("Path, with its first slash.").optional(),
    port: anyText().meta({ default: "#{port}" }).describe("Port, in quotes.").optional(),
    query: anyText()
      .meta({ default: "#{query}" })
      .describe("Query string, without the question mark.")
      .optional(),
  }).describe(
    "Where a request is sent, by HTTPS. `#{host}`, `#{path}`, `#{port}` and `#{query}` stand for its own.",
  ),
  statusCode: oneOf(["HTTP_301", "HTTP_302"])
    .default("HTTP_302")
    .describe("Whether browsers may remember it: `HTTP_301` for ever."),
});

const fixedResponse = section({
  ...match,
  statusCode: anyText().describe("Status code, 2XX, 4XX or 5XX, in quotes."),
  contentType: oneOf(["text/plain", "text/css", "text/html", "application/javascript", "application/json"])
    .default("text/plain")
    .describe("What the body is."),
  messageBody: anyText().describe("The body, up to 1024 bytes.").optional(),
});

/** What a service says of its routes besides those of its endpoints. */
export const routing = {
  priorities: section({
    from: wholeNumber(priorityLimits.min, priorityLimits.max).describe("The first."),
    to: wholeNumber(priorityLimits.min, priorityLimits.max).describe(
      "The last, 99 behind the first or more.",
    ),
  })
    .describe(
      "Priorities that are this service's own. Routes without `priority` are allotted one of them, the same whatever other routes there are. Left out: every route says its own.",
    )
    .optional(),
  redirects: named(redirect, 20, "redirects")
    .describe("Requests that the load balancer sends elsewhere.")
    .optional(),
  fixedResponses: named(fixedResponse, 20, "fixed responses")
    .describe("Requests that the load balancer answers itself.")
    .optional(),
};

/** What a stack says of a route to an endpoint. */
export type RouteConfig = z.output<typeof routeSchema>;
/** What a stack says of a redirect, defaults in place. */
export type RedirectConfig = z.output<typeof redirect>;
/** What a stack says of a fixed response, defaults in place. */
export type FixedResponseConfig = z.output<typeof fixedResponse>;
