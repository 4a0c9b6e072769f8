import type { Rule } from "../lib/rule";
import { balancerMultiZone } from "./balancer";
import { listenerCertificateSet, listenerHttpRedirect, listenerTlsMinimum } from "./listener";
import { listenerRuleNoPlainForward } from "./listener-rule";
import { scalingHealthProcessesOn, scalingMinInstances, scalingScheduleMinInstances } from "./scaling-group";
import { scalingLoadBalancerHealth } from "./scaling-health";
import { scalingMultiZone } from "./scaling-zones";
import { targetDrainTime, targetHealthCheckTiming } from "./target-group";
import { targetHealthCheck } from "./target-health";

/** Every rule of the pack, in the order in which they are told. */
export const rules: readonly Rule[] = [
  listenerTlsMinimum,
  listenerHttpRedirect,
  listenerRuleNoPlainForward,
  listenerCertificateSet,
  balancerMultiZone,
  targetHealthCheck,
  targetHealthCheckTiming,
  targetDrainTime,
  scalingMinInstances,
  scalingScheduleMinInstances,
  scalingMultiZone,
  scalingLoadBalancerHealth,
  scalingHealthProcessesOn,
];
