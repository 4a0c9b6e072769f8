import type { ScenarioResource } from "../../lib/rule";
import { UNKNOWN } from "../../lib/unknown";
import { service } from "./topic-reach";

/** The account everything is in. */
export const account = "123456789012";
/** The topic's ARN, once it exists. */
export const arn = `arn:aws:sns:eu-west-1:${account}:pager`;

/** A topic that exists. */
export const topic = (props: object = {}): ScenarioResource => ({
  name: "pager",
  type: "aws:sns/topic:Topic",
  props: { id: arn, arn, name: "pager", ...props },
});

/** A topic that does not exist yet. */
export const plannedTopic = (props: object = {}, ...from: readonly string[]): ScenarioResource => ({
  name: "pager",
  type: "aws:sns/topic:Topic",
  props: { id: UNKNOWN, arn: UNKNOWN, ...props },
  from: { kmsMasterKeyId: from },
});

/** A statement that allows something. */
export const statement = (Principal: unknown, Action: unknown, Condition: object = {}) => ({
  Effect: "Allow",
  Principal,
  Action,
  Resource: "*",
  Condition,
});

/** A policy document, as a text. */
export const document = (...Statement: readonly object[]) =>
  JSON.stringify({ Version: "2012-10-17", Statement });

const ofAccount = { StringEquals: { "aws:SourceAccount": account } };

/** A topic policy that lets alarms of the account publish. */
export const publishing = document(statement({ Service: service }, "sns:Publish", ofAccount));

/** A policy apart from its topic, by the topic's ARN or by what that comes from. */
export const policy = (text: string, of: string = arn): ScenarioResource => ({
  name: "policy",
  type: "aws:sns/topicPolicy:TopicPolicy",
  props: { arn: of, policy: text },
  from: { arn: ["pager"], policy: ["pager"] },
});

/** The statement every key has: for the account's administrators. */
export const administration = statement({ AWS: `arn:aws:iam::${account}:root` }, "kms:*");

/** A key policy that lets alarms of the account use the key. */
export const using = document(
  administration,
  statement({ Service: service }, ["kms:Decrypt", "kms:GenerateDataKey*"], ofAccount),
);

/** A key that does not exist yet. */
export const key = (props: object = {}): ScenarioResource => ({
  name: "key",
  type: "aws:kms/key:Key",
  props: { arn: UNKNOWN, keyId: UNKNOWN, ...props },
});

/** An alias of it. */
export const alias: ScenarioResource = {
  name: "alias",
  type: "aws:kms/alias:Alias",
  props: { name: "alias/pager", targetKeyId: UNKNOWN },
  from: { targetKeyId: ["key"] },
};
