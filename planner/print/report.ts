import { isBag } from "../../sandbox/values";
import { nameIn } from "../build-plan";
import type { Plan } from "../plan";
import { harmless, harmlessLines, padded, type Style, widthOf, wrapped } from "./style";
import { treeLines } from "./tree";
import { linesOf, scalar } from "./values";
import { verdictLines } from "./verdicts";

/** A plan for a person to read on a terminal. */
export function report(plan: Plan, style: Style, verbose: boolean): string {
  const title = style.paint("bold", `Plan of ${harmless(plan.project)}, stack ${harmless(plan.stack)}`);
  const sections = [
    [title],
    treeLines(plan, style, verbose),
    messageLines(plan, style),
    verdictLines(plan, style),
    outputLines(plan, style),
    summaryLines(plan, style),
  ];
  const shown = sections.filter((lines) => lines.length > 0).map((lines) => lines.join("\n"));
  return `${shown.join("\n\n")}\n`;
}

function messageLines({ messages }: Plan, style: Style): string[] {
  if (messages.length === 0) return [];
  const lines = messages.flatMap(({ severity, message, urn }) => {
    const about = urn === undefined ? "" : `${harmless(nameIn(urn))}: `;
    const [first = "", ...rest] = harmlessLines(`${about}${message}`).flatMap((line) =>
      wrapped(line, style.width - 11),
    );
    const label = severity === "info" ? padded(severity, 7) : style.paint("yellow", padded(severity, 7));
    return [`  ${label}  ${first}`, ...rest.map((line) => " ".repeat(11) + line)];
  });
  return [style.paint("bold", "Messages"), ...lines];
}

function outputLines({ outputs }: Plan, style: Style): string[] {
  const entries = Object.entries(outputs);
  if (entries.length === 0) return [];
  const width = Math.max(...entries.map(([key]) => widthOf(harmless(key))));
  const lines = entries.flatMap(([key, value]) => {
    const label = `  ${padded(harmless(key), width)}  `;
    if (!Array.isArray(value) && !isBag(value)) return [`${label}${scalar(value)}`];
    const [, ...block] = linesOf({ [key]: value });
    return block.length === 0
      ? [`${label}${scalar(value)}`]
      : [label.trimEnd(), ...block.map((line) => `  ${line}`)];
  });
  return [style.paint("bold", "Outputs"), ...lines];
}

function summaryLines({ summary }: Plan, style: Style): string[] {
  const {
    create,
    read,
    components,
    policiesPassed,
    policiesNotDecided,
    policiesNotApplicable,
    policiesDisabled,
  } = summary;
  const { mandatoryViolations, advisoryViolations, allowed } = summary;
  const resources = [
    style.paint("green", `+ ${create} to create`),
    ...some(read, `= ${read} to read`),
    `(${counted(components, "component")}, ${counted(create - components, "resource")})`,
  ];
  const policies = [
    `${policiesPassed} passed`,
    ...some(mandatoryViolations, style.paint("red", counted(mandatoryViolations, "mandatory violation"))),
    ...some(advisoryViolations, style.paint("yellow", counted(advisoryViolations, "advisory violation"))),
    ...some(policiesNotDecided, `${policiesNotDecided} not decided`),
    ...some(policiesNotApplicable, `${policiesNotApplicable} not applicable`),
    ...some(policiesDisabled, `${policiesDisabled} disabled`),
  ];
  const verdict = allowed
    ? style.paint("green", "✓ allowed")
    : style.paint("red", "✗ not allowed: a mandatory policy is violated");
  return [`Resources: ${resources.join(" ")}`, `Policies:  ${policies.join(" / ")}`, verdict];
}

function some(count: number, text: string): string[] {
  return count === 0 ? [] : [text];
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}
