import * as pulumi from "@pulumi/pulumi";
import { AppLoadBalancer, ProtocolVersion, Service, StickinessMode } from "evenkeel";

const config = new pulumi.Config();
const vpcId = config.require("vpcId");
const idleTimeoutSeconds = 120;

const balancer = new AppLoadBalancer("orders", {
  vpcId,
  subnetIds: config.requireObject<string[]>("publicSubnetIds"),
  certificateArn: config.require("certificateArn"),
  idleTimeoutSeconds,
});

const { httpsListenerArn: listenerArn, arnSuffix, securityGroupId } = balancer;
const orders = new Service("orders", {
  vpcId,
  subnetIds: config.requireObject<string[]>("privateSubnetIds"),
  loadBalancer: { listenerArn, arnSuffix, securityGroupId, idleTimeoutSeconds },
  endpoints: {
    // Calls by method: `/orders.v1.Orders/Place`. The server has the standard health service, which answers 0 when well.
    rpc: {
      port: 50_051,
      protocolVersion: ProtocolVersion.Grpc,
      routes: { orders: { paths: ["/orders.v1.*"], priority: 100 } },
      health: { path: "/grpc.health.v1.Health/Check", matcher: "0" },
      // A zone with fewer than half of the instances well leaves DNS.
      minimumHealthy: { dnsFailover: { percent: 50 } },
      // Tries of calls to other services end, and are answered, before the load balancer gives up.
      retries: { tryTimeoutSeconds: 10, deadlineSeconds: 55 },
    },
    // Browsers are told of every order. A client that comes back finds the instance that knows it.
    events: {
      webSocket: { heartbeatSeconds: 25 },
      keepAliveSeconds: 125,
      routes: { events: { paths: ["/events"], priority: 200 } },
      stickiness: { mode: StickinessMode.BalancerCookie, durationSeconds: 3600 },
    },
  },
  failoverTargetSeconds: 30,
  image: { id: config.require("imageId") },
  minSize: 3,
  maxSize: 12,
});

export const url = balancer.url;
export const worstCaseDetection = orders.worstCaseDetectionSeconds;
