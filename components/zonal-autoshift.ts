import * as arczonalshift from "@pulumi/aws/arczonalshift";
import * as pulumi from "@pulumi/pulumi";
import { checkPracticeTimes, mostPracticeAlarms } from "./lib/practice-windows";
import { Problems } from "./lib/problems";
import { shaped, type Transform } from "./lib/transform";

/** A load balancer that AWS may take out of a zone, and what is watched meanwhile. */
export interface ZonalAutoshiftArgs {
  /** ARN of the load balancer. Zonal shift has to be switched on for it, as AppLoadBalancer does. */
  readonly resourceArn: pulumi.Input<string>;
  /**
   * ARNs of 1 to 10 alarms that say whether clients are served. One of them ringing ends a practice run, which then has
   * failed.
   */
  readonly outcomeAlarmArns: pulumi.Input<string>[];
  /**
   * ARNs of up to 10 alarms that keep a practice run from starting while one of them rings.
   * @default none
   */
  readonly blockingAlarmArns?: pulumi.Input<string>[];
  /**
   * Days on which no practice run starts, 15 at most, in UTC: `2026-11-27`.
   * @default none
   */
  readonly blockedDates?: string[];
  /**
   * Parts of the week in which no practice run starts, 15 at most, in UTC: `Mon:08:00-Mon:18:00`.
   * @default none
   */
  readonly blockedWindows?: string[];
  /**
   * Parts of the week in which practice runs start, 15 at most, in UTC. Takes the place of blockedWindows.
   * @default the whole week
   */
  readonly allowedWindows?: string[];
}

/** Resource options, and the last word on the child. */
export interface ZonalAutoshiftOptions extends pulumi.ComponentResourceOptions {
  readonly transform?: {
    readonly autoshift?: Transform<arczonalshift.ZonalAutoshiftConfigurationArgs>;
  };
}

/**
 * Lets AWS move a load balancer's traffic out of a zone that is in trouble, and rehearse it once a week.
 *
 * A practice run takes one zone out for 30 minutes. Whatever serves the traffic has to do without that zone's share: with
 * three zones, on two thirds of its targets.
 *
 * Creates `<name>-autoshift`.
 *
 * @throws {ArgumentError} for no alarm or too many of them, dates and windows that are malformed or too many, or both kinds
 * of windows.
 * @see https://docs.aws.amazon.com/r53recovery/latest/dg/arc-zonal-autoshift.considerations.html
 */
export class ZonalAutoshift extends pulumi.ComponentResource {
  /** ARN of the load balancer, once it is set up. */
  readonly resourceArn: pulumi.Output<string>;

  constructor(name: string, args: ZonalAutoshiftArgs, opts: ZonalAutoshiftOptions = {}) {
    const { transform = {}, ...resourceOpts } = opts;
    super("evenkeel:index:ZonalAutoshift", name, args, resourceOpts);

    const problems = new Problems();
    check(args, problems);
    problems.throwFor(this);

    const { resourceArn, outcomeAlarmArns, blockingAlarmArns = [] } = args;
    const autoshift = new arczonalshift.ZonalAutoshiftConfiguration(
      `${name}-autoshift`,
      ...shaped(
        transform.autoshift,
        {
          resourceArn,
          zonalAutoshiftStatus: "ENABLED",
          outcomeAlarms: conditions(outcomeAlarmArns),
          ...(blockingAlarmArns.length > 0 ? { blockingAlarms: conditions(blockingAlarmArns) } : {}),
          ...timesOf(args),
        },
        { parent: this },
      ),
    );
    this.resourceArn = autoshift.resourceArn;

    this.registerOutputs({ resourceArn: this.resourceArn });
  }
}

function check(args: ZonalAutoshiftArgs, problems: Problems): void {
  const { outcomeAlarmArns, blockingAlarmArns = [] } = args;
  const outcomes = outcomeAlarmArns.length;
  const path = "outcomeAlarmArns";
  const some = outcomes >= 1 && outcomes <= mostPracticeAlarms;
  problems.unless(some, path, `needs 1 to ${mostPracticeAlarms}, got ${outcomes}`);
  const blocking = blockingAlarmArns.length;
  const few = blocking <= mostPracticeAlarms;
  problems.unless(few, "blockingAlarmArns", `must be ${mostPracticeAlarms} or fewer, got ${blocking}`);
  checkPracticeTimes(args, problems);
}

function conditions(arns: pulumi.Input<string>[]) {
  return arns.map((alarmIdentifier) => ({ type: "CLOUDWATCH", alarmIdentifier }));
}

function timesOf({ blockedDates = [], blockedWindows = [], allowedWindows = [] }: ZonalAutoshiftArgs) {
  return {
    ...(blockedDates.length > 0 ? { blockedDates } : {}),
    ...(blockedWindows.length > 0 ? { blockedWindows } : {}),
    ...(allowedWindows.length > 0 ? { allowedWindows } : {}),
  };
}
