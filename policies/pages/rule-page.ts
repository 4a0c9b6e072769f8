import { allowed, settle } from "../lib/parameters";
import { type DefaultLevel, type Rule, remedyOf, type Scenario } from "../lib/rule";
import { controlLink } from "./control-link";
import { example } from "./example";
import { code, enumerated, list, table } from "./markdown";
import { typeNames } from "./type-names";

/** A default level in words. */
const levelTexts: { readonly [level in DefaultLevel]: string } = {
  mandatory: "mandatory",
  advisory: "advisory",
  disabled: "off",
  production: "mandatory in production, else advisory",
};

const standards: { readonly [standard: string]: string } = {
  fsbp: "AWS Foundational Security Best Practices",
  securityHub: "Security Hub, outside that standard",
};

/** The page of a rule: why, what, parameters, examples, remedy and controls, all of it from the rule itself. */
export function rulePage(rule: Rule): string {
  const defaults = settle(rule.parameters ?? {}, {}).values;
  return [
    `<!-- Written by \`npm run reference\` from the rule. Do not edit. -->`,
    `# ${rule.name}`,
    `${rule.title}.`,
    rule.description,
    facts(rule),
    "## Remedy",
    `${remedyOf(rule, defaults)}${rule.fix ? " At level `remediate` the pack does so itself." : ""}`,
    ...parametersOf(rule),
    ...examples(rule),
    "## More",
    `<${rule.url}>`,
    "",
  ].join("\n\n");
}

function facts(rule: Rule): string {
  const controls = Object.entries(rule.frameworks).map(
    ([standard, ids]) => `${ids.map(controlLink).join(", ")} (${standards[standard] ?? standard})`,
  );
  return list([
    `Severity: ${rule.severity}`,
    `Level: ${levelTexts[rule.level]}`,
    `Judged ${judgedAt(rule)}`,
    `Answers ${controls.join("; ") || "no control of AWS"}`,
    `Looks at ${enumerated(typeNames(rule.types), "and")}`,
  ]);
}

/** When a rule can judge: by a resource alone, or only once the whole stack is known. */
function judgedAt({ judge, judgeInStack }: Rule): string {
  if (judgeInStack === undefined) return "by the resource alone";
  return judge === undefined ? "by the whole stack" : "by the resource alone, then by the whole stack";
}

function parametersOf({ parameters }: Rule): readonly string[] {
  if (parameters === undefined) return [];
  const rows = Object.entries(parameters).map(([name, parameter]) => [
    code(name),
    allowed(parameter),
    defaultText(parameter.default),
    parameter.description,
  ]);
  return ["## Parameters", table(["name", "allowed", "default", "meaning"], rows)];
}

/** A default on one line that can be broken. */
function defaultText(value: unknown): string {
  if (!Array.isArray(value)) return code(JSON.stringify(value));
  return value.length === 0 ? "none" : value.map((item) => code(JSON.stringify(item))).join(", ");
}

const headings: readonly (readonly [is: Scenario["is"], heading: string])[] = [
  ["pass", "### Passes"],
  ["fail", "### Fails"],
  ["deferred", "### Is not decided in a first preview"],
  ["skip", "### Does not apply"],
];

function examples({ scenarios }: Rule): readonly string[] {
  const sections = headings.flatMap(([is, heading]) => {
    const alike = scenarios.filter((scenario) => scenario.is === is);
    return alike.length === 0 ? [] : [heading, ...alike.map(example)];
  });
  const unknown = sections.some((section) => /\bunknown\b/.test(section));
  const legend = unknown ? [" `unknown` is what a first preview does not know yet."] : [];
  return [
    "## Examples",
    ["What a program writes, and what the rule says of it.", ...legend].join(""),
    ...sections,
  ];
}
