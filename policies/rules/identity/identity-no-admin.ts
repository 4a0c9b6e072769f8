import { some } from "../../lib/answers";
import { apart, type Judgement } from "../../lib/judgement";
import { rule, type ScenarioResource } from "../../lib/rule";
import type { Stack, StackResource } from "../../lib/stack";
import { UNKNOWN } from "../../lib/unknown";
import { shown, type Value } from "../../lib/value";
import { IDENTITY_ATTACHMENT, IDENTITY_ATTACHMENTS, IDENTITY_POLICY, MANAGED_POLICY, ROLE } from "../types";
import { actionsOf, allows, ifSo, isEveryAction, isOnEverything, judgeStatements } from "./statements";

const everything = "allows every action on every resource, must name what is needed";
const allButSome = "allows all but some actions on every resource, must name under Action what is needed";

function judgeStatement(statement: Value): Judgement {
  const onEverything = () => isOnEverything(statement);
  if (statement.at("NotAction").isSet() && statement.isKnown()) {
    return ifSo(allows(statement, onEverything), statement, allButSome);
  }
  const every = () => some(actionsOf(statement), isEveryAction);
  return ifSo(allows(statement, onEverything, every), statement, everything);
}

/** The managed policies a resource names one by one: as they are, or a list of which not even the number is known. */
function managedBy(holder: Value): readonly Value[] {
  const lists = ["policyArns", "managedPolicyArns"].map((property) => holder.at(property));
  return [holder.at("policyArn"), ...lists.flatMap((list) => (list.isKnown() ? list.items() : list))];
}

/** Judges what a name says; what is not known yet is judged by where it comes from. */
function judgeManaged(arn: Value): Judgement {
  const name = arn.isKnown() ? arn.text() : undefined;
  if (!/^arn:[^:]*:iam::aws:policy\/AdministratorAccess$/i.test(name ?? "")) return [];
  return [{ path: arn.path, says: `${shown(name)}, must be a policy that names what is needed` }];
}

/** What the program makes itself is none of AWS's policies, whatever its ARN will be. */
function judgeUnknown(holder: StackResource, stack: Stack): Judgement {
  return managedBy(holder.inputs)
    .filter((arn) => !arn.isKnown())
    .flatMap((arn) => {
      const reference = stack.refer(holder, arn, MANAGED_POLICY);
      const isOwn = reference?.kind === "among" && !reference.others && reference.resources.length > 0;
      return isOwn ? [] : [{ path: arn.path, waits: "not known yet" }];
    });
}

const admin = { Effect: "Allow", Action: "*", Resource: "*" };
const reader = { Effect: "Allow", Action: ["s3:GetObject"], Resource: "arn:aws:s3:::data/*" };
const document = (Statement: unknown) => ({ Version: "2012-10-17", Statement });
const text = (...statements: readonly object[]) => JSON.stringify(document(statements));
const managed = "arn:aws:iam::aws:policy/AdministratorAccess";
const ofPolicy = { types: IDENTITY_POLICY };
const ofRole = { types: ROLE };
const ofAttachment = { types: IDENTITY_ATTACHMENT };
const own: ScenarioResource = {
  name: "read",
  type: "aws:iam/policy:Policy",
  props: { arn: UNKNOWN, policy: text(reader) },
};
const managedSays = `"${managed}", must be a policy that names what is needed`;

export const identityNoAdmin = rule({
  name: "identity-no-admin",
  title: "Nobody is allowed everything",
  description:
    "Whoever gets hold of a role that may do everything, by a leaked key or a hole in a service, has the account: its data, its logs, its backups.",
  severity: "critical",
  level: "mandatory",
  types: [...IDENTITY_POLICY, ...ROLE, ...IDENTITY_ATTACHMENT, ...IDENTITY_ATTACHMENTS],
  frameworks: { fsbp: ["IAM.1"] },
  remediation:
    "Name under Action what is really done, and under Resource on what; in the place of AdministratorAccess attach such a policy.",
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html#iam-1",
  judge: (holder) =>
    apart(
      () => judgeStatements(holder, judgeStatement),
      ...managedBy(holder).map((arn) => () => judgeManaged(arn)),
    ),
  judgeInStack: (holder, { stack }) => judgeUnknown(holder, stack),
  scenarios: [
    { ...ofPolicy, name: "what is needed", given: { policy: text(reader) }, is: "pass" },
    {
      ...ofPolicy,
      name: "everything denied, and everything on one bucket",
      given: {
        policy: document([
          { ...admin, Effect: "Deny" },
          { ...admin, Resource: ["arn:aws:s3:::data", "arn:aws:s3:::data/*"] },
        ]),
      },
      is: "pass",
    },
    {
      ...ofPolicy,
      name: "all but some actions on one bucket, and all but some denied",
      given: {
        policy: text(
          { Effect: "Allow", NotAction: "s3:DeleteBucket", Resource: "arn:aws:s3:::data" },
          { Effect: "Deny", NotAction: "iam:*", Resource: "*" },
        ),
      },
      is: "pass",
    },
    {
      ...ofPolicy,
      name: "one resource not known yet",
      given: { policy: document({ ...reader, Resource: UNKNOWN }) },
      is: "pass",
    },
    {
      ...ofRole,
      name: "a role with policies that name things",
      given: {
        assumeRolePolicy: text({
          Effect: "Allow",
          Principal: { Service: "ec2.amazonaws.com" },
          Action: "sts:AssumeRole",
        }),
        inlinePolicies: [{ name: "read", policy: text(reader) }, {}],
        managedPolicyArns: ["arn:aws:iam::aws:policy/CloudWatchAgentServerPolicy"],
      },
      is: "pass",
    },
    {
      ...ofAttachment,
      name: "a policy of the account's own that bears that name",
      given: { policyArn: "arn:aws:iam::123456789012:policy/AdministratorAccess" },
      is: "pass",
    },
    {
      ...ofAttachment,
      name: "a policy of the program's own, attached and not created yet",
      given: { policyArn: UNKNOWN },
      from: { policyArn: ["read"] },
      stack: [own],
      is: "pass",
    },
    {
      types: IDENTITY_ATTACHMENTS,
      name: "a list of policies of the program's own",
      given: { policyArns: UNKNOWN },
      from: { policyArns: ["read"] },
      stack: [own],
      is: "pass",
    },
    {
      ...ofPolicy,
      name: "everything, as a text",
      given: { policy: text(reader, admin) },
      is: "fail",
      findings: [{ path: "policy.Statement[1]", says: everything }],
    },
    {
      ...ofPolicy,
      name: "everything in other words, as an object with one statement",
      given: {
        policy: document({
          ...admin,
          Action: ["s3:GetObject", "*:*"],
          Resource: [UNKNOWN, "arn:aws:*:*:*:*"],
        }),
      },
      is: "fail",
      findings: [{ path: "policy.Statement", says: everything }],
    },
    {
      ...ofPolicy,
      name: "everything, under a condition",
      given: { policy: text({ ...admin, Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } } }) },
      is: "fail",
      findings: [{ path: "policy.Statement[0]", says: everything }],
    },
    {
      ...ofPolicy,
      name: "everything on all but one resource",
      given: { policy: text({ Effect: "Allow", Action: "*", NotResource: "arn:aws:s3:::data" }) },
      is: "fail",
      findings: [{ path: "policy.Statement[0]", says: everything }],
    },
    {
      ...ofPolicy,
      name: "all but some actions",
      given: { policy: text({ Effect: "Allow", NotAction: ["iam:*", "organizations:*"], Resource: "*" }) },
      is: "fail",
      findings: [{ path: "policy.Statement[0]", says: allButSome }],
    },
    {
      ...ofRole,
      name: "a role with both, beside a policy not known yet",
      given: {
        inlinePolicies: [{ policy: UNKNOWN }, { policy: text(admin) }],
        managedPolicyArns: [managed.replace("arn:aws:", "arn:aws-cn:"), UNKNOWN],
      },
      is: "fail",
      findings: [
        { path: "inlinePolicies[1].policy.Statement[0]", says: everything },
        { path: "managedPolicyArns[0]", says: managedSays.replace("arn:aws:", "arn:aws-cn:") },
      ],
      deferrals: [
        { path: "inlinePolicies[0].policy", waits: "not known yet" },
        { path: "managedPolicyArns[1]", waits: "not known yet" },
      ],
    },
    {
      ...ofAttachment,
      name: "AWS's policy for administrators, attached",
      given: { policyArn: managed },
      is: "fail",
      findings: [{ path: "policyArn", says: managedSays }],
    },
    {
      types: IDENTITY_ATTACHMENTS,
      name: "AWS's policy for administrators, in a list of all policies",
      given: { policyArns: ["arn:aws:iam::aws:policy/ReadOnlyAccess", managed] },
      is: "fail",
      findings: [{ path: "policyArns[1]", says: managedSays }],
    },
    {
      ...ofPolicy,
      name: "not known yet",
      given: { policy: UNKNOWN },
      is: "deferred",
      deferrals: [{ path: "policy", waits: "not known yet" }],
    },
    {
      ...ofAttachment,
      name: "a policy of nobody knows where, attached",
      given: { policyArn: UNKNOWN },
      stack: [own],
      is: "deferred",
      deferrals: [{ path: "policyArn", waits: "not known yet" }],
    },
    {
      ...ofPolicy,
      name: "every action, on something not known yet",
      given: { policy: document([{ ...admin, Resource: UNKNOWN }]) },
      is: "deferred",
      deferrals: [{ path: "policy.Statement[0]", waits: "not known yet" }],
    },
  ],
});
