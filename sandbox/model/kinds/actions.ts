import { type Bag, bags, isUnknown, knownNumber, knownText } from "../../values";
import { all, at, type Check, oneOf, pattern, range } from "../checks";
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

/** Fills what redirects and forwards leave out. */
export function actionDefaults(property: string): Bag {
  return {
    [`${property}.redirect.host`]: "#{host}",
    [`${property}.redirect.path`]: "/#{path}",
    [`${property}.redirect.port`]: "#{port}",
    [`${property}.redirect.protocol`]: "#{protocol}",
    [`${property}.redirect.query`]: "#{query}",
    [`${property}.forward.stickiness.enabled`]: false,
  };
}

/** What can be said of the actions of a listener or rule. */
export function actionChecks(property: string): Check {
  return all(
    oneOf(`${property}.type`, ...kinds),
    oneOf(`${property}.redirect.statusCode`, "HTTP_301", "HTTP_302"),
    oneOf(`${property}.redirect.protocol`, "HTTP", "HTTPS", "#{protocol}"),
    pattern(
      `${property}.redirect.path`,
      /^\//,
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
      for (const [index, action] of actions.entries()) yield* judged(action, `${property}[${index}]`);
      if (Array.isArray(inputs[property])) yield* order(actions, property);
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
  const arns = bags(subject.inputs[property]).flatMap((action) => [
    ...(isSet(action.targetGroupArn) ? [action.targetGroupArn] : []),
    ...bags(action.forward).flatMap((forward) =>
      bags(forward.targetGroups).map((group) => group.arn ?? null),
    ),
  ]);
  return arns.flatMap((arn) => subject.world.candidates(subject, targetGroupType, property, arn));
}
