import * as route53 from "@pulumi/aws/route53";
import type * as pulumi from "@pulumi/pulumi";
import type { Problems } from "../lib/problems";
import { type Tags, tagged } from "../lib/tags";
import { shaped, type Transform } from "../lib/transform";
import type { CertificateSource } from "./certificate";
import { Exposure } from "./load-balancer";

/**
 * A private hosted zone for the name of an internal load balancer, so that the public DNS knows nothing of it.
 *
 * The certificate is proved in the public zone all the same: ACM asks the public DNS.
 */
export interface PrivateZoneArgs {
  /**
   * Private hosted zone of the VPC that the load balancer's name belongs to.
   * @default one is made
   */
  readonly hostedZoneId?: pulumi.Input<string>;
  /**
   * Domain of the zone that is made: the load balancer's name, or what it ends in. In the VPC the zone hides all public
   * names of that domain. Not together with `hostedZoneId`.
   * @default the load balancer's name, so that nothing else is hidden
   */
  readonly zoneName?: string;
}

/** The last word on a private hosted zone. */
export interface PrivateZoneTransforms {
  /** The zone that is made. */
  readonly privateZone?: Transform<route53.ZoneArgs>;
}

/** Where the name of a load balancer is kept. */
export type NamePlace =
  | { readonly kind: "none" }
  | {
      readonly kind: "existing";
      readonly domainName: string;
      readonly furtherNames: readonly string[];
      readonly hostedZoneId: pulumi.Input<string>;
    }
  | {
      readonly kind: "made";
      readonly domainName: string;
      readonly furtherNames: readonly string[];
      readonly zoneName: string;
    };

/** Settles which zone the load balancer's name is kept in, and notes what is wrong with it. */
export function settleNamePlace(
  args: PrivateZoneArgs | undefined,
  certificate: CertificateSource,
  exposure: Exposure,
  problems: Problems,
): NamePlace {
  const furtherNames = furtherNamesOf(certificate);
  if (!args) {
    if (certificate.kind === "given") return { kind: "none" };
    const { domainName, hostedZoneId } = certificate;
    return { kind: "existing", domainName, furtherNames, hostedZoneId };
  }
  const { hostedZoneId, zoneName } = args;
  const domainName = certificate.kind === "given" ? certificate.hostName : certificate.domainName;
  problems.unless(
    exposure === Exposure.Internal,
    "privateZone",
    `needs exposure "${Exposure.Internal}", got "${exposure}"`,
  );
  problems.unless(
    domainName !== undefined,
    "privateZone",
    "needs domainName, or hostName beside certificateArn, got neither",
  );
  problems.unless(
    hostedZoneId === undefined || zoneName === undefined,
    "privateZone.zoneName",
    "takes the place of hostedZoneId, got both",
  );
  if (domainName === undefined) return { kind: "none" };
  if (hostedZoneId !== undefined) return { kind: "existing", domainName, furtherNames, hostedZoneId };
  const made = zoneName ?? domainName;
  for (const host of [domainName, ...furtherNames]) {
    problems.unless(
      host === made || host.endsWith(`.${made}`),
      "privateZone.zoneName",
      `must be "${host}" or what it ends in after a dot, got ${JSON.stringify(made)}`,
    );
  }
  return { kind: "made", domainName, furtherNames, zoneName: made };
}

/** Names besides the first that have records: not wildcards. */
function furtherNamesOf(certificate: CertificateSource): string[] {
  if (certificate.kind === "given") return [];
  return certificate.alternativeNames.filter((each) => !each.startsWith("*"));
}

/** A name and the zone its records are in. */
export interface PlacedName {
  readonly domainName: string;
  /** Alternative names, but for wildcards. */
  readonly furtherNames: readonly string[];
  readonly hostedZoneId: pulumi.Input<string>;
}

/**
 * Creates the private zone, if one is to be made, and says where the name's records go.
 *
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/hosted-zones-private.html
 */
export function addPrivateZone(
  name: string,
  place: NamePlace,
  vpcId: pulumi.Input<string>,
  tags: Tags | undefined,
  transform: PrivateZoneTransforms,
  child: pulumi.CustomResourceOptions,
): PlacedName | undefined {
  if (place.kind === "none") return undefined;
  const { domainName, furtherNames } = place;
  if (place.kind === "existing") return { domainName, furtherNames, hostedZoneId: place.hostedZoneId };
  const own = `${name}-zone`;
  const zone = new route53.Zone(
    own,
    ...shaped<route53.ZoneArgs>(
      transform.privateZone,
      {
        name: place.zoneName,
        comment: `Names of ${name} inside its VPC`,
        vpcs: [{ vpcId }],
        tags: tagged(own, tags),
      },
      child,
    ),
  );
  return { domainName, furtherNames, hostedZoneId: zone.zoneId };
}
