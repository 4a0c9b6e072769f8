import * as vpc from "@pulumi/aws/vpc";
import * as pulumi from "@pulumi/pulumi";
import type { AlarmsOptions } from "../alarms";
import { checkName, roleNameLength } from "../lib/child-names";
import { worstCaseDetectionSeconds } from "../lib/detection";
import { Problems } from "../lib/problems";
import { type Tags, tagged } from "../lib/tags";
import { shaped, type Transform } from "../lib/transform";
import { addRequestPolicy } from "../scaling-group/request-scaling";
import {
  type InstancesArgs,
  ScalingGroup,
  type ScalingGroupTransforms,
  type SettledGroup,
  settleScalingGroup,
} from "../scaling-group/scaling-group";
import type { ScalingArgs } from "../scaling-group/scaling-policies";
import type { PolicySite } from "../scaling-group/target-tracking";
import { addClientRules, type ClientTransforms, checkClients } from "./clients";
import {
  addDiscovery,
  type Discovery,
  type DiscoveryTransforms,
  policyKey,
  type ServiceDiscoveryArgs,
  type ServiceDiscoveryOutputs,
  serviceIdTag,
  settleDiscovery,
} from "./discovery";
import { checkTimings, settleSurroundings } from "./endpoint-timing";
import { type EndpointArgs, type Endpoints, longestDrain, reachedPorts, settleEndpoints } from "./endpoints";
import { addAnsweringRules, addListenerRules, type RuledWay } from "./listener-rules";
import type { FixedResponseArgs } from "./routes/fixed-responses";
import type { RedirectArgs } from "./routes/redirects";
import { type Priorities, type PrioritiesArgs, settleRoutes } from "./routes/settle-routes";
import { addServiceAlarms, checkServiceAlarms, type ServiceAlarmsArgs } from "./service-alarms";
import { addTargetGroups, type EndpointTransforms, type Way } from "./target-groups";

/** A load balancer as a service sees it; it may belong to another stack. */
export interface LoadBalancerRef {
  /** ARN of the listener that the service's rules join. */
  readonly listenerArn: pulumi.Input<string>;
  /** Last part of the load balancer's ARN: `app/edge/50dc6c495c0c9188`. */
  readonly arnSuffix: pulumi.Input<string>;
  /** Security group of the load balancer. The service adds a rule to it for each port of its own. */
  readonly securityGroupId: pulumi.Input<string>;
  /**
   * How long it keeps an idle connection, in seconds, 1 to 4000: what endpoints say of their connections is checked
   * against it.
   * @default 60
   */
  readonly idleTimeoutSeconds?: number;
}

/** Arguments of a service. */
export interface ServiceArgs extends InstancesArgs {
  /** Load balancer that requests come from. */
  readonly loadBalancer: LoadBalancerRef;
  /** Ways into the service, by a name of your own; at least one. */
  readonly endpoints: { [name: string]: EndpointArgs };
  /**
   * Requests that the load balancer sends elsewhere, by a name of your own.
   * @default none
   */
  readonly redirects?: { [name: string]: RedirectArgs };
  /**
   * Requests that the load balancer answers itself, by a name of your own.
   * @default none
   */
  readonly fixedResponses?: { [name: string]: FixedResponseArgs };
  /**
   * Priorities of the listener that are this service's own: routes without a `priority` are allotted one of them, always
   * the same whatever other routes there are.
   * @default every route says its priority
   */
  readonly priorities?: PrioritiesArgs;
  /** What the service follows when it grows and shrinks, besides the requests to its endpoints. */
  readonly scaling?: ScalingArgs;
  /**
   * How long a failed instance may stay in rotation, in seconds, 1 to 3600; an endpoint whose probes need longer is
   * refused.
   * @default any time
   */
  readonly failoverTargetSeconds?: number;
  /**
   * What rings, and who is told.
   * @default no alarms
   */
  readonly alarms?: ServiceAlarmsArgs;
  /**
   * How other services find this one by name. Instances register themselves when they start.
   * @default they do not
   */
  readonly discovery?: ServiceDiscoveryArgs;
  /**
   * Security groups of services that call this one without the load balancer, by a name of your own. They are let in on
   * the ports of the endpoints, and let out to them.
   * @default nobody
   */
  readonly clientSecurityGroups?: { [name: string]: pulumi.Input<string> };
}

/** The last word on each child of a service. */
export interface ServiceTransforms extends EndpointTransforms, DiscoveryTransforms, ClientTransforms {
  /** Children of the scaling group. */
  readonly group?: ScalingGroupTransforms;
  /** Each rule that lets the load balancer reach the instances. */
  readonly balancerEgressRule?: Transform<vpc.SecurityGroupEgressRuleArgs>;
  /** Alarms. */
  readonly alarms?: NonNullable<AlarmsOptions["transform"]>;
}

/** Resource options, and the last word on each child. */
export interface ServiceOptions extends pulumi.ComponentResourceOptions {
  readonly transform?: ServiceTransforms;
}

/**
 * A service behind a load balancer: a scaling group, one or more endpoints that lead requests to it, and its alarms.
 *
 * An endpoint is attached to the instances before the first rule leads to it, and detached after the last has gone, so
 * routes can move between endpoints, be renamed and exchange priorities in one deploy.
 *
 * Creates `<name>-group` (a `ScalingGroup` with its children), `<name>-targets-<endpoint>`,
 * `<name>-rule-<priority>`, `<name>-balancer-egress-<port>` for each port of an endpoint or its probes,
 * `<name>-requests-<endpoint>` where the service follows requests, and `<name>-alarms` (an `Alarms` with its children).
 * With `discovery` also `<name>-discovery` and `<name>-discovery-policy`, and for each client and port
 * `<name>-client-ingress-<client>-<port>` and `<name>-client-egress-<client>-<port>`.
 *
 * @throws {ArgumentError} for endpoints without routes, priorities taken twice, routes that can never match, conditions
 * and actions AWS does not take, settings of a target group that exclude each other, times that cannot go together, names
 * and attributes the registry does not take, and everything `ScalingGroup` refuses.
 */
export class Service extends pulumi.ComponentResource {
  /** Name of the Auto Scaling group. */
  readonly groupName: pulumi.Output<string>;
  /** Id of the instances' security group, to let a database or a cache admit them. */
  readonly securityGroupId: pulumi.Output<string>;
  /** ARN of the instances' role. */
  readonly roleArn: pulumi.Output<string>;
  /** Name of the instances' role, to attach policies to. */
  readonly roleName: pulumi.Output<string>;
  /** ARN of each endpoint's target group. */
  readonly targetGroupArns: { [endpoint: string]: pulumi.Output<string> };
  /** Last part of that ARN, as CloudWatch wants it. */
  readonly targetGroupArnSuffixes: { [endpoint: string]: pulumi.Output<string> };
  /** ARNs of its alarms, if it has any: `main-error-ratio`, `in-service-low`. */
  readonly alarmArns: { [alarm: string]: pulumi.Output<string> };
  /** The longest a failed instance can stay in rotation, in seconds, by endpoint. */
  readonly worstCaseDetectionSeconds: { [endpoint: string]: number };
  /** What an instance needs to register itself, and a client to find it; only with `discovery`. */
  readonly discovery?: ServiceDiscoveryOutputs;

  constructor(name: string, args: ServiceArgs, opts: ServiceOptions = {}) {
    const { transform = {}, ...resourceOpts } = opts;
    // Not among what is registered of it: two services that call each other would each wait until the other is.
    const { clientSecurityGroups = {}, ...registered } = args;
    super("evenkeel:index:Service", name, registered, resourceOpts);

    const problems = new Problems();
    const { endpoints, priorities, settled, found } = settle(name, args, problems);
    problems.throwFor(this);

    const child = { parent: this };
    const { loadBalancer, endpoints: _, alarms, failoverTargetSeconds: __, discovery, ...rest } = registered;
    const { redirects = {}, fixedResponses = {}, priorities: ___, ...instances } = rest;
    const { tags, namePrefix } = args;

    const ways = addTargetGroups(name, endpoints, args.vpcId, tags, transform, child);
    const targetGroupArns = byEndpoint(ways, ({ targetGroup }) => targetGroup.arn);
    const registry = discovery && found && addDiscovery(name, discovery, found, tags, transform, child);
    const group = new ScalingGroup(
      `${name}-group`,
      {
        ...instances,
        ...(registry ? registering(instances, registry) : {}),
        trafficSources: {
          balancer: { securityGroupId: loadBalancer.securityGroupId, ports: reachedPorts(endpoints) },
        },
        targetGroupArns,
        drainSeconds: longestDrain(endpoints),
      },
      { ...child, ...(transform.group ? { transform: transform.group } : {}) },
    );
    addClientRules(
      name,
      clientSecurityGroups,
      { securityGroupId: group.securityGroupId, endpoints },
      tags,
      transform,
      child,
    );
    const egressRules = addBalancerEgress(name, loadBalancer, group, endpoints, tags, transform, child);
    const ruleSite = { listenerArn: loadBalancer.listenerArn, priorities, tags, transform };
    addAnsweringRules(name, redirects, fixedResponses, ruleSite, child);
    const ruled = addListenerRules(name, ways, ruleSite, {
      ...child,
      // A rule that came before the instances are attached and reachable would lead to nobody.
      dependsOn: [group, ...egressRules],
    });
    const site = { groupName: group.groupName, warmupSeconds: settled.scaling.warmupSeconds, tags };
    addRequestPolicies(name, ruled, loadBalancer, site, child);
    this.alarmArns = {};
    if (alarms) {
      const watched = {
        groupName: group.groupName,
        minSize: settled.capacity.minSize,
        loadBalancerArnSuffix: loadBalancer.arnSuffix,
        ways,
        namePrefix,
      };
      const bend = transform.alarms ? { transform: transform.alarms } : {};
      this.alarmArns = addServiceAlarms(name, alarms, watched, tags, { ...child, ...bend }).alarmArns;
    }

    this.groupName = group.groupName;
    this.securityGroupId = group.securityGroupId;
    this.roleArn = group.roleArn;
    this.roleName = group.roleName;
    this.targetGroupArns = targetGroupArns;
    this.targetGroupArnSuffixes = byEndpoint(ways, ({ targetGroup }) => targetGroup.arnSuffix);
    this.worstCaseDetectionSeconds = byEndpoint(ways, ({ endpoint }) =>
      worstCaseDetectionSeconds(endpoint.health.timing),
    );
    if (registry) this.discovery = registry.outputs;
    this.registerOutputs({
      groupName: this.groupName,
      securityGroupId: this.securityGroupId,
      roleArn: this.roleArn,
      roleName: this.roleName,
      targetGroupArns: this.targetGroupArns,
      targetGroupArnSuffixes: this.targetGroupArnSuffixes,
      alarmArns: this.alarmArns,
      worstCaseDetectionSeconds: this.worstCaseDetectionSeconds,
      ...(registry ? { discovery: registry.outputs } : {}),
    });
  }
}

// The group waits for its policies, so no instance starts before it may register.
function registering(
  { managedPolicyArns, instanceTags }: InstancesArgs,
  { policyArn, outputs }: ReturnType<typeof addDiscovery>,
): Pick<InstancesArgs, "managedPolicyArns" | "instanceTags"> {
  return {
    managedPolicyArns: { ...managedPolicyArns, [policyKey]: policyArn },
    instanceTags: { ...instanceTags, [serviceIdTag]: outputs.serviceId },
  };
}

function settle(
  name: string,
  args: ServiceArgs,
  problems: Problems,
): {
  readonly endpoints: Endpoints;
  readonly priorities: Priorities;
  readonly settled: SettledGroup;
  readonly found: Discovery | undefined;
} {
  checkName(name, "-group-role", roleNameLength, problems);
  const endpoints = settleEndpoints(args.endpoints, problems);
  const priorities = settleRoutes(args, problems);
  const settled = settleScalingGroup(args, problems);
  checkTimings(endpoints, settleSurroundings(args, settled.capacity, problems), problems);
  if (args.alarms) checkServiceAlarms(args.alarms, problems);
  checkClients(args.clientSecurityGroups ?? {}, problems);
  const { discovery, managedPolicyArns = {} } = args;
  const service = { endpoints, maxSize: args.maxSize, policyNames: Object.keys(managedPolicyArns) };
  const found = discovery && settleDiscovery(name, discovery, service, problems);
  return { endpoints, priorities, settled, found };
}

// The load balancer's group lets nothing out by itself: each service opens what leads to its own instances.
function addBalancerEgress(
  name: string,
  loadBalancer: LoadBalancerRef,
  group: ScalingGroup,
  endpoints: Endpoints,
  tags: Tags | undefined,
  transform: ServiceTransforms,
  child: pulumi.CustomResourceOptions,
): vpc.SecurityGroupEgressRule[] {
  return reachedPorts(endpoints).map((port) => {
    const own = `${name}-balancer-egress-${port}`;
    const rule = {
      securityGroupId: loadBalancer.securityGroupId,
      description: `TCP ${port} to ${name}`,
      ipProtocol: "tcp",
      fromPort: port,
      toPort: port,
      referencedSecurityGroupId: group.securityGroupId,
      tags: tagged(own, tags),
    };
    return new vpc.SecurityGroupEgressRule(own, ...shaped(transform.balancerEgressRule, rule, child));
  });
}

function addRequestPolicies(
  name: string,
  ways: readonly RuledWay[],
  loadBalancer: LoadBalancerRef,
  site: PolicySite,
  child: pulumi.CustomResourceOptions,
): void {
  for (const { key, endpoint, targetGroup, rules } of ways) {
    const { requestsPerMinute } = endpoint;
    if (requestsPerMinute === undefined) continue;
    addRequestPolicy(
      `${name}-requests-${key}`,
      {
        targetPerMinute: requestsPerMinute,
        loadBalancerArnSuffix: loadBalancer.arnSuffix,
        targetGroupArnSuffix: targetGroup.arnSuffix,
      },
      site,
      // AWS refuses the policy until a rule ties the target group to the load balancer.
      { ...child, dependsOn: rules },
    );
  }
}

function byEndpoint<Result>(
  ways: readonly Way[],
  result: (way: Way) => Result,
): { [endpoint: string]: Result } {
  return Object.fromEntries(ways.map((way) => [way.key, result(way)]));
}
