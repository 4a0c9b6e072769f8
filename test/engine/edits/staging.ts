import { type Edit, set, unset } from "../support/edit";
import {
  alarmsMoved,
  each,
  endpointParts,
  firewallParts,
  gatewayEndpoints,
  logTables,
  natParts,
  portParts,
  routeOf,
  subnetParts,
} from "../support/parts";

const web = "evenkeel:services.web";
const endpoints = ["api", "main", "ws"] as const;
const priorities = { api: 300, main: 1000, ws: 100 };
const requestLabel = "targetTrackingConfiguration.predefinedMetricSpecification.resourceLabel";

/** Edits of the staging stack, each on top of the one before. */
export const staging: readonly Edit[] = [
  {
    title: "faster probes",
    change: set(`${web}.health.profile`, "fast"),
    steps: endpoints.map(
      (endpoint) => `~ lb.TargetGroup web-targets-${endpoint} healthCheck.interval healthCheck.timeout`,
    ),
  },
  {
    title: "scaling in steps",
    change: set(`${web}.scaling.mode`, "step"),
    steps: [
      "- autoscaling.Policy web-group-cpu",
      ...["in", "out"].map((way) => `+ autoscaling.Policy web-group-cpu-${way}`),
      ...["high", "low"].map((side) => `+ cloudwatch.MetricAlarm web-group-cpu-${side}`),
    ],
  },
  {
    title: "scaling by requests",
    change: set(`${web}.scaling.requestsPerTargetPerMinute`, 6000),
    steps: endpoints.map((endpoint) => `+ autoscaling.Policy web-requests-${endpoint}`),
  },
  {
    title: "another port of the service",
    change: set(`${web}.port`, 9090),
    steps: [
      ...endpoints.flatMap((endpoint) => [
        `± lb.TargetGroup web-targets-${endpoint} port`,
        `± autoscaling.Attachment web-group-attachment-${endpoint} lbTargetGroupArn`,
        `~ lb.ListenerRule web-rule-${priorities[endpoint]} actions.targetGroupArn`,
        ...alarmsMoved("web", endpoint, "TargetGroup"),
        `~ autoscaling.Policy web-requests-${endpoint} ${requestLabel}`,
      ]),
      ...each("+", portParts("web", 9090)),
      ...each("-", portParts("web", 8080)),
      "~ cloudwatch.Dashboard overview-dashboard dashboardBody",
    ],
  },
  {
    title: "instances on demand alone",
    change: set(`${web}.purchase`, { mode: "onDemand" }),
    steps: ["~ autoscaling.Group web-group-asg capacityRebalance launchTemplate.id launchTemplate.version"],
  },
  {
    title: "instances that start slowly",
    change: set(`${web}.endpoints.main.slowStartSeconds`, 60),
    steps: ["~ lb.TargetGroup web-targets-main slowStart"],
  },
  {
    title: "another limit for response times",
    change: set(`${web}.alarms.latencyHighSeconds`, 2),
    steps: endpoints.map(
      (endpoint) => `~ cloudwatch.MetricAlarm web-alarms-${endpoint}-latency-high alarmDescription threshold`,
    ),
  },
  {
    title: "isolated subnets",
    change: set("evenkeel:network.isolatedSubnets", "perZone"),
    steps: [
      ...each(
        "+",
        [1, 2, 3].flatMap((place) => subnetParts("isolated", place)),
      ),
      ...each("~", gatewayEndpoints, "routeTableIds"),
    ],
  },
  {
    title: "endpoints for Session Manager and metrics",
    change: set("evenkeel:network.uses", ["ssm", "monitoring"]),
    steps: [
      "+ ec2.SecurityGroup network-endpoints",
      "+ vpc.SecurityGroupIngressRule network-endpoints-443",
      ...["ssm", "ssmmessages", "ec2messages", "monitoring"].map(
        (service) => `+ ec2.VpcEndpoint network-endpoint-${service}`,
      ),
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
    title: "no NAT gateway",
    change: set("evenkeel:network.nat", "none"),
    steps: each(
      "-",
      [1, 2, 3].flatMap((place) => [...natParts(place), routeOf("private", place)]),
    ),
  },
  {
    title: "a route of another name",
    change: (project, stack) => {
      set(`${web}.endpoints.ws.routes.socket`, { priority: 100, paths: ["/ws*"] })(project, stack);
      unset(`${web}.endpoints.ws.routes.all`)(project, stack);
    },
    steps: ["~ lb.ListenerRule web-rule-100 tags.Name tagsAll.Name"],
  },
  {
    title: "two priorities exchanged",
    change: (project, stack) => {
      set(`${web}.endpoints.ws.routes.socket.priority`, 300)(project, stack);
      set(`${web}.endpoints.api.routes.all.priority`, 100)(project, stack);
    },
    steps: [100, 300].map(
      (priority) =>
        `~ lb.ListenerRule web-rule-${priority} actions.targetGroupArn conditions.pathPattern.values tags.Name tagsAll.Name`,
    ),
  },
  {
    title: "an endpoint of another name",
    change: (project, stack) => {
      const live = { routes: { socket: { priority: 300, paths: ["/ws*"] } } };
      set(`${web}.endpoints.live`, live)(project, stack);
      unset(`${web}.endpoints.ws`)(project, stack);
    },
    steps: [
      ...each("+", endpointParts("web", "live")),
      ...each("-", endpointParts("web", "ws")),
      "+ autoscaling.Policy web-requests-live",
      "- autoscaling.Policy web-requests-ws",
      "~ lb.ListenerRule web-rule-300 actions.targetGroupArn tags.Name tagsAll.Name",
      "~ autoscaling.LifecycleHook web-group-drain heartbeatTimeout",
      "~ cloudwatch.Dashboard overview-dashboard dashboardBody",
    ],
  },
  {
    title: "instances that are replaced more often",
    change: set(`${web}.maxInstanceLifetimeDays`, 14),
    steps: ["~ autoscaling.Group web-group-asg maxInstanceLifetime"],
  },
  {
    title: "an image that a parameter names",
    change: set(`${web}.image.parameter`, "/web/image"),
    steps: [
      "~ autoscaling.Group web-group-asg launchTemplate.version",
      "~ ec2.LaunchTemplate web-group-template imageId",
    ],
  },
  {
    title: "access logs that are kept longer",
    change: set("evenkeel:loadBalancer.accessLogRetentionDays", 60),
    steps: [
      "~ s3.BucketLifecycleConfiguration edge-logs-lifecycle rules.expiration.days",
      ...each("~", logTables, 'parameters["projection.day.range"]'),
    ],
  },
  {
    title: "a longer idle timeout, and another TLS policy",
    change: (project, stack) => {
      set("evenkeel:loadBalancer.idleTimeoutSeconds", 120)(project, stack);
      set(`${web}.keepAliveSeconds`, 125)(project, stack);
      set("evenkeel:loadBalancer.sslPolicy", "ELBSecurityPolicy-TLS13-1-2-2021-06")(project, stack);
    },
    steps: ["~ lb.LoadBalancer edge-lb idleTimeout", "~ lb.Listener edge-https sslPolicy"],
  },
  {
    title: "fewer who may come",
    change: set("evenkeel:loadBalancer.ingressCidrBlocks", ["203.0.113.0/24"]),
    steps: [80, 443].flatMap((port) => [
      `+ vpc.SecurityGroupIngressRule edge-ingress-${port}-203.0.113.0-24`,
      `- vpc.SecurityGroupIngressRule edge-ingress-${port}-0.0.0.0-0`,
    ]),
  },
  {
    // A target group belongs to no more than one load balancer, so the old one goes first and nobody is served in between.
    // Inside the VPC there is no firewall unless the stack asks for it.
    title: "a place inside the VPC",
    change: set("evenkeel:loadBalancer.exposure", "internal"),
    steps: [
      ...each("-", firewallParts),
      "∓ lb.LoadBalancer edge-lb internal name",
      "∓ lb.Listener edge-http loadBalancerArn",
      "∓ lb.Listener edge-https loadBalancerArn",
      ...each("~", ["route53.Record edge-dns-a", "route53.Record edge-dns-aaaa"], "aliases.name"),
      "~ cloudwatch.MetricAlarm edge-alarms-balancer-errors metricQueries.metric.dimensions.LoadBalancer",
      ...each(
        "∓",
        [100, 300, 1000].map((priority) => `lb.ListenerRule web-rule-${priority}`),
        "listenerArn",
      ),
      ...["api", "main", "live"].flatMap((endpoint) => [
        ...alarmsMoved("web", endpoint, "LoadBalancer"),
        `~ autoscaling.Policy web-requests-${endpoint} ${requestLabel}`,
      ]),
      "~ cloudwatch.Dashboard overview-dashboard dashboardBody",
    ],
  },
];
