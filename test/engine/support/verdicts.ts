import { type EngineEvent, nameIn } from "./engine-events";

/** The policy that tells what the others could not judge. */
const undecided = "not-decided-in-preview";

/** What the policies said of a run. */
export interface Verdicts {
  /** `mandatory scaling-min-instances web-group-asg`, sorted. */
  readonly violations: readonly string[];
  /** What was left open, as `scaling-multi-zone: web-group-asg vpcZoneIdentifiers`, sorted. */
  readonly open: readonly string[];
}

/** What the policies said of a run. */
export function verdictsOf(events: readonly EngineEvent[]): Verdicts {
  const told = events.flatMap(({ policyEvent }) => policyEvent ?? []);
  return {
    violations: told
      .filter(({ policyName }) => policyName !== undecided)
      .map(
        ({ policyName, enforcementLevel, resourceUrn = "" }) =>
          `${enforcementLevel} ${policyName} ${nameIn(resourceUrn)}`,
      )
      .sort(),
    open: told
      .filter(({ policyName }) => policyName === undecided)
      .flatMap(({ message }) => openIn(message))
      .sort(),
  };
}

function openIn(message: string): string[] {
  const [, list = ""] = /^\d+ left open: (.*)$/m.exec(message) ?? [];
  return list.split("; ").map((item) => item.replace(/ \(.*\)$/, ""));
}

/** Violations of a later run that an earlier one neither found nor left open. */
export function unannounced(earlier: Verdicts, later: Verdicts): string[] {
  return later.violations.filter((violation) => {
    const [, policy, name] = violation.split(" ");
    const isFound = earlier.violations.includes(violation);
    return !isFound && !earlier.open.some((item) => item.startsWith(`${policy}: ${name} `));
  });
}
