import * as pulumi from "@pulumi/pulumi";
import { Service } from "evenkeel";

const config = new pulumi.Config();
const platform = new pulumi.StackReference(config.require("platform"));
const text = (output: string) => platform.requireOutput(output).apply(String);

// The zones of the platform: one output each, so that a first preview knows how many there are.
const zones = 3;
const subnetIds = Array.from({ length: zones }, (_, zone) =>
  platform.requireOutput("privateSubnetIds").apply((ids: string[]) => ids[zone] ?? ""),
);

const topic = (kind: "warning" | "critical") =>
  platform.requireOutput("alarmTopicArns").apply((arns: { warning: string; critical: string }) => arns[kind]);

const reports = new Service("reports", {
  vpcId: text("vpcId"),
  subnetIds,
  loadBalancer: {
    listenerArn: text("httpsListenerArn"),
    arnSuffix: text("loadBalancerArnSuffix"),
    securityGroupId: text("loadBalancerSecurityGroupId"),
  },
  // This team's own, as the platform has noted; the services of its stack stay below.
  priorities: { from: 2000, to: 2099 },
  endpoints: { web: { routes: { all: { paths: ["/reports", "/reports/*"] } } } },
  alarms: { warningTopicArn: topic("warning"), criticalTopicArn: topic("critical") },
  image: { id: config.require("imageId") },
  minSize: 2,
  maxSize: 6,
});

export const groupName = reports.groupName;
