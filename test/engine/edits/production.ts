import { addLine, type Edit, set, unset } from "../support/edit";
import {
  alarmsMoved,
  each,
  endpointParts,
  gatewayEndpoints,
  logTables,
  natParts,
  portParts,
  routeOf,
  serviceParts,
  subnetParts,
} from "../support/parts";

const web = "evenkeel:services.web";
const dashboard = "~ cloudwatch.Dashboard overview-dashboard dashboardBody";

/** Edits of the production stack, each on top of the one before. */
export const production: readonly Edit[] = [
  {
    title: "more instances at least, and at most",
    change: set(`${web}.sizing`, { min: 4, max: 24 }),
    steps: [
      "~ autoscaling.Group web-group-asg maxSize minSize",
      ...["api", "main", "ws"].map(
        (endpoint) =>
          `~ cloudwatch.MetricAlarm web-alarms-${endpoint}-healthy-hosts-low alarmDescription threshold`,
      ),
      "~ cloudwatch.MetricAlarm web-alarms-cpu-low metricQueries.expression",
      "~ cloudwatch.MetricAlarm web-alarms-in-service-low alarmDescription threshold",
    ],
  },
  {
    title: "another CPU target",
    change: set(`${web}.scaling.targetCpuPercent`, 60),
    steps: ["~ autoscaling.Policy web-group-cpu targetTrackingConfiguration.targetValue"],
  },
  {
    title: "a longer drain on the endpoint that drains longest",
    change: set(`${web}.endpoints.ws.drainSeconds`, 600),
    steps: [
      "~ lb.TargetGroup web-targets-ws deregistrationDelay",
      "~ autoscaling.LifecycleHook web-group-drain heartbeatTimeout",
    ],
  },
  {
    title: "a further path on a route",
    change: set(`${web}.endpoints.api.routes.all.paths`, ["/api/*", "/v1/*", "/v2/*"]),
    steps: ["~ lb.ListenerRule web-rule-300 conditions.pathPattern.values"],
  },
  {
    title: "a moved priority",
    change: set(`${web}.endpoints.ws.routes.all.priority`, 150),
    steps: ["+ lb.ListenerRule web-rule-150", "- lb.ListenerRule web-rule-100"],
  },
  {
    title: "a new endpoint",
    change: set(`${web}.endpoints.admin`, { routes: { all: { priority: 50, paths: ["/admin/*"] } } }),
    steps: [...each("+", endpointParts("web", "admin", 50)), dashboard],
  },
  {
    title: "another port of an endpoint",
    change: set(`${web}.endpoints.api.port`, 8081),
    steps: [
      "± lb.TargetGroup web-targets-api port",
      "± autoscaling.Attachment web-group-attachment-api lbTargetGroupArn",
      "~ lb.ListenerRule web-rule-300 actions.targetGroupArn",
      ...alarmsMoved("web", "api", "TargetGroup"),
      ...each("+", portParts("web", 8081)),
      dashboard,
    ],
  },
  {
    title: "an endpoint's end",
    change: unset(`${web}.endpoints.admin`),
    steps: [...each("-", endpointParts("web", "admin", 50)), dashboard],
  },
  {
    title: "another health path",
    change: set(`${web}.endpoints.main.health.path`, "/ready"),
    steps: ["~ lb.TargetGroup web-targets-main healthCheck.path"],
  },
  {
    title: "stickiness",
    change: set(`${web}.endpoints.main.stickiness`, { mode: "balancerCookie", durationSeconds: 3600 }),
    steps: ["~ lb.TargetGroup web-targets-main stickiness.cookieDuration stickiness.enabled"],
  },
  {
    title: "another algorithm",
    change: set(`${web}.endpoints.ws.algorithm`, "least_outstanding_requests"),
    steps: ["~ lb.TargetGroup web-targets-ws loadBalancingAlgorithmType"],
  },
  {
    title: "another start script",
    change: addLine("workload/user-data.sh", "echo edited"),
    steps: [
      "~ ec2.LaunchTemplate web-group-template userData",
      "~ autoscaling.Group web-group-asg mixedInstancesPolicy.launchTemplate.launchTemplateSpecification.version",
      "~ ec2.LaunchTemplate search-group-template userData",
      "~ autoscaling.Group search-group-asg launchTemplate.version",
    ],
  },
  {
    title: "another instance type",
    change: set("evenkeel:services.search.instanceTypes", ["m6i.large"]),
    steps: [
      "~ ec2.LaunchTemplate search-group-template instanceType",
      "~ autoscaling.Group search-group-asg launchTemplate.version",
    ],
  },
  {
    title: "a pinned image",
    change: set("evenkeel:services.search.image", { id: "ami-0123456789abcdef0" }),
    steps: [
      "~ ec2.LaunchTemplate search-group-template imageId",
      "~ autoscaling.Group search-group-asg instanceRefresh.preferences.skipMatching launchTemplate.version",
    ],
  },
  {
    title: "more spot instances",
    change: set(`${web}.purchase.onDemandPercentAboveBase`, 25),
    steps: [
      "~ autoscaling.Group web-group-asg mixedInstancesPolicy.instancesDistribution.onDemandPercentageAboveBaseCapacity",
    ],
  },
  {
    title: "a tag",
    change: set("evenkeel:tags.team", "edge"),
    steps: [
      "~ 91 of 93 tagged resources tags.team tagsAll.team",
      ...["web", "search"].map(
        (service) =>
          `~ ec2.LaunchTemplate ${service}-group-template tagSpecifications.tags.team tags.team tagsAll.team`,
      ),
      "~ autoscaling.Group web-group-asg mixedInstancesPolicy.launchTemplate.launchTemplateSpecification.version tags",
      "~ autoscaling.Group search-group-asg launchTemplate.version tags",
    ],
  },
  {
    title: "one more to tell",
    change: set("evenkeel:alarms.emails", ["oncall@example.com", "second@example.com"]),
    steps: ["critical", "warning"].map(
      (level) => `+ sns.TopicSubscription notices-${level}-second-example-com-e6a3ddb`,
    ),
  },
  {
    title: "one fewer to tell",
    change: set("evenkeel:alarms.emails", ["second@example.com"]),
    steps: ["critical", "warning"].map(
      (level) => `- sns.TopicSubscription notices-${level}-oncall-example-com-1394c92`,
    ),
  },
  {
    title: "one more service",
    change: set("evenkeel:services.reports", {
      userDataFile: "workload/user-data.sh",
      endpoints: { main: { routes: { all: { priority: 400, paths: ["/reports/*"] } } } },
    }),
    steps: [
      ...each("+", [...serviceParts("reports", 8080), ...endpointParts("reports", "main", 400)]),
      dashboard,
    ],
  },
  {
    title: "one service fewer",
    change: unset("evenkeel:services.search"),
    steps: [
      ...each("-", [...serviceParts("search", 8080), ...endpointParts("search", "main", 200)]),
      dashboard,
    ],
  },
  {
    title: "one more zone",
    change: set("evenkeel:network.zones", ["us-east-1a", "us-east-1b", "us-east-1c", "us-east-1d"]),
    steps: [
      ...each("+", [...subnetParts("public", 4), routeOf("public", 4)]),
      ...each("+", [...subnetParts("private", 4), routeOf("private", 4)]),
      ...each("+", natParts(4)),
      ...each("~", gatewayEndpoints, "routeTableIds"),
      "~ lb.LoadBalancer edge-lb subnets",
      "~ autoscaling.Group web-group-asg vpcZoneIdentifiers",
      "~ autoscaling.Group reports-group-asg vpcZoneIdentifiers",
    ],
  },
  {
    title: "another domain name",
    change: set("evenkeel:loadBalancer.domainName", "www.example.com"),
    steps: [
      "± acm.Certificate edge-certificate domainName",
      "± route53.Record edge-certificate-record name",
      "± acm.CertificateValidation edge-certificate-validation certificateArn validationRecordFqdns",
      "~ lb.Listener edge-https certificateArn",
      "~ cloudwatch.MetricAlarm edge-alarms-default-certificate-expiry dimensions.CertificateArn",
      "± route53.Record edge-dns-a name",
      "± route53.Record edge-dns-aaaa name",
    ],
  },
  {
    title: "flow logs and access logs that are kept longer",
    change: (project, stack) => {
      set("evenkeel:network.flowLogRetentionDays", 60)(project, stack);
      set("evenkeel:loadBalancer.accessLogRetentionDays", 120)(project, stack);
    },
    steps: [
      "~ cloudwatch.LogGroup network-flow-logs retentionInDays",
      ...each("~", logTables, 'parameters["projection.day.range"]'),
      "~ s3.BucketLifecycleConfiguration edge-logs-lifecycle rules.expiration.days",
    ],
  },
  {
    title: "a single NAT gateway",
    change: set("evenkeel:network.nat", "single"),
    refusedBy: ["nat-per-zone"],
    steps: [
      ...each("-", [...natParts(2), ...natParts(3), ...natParts(4)]),
      ...each("~", [routeOf("private", 2), routeOf("private", 3), routeOf("private", 4)], "natGatewayId"),
    ],
  },
  {
    title: "no deletion protection",
    change: set("evenkeel:loadBalancer.deletionProtection", "off"),
    refusedBy: ["balancer-deletion-protection", "nat-per-zone"],
    steps: ["~ lb.LoadBalancer edge-lb enableDeletionProtection"],
  },
];
