import * as ec2 from "@pulumi/aws/ec2";
import * as vpc from "@pulumi/aws/vpc";
import type * as pulumi from "@pulumi/pulumi";
import { checkOneOf } from "../lib/closed-set";
import type { Problems } from "../lib/problems";
import { tagged } from "../lib/tags";
import { shaped, type Transform } from "../lib/transform";
import type { Part } from "./part";

/** AWS services that private subnets reach through endpoints of their own instead of a NAT gateway. */
export const EndpointUse = {
  /** Systems Manager: sessions, parameters, patches. */
  Ssm: "ssm",
  /** Container images. */
  Ecr: "ecr",
  /** CloudWatch Logs. */
  Logs: "logs",
  /** CloudWatch metrics. */
  Monitoring: "monitoring",
  /** Secrets Manager. */
  SecretsManager: "secretsManager",
} as const;
export type EndpointUse = (typeof EndpointUse)[keyof typeof EndpointUse];

/** The last word on each endpoint of a network. */
export interface EndpointTransforms {
  /** Each gateway endpoint: S3 and DynamoDB. */
  readonly gatewayEndpoint?: Transform<ec2.VpcEndpointArgs>;
  /** Each interface endpoint. Some services have other names in the China regions: set `serviceName` here. */
  readonly interfaceEndpoint?: Transform<ec2.VpcEndpointArgs>;
  /** Security group in front of the interface endpoints. */
  readonly endpointSecurityGroup?: Transform<ec2.SecurityGroupArgs>;
}

/** The network that endpoints are made in. */
export interface EndpointSite {
  readonly vpcId: pulumi.Input<string>;
  readonly cidrBlock: string;
  readonly region: string;
  readonly subnetIds: pulumi.Input<string>[];
  readonly routeTableIds: pulumi.Input<string>[];
}

// Session Manager needs the agent's two message channels besides the API; an image pull needs the registry and its API
// (and S3, which has a gateway endpoint).
// https://docs.aws.amazon.com/systems-manager/latest/userguide/setup-create-vpc.html
// https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html
const services: { readonly [Use in EndpointUse]: readonly string[] } = {
  ssm: ["ssm", "ssmmessages", "ec2messages"],
  ecr: ["ecr.api", "ecr.dkr"],
  logs: ["logs"],
  monitoring: ["monitoring"],
  secretsManager: ["secretsmanager"],
};

/** Settles which services get an interface endpoint, and notes under `uses` what is wrong with the choice. */
export function settleUses(uses: readonly EndpointUse[], problems: Problems): string[] {
  const known = uses.filter((use, index) => checkOneOf(EndpointUse, use, `uses[${index}]`, problems));
  return [...new Set(known)].flatMap((use) => services[use]);
}

/** Endpoints for S3 and DynamoDB in every private route table. They cost nothing, so every network has them. */
export function addGatewayEndpoints(
  { name, tags, transform, child }: Part<EndpointTransforms>,
  site: EndpointSite,
): void {
  for (const service of ["s3", "dynamodb"]) {
    const own = endpointName(name, service);
    new ec2.VpcEndpoint(
      own,
      ...shaped(
        transform.gatewayEndpoint,
        {
          vpcId: site.vpcId,
          vpcEndpointType: "Gateway",
          serviceName: serviceName(site.region, service),
          routeTableIds: site.routeTableIds,
          tags: tagged(own, tags),
        },
        child,
      ),
    );
  }
}

/** An endpoint in every private subnet for each of these services, open to the VPC on port 443. */
export function addInterfaceEndpoints(
  part: Part<EndpointTransforms>,
  site: EndpointSite,
  wanted: readonly string[],
): void {
  if (wanted.length === 0) return;
  const { name, tags, transform, child } = part;
  const guard = guardEndpoints(part, site);
  for (const service of wanted) {
    const own = endpointName(name, service);
    new ec2.VpcEndpoint(
      own,
      ...shaped(
        transform.interfaceEndpoint,
        {
          vpcId: site.vpcId,
          vpcEndpointType: "Interface",
          serviceName: serviceName(site.region, service),
          privateDnsEnabled: true,
          subnetIds: site.subnetIds,
          securityGroupIds: [guard.id],
          tags: tagged(own, tags),
        },
        child,
      ),
    );
  }
}

function guardEndpoints(
  { name, tags, transform, child }: Part<EndpointTransforms>,
  site: EndpointSite,
): ec2.SecurityGroup {
  const group = new ec2.SecurityGroup(
    `${name}-endpoints`,
    ...shaped(
      transform.endpointSecurityGroup,
      {
        vpcId: site.vpcId,
        description: "Interface endpoints",
        tags: tagged(`${name}-endpoints`, tags),
      },
      child,
    ),
  );
  new vpc.SecurityGroupIngressRule(
    `${name}-endpoints-443`,
    {
      securityGroupId: group.id,
      description: "HTTPS from the VPC",
      ipProtocol: "tcp",
      fromPort: 443,
      toPort: 443,
      cidrIpv4: site.cidrBlock,
      tags: tagged(`${name}-endpoints-443`, tags),
    },
    child,
  );
  return group;
}

function endpointName(name: string, service: string): string {
  return `${name}-endpoint-${service.replace(".", "-")}`;
}

function serviceName(region: string, service: string): string {
  return `com.amazonaws.${region}.${service}`;
}
