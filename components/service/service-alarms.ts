import type * as pulumi from "@pulumi/pulumi";
import { Alarms, type AlarmsOptions } from "../alarms";
import { checkBetween } from "../lib/bounds";
import { checkNamePrefix } from "../lib/child-names";
import { Problems } from "../lib/problems";
import type { Tags } from "../lib/tags";
import type { Way } from "./target-groups";

/** What rings for a service, and who is told. */
export interface ServiceAlarmsArgs {
  /** Topic that warnings go to. */
  readonly warningTopicArn: pulumi.Input<string>;
  /** Topic that critical alarms go to. */
  readonly criticalTopicArn: pulumi.Input<string>;
  /**
   * What alarm names begin with: letters, digits and hyphens, 32 at most.
   * @default the service's `namePrefix`
   */
  readonly namePrefix?: string;
  /**
   * Folder with a runbook for each kind of alarm, `<kind>.md`. Every alarm's description ends with the link.
   * @default "docs/runbooks", the ones of this project
   */
  readonly runbookUrl?: string;
  /**
   * Time within which each endpoint answers 95 of 100 requests, in seconds, more than 0.
   * @default 1
   */
  readonly latencyHighSeconds?: number;
  /**
   * Share of an endpoint's requests that may fail, in percent, 0 to 100.
   * @default 5
   */
  readonly errorHighPercent?: number;
  /**
   * CPU use above which the instances are busy, in percent.
   * @default 80
   */
  readonly cpuHighPercent?: number;
  /**
   * CPU use below which they are idle, in percent, less than `cpuHighPercent`.
   * @default 30
   */
  readonly cpuLowPercent?: number;
  /**
   * Memory use above which they are short of memory, in percent.
   * @default 85
   */
  readonly memoryHighPercent?: number;
}

/** What the alarms of a service watch. */
export interface WatchedService {
  readonly groupName: pulumi.Input<string>;
  readonly minSize: number;
  readonly loadBalancerArnSuffix: pulumi.Input<string>;
  readonly ways: readonly Way[];
  readonly namePrefix: string | undefined;
}

/** Notes what is wrong with the alarms of a service. */
export function checkServiceAlarms(args: ServiceAlarmsArgs, problems: Problems): void {
  const { latencyHighSeconds = 1, cpuHighPercent = 80, cpuLowPercent = 30 } = args;
  const own = new Problems();
  checkNamePrefix(args.namePrefix, 32, own);
  own.unless(
    args.runbookUrl !== "",
    "runbookUrl",
    'must be a folder like "https://example.com/runbooks", got ""',
  );
  own.unless(latencyHighSeconds > 0, "latencyHighSeconds", `must be more than 0, got ${latencyHighSeconds}`);
  for (const key of ["errorHighPercent", "cpuHighPercent", "cpuLowPercent", "memoryHighPercent"] as const) {
    const percent = args[key];
    if (percent !== undefined) checkBetween(percent, [0, 100], key, own);
  }
  own.unless(
    cpuLowPercent < cpuHighPercent,
    "cpuLowPercent",
    `must be less than cpuHighPercent, ${cpuHighPercent}, got ${cpuLowPercent}`,
  );
  for (const { path, reason } of own.found) problems.add(`alarms.${path}`, reason);
}

/** Creates the alarms of a service: for its instances and for each endpoint. */
export function addServiceAlarms(
  name: string,
  args: ServiceAlarmsArgs,
  watched: WatchedService,
  tags: Tags | undefined,
  opts: AlarmsOptions,
): Alarms {
  const { warningTopicArn, criticalTopicArn, runbookUrl, namePrefix = watched.namePrefix } = args;
  const forEndpoints = given({
    latencyHighSeconds: args.latencyHighSeconds,
    errorHighPercent: args.errorHighPercent,
  });
  const endpoints = watched.ways.map(({ key, targetGroup }) => {
    const suffixes = {
      loadBalancerArnSuffix: watched.loadBalancerArnSuffix,
      targetGroupArnSuffix: targetGroup.arnSuffix,
    };
    return [key, { ...suffixes, minHealthy: watched.minSize, ...forEndpoints }] as const;
  });
  return new Alarms(
    `${name}-alarms`,
    {
      warningTopicArn,
      criticalTopicArn,
      ...given({ namePrefix, runbookUrl, tags }),
      endpoints: Object.fromEntries(endpoints),
      group: {
        name: watched.groupName,
        minSize: watched.minSize,
        ...given({
          cpuHighPercent: args.cpuHighPercent,
          cpuLowPercent: args.cpuLowPercent,
          memoryHighPercent: args.memoryHighPercent,
        }),
      },
    },
    opts,
  );
}

type Given<T> = { [Key in keyof T]?: Exclude<T[Key], undefined> };

/** The members that have a value: `Alarms` has defaults for the others, and tells missing from undefined. */
function given<T extends object>(members: T): Given<T> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as Given<T>;
}
