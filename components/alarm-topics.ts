import * as kms from "@pulumi/aws/kms";
import * as sns from "@pulumi/aws/sns";
import * as pulumi from "@pulumi/pulumi";
import { Severity } from "./lib/alarm-definitions";
import { alarmKeyPolicy, alarmTopicPolicy } from "./lib/alarm-policies";
import { checkName, checkNamePrefix } from "./lib/child-names";
import { addressSlug, checkAddresses } from "./lib/email-addresses";
import { type Place, placeOf } from "./lib/place";
import { Problems } from "./lib/problems";
import { type Tags, tagged } from "./lib/tags";
import { shaped, type Transform } from "./lib/transform";

/** Who is told of alarms. */
export interface AlarmTopicsArgs {
  /**
   * Email addresses that both topics write to. AWS asks each for its consent once per topic.
   * @default none
   */
  readonly emails?: string[];
  /**
   * What names in AWS begin with: letters, digits and hyphens, 32 at most. Two stacks of one account and region need
   * different ones.
   * @default named by the provider
   */
  readonly namePrefix?: string;
  /** Added to every child that can carry tags. */
  readonly tags?: Tags;
}

/** The last word on each child of alarm topics. */
export interface AlarmTopicsTransforms {
  /** The key that messages are encrypted with. */
  readonly key?: Transform<kms.KeyArgs>;
  /** The topic for warnings. */
  readonly warningTopic?: Transform<sns.TopicArgs>;
  /** The topic for critical alarms. */
  readonly criticalTopic?: Transform<sns.TopicArgs>;
}

/** Resource options, and the last word on each child. */
export interface AlarmTopicsOptions extends pulumi.ComponentResourceOptions {
  readonly transform?: AlarmTopicsTransforms;
}

// https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html
// https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateAlias.html
const topicNameLength = 256;
const longestPrefix = 32;
// The alias has the least room: "alias/" counts.
const roomForPrefix = topicNameLength - longestPrefix - "alias/-".length;

/**
 * Two encrypted topics that alarms can publish to: one for warnings, one for critical alarms.
 *
 * Creates `<name>-key` and `<name>-key-alias`, `<name>-warning` and `<name>-critical` with a `-policy` each, and for each
 * email address and topic `<name>-<severity>-<address>`.
 *
 * @throws {ArgumentError} for malformed or repeated email addresses, or names with characters AWS does not take.
 */
export class AlarmTopics extends pulumi.ComponentResource {
  /** ARN of the topic for warnings. */
  readonly warningTopicArn: pulumi.Output<string>;
  /** ARN of the topic for critical alarms. */
  readonly criticalTopicArn: pulumi.Output<string>;
  /** ARN of the key that messages are encrypted with. */
  readonly keyArn: pulumi.Output<string>;

  constructor(name: string, args: AlarmTopicsArgs = {}, opts: AlarmTopicsOptions = {}) {
    const { transform = {}, ...resourceOpts } = opts;
    super("evenkeel:index:AlarmTopics", name, args, resourceOpts);

    const problems = new Problems();
    const { emails = [], namePrefix } = args;
    checkName(name, "-key-alias", roomForPrefix, problems);
    checkNamePrefix(namePrefix, longestPrefix, problems);
    checkAddresses(emails, "emails", problems);
    problems.throwFor(this);

    const child = { parent: this };
    const place = placeOf(child);
    const key = addKey(name, args, place, transform, child);
    const topic = (severity: Severity, bend: Transform<sns.TopicArgs> | undefined) =>
      addTopic(`${name}-${severity}`, args, place, key, bend, child);
    this.warningTopicArn = topic(Severity.Warning, transform.warningTopic).arn;
    this.criticalTopicArn = topic(Severity.Critical, transform.criticalTopic).arn;
    this.keyArn = key.arn;

    this.registerOutputs({
      warningTopicArn: this.warningTopicArn,
      criticalTopicArn: this.criticalTopicArn,
      keyArn: this.keyArn,
    });
  }
}

function addKey(
  name: string,
  { namePrefix, tags }: AlarmTopicsArgs,
  place: pulumi.Output<Place>,
  transform: AlarmTopicsTransforms,
  child: pulumi.CustomResourceOptions,
): kms.Key {
  const own = `${name}-key`;
  const key = new kms.Key(
    own,
    ...shaped(
      transform.key,
      {
        description: `Alarm messages of ${name}`,
        policy: place.apply((at) => JSON.stringify(alarmKeyPolicy(at))),
        enableKeyRotation: true,
        deletionWindowInDays: 30,
        tags: tagged(own, tags),
      },
      child,
    ),
  );
  const alias = namePrefix === undefined ? {} : { name: `alias/${namePrefix}-${own}` };
  new kms.Alias(`${own}-alias`, { ...alias, targetKeyId: key.keyId }, child);
  return key;
}

function addTopic(
  own: string,
  { namePrefix, emails = [], tags }: AlarmTopicsArgs,
  place: pulumi.Output<Place>,
  key: kms.Key,
  transform: Transform<sns.TopicArgs> | undefined,
  child: pulumi.CustomResourceOptions,
): sns.Topic {
  const fixed = namePrefix === undefined ? {} : { name: `${namePrefix}-${own}` };
  const topic = new sns.Topic(
    own,
    ...shaped(transform, { ...fixed, kmsMasterKeyId: key.arn, tags: tagged(own, tags) }, child),
  );
  // A preview knows the topic's name but not its ARN. Put together from the name, the policy can be judged there.
  const policy = pulumi.all([place, topic.name]).apply(([at, topicName]) => {
    const arn = `arn:${at.partition}:sns:${at.region}:${at.accountId}:${topicName}`;
    return JSON.stringify(alarmTopicPolicy(arn, at.accountId));
  });
  new sns.TopicPolicy(`${own}-policy`, { arn: topic.arn, policy }, child);
  for (const email of emails) {
    new sns.TopicSubscription(
      `${own}-${addressSlug(email)}`,
      { topic: topic.arn, protocol: "email", endpoint: email },
      child,
    );
  }
  return topic;
}
