import { type Bag, bags, knownText, type Value } from "../values";
import type { Failure, Made, Subject } from "./kind";
import { templateUses } from "./kinds/templates";
import { listOf, policyOf } from "./policy-document";

const roleType = "aws:iam/role:Role";
const profileType = "aws:iam/instanceProfile:InstanceProfile";
const rolePolicyType = "aws:iam/rolePolicy:RolePolicy";
const attachmentType = "aws:iam/rolePolicyAttachment:RolePolicyAttachment";

/**
 * What IAM makes and other services see only later.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_general.html#troubleshoot_general_eventual-consistency
 */
export const seenLate: readonly string[] = [
  roleType,
  profileType,
  rolePolicyType,
  attachmentType,
  "aws:iam/policy:Policy",
];

/** Seconds the provider tries again for the sake of IAM; five minutes for a lifecycle hook. */
const usualPatience = 120;

/** What a resource needs IAM to have told everybody, and what AWS says when it has not. */
interface Need {
  readonly made: Made;
  readonly failure: Failure;
}

type Needs = (subject: Subject) => Need[];

function failure(property: string, reason: string, patienceSeconds = usualPatience): Failure {
  return { property, reason, patienceSeconds };
}

/** What is found, as needs of one failure. */
function needsOf(found: readonly (Made | undefined)[], because: Failure): Need[] {
  return found.flatMap((made) => (made ? [{ made, failure: because }] : []));
}

/** A role with the policies it has: a service that takes it on at once needs both. */
function withPolicies(role: Made | undefined): Made[] {
  if (!role) return [];
  const names = [role.id, role.outputs.arn];
  const policies = [rolePolicyType, attachmentType].flatMap((type) => role.world.all(type));
  return [role, ...policies.filter(({ inputs }) => names.includes(inputs.role ?? null))];
}

/** A role named by a property. */
const role = (property: string, reason: string): Needs => {
  return ({ inputs, world }) => needsOf([world.find(roleType, inputs[property])], failure(property, reason));
};

/** Principals a policy names. */
function principalsOf(text: Value | undefined): string[] {
  const document = policyOf(knownText(text) ?? "");
  return bags(document?.Statement)
    .flatMap(({ Principal }) => bags(Principal))
    .flatMap(({ AWS }) => listOf(AWS));
}

/** Roles named in a policy. */
const principals = (property: string, reason: string): Needs => {
  return ({ inputs, world }) => {
    const roles = principalsOf(inputs[property]).map((arn) => world.find(roleType, arn));
    return needsOf(roles, failure(property, reason));
  };
};

/** A profile, and what AWS says about it by the way it is named. */
function profileNeeds(
  { world }: Subject,
  property: string,
  profile: Bag,
  prefix: (value: string) => string,
): Need[] {
  return (["name", "arn"] as const).flatMap((by) => {
    const value = knownText(profile[by]);
    const what = by === "name" ? "Invalid IAM Instance Profile name" : "Invalid IAM Instance Profile ARN";
    const reason = `${prefix(value ?? "")} for parameter iamInstanceProfile.${by} is invalid. ${what}`;
    return needsOf([world.find(profileType, value)], failure(property, reason));
  });
}

/** A launch template may name a profile nobody has seen yet; a group that is made from it may not. */
const launched: Needs = (subject) =>
  templateUses(subject).flatMap(({ property, template }) =>
    bags(template.inputs.iamInstanceProfile).flatMap((profile) =>
      profileNeeds(
        subject,
        property,
        profile,
        (value) => `ValidationError: You must use a valid fully-formed launch template. Value (${value})`,
      ),
    ),
  );

const ofInstance: Needs = (subject) =>
  profileNeeds(
    subject,
    "iamInstanceProfile",
    { name: subject.inputs.iamInstanceProfile ?? null },
    (value) => `InvalidParameterValue: Value (${value})`,
  );

const hook: Needs = ({ inputs, world }) => {
  const reason = `ValidationError: Unable to publish test message to notification target ${inputs.notificationTargetArn} using IAM role ${inputs.roleArn}. Please check your target and role configuration and try to put lifecycle hook again.`;
  return needsOf(withPolicies(world.find(roleType, inputs.roleArn)), failure("roleArn", reason, 300));
};

const needs: { readonly [type: string]: Needs } = {
  "aws:autoscaling/group:Group": launched,
  "aws:autoscaling/lifecycleHook:LifecycleHook": hook,
  "aws:ec2/instance:Instance": ofInstance,
  "aws:ec2/flowLog:FlowLog": role("iamRoleArn", "InvalidParameter: Unable to assume given IAM role"),
  "aws:iam/role:Role": principals("assumeRolePolicy", "MalformedPolicyDocument: Invalid principal in policy"),
  "aws:kms/key:Key": principals(
    "policy",
    "MalformedPolicyDocumentException: Policy contains a statement with one or more invalid principals.",
  ),
  "aws:s3/bucketPolicy:BucketPolicy": principals("policy", "MalformedPolicy: Invalid principal in policy"),
  "aws:sns/topic:Topic": principals(
    "policy",
    "InvalidParameter: Invalid parameter: Policy Error: PrincipalNotFound",
  ),
  "aws:sns/topicPolicy:TopicPolicy": principals(
    "policy",
    "InvalidParameter: Invalid parameter: Policy Error: PrincipalNotFound",
  ),
};

/**
 * What AWS refuses because IAM has not told every service yet of something that was made just now.
 *
 * @param sinceSeconds Seconds since a resource was made.
 * @param delaySeconds Seconds IAM takes.
 */
export function* notYetVisible(
  subject: Subject,
  sinceSeconds: (made: Made) => number,
  delaySeconds: number,
): Iterable<Failure> {
  const late = needs[subject.type]?.(subject).find(({ made }) => sinceSeconds(made) < delaySeconds);
  if (late) yield late.failure;
}
