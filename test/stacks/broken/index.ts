import * as autoscaling from "@pulumi/aws/autoscaling";
import * as lb from "@pulumi/aws/lb";
import * as pulumi from "@pulumi/pulumi";

// The shipped program with one thing broken, named by BREAK: what a mistake, or somebody's transform, would make of it.
// Several names with commas between break several things.

type Inputs = { [property: string]: unknown };

/** One property of one of the program's resources, changed. */
interface Change {
  readonly resource: string;
  readonly inputs: (inputs: Inputs) => Inputs;
}

const changes: { readonly [policy: string]: Change } = {
  "listener-tls-minimum": {
    resource: "edge-https",
    inputs: () => ({ sslPolicy: "ELBSecurityPolicy-TLS13-1-0-2021-06" }),
  },
  "listener-http-redirect": {
    resource: "edge-http",
    inputs: () => ({
      defaultActions: [
        { type: "fixed-response", fixedResponse: { contentType: "text/plain", statusCode: "200" } },
      ],
    }),
  },
  "listener-certificate-set": { resource: "edge-https", inputs: () => ({ certificateArn: undefined }) },
  "scaling-min-instances": { resource: "search-group-asg", inputs: () => ({ minSize: 1 }) },
  "scaling-multi-zone": {
    resource: "web-group-asg",
    inputs: ({ vpcZoneIdentifiers }) => ({
      vpcZoneIdentifiers: (vpcZoneIdentifiers as unknown[]).slice(0, 1),
    }),
  },
  "scaling-load-balancer-health": { resource: "web-group-asg", inputs: () => ({ healthCheckType: "EC2" }) },
  "scaling-health-processes-on": {
    resource: "web-group-asg",
    inputs: () => ({ suspendedProcesses: ["ReplaceUnhealthy"] }),
  },
  "target-health-check": {
    resource: "web-targets-api",
    inputs: ({ healthCheck }) => ({ healthCheck: { ...(healthCheck as Inputs), path: undefined } }),
  },
  "target-health-check-timing": {
    resource: "web-targets-api",
    inputs: ({ healthCheck }) => ({
      healthCheck: { ...(healthCheck as Inputs), interval: 60, unhealthyThreshold: 5 },
    }),
  },
  "target-failover-time": {
    resource: "web-targets-main",
    inputs: ({ healthCheck }) => ({ healthCheck: { ...(healthCheck as Inputs), interval: 10 } }),
  },
  "target-drain-time": { resource: "web-targets-api", inputs: () => ({ deregistrationDelay: 1800 }) },
};

/** Something beside what the program makes. */
const additions: { readonly [policy: string]: (made: (name: string) => pulumi.Resource) => void } = {
  "listener-rule-no-plain-forward": (made) => {
    new lb.ListenerRule("plain", {
      listenerArn: (made("edge-http") as lb.Listener).arn,
      priority: 1,
      conditions: [{ pathPattern: { values: ["/plain"] } }],
      actions: [{ type: "forward", targetGroupArn: (made("web-targets-main") as lb.TargetGroup).arn }],
    });
  },
  "scaling-schedule-min-instances": (made) => {
    new autoscaling.Schedule("night", {
      scheduledActionName: "night",
      autoscalingGroupName: (made("web-group-asg") as autoscaling.Group).name,
      recurrence: "0 22 * * *",
      minSize: 0,
      maxSize: 3,
      desiredCapacity: 0,
    });
  },
  "balancer-multi-zone": (made) => {
    new lb.LoadBalancer("inner", {
      loadBalancerType: "network",
      internal: true,
      enableDeletionProtection: true,
      subnets: [(made("web-group-asg") as autoscaling.Group).vpcZoneIdentifiers.apply((ids) => ids[0] ?? "")],
    });
  },
};

const broken = (process.env.BREAK ?? "").split(",");
const known = new Map<string, pulumi.Resource>();

function changed(name: string, props: Inputs): Inputs {
  const inputs = { ...props };
  for (const policy of broken) {
    const change = changes[policy];
    if (change?.resource === name) Object.assign(inputs, change.inputs(inputs));
  }
  return inputs;
}

pulumi.runtime.registerStackTransformation(({ name, props, opts, resource, type }) => {
  // Components carry the names of what they wrap here and there; only AWS's own resources are of interest.
  if (!type.startsWith("aws:")) return { props, opts };
  known.set(name, resource);
  return { props: changed(name, props), opts };
});

module.exports = require("../../../index");

for (const policy of broken) {
  additions[policy]?.((name) => {
    const resource = known.get(name);
    if (resource === undefined) throw new Error(`the program makes no ${name}`);
    return resource;
  });
}
