import assert from "node:assert/strict";
import { alarmKeyPolicy, alarmTopicPolicy } from "../../components/lib/alarm-policies";

describe("the policy of the alarm key", () => {
  it("leaves the key to the account and lets its alarms use it", () => {
    assert.deepEqual(alarmKeyPolicy({ partition: "aws-cn", accountId: "123456789012" }), {
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "AllowAdministration",
          Effect: "Allow",
          Principal: { AWS: "arn:aws-cn:iam::123456789012:root" },
          Action: "kms:*",
          Resource: "*",
        },
        {
          Sid: "AllowAlarms",
          Effect: "Allow",
          Principal: { Service: "cloudwatch.amazonaws.com" },
          Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
          Resource: "*",
          Condition: { StringEquals: { "aws:SourceAccount": "123456789012" } },
        },
      ],
    });
  });
});

describe("the policy of an alarm topic", () => {
  it("lets alarms of the account publish and nobody publish in plain text", () => {
    const arn = "arn:aws:sns:us-east-1:123456789012:ops-warning";
    assert.deepEqual(alarmTopicPolicy(arn, "123456789012"), {
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "AllowAlarms",
          Effect: "Allow",
          Principal: { Service: "cloudwatch.amazonaws.com" },
          Action: "sns:Publish",
          Resource: arn,
          Condition: { StringEquals: { "aws:SourceAccount": "123456789012" } },
        },
        {
          Sid: "DenyPlainText",
          Effect: "Deny",
          Principal: "*",
          Action: "sns:Publish",
          Resource: arn,
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        },
      ],
    });
  });
});
