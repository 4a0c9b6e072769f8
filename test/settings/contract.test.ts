import assert from "node:assert/strict";
import type { AlarmTopicsArgs } from "../../components/alarm-topics";
import type { AppLoadBalancerArgs } from "../../components/app-load-balancer/app-load-balancer";
import type { NetworkArgs } from "../../components/network/network";
import type { ServiceArgs } from "../../components/service/service";
import type { DiscoveryNamespaceArgs } from "../../components/service-discovery/discovery-namespace";
import type {
  EndpointSettings,
  LoadBalancerSettings,
  NetworkSettings,
  PurchaseSettings,
  ScalingSettings,
  ServiceSettings,
} from "../../settings";
import { service, settingsOf, stack } from "./configured";

type Known<Part> = Exclude<Part, undefined>;
type Endpoint = ServiceArgs["endpoints"][string];
type Same<One, Other> = [One] extends [Other] ? ([Other] extends [One] ? true : never) : never;

/** Whether settings and components know the same words. A word that only one of them knows does not compile. */
interface SameWords {
  readonly nat: Same<NetworkSettings["nat"]["mode"], Known<Known<NetworkArgs["nat"]>["mode"]>>;
  readonly isolated: Same<NetworkSettings["isolatedSubnets"], Known<NetworkArgs["isolatedSubnets"]>>;
  readonly uses: Same<NetworkSettings["uses"][number], Known<NetworkArgs["uses"]>[number]>;
  readonly exposure: Same<LoadBalancerSettings["exposure"], Known<AppLoadBalancerArgs["exposure"]>>;
  readonly algorithm: Same<EndpointSettings["algorithm"], Known<Endpoint["algorithm"]>>;
  readonly anomalyMitigation: Same<
    Known<EndpointSettings["anomalyMitigation"]>,
    Known<Endpoint["anomalyMitigation"]>
  >;
  readonly crossZone: Same<Known<EndpointSettings["crossZone"]>, Known<Endpoint["crossZone"]>>;
  readonly protocol: Same<Known<EndpointSettings["protocol"]>, Known<Endpoint["protocol"]>>;
  readonly protocolVersion: Same<
    Known<EndpointSettings["protocolVersion"]>,
    Known<Endpoint["protocolVersion"]>
  >;
  readonly cpu: Same<
    ScalingSettings["cpu"]["mode"],
    Known<Known<Known<ServiceArgs["scaling"]>["cpu"]>["mode"]>
  >;
  readonly purchase: Same<PurchaseSettings["mode"], Known<Known<ServiceArgs["purchase"]>["mode"]>>;
  readonly spot: Same<
    Known<PurchaseSettings["spotAllocationStrategy"]>,
    Known<Known<ServiceArgs["purchase"]>["spotAllocationStrategy"]>
  >;
  readonly single: Same<ServiceSettings["singleInstance"], Known<ServiceArgs["singleInstance"]>>;
}

describe("settings", () => {
  it("offer every word the components know, and no other", () => {
    const same: SameWords = {
      nat: true,
      isolated: true,
      uses: true,
      exposure: true,
      algorithm: true,
      anomalyMitigation: true,
      crossZone: true,
      protocol: true,
      protocolVersion: true,
      cpu: true,
      purchase: true,
      spot: true,
      single: true,
    };
    assert(Object.values(same).every(Boolean));
  });

  it("are arguments of the components but for ids and topics, which the program adds", () => {
    const { network, loadBalancer, services, connections, discovery, alarms, namePrefix, tags } = settingsOf(
      stack({
        "evenkeel:discovery": { namespace: "svc.internal" },
        "evenkeel:services": { web: service({ discovery: {} }) },
      }),
    );
    const { web } = services;
    const found = connections.web?.discovery;
    assert(web && found && discovery);
    const place = { namespaceId: "ns-1", namespaceName: "svc.internal", hostedZoneId: "Z1" };
    const ids = { vpcId: "vpc-1", subnetIds: ["subnet-1", "subnet-2"] };
    const topics = { warningTopicArn: "arn:warning", criticalTopicArn: "arn:critical" };
    const all: [NetworkArgs, DiscoveryNamespaceArgs, AppLoadBalancerArgs, AlarmTopicsArgs, ServiceArgs] = [
      { ...network, tags },
      { ...discovery, vpcId: "vpc-1", tags },
      { ...loadBalancer, ...ids, namePrefix, tags },
      { emails: alarms.emails, namePrefix, tags },
      {
        ...web,
        ...ids,
        loadBalancer: { listenerArn: "arn:listener", arnSuffix: "app/edge/1", securityGroupId: "sg-1" },
        alarms: { ...web.alarms, ...topics },
        discovery: { ...found, ...place },
        namePrefix,
        tags,
      },
    ];
    assert.equal(all.length, 5);
  });
});
