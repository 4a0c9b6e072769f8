import type { Value } from "../../lib/value";

/** The most capacity that one instance of a group can count for; nothing if that has no bound. */
export function largestInstance(group: Value): number | undefined {
  const type = group.at("desiredCapacityType").text()?.toLowerCase() ?? "units";
  const overrides = group.at("mixedInstancesPolicy", "launchTemplate", "overrides").items();
  const bound = type === "vcpu" ? "vcpuCount" : "memoryMib";
  let largest = type === "units" ? 1 : undefined;
  for (const override of overrides) {
    const size =
      type === "units" ? override.at("weightedCapacity") : override.at("instanceRequirements", bound, "max");
    const most = size.number() ?? (type === "units" ? 1 : undefined);
    if (most === undefined) return undefined;
    largest = Math.max(largest ?? 1, most);
  }
  return largest;
}
