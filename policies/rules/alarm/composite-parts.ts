import type { Answer } from "../../lib/answers";
import type { Stack, StackResource } from "../../lib/stack";
import type { Value } from "../../lib/value";
import { COMPOSITE_ALARM, METRIC_ALARM } from "../types";

const alarms = [...METRIC_ALARM, ...COMPOSITE_ALARM];

/** What an alarm is named by in the rule of another: name or ARN. */
const identities = ["name", "alarmName", "arn", "id"];

/** URNs of composite alarms by what they are over. */
type Composites = Map<string, Set<string>>;

/** What the composite alarms of a stack are over, or wait for. */
interface Rules {
  /** By the names and ARNs in rules that are known. */
  readonly byName: Composites;
  /** By the names at the end of those ARNs. */
  readonly byNameInArn: Composites;
  /** By the URNs of the alarms that a rule not known yet comes from. */
  readonly bySource: Composites;
  /** Those whose rule may speak of anything. */
  readonly open: Set<string>;
}

/** Kept by stack, so that not every alarm is compared with every composite alarm. */
const rulesOf = new WeakMap<Stack, Rules>();

/** Whether a composite alarm of the stack is over an alarm, or waits for it: then that one tells of it. */
export function isPartOfAnother(alarm: StackResource, stack: Stack): Answer {
  const rules = rulesOf.get(stack) ?? gather(stack);
  rulesOf.set(stack, rules);
  const { byName, byNameInArn, bySource, open } = rules;
  const another = (composites: ReadonlySet<string> = new Set()) =>
    composites.size > Number(composites.has(alarm.urn));
  const names = namesOf(alarm);
  if (names.some((name) => another(byName.get(name))) || another(bySource.get(alarm.urn))) return true;
  // While its own ARN is not known, one that a program has put together can be told by its name only.
  const arn = alarm.outputs.at("arn");
  if (!arn.isKnown() && names.some((name) => another(byNameInArn.get(name)))) return true;
  return another(open) ? undefined : false;
}

function gather(stack: Stack): Rules {
  const rules: Rules = { byName: new Map(), byNameInArn: new Map(), bySource: new Map(), open: new Set() };
  for (const composite of stack.ofType(COMPOSITE_ALARM)) {
    const { outputs } = composite;
    for (const value of [outputs.at("alarmRule"), outputs.at("actionsSuppressor", "alarm")]) {
      if (value.isKnown()) addNames(rules, composite, value.text() ?? "");
      else addSources(rules, composite, value, stack);
    }
  }
  return rules;
}

function addNames({ byName, byNameInArn }: Rules, { urn }: StackResource, rule: string): void {
  for (const name of namesIn(rule)) {
    add(byName, name, urn);
    const inArn = /^arn:[^:]*:cloudwatch:[^:]*:[^:]*:alarm:(.+)$/.exec(name)?.[1];
    if (inArn !== undefined) add(byNameInArn, inArn, urn);
  }
}

/** A rule is put together from the names of all the alarms that it comes from. */
function addSources({ bySource, open }: Rules, composite: StackResource, value: Value, stack: Stack): void {
  const reference = stack.refer(composite, value, alarms);
  const resources = reference?.kind === "among" ? reference.resources : [];
  for (const { urn } of resources) add(bySource, urn, composite.urn);
  if (reference?.kind !== "among" || reference.others || resources.length === 0) open.add(composite.urn);
}

function add(composites: Composites, key: string, urn: string): void {
  const urns = composites.get(key);
  if (urns === undefined) composites.set(key, new Set([urn]));
  else urns.add(urn);
}

/** What an alarm goes by, as far as that is known: what is not known yet cannot stand in a text that is. */
function namesOf({ outputs }: StackResource): readonly string[] {
  return identities
    .map((identity) => outputs.at(identity))
    .flatMap((own) => (own.isKnown() ? (own.text() ?? []) : []));
}

/** The alarms of `ALARM("web-errors") AND NOT OK(web-load)`, or the one that stands there alone. */
function namesIn(rule: string): ReadonlySet<string> {
  const inside = [...rule.matchAll(/\(\s*(?:"([^"]*)"|'([^']*)'|([^()"'\s]+))\s*\)/g)];
  return new Set([rule, ...inside.flatMap(([, ...name]) => name.filter((one) => one !== undefined))]);
}
