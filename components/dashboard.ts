import * as cloudwatch from "@pulumi/aws/cloudwatch";
import { getRegionOutput } from "@pulumi/aws/getRegion";
import * as pulumi from "@pulumi/pulumi";
import { checkKeys, checkName, checkNamePrefix } from "./lib/child-names";
import { dashboardBody } from "./lib/dashboard-body";
import { shortName } from "./lib/names";
import { Problems } from "./lib/problems";
import { shaped, type Transform } from "./lib/transform";

/** A service to show. */
export interface DashboardServiceArgs {
  /** Name of its Auto Scaling group. */
  readonly groupName: pulumi.Input<string>;
  /** `arnSuffix` of the target group of each endpoint, by the endpoint's name. */
  readonly targetGroupArnSuffixes: { [endpoint: string]: pulumi.Input<string> };
}

/** What to show. */
export interface DashboardArgs {
  /**
   * What the dashboard's name begins with: letters, digits and hyphens, 32 at most. Two stacks of one account need
   * different ones.
   * @default project and stack
   */
  readonly namePrefix?: string;
  /** `arnSuffix` of the load balancer, such as `app/edge/50dc6c495c0c9188`. */
  readonly loadBalancerArnSuffix: pulumi.Input<string>;
  /** Services behind it, by name. */
  readonly services: { [name: string]: DashboardServiceArgs };
}

/** Resource options, and the last word on each child. */
export interface DashboardOptions extends pulumi.ComponentResourceOptions {
  readonly transform?: {
    /** The dashboard. */
    readonly dashboard?: Transform<cloudwatch.DashboardArgs>;
  };
}

// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutDashboard.html
const dashboardNameLength = 255;
const longestPrefix = 32;

/**
 * A dashboard of a load balancer and the services behind it: requests, response times, errors, hosts, instances and
 * their load.
 *
 * Creates `<name>-dashboard`.
 *
 * @throws {ArgumentError} for names with characters AWS does not take.
 */
export class Dashboard extends pulumi.ComponentResource {
  /** Name of the dashboard in CloudWatch. */
  readonly dashboardName: pulumi.Output<string>;

  constructor(name: string, args: DashboardArgs, opts: DashboardOptions = {}) {
    const { transform = {}, ...resourceOpts } = opts;
    super("evenkeel:index:Dashboard", name, args, resourceOpts);

    const problems = new Problems();
    const { namePrefix, loadBalancerArnSuffix, services } = args;
    checkName(name, "", dashboardNameLength, problems);
    checkNamePrefix(namePrefix, longestPrefix, problems);
    checkKeys(services, "services", problems);
    problems.throwFor(this);

    const child = { parent: this };
    const { region } = getRegionOutput({}, child);
    const dashboard = new cloudwatch.Dashboard(
      `${name}-dashboard`,
      ...shaped(
        transform.dashboard,
        {
          dashboardName: dashboardName(name, namePrefix),
          dashboardBody: pulumi
            .output({ region, loadBalancerArnSuffix, services: shown(services) })
            .apply((subject) => JSON.stringify(dashboardBody(subject))),
        },
        child,
      ),
    );
    this.dashboardName = dashboard.dashboardName;

    this.registerOutputs({ dashboardName: this.dashboardName });
  }
}

/**
 * What a dashboard shows of its services, and nothing else of them: a whole component, which is a natural thing to pass,
 * keeps its outputs wrapped when it is part of an output itself.
 */
function shown(services: DashboardArgs["services"]): DashboardArgs["services"] {
  return Object.fromEntries(
    Object.entries(services).map(([key, { groupName, targetGroupArnSuffixes }]) => [
      key,
      { groupName, targetGroupArnSuffixes },
    ]),
  );
}

/** The provider names no dashboards by itself. */
function dashboardName(name: string, namePrefix: string | undefined): string {
  const owner = namePrefix ?? `${pulumi.getProject()}-${pulumi.getStack()}`.replace(/[^A-Za-z0-9_-]/g, "-");
  return shortName(`${owner}-${name}`, dashboardNameLength);
}
