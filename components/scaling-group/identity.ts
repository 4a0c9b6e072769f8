import { getPartitionOutput } from "@pulumi/aws/getPartition";
import * as iam from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";
import { checkKeys } from "../lib/child-names";
import type { Problems } from "../lib/problems";
import { type Tags, tagged } from "../lib/tags";
import { shaped, type Transform } from "../lib/transform";

/** The last word on what instances may do. */
export interface IdentityTransforms {
  /** Role the instances assume. */
  readonly role?: Transform<iam.RoleArgs>;
  /** Instance profile that hands them the role. */
  readonly instanceProfile?: Transform<iam.InstanceProfileArgs>;
}

/** Who the instances are, to AWS. */
export interface Identity {
  readonly role: iam.Role;
  readonly profile: iam.InstanceProfile;
  readonly attachments: iam.RolePolicyAttachment[];
}

// Session Manager instead of SSH, and metrics of memory and disk, which EC2 does not report by itself.
// https://docs.aws.amazon.com/systems-manager/latest/userguide/setup-instance-permissions.html
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/create-iam-roles-for-cloudwatch-agent.html
const builtIn: { readonly [key: string]: string } = {
  "session-manager": "AmazonSSMManagedInstanceCore",
  "cloudwatch-agent": "CloudWatchAgentServerPolicy",
};

const trustPolicy = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" }],
});

/** A caller's managed policies by name. */
export interface PolicyArns {
  [name: string]: pulumi.Input<string>;
}

/** Notes what is wrong with the names of a caller's managed policies. */
export function checkIdentity(policyArns: PolicyArns, problems: Problems): void {
  checkKeys(policyArns, "managedPolicyArns", problems);
  for (const key of Object.keys(builtIn)) {
    problems.unless(
      !(key in policyArns),
      `managedPolicyArns.${key}`,
      "is attached already, use another name",
    );
  }
}

/** Creates the role of the instances, its managed policies and its instance profile. */
export function addIdentity(
  name: string,
  policyArns: PolicyArns,
  tags: Tags | undefined,
  transform: IdentityTransforms,
  child: pulumi.CustomResourceOptions,
): Identity {
  const role = new iam.Role(
    `${name}-role`,
    ...shaped(
      transform.role,
      {
        description: `Instances of ${name}`,
        assumeRolePolicy: trustPolicy,
        tags: tagged(`${name}-role`, tags),
      },
      child,
    ),
  );
  // China and GovCloud have partitions, and so managed policies, of their own.
  const { partition } = getPartitionOutput({}, child);
  const builtInArns = Object.entries(builtIn).map(
    ([key, policy]) => [key, pulumi.interpolate`arn:${partition}:iam::aws:policy/${policy}`] as const,
  );
  const attachments = [...builtInArns, ...Object.entries(policyArns)].map(
    ([key, policyArn]) =>
      new iam.RolePolicyAttachment(`${name}-role-${key}`, { role: role.name, policyArn }, child),
  );
  const profile = new iam.InstanceProfile(
    `${name}-profile`,
    ...shaped(transform.instanceProfile, { role: role.name, tags: tagged(`${name}-profile`, tags) }, child),
  );
  return { role, profile, attachments };
}
