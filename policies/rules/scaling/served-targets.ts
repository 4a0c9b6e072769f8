import { certainly } from "../../lib/candidates";
import type { Stack, StackResource } from "../../lib/stack";
import type { Value } from "../../lib/value";
import { TARGET_GROUP } from "../types";
import { attachments } from "./balancer-joining";

/**
 * The target groups of the stack that a scaling group serves for certain: those it names itself, and those an attachment
 * joins it to. What is not known yet is left out.
 */
export function servedBy(group: StackResource, stack: Stack): readonly StackResource[] {
  const joined = stack
    .linked(group, attachments)
    .certain.flatMap((attachment) => named(attachment, attachmentNames(attachment.outputs), stack));
  const own = [...itemsOf(group.inputs.at("targetGroupArns")), ...sourcesOf(group.inputs)];
  return [...new Set([...named(group, own, stack), ...joined])];
}

function itemsOf(list: Value): readonly Value[] {
  return list.isKnown() ? list.items() : [];
}

function sourcesOf(group: Value): readonly Value[] {
  return itemsOf(group.at("trafficSources")).map((source) => source.at("identifier"));
}

function attachmentNames(attachment: Value): readonly Value[] {
  return [attachment.at("lbTargetGroupArn"), attachment.at("trafficSource", "identifier")];
}

function named(from: StackResource, values: readonly Value[], stack: Stack): readonly StackResource[] {
  return values
    .filter((value) => value.isSet())
    .flatMap((value) => certainly(stack.refer(from, value, TARGET_GROUP)) ?? []);
}

/** The target group that asks for most, and how much; nothing if there is none, or nothing is known of any. */
export function mostOf(
  targetGroups: readonly StackResource[],
  secondsOf: (targetGroup: Value) => number | undefined,
): { readonly name: string; readonly seconds: number } | undefined {
  const asked = targetGroups.flatMap(({ name, inputs }) => {
    const seconds = secondsOf(inputs);
    return seconds === undefined ? [] : [{ name, seconds }];
  });
  return asked.reduce<{ name: string; seconds: number } | undefined>(
    (most, each) => (most === undefined || each.seconds > most.seconds ? each : most),
    undefined,
  );
}
