import type { Value } from "../../values";
import { all, arns, longest, pattern, range, uniqueName } from "../checks";
import { fill } from "../fill";
import { capitalsOf, partitionOf } from "../ids";
import type { Failure, Kinds, Made, Subject } from "../kind";
import { globalArnOf } from "../places";
import { policy } from "../policy-document";
import { reference, refusedFor, usersOf } from "../users";
import { whereOf } from "../where";
import { patience } from "./removal";

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

const attachment = "aws:iam/rolePolicyAttachment:RolePolicyAttachment";

const holds = (value: Value | undefined) => Array.isArray(value) && value.length > 0;

/**
 * A role stays as long as policies are attached to it or written into it; the provider takes away those the role itself
 * names, with `forceDetachPolicies` all of them, and in any case takes the role out of its instance profiles.
 */
function* roleInUse(role: Made): Iterable<Failure> {
  const { forceDetachPolicies, managedPolicyArns, inlinePolicies } = role.inputs;
  if (forceDetachPolicies === true) return;
  const conflict = "DeleteConflict: Cannot delete entity, must";
  if (!holds(managedPolicyArns)) {
    yield* refusedFor(
      usersOf(role, [reference(attachment, "role")]),
      `${conflict} detach all policies first.`,
      patience.iam,
    );
  }
  if (!holds(inlinePolicies)) {
    yield* refusedFor(
      usersOf(role, [reference("aws:iam/rolePolicy:RolePolicy", "role")]),
      `${conflict} delete policies first.`,
      patience.iam,
    );
  }
}

const policyUsers = [
  reference(attachment, "policyArn"),
  reference("aws:iam/role:Role", "managedPolicyArns", "permissionsBoundary"),
];

/** A policy stays as long as a role has it. */
function policyInUse(made: Made): Iterable<Failure> {
  const reason = "DeleteConflict: Cannot delete a policy attached to entities.";
  return refusedFor(usersOf(made, policyUsers), reason, patience.iam);
}

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
    refuseDelete: roleInUse,
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
    refuseDelete: policyInUse,
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
