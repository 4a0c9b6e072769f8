/** What a stack is for. It chooses the defaults. */
export const Environment = {
  /** Serves users. */
  Production: "production",
  /** Rehearses production at a smaller size. */
  Staging: "staging",
  /** For trying things out, at the lowest cost. */
  Development: "development",
} as const;
export type Environment = (typeof Environment)[keyof typeof Environment];

/** How many instances a service has. */
export interface SizingDefaults {
  readonly min: number;
  readonly max: number;
  readonly desired: number;
  /** Whether a service may run on one instance. */
  readonly singleInstance: "accepted" | "refused";
}

/** When a service gets more instances, and when fewer. */
export interface ScalingDefaults {
  /** CPU use that target tracking aims at. */
  readonly targetCpuPercent: number;
  /** Memory use that target tracking aims at. */
  readonly targetMemoryPercent: number;
  /** CPU use above which step scaling adds instances and the alarm rings. */
  readonly highPercent: number;
  /** CPU use below which step scaling removes instances and the alarm says so. */
  readonly lowPercent: number;
  /** Instances one step adds. */
  readonly addInstances: number;
}

/** How a service buys its instances. */
export interface PurchaseDefaults {
  readonly mode: "onDemand" | "mixed";
  /** In mixed mode, the share bought on demand above the base. */
  readonly onDemandPercentAboveBase: number;
  /** Types with 2 vCPU and 4 GiB each, the first one for `onDemand`, all of them for `mixed`. */
  readonly instanceTypes: readonly [string, ...string[]];
}

/** What a load balancer logs besides requests, and whether its logs can be asked. */
export interface BalancerLogDefaults {
  readonly connections: "on" | "off";
  readonly healthChecks: "on" | "off";
  readonly queries: "on" | "off";
}

// Health checks have to be answered within 100 ms and requests spread within 10 %: both are read from these logs, and in
// staging first. Development is one instance that nobody measures.
const measured: BalancerLogDefaults = { connections: "on", healthChecks: "on", queries: "on" };
const unmeasured: BalancerLogDefaults = { connections: "off", healthChecks: "off", queries: "off" };

/** Everything whose default depends on the environment. */
export interface EnvironmentDefaults {
  readonly environment: Environment;
  readonly sizing: SizingDefaults;
  readonly scaling: ScalingDefaults;
  readonly purchase: PurchaseDefaults;
  readonly nat: "perZone" | "single" | "none";
  readonly healthProfile: "fast" | "standard";
  /** How long a failed instance may stay in rotation. */
  readonly failoverTargetSeconds: number;
  readonly deletionProtection: "on" | "off";
  /** What becomes of the access logs when the stack is destroyed. */
  readonly accessLogRemoval: "keep" | "empty";
  readonly accessLogRetentionDays: number;
  readonly balancerLogs: BalancerLogDefaults;
  readonly flowLogRetentionDays: number;
  /** Whether a web firewall stands before a load balancer on the internet. */
  readonly firewall: "block" | "off";
  readonly firewallLogRetentionDays: number;
  /** Memory use above which the alarm rings. */
  readonly memoryHighPercent: number;
}

// t3.medium sustains 20 % of its two vCPUs and is billed for what it uses above that. At a steady 70 % the surcharge
// makes it dearer than a c6i.large of the same size, so what aims at 70 % all day does not run on it.
// https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/burstable-performance-instances-unlimited-mode-concepts.html
const steady = ["c6i.large", "c6a.large", "c5.large", "c5a.large"] as const;
const burstable = ["t3.medium", "t3a.medium", "c5.large", "c6i.large"] as const;

/**
 * The environment matrix: what a stack gets where it says nothing.
 *
 * The figures are requirements, not measurements of a workload: override them per service once a load test says more.
 */
export const environments: { readonly [environment in Environment]: EnvironmentDefaults } = {
  production: {
    environment: Environment.Production,
    // One instance a zone, so that each of three zones can be lost with two thirds of the capacity left.
    sizing: { min: 3, max: 20, desired: 3, singleInstance: "refused" },
    scaling: {
      targetCpuPercent: 70,
      targetMemoryPercent: 80,
      highPercent: 80,
      lowPercent: 30,
      addInstances: 2,
    },
    // Whoever accepts interruptions in production says so; then half stays on demand for when a spot market empties.
    purchase: { mode: "onDemand", onDemandPercentAboveBase: 50, instanceTypes: steady },
    nat: "perZone",
    // Out of rotation within 19 s; the standard profile takes up to 95 s, and failover has to take less than 30.
    healthProfile: "fast",
    failoverTargetSeconds: 30,
    deletionProtection: "on",
    accessLogRemoval: "keep",
    accessLogRetentionDays: 90,
    balancerLogs: measured,
    flowLogRetentionDays: 30,
    firewall: "block",
    firewallLogRetentionDays: 90,
    memoryHighPercent: 85,
  },
  staging: {
    environment: Environment.Staging,
    sizing: { min: 2, max: 10, desired: 2, singleInstance: "refused" },
    scaling: {
      targetCpuPercent: 75,
      targetMemoryPercent: 85,
      highPercent: 85,
      lowPercent: 40,
      addInstances: 2,
    },
    // Staging is where a workload learns to live with spot interruptions.
    purchase: { mode: "mixed", onDemandPercentAboveBase: 25, instanceTypes: burstable },
    nat: "single",
    healthProfile: "standard",
    // What the standard profile takes at worst.
    failoverTargetSeconds: 95,
    deletionProtection: "off",
    accessLogRemoval: "empty",
    accessLogRetentionDays: 30,
    balancerLogs: measured,
    flowLogRetentionDays: 14,
    // What production turns away has to be seen before it gets there.
    firewall: "block",
    firewallLogRetentionDays: 30,
    // Above the target, or the alarm would ring whenever tracking does what it is for.
    memoryHighPercent: 90,
  },
  development: {
    environment: Environment.Development,
    sizing: { min: 1, max: 3, desired: 1, singleInstance: "accepted" },
    scaling: {
      targetCpuPercent: 80,
      targetMemoryPercent: 90,
      highPercent: 90,
      // The matrix says 50. One instance at 90 % becomes two at 45 %, which is below 50: the second would be removed
      // at once and the first be at 90 % again, without end. 40 leaves room.
      lowPercent: 40,
      // For the same reason one at a time: a step of two would bring 90 % on one instance down to 30 % on three.
      addInstances: 1,
    },
    purchase: { mode: "onDemand", onDemandPercentAboveBase: 25, instanceTypes: burstable },
    // Not "none": instances fetch packages and report to Systems Manager and CloudWatch, and the interface endpoints
    // they would need for that cost more than one gateway (four in two zones, about 58 USD a month against 33).
    nat: "single",
    healthProfile: "standard",
    // What the standard profile takes at worst.
    failoverTargetSeconds: 95,
    deletionProtection: "off",
    accessLogRemoval: "empty",
    accessLogRetentionDays: 7,
    balancerLogs: unmeasured,
    flowLogRetentionDays: 7,
    // At about 10 USD a month before the first request, dearer than what it would protect.
    firewall: "off",
    firewallLogRetentionDays: 7,
    memoryHighPercent: 95,
  },
};
