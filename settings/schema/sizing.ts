import type { z } from "zod";
import type { EnvironmentDefaults } from "../environments";
import { oneNumberOf, oneOf, percent, section, wholeNumber } from "../vocabulary";

const mostInstances = 1000;

/** How many instances a service has. */
export function sizingSchema({ sizing }: EnvironmentDefaults) {
  return section({
    min: wholeNumber(1, mostInstances)
      .default(sizing.min)
      .describe("Fewest instances. At least 2 in production and staging."),
    max: wholeNumber(2, mostInstances).default(sizing.max).describe("Most instances, more than min."),
    desired: wholeNumber(1, mostInstances)
      .meta({ default: sizing.desired })
      .describe(
        "Instances at the start; from then on scaling decides. Left out: the default, brought within min and max.",
      )
      .optional(),
    singleInstance: oneOf(["refused", "accepted"])
      .default(sizing.singleInstance)
      .describe("Whether min may be 1, with an outage whenever that instance is replaced. Development only."),
  });
}

/** When a service gets more instances, and when fewer. */
export function scalingSchema({ scaling }: EnvironmentDefaults) {
  return section({
    mode: oneOf(["targetTracking", "step", "none"])
      .default("targetTracking")
      .describe(
        "How CPU use moves the number of instances: keep it at targetCpuPercent, act in steps at highPercent and lowPercent, or not at all.",
      ),
    targetCpuPercent: percent()
      .meta({ default: scaling.targetCpuPercent })
      .describe("In `targetTracking`, CPU use aimed at, in per cent, between lowPercent and highPercent.")
      .optional(),
    memoryMode: oneOf(["targetTracking", "none"])
      .default("targetTracking")
      .describe(
        "How memory use moves the number of instances. Needs the CloudWatch agent on the instances; `none` where it is missing, because without its metric a group never shrinks.",
      ),
    targetMemoryPercent: percent()
      .meta({ default: scaling.targetMemoryPercent })
      .describe("Memory use aimed at, in per cent, below alarms.memoryHighPercent.")
      .optional(),
    highPercent: percent()
      .default(scaling.highPercent)
      .describe("CPU use above which the alarm rings and step scaling adds instances, in per cent."),
    lowPercent: percent()
      .default(scaling.lowPercent)
      .describe(
        "CPU use below which the alarm says so and step scaling removes instances, in per cent. Low enough that adding instances does not lead below it.",
      ),
    addInstances: wholeNumber(1, 100)
      .meta({ default: scaling.addInstances })
      .describe("In `step`, instances added at once.")
      .optional(),
    removeInstances: wholeNumber(1, 100)
      .meta({ default: 1 })
      .describe("In `step`, instances removed at once, not more than addInstances: out fast, in slowly.")
      .optional(),
    periodSeconds: oneNumberOf([60, 120, 180, 240, 300], "one of")
      .meta({ default: 120 })
      .describe("In `step`, seconds over which CPU use is averaged.")
      .optional(),
    evaluationPeriods: wholeNumber(1, 10)
      .meta({ default: 2 })
      .describe("In `step`, such averages in a row before instances are added or removed.")
      .optional(),
    warmupSeconds: wholeNumber(0, 3600)
      .default(90)
      .describe("Seconds a new instance takes until its load counts."),
    requestsPerTargetPerMinute: wholeNumber(1, 10_000_000)
      .describe(
        "Requests per instance and minute to aim at, for each endpoint that does not say otherwise; 12000 is 200 a second. Left out: requests do not move the number of instances.",
      )
      .optional(),
  });
}

/** What a stack says of a service's size, defaults in place. */
export type SizingConfig = z.output<ReturnType<typeof sizingSchema>>;
/** What a stack says of a service's scaling, defaults in place. */
export type ScalingConfig = z.output<ReturnType<typeof scalingSchema>>;
