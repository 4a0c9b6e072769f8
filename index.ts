import * as pulumi from "@pulumi/pulumi";
import {
  Alarms,
  AlarmTopics,
  AppLoadBalancer,
  Dashboard,
  DiscoveryNamespace,
  Exposure,
  LogQueries,
  Network,
  Service,
  WebFirewall,
  ZonalAutoshift,
} from "./components";
import { practiceAlarms } from "./components/lib/practice-alarms";
import { loadSettings } from "./settings";

const settings = loadSettings();
const { namePrefix, tags, failoverTargetSeconds } = settings;
const { idleTimeoutSeconds } = settings.loadBalancer;

const network = new Network("network", { ...settings.network, tags });

const internal = settings.loadBalancer.exposure === Exposure.Internal;
const { firewall, ...loadBalancer } = settings.loadBalancer;
const webAcl = firewall && new WebFirewall("edge-firewall", { ...firewall, namePrefix, tags });
const balancer = new AppLoadBalancer("edge", {
  ...loadBalancer,
  ...(webAcl && { webAclArn: webAcl.webAclArn }),
  vpcId: network.vpcId,
  subnetIds: internal ? network.privateSubnetIds : network.publicSubnetIds,
  namePrefix,
  tags,
});

const { emails, certificateExpiryDays, ...runbooks } = settings.alarms;
const topics = new AlarmTopics("notices", { emails, namePrefix, tags });
const { warningTopicArn, criticalTopicArn } = topics;
const alarms = { warningTopicArn, criticalTopicArn, namePrefix, ...runbooks };
const { alarmArns } = new Alarms("edge-alarms", {
  ...alarms,
  loadBalancer: {
    arnSuffix: balancer.arnSuffix,
    certificateArns: balancer.certificateArns,
    certificateExpiryDays,
  },
  tags,
});

const names =
  settings.discovery &&
  new DiscoveryNamespace("discovery", { ...settings.discovery, vpcId: network.vpcId, tags });

function placeOf({ namespaceId, namespaceName, hostedZoneId }: DiscoveryNamespace) {
  return { namespaceId, namespaceName, hostedZoneId };
}

// Services may call each other, so a caller may be made after the one it calls: its group is looked up once all are there.
function securityGroupOf(name: string): pulumi.Output<string> {
  return pulumi.output(name).apply((caller) => {
    const [, service] = services.find(([each]) => each === caller) ?? [];
    if (!service) throw new pulumi.RunError(`there is no service ${caller}`);
    return service.securityGroupId;
  });
}

const services = Object.entries(settings.services).map(([name, service]) => {
  const { httpsListenerArn: listenerArn, arnSuffix, securityGroupId } = balancer;
  const { discovery, calledBy = [] } = settings.connections[name] ?? {};
  const args = {
    ...service,
    vpcId: network.vpcId,
    subnetIds: network.privateSubnetIds,
    loadBalancer: { listenerArn, arnSuffix, securityGroupId, idleTimeoutSeconds },
    failoverTargetSeconds,
    alarms: { ...service.alarms, ...alarms },
    ...(names && discovery ? { discovery: { ...discovery, ...placeOf(names) } } : {}),
    clientSecurityGroups: Object.fromEntries(calledBy.map((caller) => [caller, securityGroupOf(caller)])),
    namePrefix,
    tags,
  };
  return [name, new Service(name, args)] as const;
});

const { logQueries, zonalAutoshift } = settings;
if (logQueries) {
  new LogQueries("edge-queries", {
    ...logQueries,
    bucketName: balancer.accessLogsBucketName,
    namePrefix,
    tags,
  });
}
if (zonalAutoshift) {
  new ZonalAutoshift("edge-zones", {
    ...zonalAutoshift,
    ...practiceAlarms(
      alarmArns,
      services.map(([, service]) => service.alarmArns),
    ),
    resourceArn: balancer.loadBalancerArn,
  });
}

new Dashboard("overview", {
  namePrefix,
  loadBalancerArnSuffix: balancer.arnSuffix,
  services: Object.fromEntries(services),
});

/** Where the stack answers. */
export const url = balancer.url;
/** A URL that answers 200 while the stack is well. */
export const healthUrl = pulumi.interpolate`${balancer.url}${settings.healthPath}`;
/** To point a DNS record at the load balancer. */
export const loadBalancerDnsName = balancer.dnsName;
export const loadBalancerZoneId = balancer.zoneId;
/** For a service of another stack that joins the load balancer. */
export const httpsListenerArn = balancer.httpsListenerArn;
export const loadBalancerArnSuffix = balancer.arnSuffix;
export const loadBalancerSecurityGroupId = balancer.securityGroupId;
export const vpcId = network.vpcId;
export const privateSubnetIds = network.privateSubnetIds;
/** Addresses a partner has to admit. */
export const natPublicIps = network.natPublicIps;
/** For the commands in the runbooks. */
export const loadBalancerArn = balancer.loadBalancerArn;
export const certificateArns = balancer.certificateArns;
export const accessLogsBucketName = balancer.accessLogsBucketName;
export const targetGroupArns = Object.fromEntries(
  services.map(([name, service]) => [name, service.targetGroupArns]),
);
export const groupNames = Object.fromEntries(services.map(([name, { groupName }]) => [name, groupName]));
/** Where names are kept, for services of other stacks, and by service what its instances need to register themselves. */
export const discovery = names
  ? {
      namespace: placeOf(names),
      services: Object.fromEntries(services.map(([name, service]) => [name, service.discovery])),
    }
  : {};
export const alarmTopicArns = { warning: warningTopicArn, critical: criticalTopicArn };
/** How long a failed instance may stay in rotation, and how long it can, by service and endpoint. */
export { failoverTargetSeconds };
export const worstCaseDetectionSeconds = Object.fromEntries(
  services.map(([name, service]) => [name, service.worstCaseDetectionSeconds]),
);
