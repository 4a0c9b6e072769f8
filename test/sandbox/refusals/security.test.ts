import assert from "node:assert/strict";
import { Account, type Case } from "../account";
import { eachIsRefused } from "./single";

const roleType = "aws:iam/role:Role";
const bucketPolicy = "aws:s3/bucketPolicy:BucketPolicy";
const keyType = "aws:kms/key:Key";
const recordType = "aws:route53/record:Record";

const statement = (inputs: Case["inputs"]) =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", ...inputs }] });

const trust = statement({ Action: "sts:AssumeRole", Principal: { Service: "ec2.amazonaws.com" } });

function trustCase(title: string, assumeRolePolicy: string, reason: string): Case {
  return { title, type: roleType, inputs: { assumeRolePolicy }, at: "assumeRolePolicy", reason };
}

describe("AWS refuses a policy", () => {
  eachIsRefused([
    trustCase(
      "that is not JSON",
      "{",
      '"assume_role_policy" contains an invalid JSON policy: not a JSON object',
    ),
    trustCase(
      "without statements",
      '{"Version":"2012-10-17"}',
      "MalformedPolicyDocument: Syntax errors in policy.",
    ),
    trustCase(
      "of an unknown version",
      trust.replace("2012-10-17", "2024-01-01"),
      "MalformedPolicyDocument: The policy must contain a valid version string",
    ),
    trustCase(
      "that trusts nobody",
      statement({ Action: "sts:AssumeRole" }),
      "MalformedPolicyDocument: Missing required field Principal",
    ),
    trustCase(
      "with an action of no service",
      statement({ Action: "AssumeRole", Principal: "*" }),
      'MalformedPolicyDocument: Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc., got "AssumeRole"',
    ),
    {
      title: "that gives a role rights to no resource",
      type: "aws:iam/rolePolicy:RolePolicy",
      inputs: { role: "web", policy: statement({ Action: "s3:GetObject" }) },
      at: "policy",
      reason: "MalformedPolicyDocument: Policy statement must contain resources.",
    },
    {
      title: "that names a principal in a role's rights",
      type: "aws:iam/rolePolicy:RolePolicy",
      inputs: { role: "web", policy: statement({ Action: "s3:GetObject", Resource: "*", Principal: "*" }) },
      at: "policy",
      reason: "MalformedPolicyDocument: Policy document should not specify a principal.",
    },
    {
      title: "of a bucket about another bucket",
      type: bucketPolicy,
      inputs: {
        bucket: "logs",
        policy: statement({ Action: "s3:GetObject", Principal: "*", Resource: "arn:aws:s3:::data/*" }),
      },
      at: "policy",
      reason: "MalformedPolicy: Policy has invalid resource: arn:aws:s3:::data/*",
    },
    {
      title: "of a key nobody could change any more",
      type: keyType,
      inputs: { policy: statement({ Action: "kms:Decrypt", Principal: "*", Resource: "*" }) },
      at: "policy",
      reason:
        "MalformedPolicyDocumentException: The new key policy will not allow you to update the key policy in the future.",
    },
  ]);
});

describe("AWS refuses", () => {
  eachIsRefused([
    {
      title: "a session of less than an hour",
      type: roleType,
      inputs: { assumeRolePolicy: trust, maxSessionDuration: 900 },
      at: "maxSessionDuration",
      reason: "expected max_session_duration to be in the range (3600 - 43200), got 900",
    },
    {
      title: "an attachment of something that is no policy",
      type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
      inputs: { role: "web", policyArn: "AmazonSSMManagedInstanceCore" },
      at: "policyArn",
      reason: '"policy_arn" (AmazonSSMManagedInstanceCore) is an invalid ARN: arn: invalid prefix',
    },
    {
      title: "a key that is deleted within six days",
      type: keyType,
      inputs: { deletionWindowInDays: 6 },
      at: "deletionWindowInDays",
      reason: "expected deletion_window_in_days to be in the range (7 - 30), got 6",
    },
    {
      title: "a bucket with capitals in its name",
      type: "aws:s3/bucket:Bucket",
      inputs: { bucket: "Logs" },
      at: "bucket",
      reason:
        'invalid value for bucket (must be 3 to 63 lower case letters, digits, dots and hyphens), got "Logs"',
    },
    {
      title: "a bucket encrypted with AES256 and a key of its own",
      type: "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
      inputs: {
        bucket: "logs",
        rules: [
          { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256", kmsMasterKeyId: "alias/x" } },
        ],
      },
      at: "rules[0].applyServerSideEncryptionByDefault.kmsMasterKeyId",
      reason:
        "InvalidArgument: a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms",
    },
    {
      title: "an object that is moved after it has expired",
      type: "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
      inputs: {
        bucket: "logs",
        rules: [
          {
            id: "old",
            status: "Enabled",
            expiration: { days: 90 },
            transitions: [{ days: 90, storageClass: "GLACIER" }],
          },
        ],
      },
      at: "rules[0]",
      reason:
        "InvalidArgument: 'Days' in the Expiration action must be greater than 'Days' in the Transition action",
    },
    {
      title: "a certificate for something that is no domain",
      type: "aws:acm/certificate:Certificate",
      inputs: { domainName: "localhost" },
      at: "domainName",
      reason:
        "ValidationException: 1 validation error detected: Value 'localhost' at 'domainName' is no domain name",
    },
    {
      title: "a record with nothing in it",
      type: recordType,
      inputs: { zoneId: "Z1", name: "app.example.com", type: "A" },
      at: "records",
      reason: "one of `alias,records` must be specified",
    },
    {
      title: "a record of an address that is none",
      type: recordType,
      inputs: { zoneId: "Z1", name: "app.example.com", type: "A", ttl: 60, records: ["web.example.com"] },
      at: "records",
      reason:
        "InvalidChangeBatch: [Invalid Resource Record: 'FATAL problem: ARRDATAIllegalIPv4Address (Value is not a valid IP address)' encountered with 'web.example.com']",
    },
  ]);

  it("a second record of one name and type", () => {
    const account = new Account();
    const record = { zoneId: "Z1", name: "app.example.com", type: "A", ttl: 60, records: ["192.0.2.1"] };
    account.make(recordType, "first", record);
    assert.deepEqual(account.failures(recordType, record), [
      {
        property: "name",
        reason:
          "InvalidChangeBatch: [Tried to create resource record set [name='app.example.com.', type='A'] but it already exists]",
      },
    ]);
    const others: readonly Case["inputs"][] = [
      { allowOverwrite: true },
      { setIdentifier: "blue", weightedRoutingPolicies: [{ weight: 1 }] },
      { type: "AAAA", records: ["2001:db8::1"] },
      { zoneId: "Z2" },
      { name: "api.example.com" },
    ];
    for (const more of others) assert.deepEqual(account.failures(recordType, { ...record, ...more }), []);
  });

  it("a record whose name is another's without that of the zone", () => {
    const account = new Account();
    const zone = account.make("aws:route53/zone:Zone", "zone", { name: "example.com" });
    const record = { zoneId: zone.id, type: "A", ttl: 60, records: ["192.0.2.1"] };
    account.make(recordType, "first", { ...record, name: "app.example.com" });
    assert.deepEqual(account.failures(recordType, { ...record, name: "app" }), [
      {
        property: "name",
        reason:
          "InvalidChangeBatch: [Tried to create resource record set [name='app.example.com.', type='A'] but it already exists]",
      },
    ]);
    assert.deepEqual(account.failures(recordType, { ...record, name: "api" }), []);
  });

  it("a validation that waits for another record than ACM asks for", () => {
    const account = new Account();
    const certificate = account.make("aws:acm/certificate:Certificate", "cert", {
      domainName: "app.example.com",
    });
    const [option] = certificate.outputs.domainValidationOptions as { resourceRecordName: string }[];
    const wanted = String(option?.resourceRecordName).replace(/\.$/, "");
    const type = "aws:acm/certificateValidation:CertificateValidation";
    const inputs = { certificateArn: certificate.id, validationRecordFqdns: ["_wrong.app.example.com"] };
    assert.deepEqual(account.failures(type, inputs), [
      {
        property: "validationRecordFqdns",
        reason: `missing app.example.com DNS validation record: ${wanted}`,
      },
    ]);
    assert.deepEqual(account.failures(type, { ...inputs, validationRecordFqdns: [wanted] }), []);
  });
});
