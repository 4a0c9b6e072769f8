import { publicStatements } from "../../lib/public-statements";
import { rule } from "../../lib/rule";
import { UNKNOWN } from "../../lib/unknown";
import { ROLE } from "../types";

const open = '"*" without a condition that names accounts or sources, must have one or name principals';
const others = "allows everybody else, must be Principal";

const assume = { Effect: "Allow", Action: "sts:AssumeRole" };
const everybody = { ...assume, Principal: { AWS: "*" } };
const document = (...Statement: readonly object[]) => ({ Version: "2012-10-17", Statement });
const trust = (...statements: readonly object[]) => ({
  assumeRolePolicy: JSON.stringify(document(...statements)),
});
const under = (Condition: object) => trust({ ...everybody, Condition });
const statement = "assumeRolePolicy.Statement[0]";
const path = `${statement}.Principal`;

export const identityTrustSpecific = rule({
  name: "identity-trust-specific",
  title: "Roles say who may assume them",
  description:
    "A role that trusts everybody can be assumed from every account of AWS. An external id does not help: it tells a third party's customers apart, it is no password.",
  severity: "critical",
  level: "mandatory",
  types: ROLE,
  frameworks: {},
  remediation:
    "Name under Principal the service, account or role that may assume the role, or add a condition that says who, such as StringEquals aws:PrincipalOrgID.",
  url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html",
  judge: (role) => publicStatements(role.at("assumeRolePolicy")),
  scenarios: [
    {
      name: "a service, an account, a role",
      given: trust(
        { ...assume, Principal: { Service: "ec2.amazonaws.com" } },
        { ...assume, Principal: { AWS: ["123456789012", "arn:aws:iam::123456789012:role/deploy"] } },
      ),
      is: "pass",
    },
    {
      name: "everybody in an organization",
      given: under({ StringEquals: { "aws:principalorgid": ["o-a1b2c3d4e5"] } }),
      is: "pass",
    },
    {
      name: "everybody who is some roles of an account, and has an external id",
      given: under({
        StringEquals: { "sts:ExternalId": "x1" },
        ArnLike: { "aws:PrincipalArn": "arn:aws:iam::123456789012:role/deploy-*" },
      }),
      is: "pass",
    },
    {
      name: "nobody",
      given: { assumeRolePolicy: document({ ...everybody, Effect: "Deny" }) },
      is: "pass",
    },
    {
      name: "everybody",
      given: trust({ ...assume, Principal: "*" }),
      is: "fail",
      findings: [{ path, says: open }],
    },
    {
      name: "everybody, in a list beside somebody not known yet",
      given: { assumeRolePolicy: document({ ...assume, Principal: { AWS: [UNKNOWN, "*"] } }) },
      is: "fail",
      findings: [{ path, says: open }],
    },
    {
      name: "everybody but one",
      given: trust({ ...assume, NotPrincipal: { AWS: "arn:aws:iam::123456789012:user/mallory" } }),
      is: "fail",
      findings: [{ path: `${statement}.NotPrincipal`, says: others }],
    },
    {
      name: "everybody with an external id",
      given: under({ StringEquals: { "sts:ExternalId": "a-long-text" } }),
      is: "fail",
      findings: [{ path, says: open }],
    },
    {
      name: "everybody whose organization is this one, or who has none",
      given: under({ StringEqualsIfExists: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } }),
      is: "fail",
      findings: [{ path, says: open }],
    },
    {
      name: "everybody outside an organization",
      given: under({ StringNotEquals: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } }),
      is: "fail",
      findings: [{ path, says: open }],
    },
    {
      name: "a role of some name in any account",
      given: under({ ArnLike: { "aws:PrincipalArn": ["arn:aws:iam::*:role/deploy"] } }),
      is: "fail",
      findings: [{ path, says: open }],
    },
    {
      name: "not known yet",
      given: { assumeRolePolicy: UNKNOWN },
      is: "deferred",
      deferrals: [{ path: "assumeRolePolicy", waits: "not known yet" }],
    },
    {
      name: "an organization not known yet",
      given: {
        assumeRolePolicy: document({
          ...everybody,
          Condition: { StringEquals: { "aws:PrincipalOrgID": UNKNOWN } },
        }),
      },
      is: "deferred",
      deferrals: [{ path: statement, waits: "not known yet" }],
    },
  ],
});
