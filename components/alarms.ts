import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as pulumi from "@pulumi/pulumi";
import {
  type AlarmDefinition,
  balancerAlarms,
  Severity,
  type WatchedBalancer,
  type WatchedEndpoint,
  type WatchedGroup,
} from "./lib/alarm-definitions";
import { checkBetween, checkWhole } from "./lib/bounds";
import { checkKeys, checkName, checkNamePrefix } from "./lib/child-names";
import { endpointAlarms } from "./lib/endpoint-alarm-definitions";
import { groupAlarms } from "./lib/group-alarm-definitions";
import { Problems } from "./lib/problems";
import { type Tags, tagged } from "./lib/tags";
import { shaped, type Transform } from "./lib/transform";

/** A load balancer to watch. */
export interface BalancerAlarmsArgs {
  /** Its `arnSuffix`, such as `app/edge/50dc6c495c0c9188`: metrics do not go by its name. */
  readonly arnSuffix: pulumi.Input<string>;
  /**
   * Share of requests it may answer with an error of its own, in percent, 0 to 100.
   * @default 5
   */
  readonly errorHighPercent?: number;
  /**
   * ARNs of its ACM certificates, each by a name of the caller's: `certificateArns` of the load balancer. Of certificates
   * that are kept in IAM nothing is reported.
   * @default none are watched
   */
  readonly certificateArns?: { [name: string]: pulumi.Input<string> };
  /**
   * Days before a certificate expires from which on it is late to renew it, 1 to 365. ACM renews its own earlier.
   * @default 30
   * @see https://docs.aws.amazon.com/acm/latest/userguide/managed-renewal.html
   */
  readonly certificateExpiryDays?: number;
}

/** An endpoint to watch: a target group behind a load balancer. */
export interface EndpointAlarmsArgs {
  /** `arnSuffix` of the load balancer, such as `app/edge/50dc6c495c0c9188`. */
  readonly loadBalancerArnSuffix: pulumi.Input<string>;
  /** `arnSuffix` of the target group, such as `targetgroup/web/73e2d6bc24d8a067`. */
  readonly targetGroupArnSuffix: pulumi.Input<string>;
  /** Hosts it is meant to have at least, 1 or more. The alarm rings at two fewer, or at none. */
  readonly minHealthy: number;
  /**
   * Time within which 95 of 100 requests are to be answered, in seconds, more than 0.
   * @default 1
   */
  readonly latencyHighSeconds?: number;
  /**
   * Share of requests that may fail, in percent, 0 to 100.
   * @default 5
   */
  readonly errorHighPercent?: number;
}

/** A group of instances to watch. */
export interface GroupAlarmsArgs {
  /** Name of the Auto Scaling group. It has to publish group metrics. */
  readonly name: pulumi.Input<string>;
  /** Instances it is meant to have at least, 1 or more. */
  readonly minSize: number;
  /**
   * CPU use above which it is busy, in percent.
   * @default 80
   */
  readonly cpuHighPercent?: number;
  /**
   * CPU use below which it is idle, in percent, less than cpuHighPercent.
   * @default 30
   */
  readonly cpuLowPercent?: number;
  /**
   * Memory use above which it is short of memory, in percent. The CloudWatch agent has to report it by group.
   * @default 85
   */
  readonly memoryHighPercent?: number;
}

/** What to watch, and who is told. */
export interface AlarmsArgs {
  /** Topic that warnings go to. */
  readonly warningTopicArn: pulumi.Input<string>;
  /** Topic that critical alarms go to. */
  readonly criticalTopicArn: pulumi.Input<string>;
  /**
   * What alarm names begin with: letters, digits and hyphens, 32 at most. Two stacks of one account and region need
   * different ones.
   * @default named by the provider
   */
  readonly namePrefix?: string;
  /**
   * Folder with a runbook for each kind of alarm, `<kind>.md`. Every alarm's description ends with the link.
   * @default "docs/runbooks", the ones of this project
   */
  readonly runbookUrl?: string;
  /** Load balancer to watch. */
  readonly loadBalancer?: BalancerAlarmsArgs;
  /** Endpoints to watch, each by a name of the caller's. */
  readonly endpoints?: { [name: string]: EndpointAlarmsArgs };
  /** Group of instances to watch. */
  readonly group?: GroupAlarmsArgs;
  /** Added to every child that can carry tags. */
  readonly tags?: Tags;
}

/** Resource options, and the last word on each child. */
export interface AlarmsOptions extends pulumi.ComponentResourceOptions {
  readonly transform?: {
    /** Alarms by what follows the component's name: `cpu-high`, `main-latency-high`. */
    readonly alarms?: { readonly [alarm: string]: Transform<cloudwatch.MetricAlarmArgs> };
  };
}

// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
const alarmNameLength = 255;
const longestPrefix = 32;

/**
 * Alarms that say what is wrong, how urgent it is and what to do.
 *
 * Creates for a load balancer `<name>-balancer-errors` and for each of its certificates
 * `<name>-<certificate>-certificate-expiry`; for each endpoint `<name>-<endpoint>-error-ratio`,
 * `-latency-high`, `-unhealthy-hosts` and `-healthy-hosts-low`; and for a group `<name>-cpu-high`, `-cpu-low`,
 * `-memory-high` and `-in-service-low`. Failed requests and missing hosts are critical, the rest are warnings; the tag
 * `severity` says which.
 *
 * @throws {ArgumentError} for nothing to watch, thresholds out of range, or names with characters AWS does not take.
 */
export class Alarms extends pulumi.ComponentResource {
  /** ARNs by what follows the component's name: `cpu-high`, `main-latency-high`. */
  readonly alarmArns: { [alarm: string]: pulumi.Output<string> };
  /** Names in CloudWatch, by the same keys. */
  readonly alarmNames: { [alarm: string]: pulumi.Output<string> };

  constructor(name: string, args: AlarmsArgs, opts: AlarmsOptions = {}) {
    const { transform = {}, ...resourceOpts } = opts;
    super("evenkeel:index:Alarms", name, args, resourceOpts);

    const problems = new Problems();
    const definitions = settle(name, args, problems);
    problems.throwFor(this);

    const child = { parent: this };
    const alarms = definitions.map((definition) => {
      const { key } = definition;
      const own = `${name}-${key}`;
      const bend = transform.alarms?.[key];
      const alarm = new cloudwatch.MetricAlarm(own, ...shaped(bend, alarmArgs(own, definition, args), child));
      return { key, arn: alarm.arn, alarmName: alarm.name };
    });
    this.alarmArns = Object.fromEntries(alarms.map(({ key, arn }) => [key, arn]));
    this.alarmNames = Object.fromEntries(alarms.map(({ key, alarmName }) => [key, alarmName]));

    this.registerOutputs({ alarmArns: this.alarmArns, alarmNames: this.alarmNames });
  }
}

function settle(name: string, args: AlarmsArgs, problems: Problems): AlarmDefinition[] {
  const { namePrefix, runbookUrl, loadBalancer, endpoints = {}, group } = args;
  checkNamePrefix(namePrefix, longestPrefix, problems);
  checkKeys(endpoints, "endpoints", problems);
  problems.unless(
    runbookUrl !== "",
    "runbookUrl",
    'must be a folder such as "https://example.com/runbooks", got ""',
  );
  const definitions = [
    ...(loadBalancer ? balancerAlarms(settleBalancer(loadBalancer, problems)) : []),
    ...Object.entries(endpoints).flatMap(([key, endpoint]) =>
      endpointAlarms(key, settleEndpoint(endpoint, `endpoints.${key}`, problems)),
    ),
    ...(group ? groupAlarms(settleGroup(group, problems)) : []),
  ];
  problems.unless(
    definitions.length > 0,
    "loadBalancer",
    "needs one or more of loadBalancer, endpoints and group, got none",
  );
  const suffixes = definitions.map(({ key }) => `-${key}`).sort((a, b) => b.length - a.length);
  const reserved = namePrefix === undefined ? 0 : longestPrefix + 1;
  checkName(name, suffixes[0] ?? "", alarmNameLength - reserved, problems);
  return definitions;
}

const percent = [0, 100] as const;

function settleBalancer(args: BalancerAlarmsArgs, problems: Problems): WatchedBalancer {
  const { arnSuffix, errorHighPercent = 5, certificateArns = {}, certificateExpiryDays = 30 } = args;
  checkBetween(errorHighPercent, percent, "loadBalancer.errorHighPercent", problems);
  checkKeys(certificateArns, "loadBalancer.certificateArns", problems);
  checkWhole(certificateExpiryDays, [1, 365], "loadBalancer.certificateExpiryDays", problems);
  return { arnSuffix, errorHighPercent, certificateArns, certificateExpiryDays };
}

function settleEndpoint(args: EndpointAlarmsArgs, path: string, problems: Problems): WatchedEndpoint {
  const { latencyHighSeconds = 1, errorHighPercent = 5, ...endpoint } = args;
  checkWhole(endpoint.minHealthy, [1, 5000], `${path}.minHealthy`, problems);
  checkBetween(errorHighPercent, percent, `${path}.errorHighPercent`, problems);
  problems.unless(
    latencyHighSeconds > 0,
    `${path}.latencyHighSeconds`,
    `must be more than 0, got ${latencyHighSeconds}`,
  );
  return { ...endpoint, latencyHighSeconds, errorHighPercent };
}

function settleGroup(args: GroupAlarmsArgs, problems: Problems): WatchedGroup {
  const { cpuHighPercent = 80, cpuLowPercent = 30, memoryHighPercent = 85, ...group } = args;
  checkWhole(group.minSize, [1, 5000], "group.minSize", problems);
  checkBetween(cpuHighPercent, percent, "group.cpuHighPercent", problems);
  checkBetween(cpuLowPercent, percent, "group.cpuLowPercent", problems);
  checkBetween(memoryHighPercent, percent, "group.memoryHighPercent", problems);
  problems.unless(
    cpuLowPercent < cpuHighPercent,
    "group.cpuLowPercent",
    `must be less than cpuHighPercent, ${cpuHighPercent}, got ${cpuLowPercent}`,
  );
  return { ...group, cpuHighPercent, cpuLowPercent, memoryHighPercent };
}

function alarmArgs(own: string, definition: AlarmDefinition, args: AlarmsArgs): cloudwatch.MetricAlarmArgs {
  const { kind, severity, meaning, watch } = definition;
  const { namePrefix, runbookUrl = "docs/runbooks", warningTopicArn, criticalTopicArn, tags } = args;
  const fixed = namePrefix === undefined ? {} : { name: `${namePrefix}-${own}` };
  const topic = severity === Severity.Critical ? criticalTopicArn : warningTopicArn;
  return {
    ...watch,
    ...fixed,
    alarmDescription: `${meaning} Runbook: ${runbookUrl.replace(/\/+$/, "")}/${kind}.md`,
    actionsEnabled: true,
    alarmActions: [topic],
    // Who was called has to hear that it is over.
    okActions: [topic],
    tags: tagged(own, { ...tags, severity }),
  };
}
