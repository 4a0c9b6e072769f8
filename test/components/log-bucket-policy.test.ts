import assert from "node:assert/strict";
import { logBucketPolicy } from "../../components/lib/log-bucket-policy";

describe("the policy of a log bucket", () => {
  it("admits log delivery for this account and nobody in plain text", () => {
    const place = {
      partition: "aws-us-gov",
      accountId: "123456789012",
      bucket: "edge-logs-0c0ffee",
      prefix: "alb-logs",
    };
    assert.deepEqual(logBucketPolicy(place), {
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "AllowLogDelivery",
          Effect: "Allow",
          Principal: { Service: "logdelivery.elasticloadbalancing.amazonaws.com" },
          Action: "s3:PutObject",
          Resource: "arn:aws-us-gov:s3:::edge-logs-0c0ffee/alb-logs/AWSLogs/123456789012/*",
        },
        {
          Sid: "DenyPlainText",
          Effect: "Deny",
          Principal: "*",
          Action: "s3:*",
          Resource: ["arn:aws-us-gov:s3:::edge-logs-0c0ffee", "arn:aws-us-gov:s3:::edge-logs-0c0ffee/*"],
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        },
      ],
    });
  });
});
