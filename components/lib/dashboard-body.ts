/** What a dashboard shows. */
export interface DashboardSubject {
  readonly region: string;
  readonly loadBalancerArnSuffix: string;
  /** Services by name. */
  readonly services: { readonly [service: string]: DashboardSubjectService };
}

/** A service on a dashboard. */
export interface DashboardSubjectService {
  /** Name of its Auto Scaling group. */
  readonly groupName: string;
  /** Target groups by endpoint. */
  readonly targetGroupArnSuffixes: { readonly [endpoint: string]: string };
}

/** One metric of a chart: namespace, name, then dimensions by name and value, then how to draw it. */
export type MetricRow = readonly [...string[], { readonly stat: string; readonly label: string }];

/** One box of a dashboard. */
export interface Widget {
  readonly type: "text" | "metric";
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly properties: { readonly [property: string]: unknown };
}

/** A dashboard as CloudWatch reads it. */
export interface DashboardBody {
  readonly widgets: readonly Widget[];
}

/** Charts that stand side by side under a heading. */
interface Row {
  readonly heading: string;
  readonly charts: readonly Chart[];
}

interface Chart {
  readonly title: string;
  readonly metrics: readonly MetricRow[];
}

// A dashboard is 24 columns wide.
const columns = 24;
const headingHeight = 1;
const chartHeight = 6;

/**
 * The body of a dashboard: the load balancer first, then each service with its instances and its endpoints, in the order
 * of their names.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html
 */
export function dashboardBody({ region, loadBalancerArnSuffix, services }: DashboardSubject): DashboardBody {
  const rows = [
    { heading: "Load balancer", charts: balancerCharts(loadBalancerArnSuffix) },
    ...sorted(services).flatMap(([service, { groupName, targetGroupArnSuffixes }]) => [
      { heading: `Service ${service}: instances`, charts: groupCharts(groupName) },
      ...sorted(targetGroupArnSuffixes).map(([endpoint, targetGroup]) => ({
        heading: `Service ${service}: endpoint ${endpoint}`,
        charts: endpointCharts(loadBalancerArnSuffix, targetGroup),
      })),
    ]),
  ];
  return { widgets: rows.flatMap((row, index) => rowWidgets(row, index, region)) };
}

function sorted<T>(map: { readonly [key: string]: T }): [string, T][] {
  return Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1));
}

function rowWidgets({ heading, charts }: Row, index: number, region: string): Widget[] {
  const y = index * (headingHeight + chartHeight);
  const width = columns / charts.length;
  return [
    {
      type: "text",
      x: 0,
      y,
      width: columns,
      height: headingHeight,
      properties: { markdown: `## ${heading}` },
    },
    ...charts.map(
      ({ title, metrics }, position): Widget => ({
        type: "metric",
        x: position * width,
        y: y + headingHeight,
        width,
        height: chartHeight,
        properties: { title, region, view: "timeSeries", stacked: false, period: 60, metrics },
      }),
    ),
  ];
}

function balancerCharts(arnSuffix: string): Chart[] {
  const metric = (name: string, stat: string, label: string): MetricRow => [
    "AWS/ApplicationELB",
    name,
    "LoadBalancer",
    arnSuffix,
    { stat, label },
  ];
  return [
    { title: "Requests a minute", metrics: [metric("RequestCount", "Sum", "requests")] },
    {
      title: "Response time, seconds",
      metrics: [metric("TargetResponseTime", "p50", "p50"), metric("TargetResponseTime", "p95", "p95")],
    },
    {
      title: "Answers a minute",
      metrics: [
        metric("HTTPCode_Target_2XX_Count", "Sum", "2xx"),
        metric("HTTPCode_Target_5XX_Count", "Sum", "5xx of services"),
        metric("HTTPCode_ELB_5XX_Count", "Sum", "5xx of the load balancer"),
      ],
    },
  ];
}

function endpointCharts(loadBalancer: string, targetGroup: string): Chart[] {
  const metric = (name: string, stat: string, label: string): MetricRow => [
    "AWS/ApplicationELB",
    name,
    "LoadBalancer",
    loadBalancer,
    "TargetGroup",
    targetGroup,
    { stat, label },
  ];
  return [
    {
      title: "Hosts",
      metrics: [
        metric("HealthyHostCount", "Minimum", "healthy"),
        metric("UnHealthyHostCount", "Maximum", "unhealthy"),
      ],
    },
    { title: "Requests a minute", metrics: [metric("RequestCount", "Sum", "requests")] },
    {
      title: "Response time, seconds",
      metrics: [metric("TargetResponseTime", "p50", "p50"), metric("TargetResponseTime", "p95", "p95")],
    },
    {
      title: "Answers a minute",
      metrics: [
        metric("HTTPCode_Target_2XX_Count", "Sum", "2xx"),
        metric("HTTPCode_Target_5XX_Count", "Sum", "5xx"),
      ],
    },
  ];
}

/** Disks are EBS volumes on the types the project uses, which report as EBS*, not as Disk*. */
function groupCharts(groupName: string): Chart[] {
  const metric = (namespace: string, name: string, stat: string, label: string): MetricRow => [
    namespace,
    name,
    "AutoScalingGroupName",
    groupName,
    { stat, label },
  ];
  const group = "AWS/AutoScaling";
  const instances = "AWS/EC2";
  return [
    {
      title: "Instances",
      metrics: [
        metric(group, "GroupMinSize", "Average", "minimum"),
        metric(group, "GroupMaxSize", "Average", "maximum"),
        metric(group, "GroupDesiredCapacity", "Average", "desired"),
        metric(group, "GroupInServiceInstances", "Average", "in service"),
        metric(group, "GroupPendingInstances", "Average", "pending"),
        metric(group, "GroupTerminatingInstances", "Average", "terminating"),
      ],
    },
    {
      title: "CPU and memory, percent",
      metrics: [
        metric(instances, "CPUUtilization", "Average", "CPU, mean"),
        metric(instances, "CPUUtilization", "Maximum", "CPU, busiest"),
        metric("CWAgent", "mem_used_percent", "Average", "memory, mean"),
      ],
    },
    {
      title: "Network, bytes a minute",
      metrics: [metric(instances, "NetworkIn", "Sum", "in"), metric(instances, "NetworkOut", "Sum", "out")],
    },
    {
      title: "Volumes, bytes a minute",
      metrics: [
        metric(instances, "EBSReadBytes", "Sum", "read"),
        metric(instances, "EBSWriteBytes", "Sum", "written"),
      ],
    },
  ];
}
