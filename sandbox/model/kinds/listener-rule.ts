import { isIPv6 } from "node:net";
import { type Bag, bags, isBag, knownNumber, knownText, type Value } from "../../values";
import { all, arns, type Check, lengths, oneOf, pattern, range, textsAt } from "../checks";
import { cidrFault } from "../cidr";
import { fill } from "../fill";
import { hexOf } from "../ids";
import { type Failure, isSet, type Kinds, type Made, type Subject } from "../kind";
import { actionChecks, actionDefaults, gatesOnPlain, targetsOf } from "./actions";
import { balancerOf } from "./listener";
import { versionsFit } from "./protocol-versions";

const listenerType = "aws:lb/listener:Listener";

/** Kinds of conditions, and whether a rule may have several of them. */
const conditionKinds = [
  "hostHeader",
  "httpHeader",
  "httpRequestMethod",
  "pathPattern",
  "queryStrings",
  "sourceIp",
];
const repeatable = ["httpHeader", "queryStrings"];

/** Values a rule's conditions may compare with, all together. */
const mostValues = 5;

/** Wildcards in the patterns of a rule, all together. */
const mostWildcards = 6;

function wildcardsOf({ pathPattern, hostHeader, httpHeader, queryStrings }: Bag): number {
  const texts = [pathPattern, hostHeader, httpHeader].flatMap((block) =>
    isBag(block) ? [block.values] : [],
  );
  const plain = texts.flatMap((list) => (Array.isArray(list) ? list : []));
  const queries = bags(queryStrings).flatMap(({ key, value }) => [key ?? null, value ?? null]);
  const bare = queries.map((text) => knownText(text)?.replace(/\\./g, "") ?? "");
  return [...plain.map((text) => knownText(text) ?? ""), ...bare].join("").match(/[*?]/g)?.length ?? 0;
}

function valuesOf(condition: Bag): Value[] {
  return Object.entries(condition).flatMap(([kind, block]) => {
    if (kind === "queryStrings") return Array.isArray(block) ? block : [block];
    const { values, regexValues } = isBag(block) ? block : {};
    return [values, regexValues].flatMap((list) => (Array.isArray(list) ? list : []));
  });
}

const awsName = (kind: string) =>
  kind.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`).replace(/s$/, "");

const conditions: Check = function* ({ inputs }) {
  if (!Array.isArray(inputs.conditions)) return;
  const found = bags(inputs.conditions);
  if (found.length === 0) {
    yield { property: "conditions", reason: "ValidationError: A rule must have at least one condition" };
  }
  const count = found.flatMap(valuesOf).length;
  if (count > mostValues) {
    const reason = `ValidationError: A rule can only have '${mostValues}' condition values`;
    yield { property: "conditions", reason };
  }
  const wildcards = found.map(wildcardsOf).reduce((sum, each) => sum + each, 0);
  if (wildcards > mostWildcards) {
    const reason = `ValidationError: A rule can only have '${mostWildcards}' condition wildcards`;
    yield { property: "conditions", reason };
  }
  for (const [index, condition] of found.entries()) yield* oneBlock(condition, `conditions[${index}]`);
  for (const kind of conditionKinds.filter((name) => !repeatable.includes(name))) {
    if (found.filter((condition) => isSet(condition[kind])).length < 2) continue;
    yield {
      property: "conditions",
      reason: `ValidationError: A rule can only have one '${awsName(kind)}' condition`,
    };
  }
};

function* oneBlock(condition: Bag, property: string): Iterable<Failure> {
  yield* valuesOrRegexes(condition, property);
  const set = conditionKinds.filter((kind) => isSet(condition[kind]));
  if (set.length === 1) return;
  const reason =
    set.length === 0
      ? "No attribute was set in the condition: exactly one is needed"
      : `Only one condition block can be set at a time, got ${set.join(" and ")}`;
  yield { property, reason };
}

/** A condition compares with patterns or with regular expressions. */
function* valuesOrRegexes(condition: Bag, property: string): Iterable<Failure> {
  for (const kind of ["hostHeader", "httpHeader", "pathPattern"]) {
    const block = condition[kind];
    if (!isBag(block)) continue;
    const some = [block.values, block.regexValues].filter((list) => isSet(list) && !isEmpty(list)).length;
    if (some === 1) continue;
    const reason =
      some === 0
        ? `ValidationError: A '${awsName(kind)}' condition must have values or regex values`
        : `ValidationError: A '${awsName(kind)}' condition cannot have both values and regex values`;
    yield { property: `${property}.${kind}`, reason };
  }
}

const isEmpty = (list: Value) => Array.isArray(list) && list.length === 0;

const headerNames: Check = function* ({ inputs }) {
  for (const { path: property, text } of textsAt(inputs, "conditions.httpHeader.httpHeaderName")) {
    if (/^[0-9A-Za-z_!#$%&'*+,.^`|~-]{1,40}$/.test(text)) {
      if (text.toLowerCase() !== "host") continue;
      yield { property, reason: "ValidationError: Use a 'host-header' condition for the host header" };
    } else yield { property, reason: `invalid value for http_header_name (${text})` };
  }
};

function cidr6Fault(text: string): string | undefined {
  const [address = "", prefix = ""] = text.split("/");
  const valid = isIPv6(address) && /^[0-9]{1,3}$/.test(prefix) && Number(prefix) <= 128;
  return valid ? undefined : `"${text}" is not a valid CIDR block: invalid CIDR address: ${text}`;
}

const blocks: Check = function* ({ inputs }) {
  for (const { path: property, text } of textsAt(inputs, "conditions.sourceIp.values")) {
    const reason = text.includes(":") ? cidr6Fault(text) : cidrFault(text);
    if (reason !== undefined) yield { property, reason };
    else if (text === "255.255.255.255/32") {
      yield { property, reason: `ValidationError: The source IP '${text}' is not supported` };
    }
  }
};

const rewrites: Check = function* ({ inputs }) {
  const found = bags(inputs.transforms);
  for (const [index, { type }] of found.entries()) {
    const block = { "host-header-rewrite": "hostHeaderRewriteConfig", "url-rewrite": "urlRewriteConfig" }[
      knownText(type) ?? ""
    ];
    if (block !== undefined && !isSet(found[index]?.[block])) {
      const reason = `ValidationError: A transform of type '${knownText(type)}' must have its configuration`;
      yield { property: `transforms[${index}].${block}`, reason };
    }
  }
  const types = found.map(({ type }) => knownText(type)).filter((type) => type !== undefined);
  if (new Set(types).size === types.length) return;
  yield {
    property: "transforms",
    reason: "ValidationError: A rule can only have one transform of each type",
  };
};

/** What a plain listener does not do. */
const gatesFit: Check = function* (subject) {
  if (knownText(listenerOf(subject)?.inputs.protocol ?? null) !== "HTTP") return;
  yield* gatesOnPlain(bags(subject.inputs.actions), "actions");
};

/** AWS sends nobody from HTTPS to HTTP. */
const staysSecure: Check = function* (subject) {
  if (knownText(listenerOf(subject)?.inputs.protocol ?? null) !== "HTTPS") return;
  for (const { path: property, text } of textsAt(subject.inputs, "actions.redirect.protocol")) {
    if (text !== "HTTP") continue;
    yield { property, reason: "InvalidLoadBalancerAction: You cannot redirect HTTPS to HTTP" };
  }
};

const conditionTexts: Check = function* ({ inputs }) {
  for (const { path: property, text } of textsAt(inputs, "conditions.pathPattern.values")) {
    if (text.length > 128) {
      yield {
        property,
        reason: `expected length of values to be in the range (1 - 128), got ${text.length}`,
      };
    } else if (!/^[/*?]/.test(text) || !/^[A-Za-z0-9_\-.$/~"'@:+&()!,;=%*?[\]{}^|\\]*$/.test(text)) {
      yield {
        property,
        reason: `ValidationError: The path pattern '${text}' is not valid: it must begin with '/'`,
      };
    }
  }
  for (const { path: property, text } of textsAt(inputs, "conditions.hostHeader.values")) {
    if (text.length > 128) {
      yield {
        property,
        reason: `expected length of values to be in the range (1 - 128), got ${text.length}`,
      };
    } else if (!/^[A-Za-z0-9\-.*?]+$/.test(text) || !text.includes(".")) {
      yield {
        property,
        reason: `ValidationError: The host header value '${text}' is not valid: a host name is wanted`,
      };
    }
  }
};

function listenerOf(rule: Subject): Made | undefined {
  const found = rule.world.candidates(rule, listenerType, "listenerArn", rule.inputs.listenerArn);
  return found.length === 1 ? found[0] : undefined;
}

/** A rule's place on its listener. */
function placeOnListener(rule: Subject): readonly string[] {
  const priority = knownNumber(rule.inputs.priority);
  const listener = listenerOf(rule)?.seed ?? knownText(rule.inputs.listenerArn);
  return priority === undefined || listener === undefined ? [] : [`${listener} ${priority}`];
}

const priorityIsFree: Check = function* (subject) {
  for (const { name } of subject.world.occupants(subject, placeOnListener)) {
    const reason = `PriorityInUse: Priority '${subject.inputs.priority}' is currently in use (${name})`;
    yield { property: "priority", reason };
  }
};

function balancerOfRule(rule: Subject): Made | undefined {
  const listener = listenerOf(rule);
  return listener && balancerOf(listener);
}

/** Where a rule leads, if its load balancer is certain. */
function targetsTaken(rule: Subject): readonly string[] {
  return balancerOfRule(rule) ? targetsOf(rule, "actions").map(({ seed }) => seed) : [];
}

/** A target group belongs to one load balancer. */
const targetsAreFree: Check = function* (subject) {
  const own = balancerOfRule(subject);
  const targets = new Set(targetsTaken(subject));
  for (const other of subject.world.occupants(subject, targetsTaken)) {
    const shared = targetsOf(other, "actions").find(({ seed }) => targets.has(seed));
    if (!shared || balancerOfRule(other) === own) continue;
    const reason = `TargetGroupAssociationLimit: The following target groups cannot be associated with more than one load balancer: ${shared.name}`;
    yield { property: "actions", reason };
  }
};

/** Listener rules. */
export const listenerRuleKinds: Kinds = {
  "aws:lb/listenerRule:ListenerRule": {
    fill: fill(actionDefaults("actions")),
    id: ({ inputs, seed }) =>
      `${String(inputs.listenerArn).replace(":listener/", ":listener-rule/")}/${hexOf(seed, 16)}`,
    computed: ({ seed, previous }, id) => ({
      arn: id,
      // The one it was given first stays, also when the program no longer says.
      priority: previous?.outputs.priority ?? (Number.parseInt(hexOf(seed, 4), 16) % 49999) + 1,
    }),
    refuse: all(
      arns("listenerArn"),
      range("priority", 1, 50000),
      priorityIsFree,
      conditions,
      conditionTexts,
      headerNames,
      blocks,
      lengths("conditions.hostHeader.regexValues", 1, 128),
      lengths("conditions.pathPattern.regexValues", 1, 128),
      lengths("conditions.httpHeader.regexValues", 1, 128),
      lengths("conditions.httpHeader.values", 1, 128),
      lengths("conditions.queryStrings.key", 1, 128),
      lengths("conditions.queryStrings.value", 1, 128),
      pattern(
        "conditions.httpRequestMethod.values",
        /^[A-Z_-]{1,40}$/,
        (text) => `ValidationError: The request method '${text}' is not valid`,
      ),
      oneOf("transforms.type", "host-header-rewrite", "url-rewrite"),
      ...["hostHeaderRewriteConfig", "urlRewriteConfig"].flatMap((block) => [
        lengths(`transforms.${block}.rewrite.regex`, 1, 1024),
        lengths(`transforms.${block}.rewrite.replace`, 0, 1024),
      ]),
      rewrites,
      gatesFit,
      staysSecure,
      actionChecks("actions"),
      targetsAreFree,
      versionsFit("actions", (rule) => listenerOf(rule)?.inputs.protocol),
    ),
  },
};
