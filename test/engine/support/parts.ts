// What the components make, as `stepsOf` names it.

/** The same sign before each of these. */
export function each(sign: string, parts: readonly string[], changed = ""): string[] {
  return parts.map((part) => `${sign} ${part}${changed === "" ? "" : ` ${changed}`}`);
}

/** The alarms of an endpoint. */
function endpointAlarms(service: string, endpoint: string): string[] {
  return ["error-ratio", "healthy-hosts-low", "latency-high", "unhealthy-hosts"].map(
    (kind) => `cloudwatch.MetricAlarm ${service}-alarms-${endpoint}-${kind}`,
  );
}

/** The alarms of an endpoint, each of which watches another load balancer or target group from now on. */
export function alarmsMoved(
  service: string,
  endpoint: string,
  dimension: "LoadBalancer" | "TargetGroup",
): string[] {
  return endpointAlarms(service, endpoint).map((alarm) => {
    const path = alarm.endsWith("-error-ratio") ? "metricQueries.metric.dimensions" : "dimensions";
    return `~ ${alarm} ${path}.${dimension}`;
  });
}

/** An endpoint with its routes, by their priorities. */
export function endpointParts(service: string, endpoint: string, ...priorities: readonly number[]): string[] {
  return [
    `lb.TargetGroup ${service}-targets-${endpoint}`,
    `autoscaling.Attachment ${service}-group-attachment-${endpoint}`,
    ...priorities.map((priority) => `lb.ListenerRule ${service}-rule-${priority}`),
    ...endpointAlarms(service, endpoint),
  ];
}

/** What lets the balancer reach a port of a service. */
export function portParts(service: string, port: number): string[] {
  return [
    `vpc.SecurityGroupIngressRule ${service}-group-ingress-balancer-${port}`,
    `vpc.SecurityGroupEgressRule ${service}-balancer-egress-${port}`,
  ];
}

/** A service that follows CPU and memory, without its endpoints. */
export function serviceParts(service: string, port: number): string[] {
  const group = `${service}-group`;
  return [
    `iam.Role ${group}-role`,
    `iam.RolePolicyAttachment ${group}-role-cloudwatch-agent`,
    `iam.RolePolicyAttachment ${group}-role-session-manager`,
    `iam.InstanceProfile ${group}-profile`,
    `ec2.SecurityGroup ${group}-sg`,
    `vpc.SecurityGroupEgressRule ${group}-egress-443`,
    `vpc.SecurityGroupEgressRule ${group}-egress-80`,
    ...portParts(service, port),
    `ec2.LaunchTemplate ${group}-template`,
    `autoscaling.Group ${group}-asg`,
    `autoscaling.LifecycleHook ${group}-drain`,
    `autoscaling.Policy ${group}-cpu`,
    `autoscaling.Policy ${group}-memory`,
    ...["cpu-high", "cpu-low", "in-service-low", "memory-high"].map(
      (kind) => `cloudwatch.MetricAlarm ${service}-alarms-${kind}`,
    ),
  ];
}

/** A subnet of the network with its route table, without its way out. */
export function subnetParts(tier: "public" | "private" | "isolated", place: number): string[] {
  return ["Subnet", "RouteTable", "RouteTableAssociation"].map(
    (type) => `ec2.${type} network-vpc-${tier}-${place}`,
  );
}

/** The default route of a subnet. */
export function routeOf(tier: "public" | "private", place: number): string {
  return `ec2.Route network-vpc-${tier}-${place}`;
}

/** A NAT gateway of the network, and its address. */
export function natParts(place: number): string[] {
  return [`ec2.NatGateway network-vpc-${place}`, `ec2.Eip network-vpc-${place}`];
}

/** Tables of queries over logs, which know how long these are kept. */
export const logTables = ["access", "connection", "health-check"].map(
  (kind) => `glue.CatalogTable edge-queries-${kind}-logs`,
);

/** The web firewall of a load balancer. */
export const firewallParts = [
  "wafv2.WebAcl edge-firewall-acl",
  "wafv2.WebAclLoggingConfiguration edge-firewall-logging",
  "cloudwatch.LogGroup edge-firewall-logs",
  "wafv2.WebAclAssociation edge-web-acl",
];

/** What the network keeps up to date about its private route tables. */
export const gatewayEndpoints = [
  "ec2.VpcEndpoint network-endpoint-s3",
  "ec2.VpcEndpoint network-endpoint-dynamodb",
];
