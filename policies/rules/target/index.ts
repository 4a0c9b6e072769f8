import type { Rule } from "../../lib/rule";
import { targetDrainTime } from "./target-drain-time";
import { targetEncryptedTransport } from "./target-encrypted-transport";
import { targetFailoverTime } from "./target-failover-time";
import { targetHealthCheck } from "./target-health-check";
import { targetHealthCheckTiming } from "./target-health-check-timing";

/** Rules about target groups, in the order in which they are told. */
export const targetRules: readonly Rule[] = [
  targetHealthCheck,
  targetHealthCheckTiming,
  targetFailoverTime,
  targetDrainTime,
  targetEncryptedTransport,
];
