import type { Deferral, Finding, Skip } from "../../lib/judgement";
import { rule } from "../../lib/rule";
import type { Stack, StackResource } from "../../lib/stack";
import { UNKNOWN } from "../../lib/unknown";
import { COMPOSITE_ALARM, METRIC_ALARM } from "../types";
import { type Named, topicsIn } from "./named-topics";
import {
  account,
  administration,
  alias,
  arn,
  document,
  key,
  plannedTopic,
  policy,
  publishing,
  statement,
  topic,
  using,
} from "./topic-examples";
import { hindrances, service } from "./topic-reach";

/** Every list of an alarm that can name a topic. */
const lists = ["alarmActions", "okActions", "insufficientDataActions"];

function* judgeAlarm(
  alarm: StackResource,
  stack: Stack,
): Generator<Finding | Deferral, Skip | undefined, undefined> {
  const places = lists.flatMap((property) => topicsIn(alarm, property, stack));
  if (places.length === 0) return { skip: "names no topic" };
  // Most alarms tell one topic twice: that they ring, and that it is over.
  const told = new Set<string>();
  for (const place of places) {
    const what = `${place.sure} ${place.waits} ${place.topics.map(({ urn }) => urn)}`;
    if (!told.has(what)) yield* judgePlace(place, stack);
    told.add(what);
  }
  return undefined;
}

function judgePlace({ path, topics, sure, waits }: Named, stack: Stack): readonly (Finding | Deferral)[] {
  const outcomes = topics.map((topic) => hindrancesOf(topic, stack, path));
  const wrong = outcomes.every((outcome) => outcome.some((one) => "says" in one));
  if (sure || (wrong && waits === undefined)) return outcomes.flat();
  const open = outcomes.some((outcome) => outcome.length > 0);
  return waits !== undefined || open ? [{ path, waits: waits ?? "not known which topic it names" }] : [];
}

/** Kept by stack, as hundreds of alarms tell the same topic. */
const outcomesIn = new WeakMap<Stack, Map<string, readonly (Finding | Deferral)[]>>();

function hindrancesOf(topic: StackResource, stack: Stack, path: string): readonly (Finding | Deferral)[] {
  const known = outcomesIn.get(stack) ?? new Map<string, readonly (Finding | Deferral)[]>();
  outcomesIn.set(stack, known);
  const place = `${topic.urn} ${path}`;
  const outcome = known.get(place) ?? [...hindrances(topic, stack, path)];
  known.set(place, outcome);
  return outcome;
}

const path = "alarmActions[0]";
const alarmed = { alarmActions: [arn], okActions: [arn] };

/** An alarm before anything exists, and what its actions come from. */
const planned = (...from: readonly string[]) => ({
  given: { alarmActions: [UNKNOWN] },
  from: { alarmActions: from },
});

const awsKey = {
  path,
  says: "pager is encrypted with alias/aws/sns, which alarms cannot use, must be with a key of your own",
};
const shutKey = {
  path,
  says: `the key of pager does not let alarms use it, must allow ${service} kms:Decrypt and kms:GenerateDataKey* in its policy`,
};
const shut = { path, says: `pager does not let ${service} publish, must allow it sns:Publish in its policy` };

export const alarmTopicCanReceive = rule({
  name: "alarm-topic-can-receive",
  title: "Topics let alarms in",
  description:
    "An alarm that may not publish to its topic, or may not use the topic's key, fails without a word: nobody is called. The key AWS keeps for topics never lets an alarm use it.",
  severity: "high",
  level: "mandatory",
  types: [...METRIC_ALARM, ...COMPOSITE_ALARM],
  frameworks: {},
  remediation: `Encrypt the topic with a key whose policy allows ${service} kms:Decrypt and kms:GenerateDataKey*, and allow it sns:Publish in the topic's policy.`,
  url: "https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html#compatibility-with-aws-services",
  judgeInStack: (alarm, { stack }) => judgeAlarm(alarm, stack),
  scenarios: [
    { name: "a topic as AWS makes it", given: alarmed, stack: [topic()], is: "pass" },
    {
      name: "a policy that lets alarms of the account publish",
      given: alarmed,
      stack: [topic(), policy(publishing)],
      is: "pass",
    },
    {
      name: "AWS's own policy, written out",
      given: alarmed,
      stack: [
        topic({
          policy: document(
            statement({ AWS: "*" }, ["SNS:Publish"], { StringEquals: { "AWS:SourceOwner": account } }),
          ),
        }),
      ],
      is: "pass",
    },
    {
      name: "a policy for the account",
      given: alarmed,
      stack: [topic({ policy: document(statement({ AWS: `arn:aws:iam::${account}:root` }, "sns:*")) })],
      is: "pass",
    },
    {
      name: "a policy that shuts out another account",
      given: alarmed,
      stack: [
        topic(),
        policy(
          document(statement({ Service: service }, "sns:Publish"), {
            Effect: "Deny",
            Principal: { AWS: "arn:aws:iam::210987654321:root" },
            Action: "sns:*",
            Resource: "*",
          }),
        ),
      ],
      is: "pass",
    },
    {
      name: "a policy for the alarms and the rules of an account",
      given: alarmed,
      stack: [
        topic(),
        policy(
          document(
            statement({ AWS: "*" }, "sns:Publish", {
              ArnLike: {
                "aws:SourceArn": [
                  `arn:aws:events:*:${account}:rule/*`,
                  `arn:aws:cloudwatch:*:${account}:alarm:*`,
                ],
              },
            }),
          ),
        ),
      ],
      is: "pass",
    },
    {
      name: "a policy for sources not known yet",
      ...planned("pager"),
      stack: [
        plannedTopic({
          policy: {
            Statement: statement({ Service: service }, "sns:Publish", {
              ArnLike: { "aws:SourceArn": UNKNOWN },
            }),
          },
        }),
      ],
      is: "pass",
    },
    {
      name: "a key that alarms can use, before anything exists",
      ...planned("pager"),
      stack: [
        plannedTopic({ kmsMasterKeyId: UNKNOWN }, "key"),
        key({ policy: using }),
        policy(publishing, UNKNOWN),
      ],
      is: "pass",
    },
    {
      name: "a key by its alias, its policy apart from it",
      ...planned("pager"),
      stack: [
        plannedTopic({ kmsMasterKeyId: UNKNOWN }, "alias"),
        alias,
        key(),
        {
          name: "key-policy",
          type: "aws:kms/keyPolicy:KeyPolicy",
          props: { keyId: UNKNOWN, policy: using },
          from: { keyId: ["key"] },
        },
      ],
      is: "pass",
    },
    {
      name: "one topic for alarms and one for all clear",
      given: { alarmActions: [UNKNOWN], okActions: [UNKNOWN] },
      from: { alarmActions: ["pager"], okActions: ["mail"] },
      stack: [plannedTopic(), { ...plannedTopic(), name: "mail" }],
      is: "pass",
    },
    {
      name: "the key AWS keeps for topics",
      given: alarmed,
      stack: [topic({ kmsMasterKeyId: "alias/aws/sns" })],
      is: "fail",
      findings: [awsKey],
    },
    {
      name: "the same, by its ARN, before anything exists",
      ...planned("pager"),
      stack: [plannedTopic({ kmsMasterKeyId: `arn:aws:kms:eu-west-1:${account}:alias/aws/sns` })],
      is: "fail",
      findings: [awsKey],
    },
    {
      name: "a key with AWS's own policy",
      ...planned("pager"),
      stack: [plannedTopic({ kmsMasterKeyId: "alias/pager" }), alias, key()],
      is: "fail",
      findings: [shutKey],
    },
    {
      name: "a key that alarms can only decrypt with",
      ...planned("pager"),
      stack: [
        plannedTopic({ kmsMasterKeyId: UNKNOWN }, "key"),
        key({ policy: document(administration, statement({ Service: service }, "kms:Decrypt")) }),
      ],
      is: "fail",
      findings: [shutKey],
    },
    {
      name: "a key for everybody of the account, as AWS writes its own",
      ...planned("pager"),
      stack: [
        plannedTopic({ kmsMasterKeyId: UNKNOWN }, "key"),
        key({
          policy: document(
            statement({ AWS: "*" }, "kms:*", { StringEquals: { "kms:CallerAccount": account } }),
          ),
        }),
      ],
      is: "fail",
      findings: [shutKey],
    },
    {
      name: "a policy for another service",
      given: alarmed,
      stack: [topic(), policy(document(statement({ Service: "events.amazonaws.com" }, "sns:Publish")))],
      is: "fail",
      findings: [shut],
    },
    {
      name: "a policy for whatever a bucket tells",
      given: alarmed,
      stack: [
        topic(),
        policy(
          document(
            statement({ AWS: "*" }, "sns:Publish", { ArnLike: { "aws:SourceArn": "arn:aws:s3:::uploads" } }),
          ),
        ),
      ],
      is: "fail",
      findings: [shut],
    },
    {
      name: "a policy that denies what it allows",
      given: { okActions: [arn] },
      stack: [
        topic({
          policy: document(statement({ Service: service }, "sns:*"), {
            Effect: "Deny",
            Principal: "*",
            Action: "sns:Publish",
            Resource: "*",
          }),
        }),
      ],
      is: "fail",
      findings: [{ ...shut, path: "okActions[0]" }],
    },
    {
      name: "one of two topics, neither of which can be told",
      ...planned("pager", "mail"),
      stack: [
        plannedTopic({ kmsMasterKeyId: "alias/aws/sns" }),
        { ...plannedTopic({ kmsMasterKeyId: "alias/aws/sns" }), name: "mail" },
      ],
      is: "fail",
      findings: [{ path, says: awsKey.says.replace("pager", "mail") }, awsKey],
    },
    {
      name: "a topic and a scaling policy, before anything exists",
      given: { alarmActions: [UNKNOWN, UNKNOWN] },
      from: { alarmActions: ["pager", "scale"] },
      stack: [
        plannedTopic({ kmsMasterKeyId: "alias/aws/sns" }),
        { name: "scale", type: "aws:autoscaling/policy:Policy", props: { arn: UNKNOWN } },
      ],
      is: "fail",
      findings: [{ ...awsKey, path: "alarmActions" }],
    },
    {
      name: "a scaling policy alone",
      ...planned("scale"),
      stack: [{ name: "scale", type: "aws:autoscaling/policy:Policy", props: { arn: UNKNOWN } }],
      is: "skip",
      why: "names no topic",
    },
    { name: "no actions", given: {}, is: "skip", why: "names no topic" },
    {
      name: "a topic outside the stack",
      given: alarmed,
      is: "deferred",
      deferrals: [{ path, waits: `${arn} is not in this stack` }],
    },
    {
      name: "a key outside the stack",
      given: alarmed,
      stack: [topic({ kmsMasterKeyId: "alias/shared" })],
      is: "deferred",
      deferrals: [{ path, waits: "alias/shared, the key of pager, is not in this stack" }],
    },
    {
      name: "a policy not known yet",
      ...planned("pager"),
      stack: [plannedTopic(), policy(UNKNOWN, UNKNOWN)],
      is: "deferred",
      deferrals: [{ path, waits: `not known whether pager lets ${service} publish` }],
    },
    {
      name: "one of two topics, not known which",
      ...planned("pager", "mail"),
      stack: [plannedTopic({ kmsMasterKeyId: "alias/aws/sns" }), { ...plannedTopic(), name: "mail" }],
      is: "deferred",
      deferrals: [{ path, waits: "not known which topic it names" }],
    },
    {
      name: "a topic not known yet",
      given: { alarmActions: UNKNOWN },
      is: "deferred",
      deferrals: [{ path: "alarmActions", waits: "not known yet" }],
    },
  ],
});
