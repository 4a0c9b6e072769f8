import type { Rule } from "../lib/rule";
import { controlLink } from "./control-link";
import { type Control, notBuilt, outside, type Service, standard, taken, whyNot } from "./controls";
import { table } from "./markdown";

/** A control, and the rules that answer it. */
export interface Answered {
  readonly control: Control;
  readonly rules: readonly Rule[];
}

/** How far the rules answer what is asked of a service. */
export interface ServiceCoverage {
  readonly name: string;
  readonly controls: readonly Answered[];
  /** How many of them at least one rule answers. */
  readonly answered: number;
}

/** The rules that answer each control, by what they say of a framework. */
export function answers(
  framework: string,
  controls: readonly Control[],
  rules: readonly Rule[],
): readonly Answered[] {
  return controls.map((control) => ({
    control,
    rules: rules.filter(({ frameworks }) => frameworks[framework]?.includes(control.id)),
  }));
}

/** How far the rules answer a standard, service by service. */
export function coverage(
  rules: readonly Rule[],
  services: readonly Service[] = standard,
): readonly ServiceCoverage[] {
  return services.map(({ name, controls: asked }) => {
    const controls = answers("fsbp", asked, rules);
    return { name, controls, answered: controls.filter(isAnswered).length };
  });
}

function isAnswered({ rules }: Answered): boolean {
  return rules.length > 0;
}

/** What the index says of AWS's standard: how many controls are answered, each control, and those outside it. */
export function coverageSections(rules: readonly Rule[]): readonly string[] {
  const services = coverage(rules);
  const asked = services.filter(({ controls }) => controls.length > 0);
  return [
    "## AWS Foundational Security Best Practices",
    summary(services),
    "A rule counts whatever its level. A control that asks about several resources counts once one of them is judged.",
    totals(services),
    ...asked.flatMap(({ name, answered, controls }) => [
      `### ${name}: ${answered} of ${controls.length}`,
      listing(controls),
    ]),
    "### Outside the standard",
    "Controls of Security Hub that AWS keeps for other standards, and rules answer.",
    listing(answers("securityHub", outside, rules)),
  ];
}

/** Counts in one paragraph: what is answered, and why the rest is not. */
function summary(services: readonly ServiceCoverage[]): string {
  const controls = services.flatMap((service) => service.controls);
  const rest = controls.filter((answered) => !isAnswered(answered));
  const counts = [...Object.values(whyNot), notBuilt]
    .map((reason) => ({ reason, count: rest.filter(({ control }) => reasonOf(control) === reason).length }))
    .filter(({ count }) => count > 0)
    .map(({ reason, count }) => `${reason} (${count})`);
  return [
    `The rules answer ${controls.length - rest.length} of the ${controls.length} controls that the standard of `,
    `${taken.asOf} has for the services judged here (looked up on ${taken.on}). `,
    rest.length === 0 ? "" : `Why not the others: ${counts.join("; ")}.`,
  ].join("");
}

function totals(services: readonly ServiceCoverage[]): string {
  const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
  const rows = services.map(({ name, answered, controls }) => [name, `${answered}`, `${controls.length}`]);
  const answered = sum(services.map((service) => service.answered));
  const asked = sum(services.map(({ controls }) => controls.length));
  return table(["service", "answered", "of"], [...rows, ["**together**", `**${answered}**`, `**${asked}**`]]);
}

function listing(controls: readonly Answered[]): string {
  const rows = controls.map(({ control, rules }) => [
    controlLink(control.id),
    control.title,
    rules.map(ruleLink).join(", ") || `none: ${reasonOf(control)}`,
  ]);
  return table(["control", "holds where it is obeyed", "answered by"], rows);
}

function ruleLink({ name, level }: Rule): string {
  return `[${name}](${name}.md)${level === "disabled" ? " (off)" : ""}`;
}

function reasonOf({ why }: Control): string {
  return why === undefined ? notBuilt : whyNot[why];
}
