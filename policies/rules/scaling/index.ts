import type { Rule } from "../../lib/rule";
import { scalingDrainHook } from "./scaling-drain-hook";
import { scalingGraceProbes } from "./scaling-grace-probes";
import { scalingHealthGrace } from "./scaling-health-grace";
import { scalingHealthProcessesOn } from "./scaling-health-processes-on";
import { scalingLaunchTemplate } from "./scaling-launch-template";
import { scalingLoadBalancerHealth } from "./scaling-load-balancer-health";
import { scalingMinInstances } from "./scaling-min-instances";
import { scalingMultiZone } from "./scaling-multi-zone";
import { scalingNotifications } from "./scaling-notifications";
import { scalingSafeRefresh } from "./scaling-safe-refresh";
import { scalingScheduleMinInstances } from "./scaling-schedule-min-instances";
import { scalingSeveralTypes } from "./scaling-several-types";
import { scalingTagsPropagate } from "./scaling-tags-propagate";
import { scalingWarmupSlowStart } from "./scaling-warmup-slow-start";

/** Rules about scaling groups and their schedules, in the order in which they are told. */
export const scalingRules: readonly Rule[] = [
  scalingMinInstances,
  scalingScheduleMinInstances,
  scalingMultiZone,
  scalingLoadBalancerHealth,
  scalingHealthGrace,
  scalingGraceProbes,
  scalingWarmupSlowStart,
  scalingDrainHook,
  scalingHealthProcessesOn,
  scalingLaunchTemplate,
  scalingSafeRefresh,
  scalingSeveralTypes,
  scalingNotifications,
  scalingTagsPropagate,
];
