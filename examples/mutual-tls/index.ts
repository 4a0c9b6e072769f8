import * as pulumi from "@pulumi/pulumi";
import { Alarms, AlarmTopics, AppLoadBalancer, MutualTlsMode, Service, TlsVersion } from "evenkeel";

interface Trust {
  readonly bucket: string;
  /** Version of the authorities' certificates. */
  readonly authorities: string;
  /** Version of the list of revoked certificates. */
  readonly revoked: string;
}

const config = new pulumi.Config();
const vpcId = config.require("vpcId");
const { bucket, authorities, revoked } = config.requireObject<Trust>("trust");

// Who has no certificate of the partners' authorities, or one that was revoked, gets no connection.
const balancer = new AppLoadBalancer("partners", {
  vpcId,
  subnetIds: config.requireObject<string[]>("publicSubnetIds"),
  domainName: "partners.example.com",
  alternativeNames: ["partners-eu.example.com"],
  hostedZoneId: "Z0123456789ABCDEFGHIJ",
  tls: { minimumVersion: TlsVersion.Tls13 },
  mutualTls: {
    mode: MutualTlsMode.Verify,
    caBundle: { bucket, key: "authorities.pem", version: authorities },
    revocations: { partners: { bucket, key: "partners.crl", version: revoked } },
  },
});

// The certificate the load balancer shows in turn has to be renewed in time.
const { warningTopicArn, criticalTopicArn } = new AlarmTopics("ops", { emails: ["ops@example.com"] });
const { httpsListenerArn: listenerArn, arnSuffix, certificateArns, securityGroupId } = balancer;
const told = { warningTopicArn, criticalTopicArn };
new Alarms("partners-alarms", { ...told, loadBalancer: { arnSuffix, certificateArns } });

new Service("orders", {
  vpcId,
  subnetIds: config.requireObject<string[]>("privateSubnetIds"),
  loadBalancer: { listenerArn, arnSuffix, securityGroupId },
  endpoints: { web: { routes: { all: { paths: ["/*"], priority: 100 } } } },
  image: { id: config.require("imageId") },
  minSize: 3,
  maxSize: 12,
  alarms: told,
});

export const url = balancer.url;
