import * as lb from "@pulumi/aws/lb";
import type * as pulumi from "@pulumi/pulumi";
import { autoNameSuffixLength } from "../lib/names";
import { type Tags, tagged } from "../lib/tags";
import { shaped, type Transform } from "../lib/transform";
import { CrossZone } from "./balancing";
import type { Endpoint, Endpoints } from "./endpoints";
import { targetHealthCheck } from "./health-check";
import { targetGroupHealth } from "./minimum-healthy";
import { ProtocolVersion } from "./protocol";
import { targetStickiness } from "./stickiness";

/** The last word on each way into a service. */
export interface EndpointTransforms {
  /** Each target group. */
  readonly targetGroup?: Transform<lb.TargetGroupArgs>;
  /** Each listener rule. */
  readonly listenerRule?: Transform<lb.ListenerRuleArgs>;
}

/** An endpoint and its target group. */
export interface Way {
  readonly key: string;
  readonly endpoint: Endpoint;
  readonly targetGroup: lb.TargetGroup;
}

const targetGroupNameLength = 32;
const prefixLength = 6;

// Never a fixed name: a target group is replaced while rules still lead to the old one, so both must exist for a while.
// Where Pulumi's own suffix does not fit, the provider's does, but leaves six characters.
function physicalName(own: string): Pick<lb.TargetGroupArgs, "namePrefix"> {
  if (own.length + autoNameSuffixLength <= targetGroupNameLength) return {};
  return { namePrefix: `${own.slice(0, prefixLength - 1).replace(/-+$/, "")}-` };
}

/** Creates a target group for each endpoint. */
export function addTargetGroups(
  name: string,
  endpoints: Endpoints,
  vpcId: pulumi.Input<string>,
  tags: Tags | undefined,
  transform: EndpointTransforms,
  child: pulumi.CustomResourceOptions,
): Way[] {
  return Object.entries(endpoints).map(([key, endpoint]) => {
    const own = `${name}-targets-${key}`;
    const args = { ...targetGroupArgs(own, endpoint), vpcId, tags: tagged(own, tags) };
    const shape = shaped<lb.TargetGroupArgs>(transform.targetGroup, args, child);
    return { key, endpoint, targetGroup: new lb.TargetGroup(own, ...shape) };
  });
}

function targetGroupArgs(own: string, endpoint: Endpoint): lb.TargetGroupArgs {
  const { slowStartSeconds, protocolVersion } = endpoint;
  return {
    ...physicalName(own),
    port: endpoint.port,
    protocol: endpoint.protocol,
    // HTTP/1.1 is what AWS takes it for; said, it would show as a change of every target group there is.
    ...(protocolVersion === ProtocolVersion.Http1 ? {} : { protocolVersion }),
    targetType: "instance",
    healthCheck: targetHealthCheck(endpoint.health),
    stickiness: targetStickiness(endpoint.stickiness),
    // AWS takes snake_case here, whatever the SDK's own documentation says.
    loadBalancingAlgorithmType: endpoint.algorithm,
    loadBalancingAnomalyMitigation: endpoint.anomalyMitigation,
    loadBalancingCrossZoneEnabled: endpoint.crossZone === CrossZone.On ? "true" : "false",
    ...(slowStartSeconds === undefined ? {} : { slowStart: slowStartSeconds }),
    deregistrationDelay: endpoint.drainSeconds,
    targetGroupHealth: targetGroupHealth(endpoint.minimumHealthy),
  };
}
