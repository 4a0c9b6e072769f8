import { type Bag, bags, isBag, knownNumber, knownText, type Value } from "../../values";
import { all, arns, type Check, range, textsAt } from "../checks";
import { fill } from "../fill";
import { hexOf } from "../ids";
import { type Failure, isSet, type Kinds, type Made, type Subject } from "../kind";
import { actionChecks, actionDefaults, targetsOf } from "./actions";
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
    const reason = `TooManyConditionValues: A rule cannot have more than '${mostValues}' condition values, got ${count}`;
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
  const set = conditionKinds.filter((kind) => isSet(condition[kind]));
  if (set.length === 1) return;
  const reason =
    set.length === 0
      ? "No attribute was set in the condition: exactly one is needed"
      : `Only one condition block can be set at a time, got ${set.join(" and ")}`;
  yield { property, reason };
}

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
      actionChecks("actions"),
      targetsAreFree,
      versionsFit("actions", (rule) => listenerOf(rule)?.inputs.protocol),
    ),
  },
};
