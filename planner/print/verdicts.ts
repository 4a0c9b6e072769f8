import { nameIn } from "../build-plan";
import type { Plan, PlanPolicy, PlanViolation } from "../plan";
import { harmless, harmlessLines, type Style, wrapped } from "./style";
import { shortType } from "./tree";

/** What the policies say of a plan: violations by policy, mandatory ones first, then what is still open. */
export function verdictLines(plan: Plan, style: Style): string[] {
  const { pack, policies, violations, undecided, remedied } = plan;
  const config = pack.config === undefined ? "" : `, set by ${pack.config}`;
  const groups = [...grouped(violations).values()].flatMap((group) => groupLines(group, policies, style));
  const changes = remedied.map(
    ({ policy, urn }) => `  ~ remedied   ${harmless(`${policy} would change ${place(urn)}`)}`,
  );
  return [
    `${style.paint("bold", "Policies")} ${harmless(`(${pack.name} ${pack.version}${config})`)}`,
    ...(groups.length === 0 ? [`  ${style.paint("green", "✓ no violations")}`] : groups),
    ...changes,
    ...undecided.flatMap((text) => openLines(text, style)),
  ];
}

/** Violations of the same policy at the same level, in the order given. */
function grouped(violations: readonly PlanViolation[]): Map<string, PlanViolation[]> {
  const groups = new Map<string, PlanViolation[]>();
  for (const violation of violations) {
    const key = `${violation.level} ${violation.policy}`;
    groups.set(key, [...(groups.get(key) ?? []), violation]);
  }
  return groups;
}

function groupLines(
  group: readonly PlanViolation[],
  policies: readonly PlanPolicy[],
  style: Style,
): string[] {
  const [first] = group;
  if (!first) return [];
  const policy = policies.find(({ name }) => name === first.policy);
  const severity = first.severity === undefined ? "" : style.paint("dim", ` (${first.severity})`);
  return [
    `  ${mark(first, style)}  ${style.paint("bold", harmless(first.policy))}${severity}`,
    ...indented(policy?.description ?? "", 6, style),
    ...group.flatMap((violation) => [
      `      ${style.paint("cyan", harmless(place(violation.urn)))}`,
      ...indented(violation.message, 8, style),
    ]),
    ...indented(policy?.remediation ? `Remedy: ${policy.remediation}` : "", 6, style),
    ...indented(policy?.page ?? policy?.url ?? "", 6, style),
  ];
}

function mark({ level }: PlanViolation, style: Style): string {
  return level === "mandatory" ? style.paint("red", "✗ mandatory") : style.paint("yellow", "! advisory ");
}

/** A resource as the tree shows it. */
function place(urn: string): string {
  return `${nameIn(urn)} ${shortType(urn.split("::")[2]?.split("$").at(-1) ?? "")}`;
}

function openLines(text: string, style: Style): string[] {
  const [first = "", ...rest] = harmlessLines(text).flatMap((line) => wrapped(line, style.width - 28));
  const label = `  ${style.paint("yellow", "? not decided in preview")}  `;
  return [`${label}${first}`, ...rest.map((line) => " ".repeat(28) + line)];
}

function indented(text: string, by: number, style: Style): string[] {
  if (text === "") return [];
  const lines = harmlessLines(text).flatMap((line) => wrapped(line, style.width - by));
  return lines.map((line) => " ".repeat(by) + line);
}
