import * as vpc from "@pulumi/aws/vpc";
import type * as pulumi from "@pulumi/pulumi";
import { checkKeys } from "../lib/child-names";
import type { Problems } from "../lib/problems";
import { type Tags, tagged } from "../lib/tags";
import { shaped, type Transform } from "../lib/transform";
import type { Endpoints } from "./endpoints";

/** Security groups of those that call a service, by a name of the caller's own. */
export interface ClientSecurityGroups {
  [name: string]: pulumi.Input<string>;
}

/** The last word on who may call a service. */
export interface ClientTransforms {
  /** Each rule that lets a client in. */
  readonly clientIngressRule?: Transform<vpc.SecurityGroupIngressRuleArgs>;
  /** Each rule that lets a client out, to the service. */
  readonly clientEgressRule?: Transform<vpc.SecurityGroupEgressRuleArgs>;
}

/** Notes what is wrong with the names of a service's clients. */
export function checkClients(clients: ClientSecurityGroups, problems: Problems): void {
  checkKeys(clients, "clientSecurityGroups", problems);
}

/** Ports clients call: those of requests, not those of probes. */
function calledPorts(endpoints: Endpoints): number[] {
  const ports = Object.values(endpoints).map(({ port }) => port);
  return [...new Set(ports)].sort((a, b) => a - b);
}

/**
 * Opens both ends of the way from each client to each port of a service: a security group of instances lets out nothing
 * but HTTP and HTTPS by itself.
 */
export function addClientRules(
  name: string,
  clients: ClientSecurityGroups,
  service: { readonly securityGroupId: pulumi.Input<string>; readonly endpoints: Endpoints },
  tags: Tags | undefined,
  transform: ClientTransforms,
  child: pulumi.CustomResourceOptions,
): void {
  for (const [client, clientGroupId] of Object.entries(clients)) {
    for (const port of calledPorts(service.endpoints)) {
      const way = { ipProtocol: "tcp", fromPort: port, toPort: port };
      const ingress = `${name}-client-ingress-${client}-${port}`;
      const inwards = {
        ...way,
        securityGroupId: service.securityGroupId,
        description: `TCP ${port} from ${client}`,
        referencedSecurityGroupId: clientGroupId,
        tags: tagged(ingress, tags),
      };
      new vpc.SecurityGroupIngressRule(ingress, ...shaped(transform.clientIngressRule, inwards, child));
      const egress = `${name}-client-egress-${client}-${port}`;
      const outwards = {
        ...way,
        securityGroupId: clientGroupId,
        description: `TCP ${port} to ${name}`,
        referencedSecurityGroupId: service.securityGroupId,
        tags: tagged(egress, tags),
      };
      new vpc.SecurityGroupEgressRule(egress, ...shaped(transform.clientEgressRule, outwards, child));
    }
  }
}
