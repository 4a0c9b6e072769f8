import type { PolicyDocument } from "./policy-document";

/** The account and partition that a policy speaks of. */
export interface PolicyPlace {
  /** `aws`, `aws-us-gov`, `aws-cn`. */
  readonly partition: string;
  readonly accountId: string;
}

const alarmService = "cloudwatch.amazonaws.com";

/**
 * A key that this account's administrators manage and that CloudWatch uses for the alarms of this account.
 *
 * The key AWS keeps for SNS, `alias/aws/sns`, cannot be used by alarms: its policy leaves CloudWatch out and cannot be
 * changed.
 *
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html#compatibility-with-aws-services
 * @see https://repost.aws/knowledge-center/cloudwatch-configure-alarm-sns
 */
export function alarmKeyPolicy({ partition, accountId }: PolicyPlace): PolicyDocument {
  return {
    Version: "2012-10-17",
    Statement: [
      {
        // Without this statement nobody could change the key's policy again.
        // https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
        Sid: "AllowAdministration",
        Effect: "Allow",
        Principal: { AWS: `arn:${partition}:iam::${accountId}:root` },
        Action: "kms:*",
        Resource: "*",
      },
      {
        Sid: "AllowAlarms",
        Effect: "Allow",
        Principal: { Service: alarmService },
        Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
        Resource: "*",
        Condition: { StringEquals: { "aws:SourceAccount": accountId } },
      },
    ],
  };
}

/**
 * A topic that alarms of this account publish to, over TLS only.
 *
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-use-cases.html#sns-allow-cloudwatch-alarm-to-publish-to-topic-in-another-account
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-security-best-practices.html#enforce-encryption-data-in-transit
 */
export function alarmTopicPolicy(topicArn: string, accountId: string): PolicyDocument {
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "AllowAlarms",
        Effect: "Allow",
        Principal: { Service: alarmService },
        Action: "sns:Publish",
        Resource: topicArn,
        Condition: { StringEquals: { "aws:SourceAccount": accountId } },
      },
      {
        Sid: "DenyPlainText",
        Effect: "Deny",
        Principal: "*",
        Action: "sns:Publish",
        Resource: topicArn,
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    ],
  };
}
