import type { Value } from "../../lib/value";

/** What a group's sizes count: `units`, `vcpu` or `memory-mib`. */
function countedIn(group: Value): string {
  return group.at("desiredCapacityType").text()?.toLowerCase() ?? "units";
}

function overridesOf(group: Value): readonly Value[] {
  return group.at("mixedInstancesPolicy", "launchTemplate", "overrides").items();
}

/** The attribute that bounds what one instance counts for, where a group counts no instances. */
export function boundOf(group: Value): string {
  return countedIn(group) === "vcpu" ? "vcpuCount" : "memoryMib";
}

/** Whether only a group's launch template tells how large its instances are. */
export function leavesSizeToTemplate(group: Value): boolean {
  return countedIn(group) !== "units" && overridesOf(group).length === 0;
}

/**
 * The most capacity that one instance of a group can count for; nothing if that has no bound.
 *
 * @param template The launch template, which asks for attributes where the group itself lists nothing.
 */
export function largestInstance(group: Value, template?: Value): number | undefined {
  const type = countedIn(group);
  const bound = boundOf(group);
  const listed = overridesOf(group);
  const launched = listed.length === 0 && template !== undefined ? [template] : listed;
  let largest = type === "units" ? 1 : undefined;
  for (const one of launched) {
    const size = type === "units" ? one.at("weightedCapacity") : one.at("instanceRequirements", bound, "max");
    const most = size.number() ?? (type === "units" ? 1 : undefined);
    if (most === undefined) return undefined;
    largest = Math.max(largest ?? 1, most);
  }
  return largest;
}
