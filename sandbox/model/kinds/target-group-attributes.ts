import { type Bag, bags, isUnknown, knownNumber, knownText } from "../../values";
import { argumentName, at, type Check } from "../checks";
import type { Failure, Subject } from "../kind";

/** What AWS calls the algorithms that slow start does not go with. */
const spoken: { readonly [algorithm: string]: string } = {
  least_outstanding_requests: "least outstanding requests",
  weighted_random: "weighted random",
};

/** Whether clients are kept with their targets: `undefined` while that is not known. */
function isSticky({ inputs }: Subject): boolean | undefined {
  const [stickiness] = bags(inputs.stickiness);
  if (stickiness === undefined) return isUnknown(inputs.stickiness) ? undefined : false;
  return isUnknown(stickiness.enabled) ? undefined : stickiness.enabled !== false;
}

function* algorithmPairs(subject: Subject): Iterable<Failure> {
  const { inputs } = subject;
  const algorithm = knownText(inputs.loadBalancingAlgorithmType);
  const name = spoken[algorithm ?? ""];
  if (name !== undefined && (knownNumber(inputs.slowStart) ?? 0) > 0) {
    const reason = `InvalidConfigurationRequest: You cannot enable both slow start and ${name} algorithm on a target group`;
    yield { property: "slowStart", reason };
  }
  if (algorithm === "weighted_random" && isSticky(subject)) {
    const reason =
      "InvalidConfigurationRequest: You cannot have both stickiness and weighted random algorithm enabled on the same target group.";
    yield { property: "stickiness", reason };
  }
  const mitigated = knownText(inputs.loadBalancingAnomalyMitigation) === "on";
  if (mitigated && algorithm !== "weighted_random" && !isUnknown(inputs.loadBalancingAlgorithmType)) {
    const reason =
      "InvalidConfigurationRequest: Anomaly mitigation requires the load balancing algorithm 'weighted_random'";
    yield { property: "loadBalancingAnomalyMitigation", reason };
  }
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/disable-cross-zone.html */
function* withinZones(subject: Subject): Iterable<Failure> {
  const { inputs } = subject;
  if (inputs.loadBalancingCrossZoneEnabled !== "false") return;
  const overHttp = inputs.protocol === "HTTP" || inputs.protocol === "HTTPS";
  if (overHttp && isSticky(subject)) {
    const reason =
      "InvalidConfigurationRequest: Target stickiness is not supported when cross-zone load balancing is off";
    yield { property: "stickiness", reason };
  }
  if (inputs.targetType === "lambda") {
    const reason =
      "InvalidConfigurationRequest: Lambda functions as targets are not supported when cross-zone load balancing is off";
    yield { property: "loadBalancingCrossZoneEnabled", reason };
  }
}

/** What AWS does not let a target group have together. */
export const attributePairs: Check = function* (subject) {
  yield* algorithmPairs(subject);
  yield* withinZones(subject);
};

const health = "targetGroupHealth";

/** The thresholds of an action. The provider looks at the share, AWS at the number. */
const thresholds = [
  { threshold: "minimumHealthyTargetsCount", most: Number.POSITIVE_INFINITY },
  { threshold: "minimumHealthyTargetsPercentage", most: 100 },
] as const;

function* thresholdRange(inputs: Bag, path: string, most: number): Iterable<Failure> {
  for (const { path: property, value } of at(inputs, path)) {
    const text = typeof value === "number" ? `${value}` : knownText(value);
    if (text === undefined || text === "off" || (/^[1-9]\d*$/.test(text) && Number(text) <= most)) continue;
    const reason =
      most === 100
        ? `"${argumentName(path)}" must be an integer between 0 and 100 or 'off'`
        : `ValidationError: The minimum healthy target count '${text}' must be 'off' or an integer of 1 or more`;
    yield { property, reason };
  }
}

/** The number at the end of a path in the first block there; nothing for `off` and for what is not known. */
function thresholdOf(inputs: Bag, action: string, threshold: string): number | undefined {
  for (const block of bags(inputs[health]).flatMap((each) => bags(each[action]))) {
    const value = block[threshold];
    const number = typeof value === "string" && /^\d+$/.test(value) ? Number(value) : knownNumber(value);
    if (number !== undefined) return number;
  }
  return undefined;
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health.html */
export const healthThresholds: Check = function* ({ inputs }) {
  for (const { threshold, most } of thresholds) {
    for (const action of ["dnsFailover", "unhealthyStateRouting"]) {
      yield* thresholdRange(inputs, `${health}.${action}.${threshold}`, most);
    }
    const leaves = thresholdOf(inputs, "dnsFailover", threshold);
    const opens = thresholdOf(inputs, "unhealthyStateRouting", threshold);
    if (leaves === undefined || opens === undefined || leaves >= opens) continue;
    const reason =
      "InvalidConfigurationRequest: The threshold for DNS failover must be greater than or equal to the threshold for " +
      `unhealthy state routing, got ${leaves} and ${opens}`;
    yield { property: `${health}.dnsFailover.${threshold}`, reason };
  }
};
