import assert from "node:assert/strict";
import { logBucketPolicy } from "../../components/lib/log-bucket-policy";

describe("the policy of a log bucket", () => {
  it("admits log delivery for this account and nobody in plain text", () => {
    const place = {
      partition: "aws-us-gov",
      accountId: "123456789012",
      bucket: "edge-logs-0c0ffee",
      prefixes: ["alb-logs"],
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

  it("admits delivery to each folder, and to none where nothing is delivered", () => {
    const place = { partition: "aws", accountId: "123456789012", bucket: "logs" };
    const statements = (...prefixes: string[]) =>
      logBucketPolicy({ ...place, prefixes }).Statement.map(({ Sid, Resource }) => [Sid, Resource]);
    const plain = ["DenyPlainText", ["arn:aws:s3:::logs", "arn:aws:s3:::logs/*"]];
    assert.deepEqual(statements("a", "b"), [
      [
        "AllowLogDelivery",
        ["arn:aws:s3:::logs/a/AWSLogs/123456789012/*", "arn:aws:s3:::logs/b/AWSLogs/123456789012/*"],
      ],
      plain,
    ]);
    assert.deepEqual(statements(), [plain]);
  });
});
