import { rule } from "../../lib/rule";
import { UNKNOWN } from "../../lib/unknown";
import { COMMON_ATTACHMENT, USER_ATTACHMENT, USER_POLICY } from "../types";

const must = "must be for a group or a role";
const forUser = (path: string) => [{ path, says: `a policy for one user, ${must}` }];
const EXCLUSIVE = ["aws:iam/userPolicyAttachmentsExclusive:UserPolicyAttachmentsExclusive"];

export const identityNoUserPolicies = rule({
  name: "identity-no-user-policies",
  title: "Users get their rights from groups and roles",
  description:
    "Rights given to one user are looked through by nobody, and stay when the user's task changes. Groups and roles say what the rights are for.",
  severity: "medium",
  level: "advisory",
  types: [...COMMON_ATTACHMENT, ...USER_ATTACHMENT, ...USER_POLICY],
  frameworks: { fsbp: ["IAM.2"] },
  remediation:
    "Attach the policy to a group, with an aws.iam.UserGroupMembership for the user, or to a role.",
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html#iam-2",
  judge(policy, { type }) {
    if (COMMON_ATTACHMENT.includes(type)) {
      const users = policy.at("users");
      const { length } = users.items();
      return length === 0 ? [] : [{ path: users.path, says: `${length} of them, ${must}` }];
    }
    // A list that may be empty takes policies away from the user.
    const policies = policy.at("policyArns");
    const none = policies.isSet() && policies.items().length === 0;
    return none ? [] : forUser(EXCLUSIVE.includes(type) ? "userName" : "user");
  },
  scenarios: [
    {
      types: COMMON_ATTACHMENT,
      name: "a policy for a group and a role",
      given: { groups: ["developers"], roles: ["deploy"], users: [], policyArn: UNKNOWN },
      is: "pass",
    },
    {
      types: EXCLUSIVE,
      name: "no policies at all for a user",
      given: { userName: "alice", policyArns: [] },
      is: "pass",
    },
    {
      types: COMMON_ATTACHMENT,
      name: "a policy for a group and two users, one not known yet",
      given: { groups: ["developers"], users: ["alice", UNKNOWN] },
      is: "fail",
      findings: [{ path: "users", says: `2 of them, ${must}` }],
    },
    {
      types: ["aws:iam/userPolicyAttachment:UserPolicyAttachment"],
      name: "a policy attached to a user",
      given: { user: "alice", policyArn: "arn:aws:iam::aws:policy/ReadOnlyAccess" },
      is: "fail",
      findings: forUser("user"),
    },
    {
      types: EXCLUSIVE,
      name: "all policies of a user",
      given: { userName: "alice", policyArns: ["arn:aws:iam::aws:policy/ReadOnlyAccess"] },
      is: "fail",
      findings: forUser("userName"),
    },
    {
      types: USER_POLICY,
      name: "a policy written for a user who is not created yet",
      given: { user: UNKNOWN, policy: UNKNOWN },
      is: "fail",
      findings: forUser("user"),
    },
    {
      types: COMMON_ATTACHMENT,
      name: "users not known yet",
      given: { users: UNKNOWN, policyArn: UNKNOWN },
      is: "deferred",
      deferrals: [{ path: "users", waits: "not known yet" }],
    },
  ],
});
