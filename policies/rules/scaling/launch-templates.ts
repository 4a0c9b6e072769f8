import type { Reference, StackResource } from "../../lib/stack";
import type { Value } from "../../lib/value";

/** Where a group names its launch template, if it does. */
export function templateNamedBy(group: Value): Value | undefined {
  const alone = group.at("launchTemplate");
  const mixed = group.at("mixedInstancesPolicy", "launchTemplate", "launchTemplateSpecification");
  const names = [
    alone.at("id"),
    alone.at("name"),
    mixed.at("launchTemplateId"),
    mixed.at("launchTemplateName"),
  ];
  return names.find((name) => name.isSet());
}

/** The launch template that a value names, if that is certain. */
export function templateOf(reference: Reference | undefined): StackResource | undefined {
  if (reference?.kind === "one") return reference.resource;
  if (reference?.kind !== "among" || reference.others) return undefined;
  return reference.resources.length === 1 ? reference.resources[0] : undefined;
}
