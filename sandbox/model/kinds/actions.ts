import { type Bag, bags, isUnknown, knownNumber, knownText, type Value } from "../../values";
import { all, arns, at, type Check, lengths, oneOf, pattern, range } from "../checks";
import { type Failure, isSet, type Subject } from "../kind";

const targetGroupType = "aws:lb/targetGroup:TargetGroup";

const kinds = [
  "forward",
  "redirect",
  "fixed-response",
  "authenticate-cognito",
  "authenticate-oidc",
  "jwt-validation",
];

/** What is done before a request is answered, on HTTPS listeners only and once. */
const gates = ["authenticate-cognito", "authenticate-oidc", "jwt-validation"];

/** What each kind of action needs beside its type. */
const blocks: { readonly [type: string]: string } = {
  redirect: "redirect",
  "fixed-response": "fixedResponse",
  "authenticate-cognito": "authenticateCognito",
  "authenticate-oidc": "authenticateOidc",
  "jwt-validation": "jwtValidation",
};

/**
 * Protocol, port, host and path of a redirect that sends a request back to where it came from; another query does not help.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_RedirectActionConfig.html
 */
const unchanged: Bag = {
  protocol: "#{protocol}",
  port: "#{port}",
  host: "#{host}",
  path: "/#{path}",
};

function* judged(action: Bag, path: string): Iterable<Failure> {
  const type = knownText(action.type);
  if (type === undefined) return;
  const block = blocks[type];
  if (block !== undefined && !isSet(action[block])) {
    yield {
      property: path,
      reason: `Attribute "${path}.${block}" must be specified when "${path}.type" is "${type}".`,
    };
  }
  if (type === "forward" && !isSet(action.targetGroupArn) && !isSet(action.forward)) {
    const reason = `Either "${path}.targetGroupArn" or "${path}.forward" must be specified when "${path}.type" is "forward".`;
    yield { property: path, reason };
  }
  for (const [redirect] of bags(action.redirect).map((found) => [{ ...unchanged, ...found }])) {
    if (!redirect || Object.entries(unchanged).some(([key, value]) => redirect[key] !== value)) continue;
    const reason =
      "InvalidLoadBalancerAction: The redirect configuration is not valid because it creates a loop";
    yield { property: `${path}.redirect`, reason };
  }
}

/** At most one action answers the request, and it comes last. */
function* order(actions: readonly Bag[], property: string): Iterable<Failure> {
  const final = actions.filter(({ type }) =>
    ["forward", "redirect", "fixed-response"].includes(String(type)),
  );
  if (actions.some(({ type }) => isUnknown(type)) || final.length === 1) return;
  const reason =
    final.length === 0
      ? "InvalidLoadBalancerAction: An action of type 'forward', 'redirect', or 'fixed-response' must be specified"
      : "InvalidLoadBalancerAction: Only one action of type 'forward', 'redirect', or 'fixed-response' can be specified";
  yield { property, reason };
}

/** What comes before the answer comes once, and before it. */
function* gateOrder(actions: readonly Bag[], property: string): Iterable<Failure> {
  const types = actions.map(({ type }) => knownText(type) ?? "");
  const found = types.filter((type) => gates.includes(type));
  if (found.length > 1) {
    const reason = `InvalidLoadBalancerAction: Only one action of type 'authenticate-oidc', 'authenticate-cognito' or 'jwt-validation' can be specified`;
    yield { property, reason };
  }
  const said = actions.some(({ order }) => isSet(order));
  if (!said && found.length < types.length && gates.includes(types.at(-1) ?? "")) {
    const reason =
      "InvalidLoadBalancerAction: The last action must be of type 'forward', 'redirect', or 'fixed-response'";
    yield { property, reason };
  }
}

/** Refuses what only an HTTPS listener does, on a listener that is none. */
export function* gatesOnPlain(actions: readonly Bag[], property: string): Iterable<Failure> {
  for (const [index, { type }] of actions.entries()) {
    if (!gates.includes(knownText(type) ?? "")) continue;
    const reason = `InvalidLoadBalancerAction: Actions of type '${knownText(type)}' are supported only on HTTPS listeners`;
    yield { property: `${property}[${index}].type`, reason };
  }
}

function* claims(action: Bag, path: string): Iterable<Failure> {
  for (const validation of bags(action.jwtValidation)) {
    const found = bags(validation.additionalClaims);
    if (found.length > 10) {
      const property = `${path}.jwtValidation.additionalClaims`;
      yield {
        property,
        reason: `Too many additional_claim blocks: no more than 10 are allowed, got ${found.length}`,
      };
    }
    for (const [index, { name, values, format }] of found.entries()) {
      yield* claim(name, values, format, `${path}.jwtValidation.additionalClaims[${index}]`);
    }
  }
}

function* claim(
  name: Value | undefined,
  values: Value | undefined,
  format: Value | undefined,
  path: string,
): Iterable<Failure> {
  const known = knownText(name);
  if (known !== undefined && ["exp", "iss", "nbf", "iat"].includes(known)) {
    const reason = `ValidationError: The claim '${known}' cannot be specified, it is validated by default`;
    yield { property: `${path}.name`, reason };
  }
  const list = Array.isArray(values) ? values : [];
  if (list.length > 10) {
    const reason = `Attribute values supports 10 item maximum, but config has ${list.length} declared`;
    yield { property: `${path}.values`, reason };
  }
  if (format !== "space-separated-values") return;
  for (const [index, value] of list.entries()) {
    if (!knownText(value)?.includes(" ")) continue;
    const reason = "ValidationError: Values of the format 'space-separated-values' cannot include spaces";
    yield { property: `${path}.values[${index}]`, reason };
  }
}

/** Fills what redirects, forwards and authentication leave out. */
export function actionDefaults(property: string): Bag {
  return {
    [`${property}.redirect.host`]: "#{host}",
    [`${property}.redirect.path`]: "/#{path}",
    [`${property}.redirect.port`]: "#{port}",
    [`${property}.redirect.protocol`]: "#{protocol}",
    [`${property}.redirect.query`]: "#{query}",
    [`${property}.forward.stickiness.enabled`]: false,
    ...Object.fromEntries(
      ["authenticateCognito", "authenticateOidc"].flatMap((block) => [
        [`${property}.${block}.scope`, "openid"],
        [`${property}.${block}.sessionCookieName`, "AWSELBAuthSessionCookie"],
        [`${property}.${block}.sessionTimeout`, 604_800],
      ]),
    ),
  };
}

/** What can be said of the actions of a listener or rule. */
export function actionChecks(property: string): Check {
  return all(
    oneOf(`${property}.type`, ...kinds),
    oneOf(`${property}.redirect.statusCode`, "HTTP_301", "HTTP_302"),
    oneOf(`${property}.redirect.protocol`, "HTTP", "HTTPS", "#{protocol}"),
    lengths(`${property}.redirect.host`, 1, 128),
    lengths(`${property}.redirect.path`, 1, 128),
    lengths(`${property}.redirect.query`, 0, 128),
    lengths(`${property}.jwtValidation.issuer`, 1, 256),
    lengths(`${property}.jwtValidation.jwksEndpoint`, 1, 256),
    lengths(`${property}.jwtValidation.additionalClaims.values`, 1, 256),
    oneOf(
      `${property}.jwtValidation.additionalClaims.format`,
      "single-string",
      "string-array",
      "space-separated-values",
    ),
    oneOf(`${property}.authenticateOidc.onUnauthenticatedRequest`, "deny", "allow", "authenticate"),
    oneOf(`${property}.authenticateCognito.onUnauthenticatedRequest`, "deny", "allow", "authenticate"),
    arns(`${property}.authenticateCognito.userPoolArn`),
    ...["issuer", "authorizationEndpoint", "tokenEndpoint", "userInfoEndpoint"].map((name) =>
      pattern(
        `${property}.authenticateOidc.${name}`,
        /^https:\/\/./,
        (text) => `ValidationError: '${text}' must be a full URL, including the HTTPS protocol`,
      ),
    ),
    pattern(
      `${property}.jwtValidation.jwksEndpoint`,
      /^(https:\/\/.|$)/,
      (text) => `ValidationError: '${text}' must be a full URL, including the HTTPS protocol`,
    ),
    pattern(
      `${property}.redirect.port`,
      /^(#\{port\}|[1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])$/,
      (text) => `ValidationError: The redirect port '${text}' must be from 1 to 65535 or #{port}`,
    ),
    pattern(
      `${property}.redirect.path`,
      /^(\/|$)/,
      (text) => `ValidationError: The redirect path '${text}' must begin with '/'`,
    ),
    oneOf(
      `${property}.fixedResponse.contentType`,
      "text/plain",
      "text/css",
      "text/html",
      "application/javascript",
      "application/json",
    ),
    pattern(
      `${property}.fixedResponse.statusCode`,
      /^[245]\d\d$/,
      (text) => `ValidationError: The fixed-response status code '${text}' must be 2XX, 4XX or 5XX`,
    ),
    pattern(
      `${property}.fixedResponse.messageBody`,
      /^[\s\S]{0,1024}$/,
      (text) => `expected length of message_body to be in the range (0 - 1024), got ${text.length}`,
    ),
    range(`${property}.forward.targetGroups.weight`, 0, 999),
    range(`${property}.forward.stickiness.duration`, 1, 604800),
    range(`${property}.order`, 1, 50000),
    function* ({ inputs }: Subject) {
      const actions = bags(inputs[property]);
      for (const [index, action] of actions.entries()) {
        yield* judged(action, `${property}[${index}]`);
        yield* claims(action, `${property}[${index}]`);
      }
      if (!Array.isArray(inputs[property])) return;
      yield* order(actions, property);
      yield* gateOrder(actions, property);
    },
    function* ({ inputs }: Subject) {
      for (const { path, value } of at(inputs, `${property}.forward.targetGroups`)) {
        const groups = bags(value);
        const weight = groups.reduce((sum, group) => sum + (knownNumber(group.weight) ?? 1), 0);
        if (groups.length > 5) {
          yield {
            property: path,
            reason: "TooManyTargetGroups: An action cannot name more than '5' target groups",
          };
        } else if (groups.length > 0 && weight === 0) {
          yield {
            property: path,
            reason: "InvalidLoadBalancerAction: At least one target group must have a weight above 0",
          };
        }
      }
    },
  );
}

/** Target groups an action's ARNs stand for, as far as the model made them. */
export function targetsOf(subject: Subject, property: string): Subject[] {
  const named = bags(subject.inputs[property]).flatMap((action) => [
    ...(isSet(action.targetGroupArn) ? [action.targetGroupArn] : []),
    ...bags(action.forward).flatMap((forward) =>
      bags(forward.targetGroups).map((group) => group.arn ?? null),
    ),
  ]);
  return named.flatMap((arn) => subject.world.candidates(subject, targetGroupType, property, arn));
}
