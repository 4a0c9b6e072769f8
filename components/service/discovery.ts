import { getPartitionOutput } from "@pulumi/aws/getPartition";
import * as iam from "@pulumi/aws/iam";
import * as servicediscovery from "@pulumi/aws/servicediscovery";
import * as pulumi from "@pulumi/pulumi";
import { checkWhole } from "../lib/bounds";
import { checkAttributes, serviceNameForm, serviceNameWanted, ttlRange } from "../lib/discovery-names";
import type { Problems } from "../lib/problems";
import { type Tags, tagged } from "../lib/tags";
import { shaped, type Transform } from "../lib/transform";
import type { Endpoints } from "./endpoints";

/** How other services find this one by name. The first three are outputs of a `DiscoveryNamespace`. */
export interface ServiceDiscoveryArgs {
  /** Id of the namespace the service is in. It may belong to another stack. */
  readonly namespaceId: pulumi.Input<string>;
  /** Domain of that namespace: `svc.internal`. */
  readonly namespaceName: pulumi.Input<string>;
  /** Private hosted zone of that namespace. */
  readonly hostedZoneId: pulumi.Input<string>;
  /**
   * What comes before the namespace's domain: one label of a domain name in lower case, 63 characters at most.
   * @default the service's own name
   */
  readonly serviceName?: string;
  /**
   * How long a client's resolver keeps the addresses, in seconds, 0 to 3600. As long, at most, clients call an instance
   * that has gone.
   * @default 10
   */
  readonly ttlSeconds?: number;
  /**
   * What each instance says of itself when it registers, besides its address: up to 30 texts, with keys of 255 and values
   * of 1024 characters at most, 5000 in all. A list is joined by commas. A service with one endpoint has `port` and
   * `healthPath` already.
   * @default `port` and `healthPath` of the one endpoint
   * @see https://docs.aws.amazon.com/cloud-map/latest/api/API_RegisterInstance.html
   */
  readonly attributes?: { [key: string]: pulumi.Input<string> };
}

/** The last word on what makes a service known. */
export interface DiscoveryTransforms {
  /** The service in the registry. */
  readonly discoveryService?: Transform<servicediscovery.ServiceArgs>;
  /** What its instances may do there. */
  readonly discoveryPolicy?: Transform<iam.PolicyArgs>;
}

/** What an instance needs to register itself, and a client to find it. */
export interface ServiceDiscoveryOutputs {
  /** Id of the service in the registry: `srv-0123456789abcdef`. Instances read it from their tag `discovery-service-id`. */
  readonly serviceId: pulumi.Output<string>;
  /** ARN of the service in the registry. */
  readonly serviceArn: pulumi.Output<string>;
  /** Name that answers with the instances' addresses: `analyzer.svc.internal`. */
  readonly dnsName: pulumi.Output<string>;
  /** What each instance registers besides its address. */
  readonly attributes: pulumi.Output<{ [key: string]: string }>;
}

/** A service's place in a registry, complete. */
export interface Discovery {
  readonly serviceName: string;
  readonly ttlSeconds: number;
  readonly attributes: { readonly [key: string]: pulumi.Input<string> };
}

/** Tag by which an instance knows where to register. Its metadata service tells it its tags. */
export const serviceIdTag = "discovery-service-id";

/** What the policy is called among those of the instances' role. */
export const policyKey = "discovery";

// Not adjustable. https://docs.aws.amazon.com/cloud-map/latest/dg/cloud-map-limits.html
const mostInstances = 1000;

/** Settles how a service is found, and notes what is wrong with it. */
export function settleDiscovery(
  name: string,
  args: ServiceDiscoveryArgs,
  service: {
    readonly endpoints: Endpoints;
    readonly maxSize: number;
    readonly policyNames: readonly string[];
  },
  problems: Problems,
): Discovery {
  const { serviceName = name.toLowerCase(), ttlSeconds = 10 } = args;
  problems.unless(
    serviceNameForm.test(serviceName),
    "discovery.serviceName",
    `must be ${serviceNameWanted}, got ${JSON.stringify(serviceName)}`,
  );
  checkWhole(ttlSeconds, ttlRange, "discovery.ttlSeconds", problems);
  const attributes = { ...saidOf(service.endpoints), ...args.attributes };
  checkAttributes(attributes, "discovery.attributes", problems);
  problems.unless(
    service.maxSize <= mostInstances,
    "maxSize",
    `must be ${mostInstances} or fewer with discovery, which registers no more, got ${service.maxSize}`,
  );
  problems.unless(
    !service.policyNames.includes(policyKey),
    `managedPolicyArns.${policyKey}`,
    "is attached by discovery, use another name",
  );
  return { serviceName, ttlSeconds, attributes };
}

// Where there are several ports, only their owner knows which one a client wants.
function saidOf(endpoints: Endpoints): { [key: string]: string } {
  const [endpoint, ...others] = Object.values(endpoints);
  if (!endpoint || others.length > 0) return {};
  return { port: String(endpoint.port), healthPath: endpoint.health.path };
}

/** Puts a service into the registry, and lets instances register themselves there and nowhere else. */
export function addDiscovery(
  name: string,
  args: ServiceDiscoveryArgs,
  { serviceName, ttlSeconds, attributes }: Discovery,
  tags: Tags | undefined,
  transform: DiscoveryTransforms,
  child: pulumi.CustomResourceOptions,
): { readonly outputs: ServiceDiscoveryOutputs; readonly policyArn: pulumi.Output<string> } {
  const own = `${name}-discovery`;
  const service = new servicediscovery.Service(
    own,
    ...shaped<servicediscovery.ServiceArgs>(
      transform.discoveryService,
      {
        name: serviceName,
        description: `Instances of ${name}`,
        dnsConfig: {
          namespaceId: args.namespaceId,
          // Every healthy instance, up to eight in one answer.
          routingPolicy: "MULTIVALUE",
          dnsRecords: [{ type: "A", ttl: ttlSeconds }],
        },
        // Deprecated and always 1, yet the provider drops an empty block, and with it what takes the unhealthy out.
        // https://github.com/pulumi/pulumi-aws/issues/6289
        healthCheckCustomConfig: { failureThreshold: 1 },
        // What is still registered when the service goes has been left behind by an instance that failed.
        forceDestroy: true,
        tags: tagged(own, tags),
      },
      child,
    ),
  );
  const dnsName = pulumi.interpolate`${service.name}.${args.namespaceName}`;
  const policy = addPolicy(name, service, dnsName, args, tags, transform, child);
  return {
    outputs: {
      serviceId: service.id,
      serviceArn: service.arn,
      dnsName,
      attributes: pulumi.output(attributes),
    },
    policyArn: policy.arn,
  };
}

// Cloud Map writes the record on behalf of who registers, so the instance needs rights in Route 53 as well: to the one
// name. https://docs.aws.amazon.com/cloud-map/latest/dg/cloud-map-api-permissions-ref.html
function addPolicy(
  name: string,
  service: servicediscovery.Service,
  dnsName: pulumi.Output<string>,
  { namespaceName, hostedZoneId }: ServiceDiscoveryArgs,
  tags: Tags | undefined,
  transform: DiscoveryTransforms,
  child: pulumi.CustomResourceOptions,
): iam.Policy {
  const own = `${name}-discovery-policy`;
  const { partition } = getPartitionOutput({}, child);
  const zoneArn = pulumi.interpolate`arn:${partition}:route53:::hostedzone/${hostedZoneId}`;
  const policy = pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "RegisterItself",
        Effect: "Allow",
        Action: [
          "servicediscovery:RegisterInstance",
          "servicediscovery:DeregisterInstance",
          "servicediscovery:UpdateInstanceCustomHealthStatus",
        ],
        Resource: service.arn,
      },
      {
        Sid: "WriteItsRecord",
        Effect: "Allow",
        Action: "route53:ChangeResourceRecordSets",
        Resource: zoneArn,
        Condition: {
          "ForAllValues:StringEquals": {
            "route53:ChangeResourceRecordSetsNormalizedRecordNames": [dnsName],
            "route53:ChangeResourceRecordSetsRecordTypes": ["A"],
          },
        },
      },
      { Sid: "ReadTheZone", Effect: "Allow", Action: "route53:GetHostedZone", Resource: zoneArn },
      { Sid: "FindTheZone", Effect: "Allow", Action: "route53:ListHostedZonesByName", Resource: "*" },
      {
        Sid: "FindOthers",
        Effect: "Allow",
        Action: ["servicediscovery:DiscoverInstances", "servicediscovery:DiscoverInstancesRevision"],
        Resource: "*",
        Condition: { StringEquals: { "servicediscovery:NamespaceName": namespaceName } },
      },
    ],
  });
  const args = { description: `Instances of ${name} register themselves`, policy, tags: tagged(own, tags) };
  return new iam.Policy(own, ...shaped<iam.PolicyArgs>(transform.discoveryPolicy, args, child));
}
