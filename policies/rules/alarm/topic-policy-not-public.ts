import { publicStatements } from "../../lib/public-statements";
import { rule } from "../../lib/rule";
import { UNKNOWN } from "../../lib/unknown";
import { TOPIC, TOPIC_POLICY } from "../types";

const arn = "arn:aws:sns:eu-west-1:123456789012:pager";
const account = "123456789012";

/** A statement as it stands in a policy. */
const statement = (Principal: unknown, Condition?: object) => ({
  Effect: "Allow",
  Principal,
  Action: "sns:Publish",
  Resource: arn,
  ...(Condition === undefined ? {} : { Condition }),
});

const policy = (...Statement: readonly object[]) => ({
  arn,
  policy: JSON.stringify({ Version: "2012-10-17", Statement }),
});

const finding = (index: number) => ({
  path: `policy.Statement[${index}].Principal`,
  says: '"*" without a condition that names accounts or sources, must have one or name principals',
});

export const topicPolicyNotPublic = rule({
  name: "topic-policy-not-public",
  title: "Topics are not open to everybody",
  description:
    "Who may publish to a topic can ring every pager behind it, and who may subscribe reads every message. A star lets in every AWS account there is.",
  severity: "high",
  level: "mandatory",
  types: [...TOPIC_POLICY, ...TOPIC],
  frameworks: { fsbp: ["SNS.4"] },
  remediation:
    "Name accounts, roles or services under Principal, or add a condition such as StringEquals on aws:SourceAccount.",
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/sns-controls.html#sns-4",
  judge(resource) {
    const own = resource.at("policy");
    return own.isSet() ? publicStatements(own) : { skip: "no policy of its own" };
  },
  scenarios: [
    {
      name: "a service, for one account",
      given: policy(
        statement(
          { Service: "cloudwatch.amazonaws.com" },
          { StringEquals: { "aws:SourceAccount": account } },
        ),
      ),
      is: "pass",
    },
    {
      name: "everybody, for the owner's resources only, as AWS writes it",
      given: policy(statement({ AWS: "*" }, { StringEquals: { "AWS:SourceOwner": account } })),
      is: "pass",
    },
    {
      name: "everybody, for the alarms of one account",
      given: policy(
        statement("*", { ArnLike: { "aws:SourceArn": `arn:aws:cloudwatch:eu-west-1:${account}:alarm:*` } }),
      ),
      is: "pass",
    },
    {
      name: "everybody in an organisation, as an object",
      given: {
        policy: { Statement: statement("*", { StringEquals: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } }) },
      },
      is: "pass",
    },
    {
      name: "denied to everybody",
      given: policy({ Effect: "Deny", Principal: "*", Action: "sns:*", Resource: arn }),
      is: "pass",
    },
    {
      name: "everybody",
      given: policy(statement({ Service: "s3.amazonaws.com" }), statement("*")),
      is: "fail",
      findings: [finding(1)],
    },
    {
      name: "everybody in a list",
      given: policy(statement({ AWS: [account, "*"] })),
      is: "fail",
      findings: [finding(0)],
    },
    {
      name: "a condition that tells how, not who",
      given: policy(statement("*", { Bool: { "aws:SecureTransport": "true" } })),
      is: "fail",
      findings: [finding(0)],
    },
    {
      name: "a condition that everybody meets",
      given: policy(statement("*", { StringLike: { "aws:SourceAccount": "*" } })),
      is: "fail",
      findings: [finding(0)],
    },
    {
      name: "a condition that a request without an account meets",
      given: policy(statement("*", { StringEqualsIfExists: { "aws:SourceAccount": account } })),
      is: "fail",
      findings: [finding(0)],
    },
    {
      name: "everybody but one",
      given: policy({
        Effect: "Allow",
        NotPrincipal: { AWS: account },
        Action: "sns:Publish",
        Resource: arn,
      }),
      is: "fail",
      findings: [
        { path: "policy.Statement[0].NotPrincipal", says: "allows everybody else, must be Principal" },
      ],
    },
    {
      name: "one statement certain, one not known yet",
      given: { policy: { Statement: [UNKNOWN, statement("*")] } },
      is: "fail",
      findings: [finding(1)],
      deferrals: [{ path: "policy.Statement[0]", waits: "not known yet" }],
    },
    {
      name: "AWS's own policy",
      given: { displayName: "Pager" },
      types: TOPIC,
      is: "skip",
      why: "no policy of its own",
    },
    {
      name: "not known yet",
      given: { policy: UNKNOWN },
      is: "deferred",
      deferrals: [{ path: "policy", waits: "not known yet" }],
    },
  ],
});
