import type * as pulumi from "@pulumi/pulumi";

/** ARNs of alarms by what they say: `main-error-ratio`. */
export interface AlarmArns {
  readonly [alarm: string]: pulumi.Output<string>;
}

/** Alarms that a practice run is judged by, and those that keep it from starting. */
export interface PracticeAlarms {
  readonly outcomeAlarmArns: pulumi.Output<string>[];
  readonly blockingAlarmArns: pulumi.Output<string>[];
}

/**
 * Which of our alarms go with practice runs. What clients notice ends one: requests that fail, at the load balancer or at
 * an endpoint. What is short of instances already is not made shorter: a group with fewer in service than its minimum.
 * Numbers of healthy hosts are not asked: taking a zone out may move them.
 */
export function practiceAlarms(balancer: AlarmArns, services: readonly AlarmArns[]): PracticeAlarms {
  return {
    outcomeAlarmArns: [
      ...named(balancer, /^balancer-errors$/),
      ...services.flatMap((alarms) => named(alarms, /-error-ratio$/)),
    ],
    blockingAlarmArns: services.flatMap((alarms) => named(alarms, /^in-service-low$/)),
  };
}

function named(alarms: AlarmArns, form: RegExp): pulumi.Output<string>[] {
  return Object.entries(alarms).flatMap(([alarm, arn]) => (form.test(alarm) ? [arn] : []));
}
