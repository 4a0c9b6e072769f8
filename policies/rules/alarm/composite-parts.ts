import { type Answer, some } from "../../lib/answers";
import type { Stack, StackResource } from "../../lib/stack";
import type { Value } from "../../lib/value";
import { COMPOSITE_ALARM, METRIC_ALARM } from "../types";

const alarms = [...METRIC_ALARM, ...COMPOSITE_ALARM];

/** What an alarm is named by in the rule of another: name or ARN. */
const identities = ["name", "alarmName", "arn", "id"];

/** Whether a composite alarm of the stack is over an alarm, or waits for it: then that one tells of it. */
export function isPartOfAnother(alarm: StackResource, stack: Stack): Answer {
  const others = stack.ofType(COMPOSITE_ALARM).filter(({ urn }) => urn !== alarm.urn);
  return some(others, (composite) =>
    some([composite.outputs.at("alarmRule"), composite.outputs.at("actionsSuppressor", "alarm")], (value) =>
      speaksOf(composite, value, alarm, stack),
    ),
  );
}

function speaksOf(composite: StackResource, value: Value, alarm: StackResource, stack: Stack): Answer {
  if (value.isKnown()) {
    const names = namesIn(value.text() ?? "");
    // What is not known yet cannot stand in a text that is.
    const known = identities.map((identity) => alarm.outputs.at(identity)).filter((own) => own.isKnown());
    return known.flatMap((own) => own.text() ?? []).some((own) => names.has(own));
  }
  const reference = stack.refer(composite, value, alarms);
  if (reference?.kind !== "among") return undefined;
  // A rule is put together from the names of all the alarms that it comes from.
  if (reference.resources.some(({ urn }) => urn === alarm.urn)) return true;
  return reference.others || reference.resources.length === 0 ? undefined : false;
}

/** The alarms of `ALARM("web-errors") AND NOT OK(web-load)`, or the one that stands there alone. */
function namesIn(rule: string): ReadonlySet<string> {
  const inside = [...rule.matchAll(/\(\s*(?:"([^"]*)"|'([^']*)'|([^()"'\s]+))\s*\)/g)];
  return new Set([rule, ...inside.flatMap(([, ...name]) => name.filter((one) => one !== undefined))]);
}
