import { knownText, knownTexts } from "../../values";
import type { Subject } from "../kind";
import { counting, inAccount, inRegion, type Quota } from "./quota";

const roleType = "aws:iam/role:Role";

/** The role policies are attached to, by name. */
function roleOf({ type, inputs }: Subject): string | undefined {
  return knownText(type === roleType ? inputs.name : inputs.role);
}

const iam = (quota: string) => (limit: number) => `LimitExceeded: Cannot exceed quota for ${quota}: ${limit}`;

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
const identityQuotas: readonly Quota[] = [
  counting({
    name: "Roles per account",
    code: "L-FE177D64",
    limit: 1000,
    types: [roleType],
    per: "account",
    places: inAccount,
    reason: iam("RolesPerAccount"),
  }),
  counting({
    name: "Instance profiles per account",
    code: "L-6E65F664",
    limit: 1000,
    types: ["aws:iam/instanceProfile:InstanceProfile"],
    per: "account",
    places: inAccount,
    reason: iam("InstanceProfilesPerAccount"),
  }),
  counting({
    name: "Customer managed policies per account",
    code: "L-E95E4862",
    limit: 1500,
    types: ["aws:iam/policy:Policy"],
    per: "account",
    places: inAccount,
    reason: iam("PoliciesPerAccount"),
  }),
  counting({
    name: "Managed policies per role",
    code: "L-0DA4ABF3",
    limit: 20,
    types: ["aws:iam/rolePolicyAttachment:RolePolicyAttachment", roleType],
    per: "role",
    places: (subject) => [roleOf(subject)],
    amount: ({ type, inputs }) =>
      type === roleType ? (knownTexts(inputs.managedPolicyArns) ?? []).length : 1,
    reason: iam("PoliciesPerRole"),
  }),
];

// https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/DNSLimitations.html
// https://docs.aws.amazon.com/cloud-map/latest/dg/cloud-map-limits.html
// https://docs.aws.amazon.com/acm/latest/userguide/acm-limits.html
const nameQuotas: readonly Quota[] = [
  counting({
    name: "Hosted zones",
    code: "L-4EA4796A",
    limit: 500,
    // A namespace brings a zone of its own.
    types: ["aws:route53/zone:Zone", "aws:servicediscovery/privateDnsNamespace:PrivateDnsNamespace"],
    per: "account",
    places: inAccount,
    reason: () =>
      "TooManyHostedZones: Limits Exceeded: MAX_HOSTED_ZONES_BY_OWNER - Cannot create more hosted zones.",
  }),
  counting({
    name: "Records per hosted zone",
    code: "L-E209CC9F",
    limit: 10_000,
    types: ["aws:route53/record:Record"],
    per: "hosted zone",
    places: ({ inputs }) => [knownText(inputs.zoneId)],
    reason: (limit) => `InvalidChangeBatch: [Number of records limit of ${limit} exceeded.]`,
  }),
  counting({
    name: "Namespaces per Region",
    limit: 50,
    types: ["aws:servicediscovery/privateDnsNamespace:PrivateDnsNamespace"],
    per: "Region",
    places: inRegion,
    reason: () => "ResourceLimitExceeded: The quota for namespaces is reached",
  }),
  counting({
    name: "ACM certificates",
    code: "L-F141DD1D",
    limit: 2500,
    types: ["aws:acm/certificate:Certificate"],
    per: "Region",
    places: inRegion,
    reason: (limit) =>
      `LimitExceededException: The maximum number of certificates, ${limit}, has been reached`,
  }),
  counting({
    name: "Domain names per ACM certificate",
    code: "L-FB94F0B0",
    limit: 10,
    types: ["aws:acm/certificate:Certificate"],
    per: "certificate",
    places: ({ seed }) => [seed],
    amount: ({ inputs }) =>
      new Set([knownText(inputs.domainName), ...(knownTexts(inputs.subjectAlternativeNames) ?? [])]).size,
    reason: (limit) =>
      `LimitExceededException: The maximum number of domain names in a certificate, ${limit}, is exceeded`,
  }),
];

// https://docs.aws.amazon.com/general/latest/gr/s3.html
// https://docs.aws.amazon.com/kms/latest/developerguide/resource-limits.html
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html
// https://docs.aws.amazon.com/general/latest/gr/sns.html
const storageAndMessages: readonly Quota[] = [
  counting({
    name: "General purpose buckets",
    code: "L-DC2B2D3D",
    limit: 10_000,
    types: ["aws:s3/bucket:Bucket"],
    per: "account",
    places: inAccount,
    reason: () => "TooManyBuckets: You have attempted to create more buckets than allowed",
  }),
  counting({
    name: "Customer Master Keys (CMKs)",
    code: "L-C2F1777E",
    limit: 100_000,
    types: ["aws:kms/key:Key"],
    per: "Region",
    places: inRegion,
    reason: (limit) => `LimitExceededException: The maximum number of KMS keys, ${limit}, has been reached`,
  }),
  counting({
    name: "Log groups",
    limit: 1_000_000,
    types: ["aws:cloudwatch/logGroup:LogGroup"],
    per: "Region",
    places: inRegion,
    reason: () => "LimitExceededException: Resource limit exceeded.",
  }),
  counting({
    name: "Topics per Account",
    code: "L-61103206",
    limit: 100_000,
    types: ["aws:sns/topic:Topic"],
    per: "Region",
    places: inRegion,
    reason: () => "TopicLimitExceeded: Topic limit exceeded",
  }),
  counting({
    name: "Subscriptions per Topic",
    code: "L-A4340BCD",
    limit: 12_500_000,
    types: ["aws:sns/topicSubscription:TopicSubscription"],
    per: "topic",
    places: ({ inputs }) => [knownText(inputs.topic)],
    reason: () => "SubscriptionLimitExceeded: Subscription limit exceeded",
  }),
];

const waf = () =>
  "WAFLimitsExceededException: AWS WAF couldn't perform the operation because you exceeded your resource limit.";

// https://docs.aws.amazon.com/waf/latest/developerguide/limits.html
const firewallQuotas: readonly Quota[] = [
  counting({
    name: "Web ACLs per Region",
    limit: 100,
    types: ["aws:wafv2/webAcl:WebAcl"],
    per: "Region",
    places: inRegion,
    reason: waf,
  }),
  counting({
    name: "IP sets per Region",
    limit: 100,
    types: ["aws:wafv2/ipSet:IpSet"],
    per: "Region",
    places: inRegion,
    reason: waf,
  }),
];

/** Everything else. */
export const serviceQuotas: readonly Quota[] = [
  ...identityQuotas,
  ...nameQuotas,
  ...storageAndMessages,
  ...firewallQuotas,
];
