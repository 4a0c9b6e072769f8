import { dnsSuffixOf, partitionOf } from "./ids";

/** What AWS says about a region. */
interface Region {
  /** Name people know it by. */
  readonly description: string;
  /** Start of its zone ids: `use1` in `use1-az1`. */
  readonly short: string;
  /** Hosted zone of its application load balancers. */
  readonly balancerZone: string;
  /** Account its load balancers write logs from. */
  readonly logAccount: string;
  /** Letters of the zones every account sees. */
  readonly zones: string;
}

const region = (
  description: string,
  short: string,
  balancerZone: string,
  logAccount: string,
  zones = "abc",
): Region => ({ description, short, balancerZone, logAccount, zones });

// https://docs.aws.amazon.com/general/latest/gr/elb.html and
// https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html
const regions: { readonly [name: string]: Region } = {
  "ap-northeast-1": region("Asia Pacific (Tokyo)", "apne1", "Z14GRHDCWA56QT", "582318560864", "acd"),
  "ap-northeast-2": region("Asia Pacific (Seoul)", "apne2", "ZWKZPGTI48KDX", "600734575887", "abcd"),
  "ap-south-1": region("Asia Pacific (Mumbai)", "aps1", "ZP97RAFLXTNZK", "718504428378"),
  "ap-southeast-1": region("Asia Pacific (Singapore)", "apse1", "Z1LMS91P8CMLE5", "114774131450"),
  "ap-southeast-2": region("Asia Pacific (Sydney)", "apse2", "Z1GM3OXH4ZPM65", "783225319266"),
  "ca-central-1": region("Canada (Central)", "cac1", "ZQSVJUPU6J1EY", "985666609251", "abd"),
  "eu-central-1": region("Europe (Frankfurt)", "euc1", "Z215JYRZR1TBD5", "054676820928"),
  "eu-north-1": region("Europe (Stockholm)", "eun1", "Z23TAZ6LKFMNIO", "897822967062"),
  "eu-west-1": region("Europe (Ireland)", "euw1", "Z32O12XQLNTSW2", "156460612806"),
  "eu-west-2": region("Europe (London)", "euw2", "ZHURV8PSTC4K8", "652711504416"),
  "eu-west-3": region("Europe (Paris)", "euw3", "Z3Q77PNBQS71R4", "009996457667"),
  "sa-east-1": region("South America (Sao Paulo)", "sae1", "Z2P70J7HTTTPLU", "507241528517"),
  "us-east-1": region("US East (N. Virginia)", "use1", "Z35SXDOTRQ7X7K", "127311923021", "abcdef"),
  "us-east-2": region("US East (Ohio)", "use2", "Z3AADJGX6KTTL2", "033677994240"),
  "us-west-1": region("US West (N. California)", "usw1", "Z368ELLRRE2KJ0", "027434742980", "ac"),
  "us-west-2": region("US West (Oregon)", "usw2", "Z1H1FL5HABSF5", "797873946194", "abcd"),
};

/** What is known of a region; of one the model has no facts about, something of the right shape. */
export function placeOf(name: string): Region {
  if (isKnownRegion(name)) return regions[name] as Region;
  return region(name, name.replaceAll("-", ""), "Z00000000000000000000", "000000000000");
}

/** Whether the model has facts about a region. */
export function isKnownRegion(name: string): boolean {
  return Object.hasOwn(regions, name);
}

/** Names of a region's zones. */
export function zonesOf(name: string): string[] {
  return [...placeOf(name).zones].map((letter) => `${name}${letter}`);
}

/** A zone's id, the same in every account, for the zone of the model's account. */
export function zoneIdOf(zone: string): string {
  const name = zone.replace(/[a-z]$/, "");
  const place = placeOf(name);
  return `${place.short}-az${Math.max(0, place.zones.indexOf(zone.slice(-1))) + 1}`;
}

/** Where something is: enough for an ARN. */
export interface Where {
  readonly region: string;
  readonly accountId: string;
}

/** An ARN in a region. */
export function arnOf(service: string, { region: name, accountId }: Where, resource: string): string {
  return `arn:${partitionOf(name)}:${service}:${name}:${accountId}:${resource}`;
}

/** An ARN of a service that knows no regions. */
export function globalArnOf(service: string, { region: name, accountId }: Where, resource: string): string {
  return `arn:${partitionOf(name)}:${service}::${accountId}:${resource}`;
}

/** A host name of a service in a region. */
export function hostOf(service: string, name: string): string {
  return `${service}.${name}.${dnsSuffixOf(name)}`;
}
