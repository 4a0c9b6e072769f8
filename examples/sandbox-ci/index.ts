import * as pulumi from "@pulumi/pulumi";
import { AppLoadBalancer, Network, Service } from "evenkeel";

const config = new pulumi.Config();

const network = new Network("main", { zones: config.requireObject<string[]>("zones") });

const balancer = new AppLoadBalancer("edge", {
  vpcId: network.vpcId,
  subnetIds: network.publicSubnetIds,
  domainName: "shop.example.com",
  hostedZoneId: "Z0123456789ABCDEFGHIJ",
  deletionProtection: "off",
});

const { httpsListenerArn: listenerArn, arnSuffix, securityGroupId } = balancer;
new Service("shop", {
  vpcId: network.vpcId,
  subnetIds: network.privateSubnetIds,
  loadBalancer: { listenerArn, arnSuffix, securityGroupId },
  endpoints: { web: { routes: { all: { paths: ["/*"], priority: 100 } } } },
  image: { id: config.require("imageId") },
  minSize: 3,
  maxSize: config.requireNumber("maxSize"),
});

export const url = balancer.url;
