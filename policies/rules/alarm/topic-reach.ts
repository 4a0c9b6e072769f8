import { type Answer, answer, every, some } from "../../lib/answers";
import { certainly } from "../../lib/candidates";
import { leavesOut } from "../../lib/conditions";
import { admits, isAllow, namesPrincipal, namesService } from "../../lib/documents";
import type { Deferral, Finding } from "../../lib/judgement";
import type { Link } from "../../lib/links";
import type { Reference, Stack, StackResource } from "../../lib/stack";
import { brief, type Value } from "../../lib/value";
import { KEY, KEY_ALIAS, KEY_POLICY, TOPIC, TOPIC_POLICY } from "../types";

/** The service that alarms publish as. */
export const service = "cloudwatch.amazonaws.com";

const keyPolicies: Link = { from: KEY_POLICY, names: ({ outputs }) => [outputs.at("keyId")], to: KEY };

/** Which policy is of which topic. */
export const topicPolicies: Link = {
  from: TOPIC_POLICY,
  names: ({ outputs }) => [outputs.at("arn")],
  to: TOPIC,
};

/** The key AWS keeps for topics, by its name or by the ARN of that. */
const awsOwn = /(?:^|:)alias\/aws\/sns$/;

/** An account as a principal: `123456789012` or `arn:aws:iam::123456789012:root`. */
const accountRoot = /^(?:\d{12}|arn:[^:]*:iam::\d{12}:root)$/;

/** What keeps alarms from reaching a topic, told where an alarm names it. */
export function* hindrances(
  topic: StackResource,
  stack: Stack,
  path: string,
): Generator<Finding | Deferral, undefined, undefined> {
  yield* ofKey(topic, stack, path);
  const name = brief(topic.name);
  // AWS's own policy admits everything that belongs to the topic's account, its alarms with it.
  const lets = policyLets(topic, topicPolicies, stack, letsPublish, true);
  if (lets === undefined) yield { path, waits: `not known whether ${name} lets ${service} publish` };
  if (lets === false) {
    yield { path, says: `${name} does not let ${service} publish, must allow it sns:Publish in its policy` };
  }
}

function* ofKey(
  topic: StackResource,
  stack: Stack,
  path: string,
): Generator<Finding | Deferral, undefined, undefined> {
  const name = brief(topic.name);
  const id = topic.outputs.at("kmsMasterKeyId");
  if (id.isKnown() && awsOwn.test(id.text() ?? "")) {
    const wanted = "must be with a key of your own";
    yield { path, says: `${name} is encrypted with alias/aws/sns, which alarms cannot use, ${wanted}` };
    return;
  }
  const reference = keyNamed(topic, id, stack);
  if (reference === undefined) return;
  if (reference.kind === "outside") {
    yield { path, waits: `${brief(reference.value)}, the key of ${name}, is not in this stack` };
    return;
  }
  const key = certainly(reference);
  // AWS's own policy admits users and roles of the account, but no service.
  const lets = key && policyLets(key, keyPolicies, stack, letsUse, false);
  if (lets === undefined)
    yield { path, waits: `not known whether the key of ${name} lets ${service} use it` };
  if (lets === false) {
    const wanted = `must allow ${service} kms:Decrypt and kms:GenerateDataKey*`;
    yield { path, says: `the key of ${name} does not let alarms use it, ${wanted} in its policy` };
  }
}

/** The key that a property names, itself or by an alias of the stack. */
function keyNamed(from: StackResource, id: Value, stack: Stack): Reference | undefined {
  const reference = stack.refer(from, id, [...KEY, ...KEY_ALIAS]);
  const alias = certainly(reference);
  if (alias === undefined || !KEY_ALIAS.includes(alias.type)) return reference;
  return stack.refer(alias, alias.outputs.at("targetKeyId"), KEY);
}

/**
 * Whether the policy of a resource lets alarms do something.
 *
 * A policy apart from the resource takes the place of the resource's own, and that of AWS's.
 *
 * @param byDefault Whether AWS's own policy does.
 */
function policyLets(
  resource: StackResource,
  link: Link,
  stack: Stack,
  lets: (document: Value) => Answer,
  byDefault: boolean,
): Answer {
  const { certain, possible } = stack.linked(resource, link);
  const written = ({ outputs }: StackResource) => answer(() => lets(outputs.at("policy")));
  if (certain.length > 0) return agreed(certain.map(written));
  const own = resource.inputs.at("policy");
  return agreed([own.isSet() ? answer(() => lets(own)) : byDefault, ...possible.map(written)]);
}

/** The answer, if all are the same: of several policies only one is in force. */
function agreed([first, ...more]: readonly Answer[]): Answer {
  return more.every((one) => one === first) ? first : undefined;
}

/**
 * Alarms publish as a service, and name themselves as the source.
 *
 * Older policies admit the account itself, which is taken to be theirs; one that is shut out is not.
 */
function letsPublish(document: Value): Answer {
  return admits(document, "sns:Publish", (statement) => {
    const isAccount = (principal: string) => isAllow(statement) && accountRoot.test(principal);
    const names = [() => namesService(statement, service), () => namesPrincipal(statement, isAccount)];
    // A source not known yet is taken to be the alarms.
    const others = answer(() => leavesOut(statement, "cloudwatch")) === true;
    return others ? false : some(names, (ask) => ask());
  });
}

function letsUse(document: Value): Answer {
  return every(["kms:Decrypt", "kms:GenerateDataKey"], (action) =>
    admits(document, action, (statement) => namesService(statement, service)),
  );
}
