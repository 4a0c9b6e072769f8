import * as ec2 from "@pulumi/aws/ec2";
import * as vpc from "@pulumi/aws/vpc";
import type * as pulumi from "@pulumi/pulumi";
import { ingressRules } from "../lib/ingress-rules";
import { type Tags, tagged } from "../lib/tags";
import { shaped, type Transform } from "../lib/transform";
import type { Clients } from "./sources";

/** The last word on the security group. */
export interface SecurityGroupTransforms {
  /** The load balancer's security group. Rules are resources of their own. */
  readonly securityGroup?: Transform<ec2.SecurityGroupArgs>;
  /** Each rule that lets clients in. */
  readonly ingressRule?: Transform<vpc.SecurityGroupIngressRuleArgs>;
}

/**
 * Makes a security group that lets clients in on their ports and nothing out.
 *
 * Whoever puts a service behind the load balancer adds the rule that lets requests out to it.
 */
export function addSecurityGroup(
  name: string,
  vpcId: pulumi.Input<string>,
  { sources, ports }: Clients,
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
  for (const { key, port, source, description } of ingressRules(sources, ports)) {
    const rule = `${name}-ingress-${key}`;
    new vpc.SecurityGroupIngressRule(
      rule,
      ...shaped(
        transform.ingressRule,
        {
          securityGroupId: group.id,
          description,
          ipProtocol: "tcp",
          fromPort: port,
          toPort: port,
          ...source.ruleFor(child.parent ? { parent: child.parent } : {}),
          tags: tagged(rule, tags),
        },
        child,
      ),
    );
  }
  return group;
}
