import type { DefaultLevel, Rule } from "../lib/rule";
import type { RuleGroup } from "../rules";
import { coverageSections } from "./coverage";
import { table } from "./markdown";
import { otherPacksSections } from "./other-packs";

/** The page that lists every rule, what of AWS's standard they answer, and how they stand beside other packs. */
export function indexPage(groups: readonly RuleGroup[]): string {
  const rules = groups.flatMap((group) => group.rules);
  return [
    "<!-- Written by `npm run reference` from the rules. Do not edit. -->",
    "# The rules",
    summary(rules),
    [
      "See also what they answer of [AWS's standard](#aws-foundational-security-best-practices), and how they stand ",
      "[beside other packs](#beside-other-packs).",
    ].join(""),
    ...groups.flatMap(({ title, rules: members }) => [`## ${title}`, listing(members)]),
    ...coverageSections(rules),
    ...otherPacksSections(rules.length),
    "",
  ].join("\n\n");
}

function summary(rules: readonly Rule[]): string {
  const count = (holds: (rule: Rule) => boolean) => rules.filter(holds).length;
  return [
    `${rules.length} rules: ${count(({ level }) => level === "mandatory")} mandatory, `,
    `${count(({ level }) => level === "production")} mandatory in production and advisory elsewhere ("production" below), `,
    `${count(({ level }) => level === "advisory")} advisory, ${count(({ level }) => level === "disabled")} off. `,
    `${count(({ judgeInStack }) => judgeInStack !== undefined)} look at other resources of the stack, `,
    `${count(({ fix }) => fix !== undefined)} can put right what they find.`,
  ].join("");
}

const shortLevels: { readonly [level in DefaultLevel]: string } = {
  mandatory: "mandatory",
  advisory: "advisory",
  disabled: "off",
  production: "production",
};

function listing(rules: readonly Rule[]): string {
  const rows = rules.map((rule) => [
    `[${rule.name}](${rule.name}.md)`,
    rule.title,
    rule.severity,
    shortLevels[rule.level],
    judgedBy(rule),
    rule.fix ? "yes" : "",
    Object.values(rule.frameworks).flat().join(", "),
  ]);
  return table(["rule", "requires", "severity", "level", "judged by", "fix", "controls"], rows);
}

function judgedBy({ judge, judgeInStack }: Rule): string {
  return [...(judge ? ["resource"] : []), ...(judgeInStack ? ["stack"] : [])].join(", ");
}
