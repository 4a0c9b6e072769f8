import { apart, type Finding, type Judgement } from "../../lib/judgement";
import { rule } from "../../lib/rule";
import { UNKNOWN } from "../../lib/unknown";
import { shown, type Value } from "../../lib/value";
import {
  DEFAULT_SECURITY_GROUP,
  EGRESS_RULE,
  INGRESS_RULE,
  SECURITY_GROUP,
  SECURITY_GROUP_RULE,
} from "../types";
import { onPort } from "./examples";
import { type Direction, rulesIn } from "./security-rules";

/** What the provider writes if nobody does, now and before. */
const written = ["Managed by Pulumi", "Managed by Terraform"];

const ofGroup = "must say what the group is for";
const ofRule = "must say who needs it and why";

function judgeText(description: Value, must: string): readonly Finding[] {
  const text = description.text()?.trim();
  if (text === undefined || text === "") return [{ path: description.path, says: `not set, ${must}` }];
  const nobody = written.some((one) => one.toLowerCase() === text.toLowerCase());
  return nobody ? [{ path: description.path, says: `${shown(text)}, which nobody wrote, ${must}` }] : [];
}

function* judgeRules(props: Value, type: string, direction: Direction): ReturnType<typeof apart> {
  for (const { description } of rulesIn(props, type, direction)) {
    yield* apart(() => judgeText(description, ofRule));
  }
}

function judgeAll(props: Value, type: string): Judgement {
  return apart(
    () => (SECURITY_GROUP.includes(type) ? judgeText(props.at("description"), ofGroup) : []),
    () => judgeRules(props, type, "ingress"),
    () => judgeRules(props, type, "egress"),
  );
}

const described = { ...onPort(443, "0.0.0.0/0"), description: "HTTPS for everybody" };

export const securityGroupDescribed = rule({
  name: "security-group-described",
  title: "Security groups and their rules say what they are for",
  description: "A rule that nobody can explain is a rule that nobody dares to delete.",
  severity: "low",
  level: "advisory",
  types: [
    ...SECURITY_GROUP,
    ...DEFAULT_SECURITY_GROUP,
    ...SECURITY_GROUP_RULE,
    ...INGRESS_RULE,
    ...EGRESS_RULE,
  ],
  frameworks: {},
  remediation:
    "Set description on the group and on each of its rules. A group with another one is a new group.",
  url: "https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html",
  judge: (props, { type }) => judgeAll(props, type),
  scenarios: [
    {
      name: "a group and its rules",
      given: { description: "Edge load balancer", ingress: [described], egress: [described] },
      types: SECURITY_GROUP,
      is: "pass",
    },
    {
      name: "the default group, which describes itself",
      given: {},
      types: DEFAULT_SECURITY_GROUP,
      is: "pass",
    },
    {
      name: "a rule",
      given: { description: "HTTPS for everybody", type: "ingress" },
      types: [...SECURITY_GROUP_RULE, ...INGRESS_RULE, ...EGRESS_RULE],
      is: "pass",
    },
    {
      name: "left to the provider",
      given: {},
      types: SECURITY_GROUP,
      is: "fail",
      findings: [{ path: "description", says: `not set, ${ofGroup}` }],
    },
    {
      name: "what the provider writes, and rules without a word",
      given: {
        description: "Managed by Pulumi",
        ingress: [described, { ...described, description: "" }],
        egress: [{ ...described, description: " " }],
      },
      types: SECURITY_GROUP,
      is: "fail",
      findings: [
        { path: "description", says: `"Managed by Pulumi", which nobody wrote, ${ofGroup}` },
        { path: "ingress[1].description", says: `not set, ${ofRule}` },
        { path: "egress[0].description", says: `not set, ${ofRule}` },
      ],
    },
    {
      name: "a rule without a word",
      given: { type: "egress" },
      types: [...SECURITY_GROUP_RULE, ...INGRESS_RULE, ...EGRESS_RULE],
      is: "fail",
      findings: [{ path: "description", says: `not set, ${ofRule}` }],
    },
    {
      name: "one certain, two not known yet",
      given: { description: UNKNOWN, ingress: UNKNOWN, egress: [{}] },
      types: SECURITY_GROUP,
      is: "fail",
      findings: [{ path: "egress[0].description", says: `not set, ${ofRule}` }],
      deferrals: [
        { path: "description", waits: "not known yet" },
        { path: "ingress", waits: "not known yet" },
      ],
    },
  ],
});
