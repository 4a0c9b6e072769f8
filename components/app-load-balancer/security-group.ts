import * as ec2 from "@pulumi/aws/ec2";
import * as vpc from "@pulumi/aws/vpc";
import type * as pulumi from "@pulumi/pulumi";
import { ingressRules } from "../lib/ingress-rules";
import { type Tags, tagged } from "../lib/tags";
import { shaped, type Transform } from "../lib/transform";

/** The last word on the security group. */
export interface SecurityGroupTransforms {
  /** The load balancer's security group. Rules are resources of their own. */
  readonly securityGroup?: Transform<ec2.SecurityGroupArgs>;
}

/**
 * Makes a security group that lets clients in on ports 80 and 443 and nothing out.
 *
 * Whoever puts a service behind the load balancer adds the rule that lets requests out to it.
 */
export function addSecurityGroup(
  name: string,
  vpcId: pulumi.Input<string>,
  cidrBlocks: readonly string[],
  tags: Tags | undefined,
  transform: SecurityGroupTransforms,
  child: pulumi.CustomResourceOptions,
): ec2.SecurityGroup {
  const own = `${name}-sg`;
  const group = new ec2.SecurityGroup(
    own,
    ...shaped(
      transform.securityGroup,
      { vpcId, description: `Clients of load balancer ${name}`, tags: tagged(own, tags) },
      child,
    ),
  );
  for (const { key, port, cidrBlock, description } of ingressRules(cidrBlocks)) {
    const rule = `${name}-ingress-${key}`;
    new vpc.SecurityGroupIngressRule(
      rule,
      {
        securityGroupId: group.id,
        description,
        ipProtocol: "tcp",
        fromPort: port,
        toPort: port,
        cidrIpv4: cidrBlock,
        tags: tagged(rule, tags),
      },
      child,
    );
  }
  return group;
}
