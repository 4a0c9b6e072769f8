import { each } from "../../lib/judgement";
import { rule } from "../../lib/rule";
import { UNKNOWN } from "../../lib/unknown";
import { INLINE_POLICY, ROLE } from "../types";

const says = "an inline policy, must be an aws.iam.Policy that is attached";

export const identityNoInline = rule({
  name: "identity-no-inline",
  title: "Policies stand on their own",
  description:
    "A policy inside a role, a group or a user cannot be shared, has no versions to go back to, and is missing from the list of policies.",
  severity: "low",
  level: "disabled",
  types: [...ROLE, ...INLINE_POLICY],
  frameworks: {},
  remediation: "Make it an aws.iam.Policy, and attach that with a policy attachment.",
  url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html",
  judge(holder, { type }) {
    if (!ROLE.includes(type)) return [{ path: "policy", says }];
    // A role with one empty inline policy is how one says that it may have none.
    return each(holder.at("inlinePolicies"), (inline) =>
      inline.at("policy").isSet() && inline.isKnown() ? [{ path: inline.path, says }] : [],
    );
  },
  scenarios: [
    {
      types: ROLE,
      name: "a role with managed policies",
      given: { managedPolicyArns: ["arn:aws:iam::aws:policy/ReadOnlyAccess"] },
      is: "pass",
    },
    { types: ROLE, name: "a role that may have none", given: { inlinePolicies: [{}] }, is: "pass" },
    {
      types: ROLE,
      name: "a policy in a role, itself not known yet",
      given: { inlinePolicies: [{ name: "read", policy: UNKNOWN }] },
      is: "fail",
      findings: [{ path: "inlinePolicies[0]", says }],
    },
    {
      types: INLINE_POLICY,
      name: "a policy for one role, group or user",
      given: { role: "web", policy: "{}" },
      is: "fail",
      findings: [{ path: "policy", says }],
    },
    {
      types: ROLE,
      name: "not known yet",
      given: { inlinePolicies: UNKNOWN },
      is: "deferred",
      deferrals: [{ path: "inlinePolicies", waits: "not known yet" }],
    },
  ],
});
