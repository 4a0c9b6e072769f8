import * as pulumi from "@pulumi/pulumi";
import { AppLoadBalancer, DiscoveryNamespace, Exposure, Network, Service } from "evenkeel";

const network = new Network("main", { zones: ["eu-west-1a", "eu-west-1b", "eu-west-1c"] });
const { vpcId, privateSubnetIds: subnetIds } = network;

// analyzer.svc.internal, for those inside the VPC.
const { namespaceId, namespaceName, hostedZoneId } = new DiscoveryNamespace("names", {
  vpcId,
  namespaceName: "svc.internal",
});

// The certificate is proved in the public zone, which knows nothing else of the name.
const balancer = new AppLoadBalancer("inside", {
  vpcId,
  subnetIds,
  exposure: Exposure.Internal,
  ingressCidrBlocks: ["10.0.0.0/8"],
  namePrefix: "tools",
  domainName: "tools.example.com",
  hostedZoneId: "Z0123456789ABCDEFGHIJ",
  privateZone: {},
});
const { httpsListenerArn: listenerArn, arnSuffix, securityGroupId } = balancer;
const common = { vpcId, subnetIds, loadBalancer: { listenerArn, arnSuffix, securityGroupId }, maxSize: 8 };

const web = new Service("web", {
  ...common,
  endpoints: { main: { routes: { all: { paths: ["/*"], priority: 1000 } } } },
  userData: pulumi.interpolate`#!/bin/sh
echo ANALYZER_URL=http://analyzer.${namespaceName}:8080/analyze >> /etc/environment
`,
});

const analyzer = new Service("analyzer", {
  ...common,
  endpoints: { main: { routes: { analyze: { paths: ["/analyze"], priority: 100 } } } },
  discovery: {
    namespaceId,
    namespaceName,
    hostedZoneId,
    attributes: { version: "1.0.0", capabilities: "keywords,language" },
  },
  // The way from web to analyzer is opened at both ends, on port 8080.
  clientSecurityGroups: { web: web.securityGroupId },
});

export const url = balancer.url;
export const analyzerName = analyzer.discovery?.dnsName;
