import type { EnvironmentDefaults } from "../environments";
import type { Faults, Path } from "../faults";
import type { StackConfig } from "../schema/stack";
import { natOf } from "./network";
import { scalingOf } from "./sizing";

/**
 * Checks that the memory use of every service that follows it can be reported, and that its alarm is not set off by
 * ordinary scaling.
 */
export function checkMemory(
  network: StackConfig["network"] | undefined,
  services: StackConfig["services"],
  key: (name: keyof StackConfig) => string,
  defaults: EnvironmentDefaults,
  faults: Faults,
): void {
  const tracked = Object.entries(services).filter(([, { scaling }]) => scaling.memoryMode !== "none");
  for (const [name, { scaling, alarms }] of tracked) {
    const target: Path = [key("services"), name, "scaling", "targetMemoryPercent"];
    const limit: Path = [key("services"), name, "alarms", "memoryHighPercent"];
    const { targetMemoryPercent } = scalingOf(scaling, defaults);
    faults.check({
      about: [target, limit],
      holds: targetMemoryPercent < alarms.memoryHighPercent,
      path: target,
      found: targetMemoryPercent,
      must: `must be less than alarms.memoryHighPercent (${faults.show(limit, alarms.memoryHighPercent)})`,
    });
  }
  const [first] = tracked;
  if (!network || !first) return;
  const uses: Path = [key("network"), "uses"];
  // Without data from the agent a group whose memory is tracked never shrinks.
  faults.check({
    about: [uses, [key("network"), "nat"]],
    holds: natOf(network).mode !== "none" || network.uses.includes("monitoring"),
    path: uses,
    found: network.uses,
    must: `must include "monitoring" for nat "none": service ${first[0]} follows its memory use and has no other way to report it`,
  });
}
