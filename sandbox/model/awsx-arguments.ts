import { isMarked } from "../monitor/marks";
import { type Bag, bags, holdsUnknown, isUnknown, knownNumber, knownText, knownTexts } from "../values";
import { addressFault, hostFault } from "./awsx-gateways";
import { layOut, type PlannedSubnet, zoneSuffix } from "./awsx-layout";
import type { Checked } from "./components";
import { ConstructionFault, plain, type Source } from "./planned";

const fault = (reason: string, property?: string) =>
  new ConstructionFault([property === undefined ? { reason } : { property, reason }]);

/** What is settled before the first child. */
export interface Settled {
  readonly zones: readonly string[];
  readonly subnets: readonly PlannedSubnet[];
  readonly report: Bag[];
  /** How many NAT gateways, by awsx's name for it. */
  readonly strategy: string;
  /** Number of addresses given. */
  readonly addresses: number;
  readonly cidrBlock: Source;
  /** Whether something in the specs is not known yet. */
  readonly unsettled: boolean;
}

/** What the provider says where a region has too few zones. */
function tooFewZones(count: number): string {
  return (
    `The configured region for this provider does not have at least ${count} Availability Zones. Either specify an ` +
    `explicit list of zones in availabilityZoneNames or choose a region with at least ${count} AZs.`
  );
}

/** Why the address pools asked for cannot be used, if they cannot. */
function refusePools({ cidrBlock, ipv4IpamPoolId, ipv4NetmaskLength }: Bag): void {
  if (ipv4IpamPoolId === undefined) return;
  if (cidrBlock !== undefined && ipv4NetmaskLength !== undefined) {
    throw fault("Only one of 'cidrBlock', 'ipv4NetmaskLength' is allowed.");
  }
  if (cidrBlock !== undefined) return;
  if (ipv4NetmaskLength === undefined) {
    throw fault(
      "If 'ipv4IpamPoolId' is specified, 'ipv4NetmaskLength' or 'cidrBlock' must also be specified.",
    );
  }
  throw fault(
    "the model of AWS does not know blocks handed out by a pool: use cidrBlock",
    "ipv4NetmaskLength",
  );
}

/** The zones subnets are made in. */
function zonesFor({ inputs, given, zones }: Checked): readonly string[] {
  const { availabilityZoneNames, numberOfAvailabilityZones } = inputs;
  if (isUnknown(availabilityZoneNames)) {
    throw fault("must be known before anything is made", "availabilityZoneNames");
  }
  const named = knownTexts(availabilityZoneNames);
  if (named && numberOfAvailabilityZones !== undefined) {
    throw fault("Only one of [availabilityZoneNames] and [numberOfAvailabilityZones] can be specified");
  }
  if (named) return named;
  const region = given.at("region");
  if (isMarked(region) || isUnknown(region)) {
    throw fault(
      "Vpc.region must be a plain string when availabilityZoneNames is not set. If region is dynamic, specify availabilityZoneNames explicitly.",
    );
  }
  const wanted = knownNumber(numberOfAvailabilityZones) ?? 3;
  if (zones.length < wanted) throw fault(tooFewZones(wanted));
  return zones.slice(0, wanted);
}

/** Name tags that end in the zone need zones that end differently. */
function refuseLikeZones(zones: readonly string[]): void {
  for (const [index, zone] of zones.entries()) {
    const other = zones.slice(0, index).find((earlier) => zoneSuffix(earlier) === zoneSuffix(zone));
    if (other === undefined) continue;
    throw fault(
      'subnetNameTagStrategy="AvailabilityZone" requires availability zones with distinct suffixes, but ' +
        `"${other}" and "${zone}" both reduce to "${zoneSuffix(zone)}".`,
    );
  }
}

/**
 * Settles what decides which children there are.
 *
 * @throws {ConstructionFault} for what the provider refuses, in its order and its words.
 */
export function settle(construction: Checked): Settled {
  const { name, inputs, given } = construction;
  refusePools(inputs);
  if (bags(inputs.vpcEndpointSpecs).length > 0) {
    throw fault("the model of AWS does not know it: use aws.ec2.VpcEndpoint", "vpcEndpointSpecs");
  }
  const zones = zonesFor(construction);
  const nat = bags(inputs.natGateways)[0] ?? {};
  const strategy = knownText(nat.strategy) ?? "OnePerAz";
  const addresses = Array.isArray(nat.elasticIpAllocationIds) ? nat.elasticIpAllocationIds.length : 0;
  const unfit = addressFault(strategy, addresses, zones.length);
  if (unfit !== undefined) throw fault(unfit);
  if (inputs.subnetNameTagStrategy === "AvailabilityZone") refuseLikeZones(zones);

  const { cidrBlock = "10.0.0.0/16" } = inputs;
  const { subnets, report } = layOut(name, inputs, zones, knownText(cidrBlock));
  const homeless = hostFault(strategy, subnets);
  if (homeless !== undefined) throw fault(homeless);
  const block = inputs.cidrBlock === undefined ? plain(cidrBlock) : given.source("cidrBlock");
  const unsettled = holdsUnknown(inputs.subnetSpecs);
  return { zones, subnets, report, strategy, addresses, cidrBlock: block, unsettled };
}
