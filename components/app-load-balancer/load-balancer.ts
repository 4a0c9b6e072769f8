import * as lb from "@pulumi/aws/lb";
import * as pulumi from "@pulumi/pulumi";
import { LogKind, logFolders } from "../lib/balancer-logs";
import { balancerName } from "../lib/balancer-names";
import { checkWhole } from "../lib/bounds";
import { reservedCapacityRange } from "../lib/capacity-units";
import type { Problems } from "../lib/problems";
import { type Tags, tagged } from "../lib/tags";
import { shaped, type Transform } from "../lib/transform";
import type { AccessLogBucket } from "./access-logs";
import type { Addressing } from "./addressing";

/** Who can reach a load balancer. */
export const Exposure = {
  /** Anybody: it has public addresses. */
  Internet: "internet",
  /** Clients in the VPC and in networks connected to it. */
  Internal: "internal",
} as const;
export type Exposure = (typeof Exposure)[keyof typeof Exposure];

/** Whether AWS refuses to delete a load balancer. */
export const DeletionProtection = {
  /** It has to be switched off before the load balancer can go. */
  On: "on",
  /** The load balancer goes with its stack. */
  Off: "off",
} as const;
export type DeletionProtection = (typeof DeletionProtection)[keyof typeof DeletionProtection];

/** The last word on the load balancer. */
export interface BalancerTransforms {
  /** The load balancer itself. */
  readonly loadBalancer?: Transform<lb.LoadBalancerArgs>;
}

/** How a load balancer behaves, with every default in place. */
export interface BalancerPlan {
  readonly exposure: Exposure;
  readonly ipAddressType: Addressing["ipAddressType"];
  readonly idleTimeoutSeconds: number;
  readonly deletionProtection: DeletionProtection;
  readonly minimumCapacityUnits: number | undefined;
}

/** Checks the capacity that is paid for whether it is used or not. */
export function settleCapacity(units: number | undefined, problems: Problems): number | undefined {
  if (units !== undefined) checkWhole(units, reservedCapacityRange, "minimumCapacityUnits", problems);
  return units;
}

/** What a load balancer is called and where it stands. */
export interface BalancerSite {
  readonly name: string;
  readonly namePrefix: string | undefined;
  readonly subnetIds: pulumi.Input<string>[];
  readonly securityGroupId: pulumi.Input<string>;
}

/** Makes the load balancer, without listeners. */
export function addLoadBalancer(
  { name, namePrefix, subnetIds, securityGroupId }: BalancerSite,
  { exposure, ipAddressType, idleTimeoutSeconds, deletionProtection, minimumCapacityUnits }: BalancerPlan,
  logs: AccessLogBucket,
  tags: Tags | undefined,
  transform: BalancerTransforms,
  child: pulumi.CustomResourceOptions,
): lb.LoadBalancer {
  const own = `${name}-lb`;
  const place = { name, namePrefix, exposure, project: pulumi.getProject(), stack: pulumi.getStack() };
  return new lb.LoadBalancer(
    own,
    ...shaped(
      transform.loadBalancer,
      {
        ...balancerName(place),
        loadBalancerType: "application",
        internal: exposure === Exposure.Internal,
        ipAddressType,
        subnets: subnetIds,
        securityGroups: [securityGroupId],
        enableHttp2: true,
        idleTimeout: idleTimeoutSeconds,
        dropInvalidHeaderFields: true,
        desyncMitigationMode: "defensive",
        xffHeaderProcessingMode: "append",
        enableZonalShift: true,
        enableDeletionProtection: deletionProtection === DeletionProtection.On,
        ...(minimumCapacityUnits === undefined
          ? {}
          : { minimumLoadBalancerCapacity: { capacityUnits: minimumCapacityUnits } }),
        ...deliveries(logs),
        tags: tagged(own, tags),
      },
      {
        ...child,
        // AWS tries the bucket out at once.
        dependsOn: [logs.policy],
        // A target group belongs to one load balancer: while the old one is there, no rule of a new one can lead to it.
        deleteBeforeReplace: true,
      },
    ),
  );
}

/** What is delivered, and to which folder; what is left out, AWS's provider switches off. */
function deliveries({ bucket, delivered }: AccessLogBucket): Partial<lb.LoadBalancerArgs> {
  const to = (kind: LogKind) => ({ enabled: true, bucket: bucket.bucket, prefix: logFolders[kind] });
  return {
    ...(delivered.includes(LogKind.Access) ? { accessLogs: to(LogKind.Access) } : {}),
    ...(delivered.includes(LogKind.Connection) ? { connectionLogs: to(LogKind.Connection) } : {}),
    ...(delivered.includes(LogKind.HealthCheck) ? { healthCheckLogs: to(LogKind.HealthCheck) } : {}),
  };
}
