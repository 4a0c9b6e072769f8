import { all, arns, longest, pattern, range, uniqueName } from "../checks";
import { fill } from "../fill";
import { capitalsOf, partitionOf } from "../ids";
import type { Kinds, Subject } from "../kind";
import { globalArnOf } from "../places";
import { policy } from "../policy-document";
import { whereOf } from "../where";

const iamName = pattern(
  "name",
  /^[\w+=,.@-]+$/,
  (text) =>
    `ValidationError: The specified value for name is invalid: "${text}" must contain only alphanumeric characters and/or +=,.@-_`,
);

const path = pattern(
  "path",
  /^\/(.*\/)?$/,
  (text) => `ValidationError: The specified value for path is invalid, got "${text}"`,
);

const created = "2026-01-01T00:00:00Z";

function arn(subject: Subject, kind: string): string {
  const { inputs } = subject;
  return globalArnOf("iam", whereOf(subject), `${kind}${inputs.path ?? "/"}${inputs.name}`);
}

/** IAM knows no regions: a name is taken in the whole account. */
const taken = (kind: string) =>
  uniqueName(
    "name",
    (name) => `EntityAlreadyExists: ${kind} with name ${name} already exists.`,
    ({ region }) => partitionOf(region),
  );

/** Roles, policies and instance profiles. */
export const identityKinds: Kinds = {
  "aws:iam/role:Role": {
    autoName: { property: "name", max: 64, unless: "namePrefix" },
    json: ["assumeRolePolicy"],
    fill: fill({ forceDetachPolicies: false, maxSessionDuration: 3600, path: "/" }),
    id: ({ inputs }) => String(inputs.name),
    computed: (subject) => ({
      arn: arn(subject, "role"),
      createDate: created,
      uniqueId: `AROA${capitalsOf(subject.seed, 17)}`,
    }),
    refuse: all(
      iamName,
      path,
      longest("description", 1000),
      range("maxSessionDuration", 3600, 43200),
      policy("assumeRolePolicy", "trust", 4096),
      arns("permissionsBoundary"),
      taken("Role"),
    ),
  },
  "aws:iam/rolePolicy:RolePolicy": {
    autoName: { property: "name", max: 128, unless: "namePrefix" },
    json: ["policy"],
    id: ({ inputs }) => `${inputs.role}:${inputs.name}`,
    refuse: all(iamName, policy("policy", "identity", 10240)),
  },
  "aws:iam/policy:Policy": {
    autoName: { property: "name", max: 128, unless: "namePrefix" },
    json: ["policy"],
    fill: fill({ path: "/" }),
    id: (subject) => arn(subject, "policy"),
    computed: (subject, id) => ({
      arn: id,
      attachmentCount: 0,
      policyId: `ANPA${capitalsOf(subject.seed, 17)}`,
    }),
    refuse: all(iamName, path, policy("policy", "identity", 6144), taken("Policy")),
  },
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": {
    id: ({ inputs }) => `${inputs.role}-${inputs.policyArn}`,
    refuse: arns("policyArn"),
  },
  "aws:iam/instanceProfile:InstanceProfile": {
    autoName: { property: "name", max: 128, unless: "namePrefix" },
    fill: fill({ path: "/" }),
    id: ({ inputs }) => String(inputs.name),
    computed: (subject) => ({
      arn: arn(subject, "instance-profile"),
      createDate: created,
      uniqueId: `AIPA${capitalsOf(subject.seed, 17)}`,
    }),
    refuse: all(iamName, path, taken("Instance Profile")),
  },
};
