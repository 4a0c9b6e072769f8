import * as pulumi from "@pulumi/pulumi";
import { AppLoadBalancer, Service } from "evenkeel";

const config = new pulumi.Config();
const vpcId = config.require("vpcId");

const balancer = new AppLoadBalancer("shop", {
  vpcId,
  subnetIds: config.requireObject<string[]>("publicSubnetIds"),
  certificateArn: config.require("certificateArn"),
});

const { httpsListenerArn: listenerArn, arnSuffix, securityGroupId } = balancer;
new Service("shop", {
  vpcId,
  subnetIds: config.requireObject<string[]>("privateSubnetIds"),
  loadBalancer: { listenerArn, arnSuffix, securityGroupId },
  endpoints: { web: { routes: { all: { paths: ["/*"], priority: 100 } } } },
  image: { id: config.require("imageId") },
  minSize: 3,
  maxSize: 12,
});

export const url = balancer.url;
