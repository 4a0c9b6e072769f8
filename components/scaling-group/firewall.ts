import * as ec2 from "@pulumi/aws/ec2";
import * as vpc from "@pulumi/aws/vpc";
import type * as pulumi from "@pulumi/pulumi";
import { checkWhole } from "../lib/bounds";
import { checkKeys } from "../lib/child-names";
import type { Problems } from "../lib/problems";
import { type Tags, tagged } from "../lib/tags";
import { shaped, type Transform } from "../lib/transform";

/** Who may reach the instances, and on which ports. */
export interface TrafficSourceArgs {
  /** Security group the traffic comes from. */
  readonly securityGroupId: pulumi.Input<string>;
  /** TCP ports it may reach, 1 to 65535. */
  readonly ports: number[];
}

/** Sources of traffic by name. */
export interface TrafficSources {
  [name: string]: TrafficSourceArgs;
}

/** The last word on what reaches the instances, and what they reach. */
export interface FirewallTransforms {
  /** Security group of the instances. */
  readonly securityGroup?: Transform<ec2.SecurityGroupArgs>;
  /** Each rule that lets traffic in. */
  readonly ingressRule?: Transform<vpc.SecurityGroupIngressRuleArgs>;
  /** Each rule that lets traffic out. */
  readonly egressRule?: Transform<vpc.SecurityGroupEgressRuleArgs>;
}

/** What stands between the instances and everything else. */
export interface Firewall {
  readonly securityGroup: ec2.SecurityGroup;
  readonly egressRules: vpc.SecurityGroupEgressRule[];
}

// Enough for AWS APIs, images and packages. Names are resolved by the VPC's own resolver, and the clock set by its time
// service, both of which security groups do not filter. Whatever else a workload talks to (a database, a cache) comes
// with a rule of its own.
// https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html
const reachable: readonly [port: number, description: string][] = [
  [443, "HTTPS to anywhere"],
  [80, "HTTP to anywhere, for package mirrors"],
];

/** Notes what is wrong with the sources of traffic. */
export function checkSources(sources: TrafficSources, problems: Problems): void {
  checkKeys(sources, "trafficSources", problems);
  for (const [key, { ports }] of Object.entries(sources)) {
    const path = `trafficSources.${key}.ports`;
    problems.unless(ports.length > 0, path, "needs 1 or more, got 0");
    for (const [index, port] of ports.entries()) {
      checkWhole(port, [1, 65535], `${path}[${index}]`, problems);
      problems.unless(ports.indexOf(port) === index, `${path}[${index}]`, `is listed twice: ${port}`);
    }
  }
}

/** Creates the security group of the instances, with one rule for each source and port, and one for each way out. */
export function addFirewall(
  name: string,
  args: { vpcId: pulumi.Input<string>; sources: TrafficSources; namePrefix: string | undefined },
  tags: Tags | undefined,
  transform: FirewallTransforms,
  child: pulumi.CustomResourceOptions,
): Firewall {
  const own = `${name}-sg`;
  const securityGroup = new ec2.SecurityGroup(
    own,
    ...shaped(
      transform.securityGroup,
      {
        ...(args.namePrefix === undefined ? {} : { namePrefix: `${args.namePrefix}-${own}-` }),
        vpcId: args.vpcId,
        // AWS cannot change a description in place, so nothing that may change belongs in it.
        description: `Instances of ${name}`,
        tags: tagged(own, tags),
      },
      child,
    ),
  );
  for (const [key, source] of Object.entries(args.sources)) {
    for (const port of source.ports) {
      const rule = `${name}-ingress-${key}-${port}`;
      const shape = {
        securityGroupId: securityGroup.id,
        description: `TCP ${port} from ${key}`,
        ipProtocol: "tcp",
        fromPort: port,
        toPort: port,
        referencedSecurityGroupId: source.securityGroupId,
        tags: tagged(rule, tags),
      };
      new vpc.SecurityGroupIngressRule(rule, ...shaped(transform.ingressRule, shape, child));
    }
  }
  const egressRules = reachable.map(([port, description]) => {
    const rule = `${name}-egress-${port}`;
    const shape = {
      securityGroupId: securityGroup.id,
      description,
      ipProtocol: "tcp",
      fromPort: port,
      toPort: port,
      cidrIpv4: "0.0.0.0/0",
      tags: tagged(rule, tags),
    };
    return new vpc.SecurityGroupEgressRule(rule, ...shaped(transform.egressRule, shape, child));
  });
  return { securityGroup, egressRules };
}
