import { AppLoadBalancer, Network, Service } from "evenkeel";

const network = new Network("main", { zones: ["eu-west-1a", "eu-west-1b", "eu-west-1c"] });

const balancer = new AppLoadBalancer("edge", {
  vpcId: network.vpcId,
  subnetIds: network.publicSubnetIds,
  domainName: "shop.example.com",
  hostedZoneId: "Z0123456789ABCDEFGHIJ",
});

new Service("shop", {
  vpcId: network.vpcId,
  subnetIds: network.privateSubnetIds,
  loadBalancer: {
    listenerArn: balancer.httpsListenerArn,
    arnSuffix: balancer.arnSuffix,
    securityGroupId: balancer.securityGroupId,
  },
  endpoints: { web: { routes: { all: { paths: ["/*"], priority: 100 } } } },
  minSize: 3,
  maxSize: 12,
});
