import { refusesPlainTransport } from "../../lib/documents";
import { rule, type ScenarioResource } from "../../lib/rule";
import { SUBJECT } from "../../lib/scenario";
import { UNKNOWN } from "../../lib/unknown";
import { TOPIC, TOPIC_POLICY } from "../types";
import { topicPolicies } from "./topic-reach";

const path = "policy";
const must = 'must deny sns:Publish to "*" where aws:SecureTransport is false';
const plain = [{ path, says: `does not deny publishing without TLS, ${must}` }];
const none = [{ path, says: `not set, ${must}` }];
const unsure = [{ path, waits: "not known whether a topic policy names it" }];

const arn = "arn:aws:sns:eu-west-1:123456789012:pager";
const allowed = {
  Effect: "Allow",
  Principal: { Service: "cloudwatch.amazonaws.com" },
  Action: "sns:Publish",
  Resource: arn,
};
const denied = (more: object = {}) => ({
  Effect: "Deny",
  Principal: "*",
  Action: "sns:Publish",
  Resource: arn,
  Condition: { Bool: { "aws:SecureTransport": "false" } },
  ...more,
});
const policy = (...Statement: readonly object[]) => JSON.stringify({ Version: "2012-10-17", Statement });

/** A policy of a topic, by its ARN or by what that comes from. */
function apart(of: string, from: readonly string[] = []): ScenarioResource {
  const type = "aws:sns/topicPolicy:TopicPolicy";
  return { name: "policy", type, props: { arn: of, policy: policy(denied()) }, from: { arn: from } };
}

export const topicTlsOnly = rule({
  name: "topic-tls-only",
  title: "Topics take messages over TLS only",
  description:
    "Without a statement that denies it, messages can be published over plain HTTP, where others can read and change them.",
  severity: "low",
  level: "advisory",
  types: [...TOPIC_POLICY, ...TOPIC],
  frameworks: {},
  remediation:
    "Add a statement to the topic's policy that denies sns:Publish to everybody on the condition Bool aws:SecureTransport false.",
  url: "https://docs.aws.amazon.com/sns/latest/dg/sns-security-best-practices.html#enforce-encryption-data-in-transit",
  judge(resource) {
    const own = resource.at(path);
    if (!own.isSet()) return [];
    const refuses = refusesPlainTransport(own, "sns:Publish");
    if (refuses === undefined) return [{ path, waits: "not known yet" }];
    return refuses ? [] : plain;
  },
  judgeInStack(topic, { stack }) {
    if (!TOPIC.includes(topic.type) || topic.inputs.at(path).isSet()) return [];
    const { certain, possible } = stack.linked(topic, topicPolicies);
    if (certain.length > 0) return [];
    return possible.length > 0 ? unsure : none;
  },
  scenarios: [
    { name: "denied without TLS", given: { policy: policy(allowed, denied()) }, is: "pass" },
    {
      name: "everything denied without TLS, as an object",
      given: {
        policy: {
          Statement: denied({
            Principal: { AWS: ["*"] },
            Action: ["SNS:*"],
            Condition: { BoolIfExists: { "AWS:SecureTransport": false } },
          }),
        },
      },
      is: "pass",
    },
    {
      name: "a policy apart from the topic",
      given: { arn },
      types: TOPIC,
      stack: [apart(arn)],
      is: "pass",
    },
    {
      name: "a policy apart from a topic that is not created yet",
      given: {},
      outputs: { arn: UNKNOWN, policy: UNKNOWN },
      types: TOPIC,
      stack: [apart(UNKNOWN, [SUBJECT])],
      is: "pass",
    },
    { name: "only allowed", given: { policy: policy(allowed) }, is: "fail", findings: plain },
    {
      name: "denied to one",
      given: { policy: policy(denied({ Principal: { AWS: "123456789012" } })) },
      is: "fail",
      findings: plain,
    },
    {
      name: "subscribing denied, publishing not",
      given: { policy: policy(denied({ Action: "sns:Subscribe" })) },
      is: "fail",
      findings: plain,
    },
    {
      name: "denied with TLS, by mistake",
      given: { policy: policy(denied({ Condition: { Bool: { "aws:SecureTransport": "true" } } })) },
      is: "fail",
      findings: plain,
    },
    {
      name: "denied without TLS to some",
      given: {
        policy: policy(
          denied({
            Condition: {
              Bool: { "aws:SecureTransport": "false" },
              StringEquals: { "aws:SourceAccount": "123456789012" },
            },
          }),
        ),
      },
      is: "fail",
      findings: plain,
    },
    { name: "AWS's own policy", given: { arn }, types: TOPIC, is: "fail", findings: none },
    {
      name: "AWS's own policy, before anything exists",
      given: {},
      outputs: { arn: UNKNOWN, policy: UNKNOWN },
      types: TOPIC,
      is: "fail",
      findings: none,
    },
    {
      name: "not known yet",
      given: { policy: UNKNOWN },
      is: "deferred",
      deferrals: [{ path, waits: "not known yet" }],
    },
    {
      name: "a policy of something not known yet",
      given: {},
      outputs: { arn: UNKNOWN },
      types: TOPIC,
      stack: [apart(UNKNOWN)],
      is: "deferred",
      deferrals: unsure,
    },
  ],
});
