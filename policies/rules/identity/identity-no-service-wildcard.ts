import { apart, type Judgement } from "../../lib/judgement";
import { rule } from "../../lib/rule";
import { UNKNOWN } from "../../lib/unknown";
import { shown, type Value } from "../../lib/value";
import { IDENTITY_POLICY, ROLE } from "../types";
import { actionsOf, allows, ifSo, isAllOf, isOn, judgeStatements } from "./statements";

/** The service of an action that takes in all of that service: `s3` of `s3:*`. */
function wholeService(action: Value): string | undefined {
  return /^([a-z0-9-]+):\*+$/i.exec(action.text() ?? "")?.[1]?.toLowerCase();
}

function judgeAction(statement: Value, action: Value): Judgement {
  const service = () => wholeService(action);
  const is = allows(
    statement,
    () => service() !== undefined,
    () => isOn(statement, (resource) => isAllOf(service() ?? "", resource)),
  );
  return ifSo(is, action, is ? saysOf(action) : "");
}

const must = "on every resource, must name the actions or the resources";
const saysOf = (action: Value) => `allows ${shown(action.text())} ${must}`;

const document = (...Statement: readonly object[]) => ({ Version: "2012-10-17", Statement });
const text = (...statements: readonly object[]) => JSON.stringify(document(...statements));
const ofPolicy = { types: IDENTITY_POLICY };
const wide = { Effect: "Allow", Action: "s3:*", Resource: "*" };

export const identityNoServiceWildcard = rule({
  name: "identity-no-service-wildcard",
  title: "Nobody is allowed everything in a service",
  description:
    "A star takes in what deletes, what shares and what gives rights away, and every action AWS adds to the service later.",
  severity: "medium",
  level: "advisory",
  types: [...IDENTITY_POLICY, ...ROLE],
  frameworks: { fsbp: ["IAM.21"] },
  remediation: "Name the actions that are really used, or the resources on which all of them may be.",
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html#iam-21",
  judge: (holder) =>
    judgeStatements(holder, (statement) =>
      apart(...actionsOf(statement).map((action) => () => judgeAction(statement, action))),
    ),
  scenarios: [
    {
      ...ofPolicy,
      name: "some actions on everything",
      given: { policy: text({ ...wide, Action: ["s3:Get*", "ec2:Describe*"] }) },
      is: "pass",
    },
    {
      ...ofPolicy,
      name: "all of a service on one bucket, and denied on all",
      given: {
        policy: text(
          { ...wide, Resource: ["arn:aws:s3:::data", "arn:aws:s3:::data/*"] },
          { ...wide, Effect: "Deny" },
        ),
      },
      is: "pass",
    },
    {
      ...ofPolicy,
      name: "resources of another service",
      given: { policy: text({ ...wide, Resource: "arn:aws:sqs:*:*:*" }) },
      is: "pass",
    },
    {
      ...ofPolicy,
      name: "every action, which another rule finds",
      given: { policy: text({ ...wide, Action: "*" }) },
      is: "pass",
    },
    {
      ...ofPolicy,
      name: "all of a service",
      given: { policy: text(wide) },
      is: "fail",
      findings: [{ path: "policy.Statement[0].Action", says: `allows "s3:*" ${must}` }],
    },
    {
      ...ofPolicy,
      name: "all of two services, in other letters, beside an action not known yet",
      given: { policy: document({ ...wide, Action: ["EC2:*", "s3:GetObject", UNKNOWN, "kms:*"] }) },
      is: "fail",
      findings: [
        { path: "policy.Statement[0].Action[0]", says: `allows "EC2:*" ${must}` },
        { path: "policy.Statement[0].Action[3]", says: `allows "kms:*" ${must}` },
      ],
      deferrals: [{ path: "policy.Statement[0].Action[2]", waits: "not known yet" }],
    },
    {
      types: ROLE,
      name: "all of a service on all of its resources, in a role",
      given: { inlinePolicies: [{ policy: text({ ...wide, Resource: ["arn:aws-us-gov:s3:::*"] }) }] },
      is: "fail",
      findings: [{ path: "inlinePolicies[0].policy.Statement[0].Action", says: `allows "s3:*" ${must}` }],
    },
    {
      ...ofPolicy,
      name: "all of a service on something not known yet",
      given: { policy: document({ ...wide, Resource: UNKNOWN }) },
      is: "deferred",
      deferrals: [{ path: "policy.Statement[0].Action", waits: "not known yet" }],
    },
  ],
});
