import { addLine, type Edit, set, unset } from "../support/edit";
import {
  each,
  endpointParts,
  gatewayEndpoints,
  natParts,
  portParts,
  routeOf,
  serviceParts,
  subnetParts,
} from "../support/parts";

/** Edits of the development stack, each on top of the one before. */
export const development: readonly Edit[] = [
  {
    title: "room for more instances",
    change: set("evenkeel:services.web.sizing.max", 5),
    steps: ["~ autoscaling.Group web-group-asg maxSize"],
  },
  {
    title: "a second instance",
    change: set("evenkeel:services.web.sizing.min", 2),
    steps: [
      "~ autoscaling.Group web-group-asg minSize",
      "~ cloudwatch.MetricAlarm web-alarms-cpu-low metricQueries.expression",
      "~ cloudwatch.MetricAlarm web-alarms-in-service-low alarmDescription threshold",
    ],
  },
  {
    title: "an endpoint on a port of its own",
    change: set("evenkeel:services.web.endpoints.admin", {
      port: 9000,
      routes: { all: { priority: 10, paths: ["/admin/*"] } },
    }),
    steps: [
      ...each("+", endpointParts("web", "admin", 10)),
      ...each("+", portParts("web", 9000)),
      "~ cloudwatch.Dashboard overview-dashboard dashboardBody",
    ],
  },
  {
    title: "a second route to it",
    change: set("evenkeel:services.web.endpoints.admin.routes.ops", {
      priority: 11,
      hosts: ["ops.dev.example.com"],
    }),
    steps: ["+ lb.ListenerRule web-rule-11"],
  },
  {
    title: "its end",
    change: unset("evenkeel:services.web.endpoints.admin"),
    steps: [
      ...each("-", endpointParts("web", "admin", 10, 11)),
      ...each("-", portParts("web", 9000)),
      "~ cloudwatch.Dashboard overview-dashboard dashboardBody",
    ],
  },
  {
    title: "a host as well on a route",
    change: set("evenkeel:services.web.endpoints.main.routes.all.hosts", ["app.dev.example.com"]),
    steps: ["~ lb.ListenerRule web-rule-1000 conditions"],
  },
  {
    title: "requests spread by how instances answer",
    change: set("evenkeel:services.web.endpoints.main.algorithm", "weighted_random"),
    steps: ["~ lb.TargetGroup web-targets-main loadBalancingAlgorithmType loadBalancingAnomalyMitigation"],
  },
  {
    title: "probes on a port of their own",
    change: set("evenkeel:services.web.health.port", 8081),
    steps: ["~ lb.TargetGroup web-targets-main healthCheck.port", ...each("+", portParts("web", 8081))],
  },
  {
    title: "more time to start",
    change: set("evenkeel:services.web.healthCheckGraceSeconds", 600),
    steps: ["~ autoscaling.Group web-group-asg healthCheckGracePeriod"],
  },
  {
    title: "a number of instances that memory does not move",
    change: set("evenkeel:services.web.scaling.memoryMode", "none"),
    steps: ["- autoscaling.Policy web-group-memory"],
  },
  {
    title: "more failures before an alarm rings",
    change: set("evenkeel:services.web.alarms.errorHighPercent", 10),
    steps: ["~ cloudwatch.MetricAlarm web-alarms-main-error-ratio alarmDescription threshold"],
  },
  {
    title: "flow logs that are kept longer",
    change: set("evenkeel:network.flowLogRetentionDays", 30),
    steps: ["~ cloudwatch.LogGroup network-flow-logs retentionInDays"],
  },
  {
    title: "another start script",
    change: addLine("workload/user-data.sh", "echo edited"),
    steps: [
      "~ ec2.LaunchTemplate web-group-template userData",
      "~ autoscaling.Group web-group-asg launchTemplate.version",
    ],
  },
  {
    title: "a larger disk",
    change: set("evenkeel:services.web.volume.sizeGiB", 30),
    steps: [
      "~ ec2.LaunchTemplate web-group-template blockDeviceMappings.ebs.volumeSize",
      "~ autoscaling.Group web-group-asg launchTemplate.version",
    ],
  },
  {
    title: "a policy for the instances",
    change: set("evenkeel:services.web.managedPolicyArns.read", "arn:aws:iam::aws:policy/ReadOnlyAccess"),
    steps: ["+ iam.RolePolicyAttachment web-group-role-read"],
  },
  {
    title: "a third zone",
    change: set("evenkeel:network.zones", ["us-east-1a", "us-east-1b", "us-east-1c"]),
    steps: [
      ...each("+", [...subnetParts("public", 3), routeOf("public", 3)]),
      ...each("+", [...subnetParts("private", 3), routeOf("private", 3)]),
      ...each("~", gatewayEndpoints, "routeTableIds"),
      "~ lb.LoadBalancer edge-lb subnets",
      "~ autoscaling.Group web-group-asg vpcZoneIdentifiers",
    ],
  },
  {
    title: "a NAT gateway in each zone",
    change: set("evenkeel:network.nat", "perZone"),
    steps: [
      ...each("+", [...natParts(2), ...natParts(3)]),
      ...each("~", [routeOf("private", 2), routeOf("private", 3)], "natGatewayId"),
    ],
  },
  {
    title: "somebody to tell",
    change: set("evenkeel:alarms", { emails: ["dev@example.com"] }),
    steps: [
      "+ sns.TopicSubscription notices-critical-dev-example-com-f5d18be",
      "+ sns.TopicSubscription notices-warning-dev-example-com-f5d18be",
    ],
  },
  {
    title: "a tag",
    change: set("evenkeel:tags.team", "edge"),
    steps: [
      "~ 58 of 59 tagged resources tags.team tagsAll.team",
      "~ ec2.LaunchTemplate web-group-template tagSpecifications.tags.team tags.team tagsAll.team",
      "~ autoscaling.Group web-group-asg launchTemplate.version tags",
    ],
  },
  {
    title: "a second service",
    change: set("evenkeel:services.jobs", {
      endpoints: { main: { routes: { all: { priority: 500, paths: ["/jobs/*"] } } } },
    }),
    steps: [
      ...each("+", serviceParts("jobs", 8080)),
      ...each("+", endpointParts("jobs", "main", 500)),
      "~ cloudwatch.Dashboard overview-dashboard dashboardBody",
    ],
  },
];
