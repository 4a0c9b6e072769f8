import { getManagedPrefixListOutput } from "@pulumi/aws/ec2/getManagedPrefixList";
import type { SecurityGroupIngressRuleArgs } from "@pulumi/aws/vpc";
import type * as pulumi from "@pulumi/pulumi";
import { checkWhole } from "../lib/bounds";
import { checkKeys } from "../lib/child-names";
import { checkOneOf } from "../lib/closed-set";
import { blockSource, checkIngressBlocks, type IngressSource } from "../lib/ingress-rules";
import { ipv6Source } from "../lib/ipv6-ingress";
import {
  defaultRuleQuota,
  originFacingEntries,
  originFacingName,
  portsFor,
  prefixListEntries,
  rulesFor,
} from "../lib/origin-lockdown";
import type { Problems } from "../lib/problems";
import { Exposure } from "./load-balancer";

/** Security groups by a name of the caller's. A type alias, since to other languages an interface would be empty. */
export type IngressSecurityGroups = { [name: string]: pulumi.Input<string> };

/** A prefix list whose addresses may connect. */
export interface IngressPrefixListArgs {
  /** Id of the list: `pl-0123456789abcdef0`. */
  readonly id: pulumi.Input<string>;
  /**
   * Entries the list may have, 1 to 1000: AWS counts a rule for each, whether they are there or not.
   * @see https://docs.aws.amazon.com/vpc/latest/userguide/managed-prefix-lists.html
   */
  readonly maxEntries: number;
}

/** Prefix lists by a name of the caller's. */
export type IngressPrefixLists = { [name: string]: IngressPrefixListArgs };

/** Networks that a CDN's requests come from. */
export const OriginNetwork = {
  /** Amazon CloudFront, by the list that AWS keeps. */
  CloudFront: "cloudfront",
  /** Another one, by a list of your own. */
  Given: "given",
} as const;
export type OriginNetwork = (typeof OriginNetwork)[keyof typeof OriginNetwork];

/** Who is let through to a load balancer behind a CDN. The secret header is for the web ACL to check. */
export interface OriginLockdownArgs {
  /**
   * Whose network the requests come from.
   * @default "cloudfront"
   */
  readonly prefixList?: OriginNetwork;
  /**
   * Id of that network's prefix list in the load balancer's region. Has to be said for "given".
   * @default for "cloudfront" looked up by its name
   */
  readonly prefixListId?: pulumi.Input<string>;
  /**
   * Entries a given list may have, 1 to 1000: AWS counts a rule for each. CloudFront's counts as 55.
   * @see https://docs.aws.amazon.com/vpc/latest/userguide/working-with-aws-managed-prefix-lists.html
   */
  readonly maxEntries?: number;
}

/** What says who may connect. */
export interface SourceArgs {
  readonly exposure?: Exposure;
  readonly ingressCidrBlocks?: string[];
  readonly ingressSecurityGroups?: IngressSecurityGroups;
  readonly ingressPrefixLists?: IngressPrefixLists;
  readonly ingressRuleQuota?: number;
  readonly originLockdown?: OriginLockdownArgs;
  readonly webAclArn?: pulumi.Input<string>;
}

type SourceRule = Pick<
  SecurityGroupIngressRuleArgs,
  "cidrIpv4" | "cidrIpv6" | "prefixListId" | "referencedSecurityGroupId"
>;

/** Who may connect, and what a security group's rule says about it. */
export interface ClientSource extends IngressSource {
  readonly ruleFor: (invoke: pulumi.InvokeOutputOptions) => SourceRule;
}

/** Who may connect, and to which ports. */
export interface Clients {
  readonly sources: ClientSource[];
  readonly ports: readonly number[];
}

/** Checks who may connect and settles the defaults. */
export function settleSources(
  args: SourceArgs,
  ipv6CidrBlocks: readonly string[],
  problems: Problems,
): Clients {
  const { exposure = Exposure.Internet, originLockdown, ingressRuleQuota = defaultRuleQuota } = args;
  const groups = args.ingressSecurityGroups ?? {};
  const lists = args.ingressPrefixLists ?? {};
  const cidrBlocks = settleBlocks(exposure, args, problems);
  checkKeys(groups, "ingressSecurityGroups", problems);
  checkLists(lists, problems);
  checkLockdown(args, problems);
  checkWhole(ingressRuleQuota, [1, 1000], "ingressRuleQuota", problems);
  const lockdownEntries = originLockdown && (originLockdown.maxEntries ?? originFacingEntries);
  const rules = rulesFor({
    cidrBlocks: cidrBlocks.length,
    ipv6CidrBlocks: ipv6CidrBlocks.length,
    securityGroups: Object.keys(groups).length,
    listEntries: Object.values(lists).map(({ maxEntries }) => maxEntries),
    lockdownEntries,
  });
  const ports = portsFor(originLockdown !== undefined);
  const reason = `must be ${rules} or more for these sources at port ${ports.join(" and ")}, got ${ingressRuleQuota}`;
  problems.unless(rules <= ingressRuleQuota, "ingressRuleQuota", reason);
  return {
    sources: [
      ...cidrBlocks.map(fromBlock),
      ...ipv6CidrBlocks.map(fromIpv6Block),
      ...Object.entries(groups).map(fromGroup),
      ...Object.entries(lists).map(fromList),
      ...(originLockdown ? [fromCdn(originLockdown)] : []),
    ],
    ports,
  };
}

/** Whether somebody else than blocks of addresses is named. */
export function namesOthers(args: SourceArgs): boolean {
  const { ingressSecurityGroups = {}, ingressPrefixLists = {}, originLockdown } = args;
  const named = { ...ingressSecurityGroups, ...ingressPrefixLists };
  return originLockdown !== undefined || Object.keys(named).length > 0;
}

/** What the whole internet among the clients would contradict. */
export function closedBy({ exposure = Exposure.Internet, originLockdown }: SourceArgs): string | undefined {
  if (exposure !== Exposure.Internet) return 'for exposure "internal"';
  return originLockdown ? "beside originLockdown" : undefined;
}

function settleBlocks(exposure: Exposure, args: SourceArgs, problems: Problems): string[] {
  const { ingressCidrBlocks: given } = args;
  const others = namesOthers(args);
  // Which networks belong together is not for a component to guess.
  const cidrBlocks = given ?? (exposure === Exposure.Internet && !others ? ["0.0.0.0/0"] : []);
  problems.unless(
    cidrBlocks.length > 0 || others,
    "ingressCidrBlocks",
    `needs 1 or more for exposure "${exposure}", got ${given === undefined ? "none" : 0}`,
  );
  checkIngressBlocks(cidrBlocks, closedBy(args), problems);
  return cidrBlocks;
}

function checkLists(lists: IngressPrefixLists, problems: Problems): void {
  checkKeys(lists, "ingressPrefixLists", problems);
  for (const [name, { maxEntries }] of Object.entries(lists)) {
    checkWhole(maxEntries, prefixListEntries, `ingressPrefixLists.${name}.maxEntries`, problems);
  }
}

function checkLockdown(
  { originLockdown, ingressPrefixLists = {}, webAclArn }: SourceArgs,
  problems: Problems,
): void {
  if (!originLockdown) return;
  const { prefixList = OriginNetwork.CloudFront, prefixListId, maxEntries } = originLockdown;
  checkOneOf(OriginNetwork, prefixList, "originLockdown.prefixList", problems);
  problems.unless(
    webAclArn !== undefined,
    "originLockdown",
    "needs webAclArn, a web ACL that checks the secret header: other people's distributions come from the same addresses",
  );
  if (prefixList === OriginNetwork.Given) {
    const id = "originLockdown.prefixListId";
    problems.unless(
      prefixListId !== undefined,
      id,
      'needs the id of a list for prefixList "given", got none',
    );
    checkWhole(maxEntries ?? 0, prefixListEntries, "originLockdown.maxEntries", problems);
  } else {
    const reason = `must be left out for prefixList "${prefixList}", got ${maxEntries}`;
    problems.unless(maxEntries === undefined, "originLockdown.maxEntries", reason);
  }
  const path = `ingressPrefixLists.${prefixList}`;
  const free = !Object.hasOwn(ingressPrefixLists, prefixList);
  problems.unless(free, path, "must have another name beside originLockdown");
}

function fromBlock(cidrBlock: string): ClientSource {
  return { ...blockSource(cidrBlock), ruleFor: () => ({ cidrIpv4: cidrBlock }) };
}

function fromIpv6Block(cidrBlock: string): ClientSource {
  return { ...ipv6Source(cidrBlock), ruleFor: () => ({ cidrIpv6: cidrBlock }) };
}

function fromGroup([name, id]: [string, pulumi.Input<string>]): ClientSource {
  return {
    key: `group-${name}`,
    from: `security group ${name}`,
    ruleFor: () => ({ referencedSecurityGroupId: id }),
  };
}

function fromList([name, { id }]: [string, IngressPrefixListArgs]): ClientSource {
  return {
    key: `list-${name}`,
    from: `prefix list ${name}`,
    ruleFor: () => ({ prefixListId: id }),
  };
}

function fromCdn({ prefixList = OriginNetwork.CloudFront, prefixListId }: OriginLockdownArgs): ClientSource {
  return {
    key: `list-${prefixList}`,
    from: prefixList === OriginNetwork.CloudFront ? "CloudFront" : "the CDN",
    ruleFor: (invoke) => ({
      prefixListId: prefixListId ?? getManagedPrefixListOutput({ name: originFacingName }, invoke).id,
    }),
  };
}
