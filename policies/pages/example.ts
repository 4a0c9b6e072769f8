import type { Deferral, Finding } from "../lib/judgement";
import type { Scenario, ScenarioResource } from "../lib/rule";
import { SUBJECT } from "../lib/scenario";
import { literal } from "./literal";
import { block, code, enumerated, escaped, list } from "./markdown";
import { typeName, typeNames } from "./type-names";

/** The longest value that is shown within a line. */
const widestInLine = 100;

/** A scenario as a reader sees it: what is written, what stands beside it, what the rule says. */
export function example(scenario: Scenario): string {
  return [
    titleOf(scenario),
    block(literal(scenario.given)),
    ...listed(circumstances(scenario)),
    ...outcome(scenario),
  ].join("\n\n");
}

function titleOf({ name, types, config = {} }: Scenario): string {
  const kind = types === undefined ? "" : ` (${enumerated(typeNames(types), "or")})`;
  const set = Object.entries(config).map(([key, value]) => code(`${key}: ${literal(value)}`));
  return `**${name.charAt(0).toUpperCase()}${name.slice(1)}**${kind}${set.length === 0 ? "" : `, with ${set.join(", ")}`}`;
}

/** What else a scenario says: options, provider, what AWS made of the resource, and the rest of the stack. */
function circumstances(scenario: Scenario): readonly string[] {
  const { options, provider, from, stack = [] } = scenario;
  const made = madeOf(scenario);
  return [
    ...(options === undefined ? [] : [`its options:${shown(options)}`]),
    ...(provider === undefined ? [] : [`its provider:${shown(provider)}`]),
    ...(Object.keys(made).length === 0 ? [] : [`in the stack it also has${shown(made)}`]),
    ...origins("comes from", from),
    ...stack.map(beside),
  ];
}

/** What the resource is in the stack beyond what is written. */
function madeOf({ given, outputs = given }: Scenario): object {
  const written = new Map(Object.entries(given).map(([key, value]) => [key, literal(value)]));
  return Object.fromEntries(
    Object.entries(outputs).filter(([key, value]) => written.get(key) !== literal(value)),
  );
}

function beside({ name, type, props, parent, from }: ScenarioResource): string {
  const child = parent === undefined ? [] : [`a child of ${named(parent)}`];
  const said = [`beside it ${code(name)} (${code(typeName(type))})`, ...child, ...origins("from", from)];
  return `${said.join(", ")}:${shown(props)}`;
}

/** Which resources the properties come from, where they come from any. */
function origins(verb: string, from: Scenario["from"] = {}): readonly string[] {
  return Object.entries(from)
    .filter(([, names]) => names.length > 0)
    .map(([property, names]) => `its ${code(property)} ${verb} ${enumerated(names.map(named), "and")}`);
}

function named(name: string): string {
  return name === SUBJECT ? "the resource above" : code(name);
}

/** A value in an item of a list: within its line, or below it. */
function shown(value: object): string {
  const text = literal(value);
  if (text.length <= widestInLine && !/[\n`]/.test(text)) return ` ${code(text)}`;
  const lines = block(text).split("\n");
  return ["", "", ...lines.map((line) => `  ${line}`), ""].join("\n");
}

function outcome(scenario: Scenario): readonly string[] {
  switch (scenario.is) {
    case "pass":
      return [];
    case "skip":
      return [`Because: ${escaped(scenario.why)}.`];
    case "deferred":
      return leftOpen(scenario.deferrals);
    case "fail":
      return [
        ...found("Found:", scenario.findings),
        ...found("Left by the fix:", scenario.left),
        ...leftOpen(scenario.deferrals),
      ];
  }
}

function found(heading: string, findings: readonly Finding[] = []): readonly string[] {
  return listed(
    findings.map(({ path, says }) => `${code(path)}: ${escaped(says)}`),
    heading,
  );
}

function leftOpen(deferrals: readonly Deferral[] = []): readonly string[] {
  return listed(
    deferrals.map(({ path, waits }) => `${code(path)}: ${escaped(waits)}`),
    "Left open:",
  );
}

/** A list below its heading; nothing, if there is nothing to list. */
function listed(items: readonly string[], ...heading: readonly string[]): readonly string[] {
  return items.length === 0 ? [] : [...heading, list(items)];
}
