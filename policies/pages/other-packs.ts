import { table } from "./markdown";

interface OtherPack {
  readonly name: string;
  readonly url: string;
  readonly state: string;
  /** Its rules for types of resources that are judged here. */
  readonly rules: string;
  /** What is here and not there, beside what none of them has. */
  readonly lacks: string;
}

/** When they were looked at. */
const looked = "2026-11-21";

const packs: readonly OtherPack[] = [
  {
    name: "awsguard",
    url: "https://github.com/pulumi/pulumi-policy-aws",
    state: "0.3.1, January 2022",
    rules: "about 12",
    lacks: "severities, exemptions, fixes; it cannot load beside @pulumi/aws 7",
  },
  {
    name: "compliance-policies",
    url: "https://github.com/pulumi/compliance-policies",
    state: "May 2025",
    rules: "57",
    lacks:
      "parameters, fixes, reasons for exemptions; anything on auto scaling, target groups, caches, tables, DNS, topics, WAF",
  },
  {
    name: "cdk-nag",
    url: "https://github.com/cdklabs/cdk-nag",
    state: "3.0.2",
    rules: "about 90",
    lacks: "parameters, fixes; a value not known yet is a finding of its own",
  },
  {
    name: "checkov",
    url: "https://github.com/bridgecrewio/checkov",
    state: "August 2026",
    rules: "about 175",
    lacks:
      "severities without its vendor's key, reasons that an exemption must have; what is not known yet is dropped",
  },
  {
    name: "AWS Guard rules registry",
    url: "https://github.com/aws-cloudformation/aws-guard-rules-registry",
    state: "March 2024",
    rules: "about 100, some of them empty files",
    lacks: "parameters, severities, fixes, reasons for exemptions",
  },
];

/** How this pack stands beside others for the same resources. */
export function otherPacksSections(ownRules: number): readonly string[] {
  const rows = packs.map(({ name, url, state, rules, lacks }) => [`[${name}](${url})`, state, rules, lacks]);
  return [
    "## Beside other packs",
    [
      `Counted are rules for the types of resources judged here; looked at on ${looked}. None of the others has a rule about `,
      "the smallest size of a group, its schedules, its suspended processes, the zones behind its subnets, or the time a ",
      "health check takes.",
    ].join(""),
    table(
      ["pack", "state", "rules", "what it lacks that is here"],
      [["this one", "", `${ownRules}`, ""], ...rows],
    ),
  ];
}
