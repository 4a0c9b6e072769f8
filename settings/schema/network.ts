import { z } from "zod";
import { parseBlock, startOf } from "../../components/lib/ipv4-block";
import { logRetentionDays } from "../../components/lib/log-retention";
import { mostZones, regionOf } from "../../components/lib/zone-names";
import type { EnvironmentDefaults } from "../environments";
import { list, oneNumberOf, oneOf, secretable, section, tested } from "../vocabulary";

const widestVpc = 16;
const narrowestVpc = 24;

function isVpcBlock(value: string): boolean {
  const block = parseBlock(value);
  if (!block) return false;
  const fits = block.prefix >= widestVpc && block.prefix <= narrowestVpc;
  return fits && startOf(block).first === block.first;
}

function zone(region: string | undefined) {
  const isZone = (name: string) => {
    const own = regionOf(name);
    return own !== undefined && own === (region ?? own);
  };
  const example = `such as "${region ?? "us-east-1"}a"`;
  return tested(isZone, `an availability zone${region === undefined ? "" : " of aws:region"} ${example}`);
}

const natMode = oneOf(["perZone", "single", "none"]).describe(
  "How private subnets reach the internet: a NAT gateway in each zone, one for all, or none.",
);

const natBlock = section({
  mode: natMode,
  elasticIpIds: list(
    secretable(/^eipalloc-[0-9a-f]+$/, 'an Elastic IP allocation id such as "eipalloc-0123456789abcdef0"'),
    "Elastic IP allocation ids",
    1,
    mostZones,
  )
    .describe("Elastic IP addresses for the gateways, in the order of the zones. Left out: new addresses.")
    .optional(),
});

/** Where the stack stands. Without a region, zones may be in any. */
export function networkSchema(defaults: EnvironmentDefaults, region?: string) {
  return section({
    zones: list(zone(region), "availability zones", 2, mostZones).describe(
      "Availability zones, all of the stack's region. Add to the end only: subnets are known by their zone's position.",
    ),
    cidrBlock: tested(
      isVpcBlock,
      `an IPv4 block from /${widestVpc} to /${narrowestVpc} that begins at its first address, such as "10.0.0.0/16"`,
    )
      .default("10.0.0.0/16")
      .describe(
        "Addresses of the VPC, a /16 to a /24. A /22 or wider has room for any number of zones, a /23 for 4, a /24 for 2. Cannot be changed later.",
      ),
    nat: z
      .union([natMode, natBlock], {
        error: 'must be "perZone", "single", "none" or a map with mode and elasticIpIds',
      })
      .meta({ allowed: '"perZone", "single", "none", or a map' })
      .default(defaults.nat)
      .describe(
        "How private subnets reach the internet: a NAT gateway in each zone, one for all, or none; as a word, or as a map where addresses are given.",
      ),
    isolatedSubnets: oneOf(["none", "perZone"])
      .default("none")
      .describe("Whether each zone gets a subnet without a route out of the VPC, for data stores."),
    uses: list(oneOf(["ssm", "ecr", "logs", "monitoring", "secretsManager"]), "services", 0, 5)
      .default([])
      .describe(
        "AWS services that instances reach through interface endpoints, billed by the hour and zone. S3 and DynamoDB always have one, for free.",
      ),
    flowLogRetentionDays: oneNumberOf(logRetentionDays, "a number of days CloudWatch Logs offers:")
      .default(defaults.flowLogRetentionDays)
      .describe("Days the record of network traffic is kept."),
  });
}

/** What a stack says of its network, defaults in place. */
export type NetworkConfig = z.output<ReturnType<typeof networkSchema>>;
