import * as pulumi from "@pulumi/pulumi";
import { AppLoadBalancer, Service, WebFirewall } from "evenkeel";

const config = new pulumi.Config();
const vpcId = config.require("vpcId");

// The distribution sends the header to its origin, https://origin.shop.example.com; who does not gets 403.
const firewall = new WebFirewall("shop", {
  originHeader: { name: "x-origin-verify", value: config.requireSecret("originSecret") },
  forwardedIp: {},
  // The service takes pictures of more than 8 KB.
  managedGroups: { common: { countRules: ["SizeRestrictions_BODY"] } },
});

const balancer = new AppLoadBalancer("shop", {
  vpcId,
  subnetIds: config.requireObject<string[]>("publicSubnetIds"),
  certificateArn: config.require("certificateArn"),
  hostName: "origin.shop.example.com",
  webAclArn: firewall.webAclArn,
  originLockdown: { prefixList: "cloudfront" },
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

export const originDomainName = balancer.hostName;
