import * as wafv2 from "@pulumi/aws/wafv2";
import * as pulumi from "@pulumi/pulumi";
import { addressListOf, checkAddressList } from "../lib/address-list";
import { checkWhole } from "../lib/bounds";
import { checkName, checkNamePrefix } from "../lib/child-names";
import { checkOneOf } from "../lib/closed-set";
import { capacityUnits } from "../lib/firewall-limits";
import { shortName } from "../lib/names";
import { Problems } from "../lib/problems";
import { type Tags, tagged } from "../lib/tags";
import { shaped, type Transform } from "../lib/transform";
import { type AddressSetTransforms, addAddressSets } from "./address-sets";
import { type ForwardedIpArgs, settleForwardedIp } from "./forwarded-ip";
import {
  addLogs,
  dataProtection,
  type FirewallLogs,
  type FirewallLogsArgs,
  type FirewallLogTransforms,
  settleLogs,
} from "./logging";
import { type ManagedGroupsArgs, settleManagedGroups } from "./managed-groups";
import { FirewallMode } from "./mode";
import {
  checkedValue,
  concealed,
  type OriginHeader,
  type OriginHeaderArgs,
  settleOriginHeader,
} from "./origin-header";
import { type RateLimitArgs, settleRateLimit } from "./rate-limit";
import { type FirewallPlan, firewallRules, responses, type SetArns } from "./rules";

/** What a web firewall turns away. */
export interface WebFirewallArgs {
  /**
   * What names in AWS begin with: letters, digits and hyphens, 32 at most. Two stacks of one account and region need
   * different ones.
   * @default named by the provider
   */
  readonly namePrefix?: string;
  /**
   * Whether it acts. In a trial everything but the lists of allowed addresses and the secret header only counts.
   * @default "block"
   */
  readonly mode?: FirewallMode;
  /**
   * How many requests one client may send.
   * @default 1000 in 60 seconds
   */
  readonly rateLimit?: RateLimitArgs;
  /**
   * AWS's groups of rules.
   * @default ipReputation, knownBadInputs, common and sqlInjection
   */
  readonly managedGroups?: ManagedGroupsArgs;
  /**
   * Addresses that no other rule looks at, in CIDR notation, IPv4 and IPv6: 10,000 blocks of each at most.
   * @default none
   */
  readonly allowCidrBlocks?: string[];
  /**
   * Addresses that are turned away, in CIDR notation, IPv4 and IPv6: 10,000 blocks of each at most.
   * @default none
   */
  readonly blockCidrBlocks?: string[];
  /**
   * Where a client's address is when a CDN stands before the load balancer.
   * @default the address the connection comes from
   */
  readonly forwardedIp?: ForwardedIpArgs;
  /**
   * A secret header without which nobody gets in: the CDN sends it.
   * @default none
   */
  readonly originHeader?: OriginHeaderArgs;
  /**
   * How its decisions are logged.
   * @default what a rule matched, for 90 days
   */
  readonly logs?: FirewallLogsArgs;
  /**
   * Units of capacity (WCU) it may take, 1 to 5000. Above 1500 AWS charges more for each request.
   * @default 1500
   * @see https://docs.aws.amazon.com/waf/latest/developerguide/aws-waf-capacity-units.html
   */
  readonly maxCapacityUnits?: number;
  /** Added to every child that can carry tags. */
  readonly tags?: Tags;
}

/** The last word on each child of a web firewall. */
export interface WebFirewallTransforms extends AddressSetTransforms, FirewallLogTransforms {
  /** The web ACL itself. Rules have priorities 0, 10, 20, 30 and, from 100 in tens, the managed groups. */
  readonly webAcl?: Transform<wafv2.WebAclArgs>;
}

/** Resource options, and the last word on each child. */
export interface WebFirewallOptions extends pulumi.ComponentResourceOptions {
  readonly transform?: WebFirewallTransforms;
}

/** A web firewall's arguments, checked and with every default in place. */
interface Plan extends FirewallPlan {
  readonly logs: FirewallLogs;
}

/**
 * A web ACL of AWS WAF for load balancers: a limit for each client, AWS's groups of rules, lists of addresses, and a log.
 *
 * Creates `<name>-acl`; `<name>-logs`, a log group, and `<name>-logging`; and for each list and kind of address
 * `<name>-allow-ipv4`, `<name>-allow-ipv6`, `<name>-block-ipv4` and `<name>-block-ipv6`.
 *
 * It stands before nothing yet: give `webAclArn` to an `AppLoadBalancer`.
 *
 * @throws {ArgumentError} for numbers out of range, addresses or paths that are malformed, versions of groups that have
 * none, rules that take more capacity than allowed, or names with characters AWS does not take.
 */
export class WebFirewall extends pulumi.ComponentResource {
  /** ARN of the web ACL. */
  readonly webAclArn: pulumi.Output<string>;
  /** Name of the web ACL. */
  readonly webAclName: pulumi.Output<string>;
  /** What its metrics are called: the dimension `WebACL` in the namespace `AWS/WAFV2`. */
  readonly metricName: pulumi.Output<string>;
  /** Log group of its decisions; empty if it logs nothing. */
  readonly logGroupName: pulumi.Output<string>;

  constructor(name: string, args: WebFirewallArgs = {}, opts: WebFirewallOptions = {}) {
    const { transform = {}, ...resourceOpts } = opts;
    super("evenkeel:index:WebFirewall", name, withoutSecrets(args), resourceOpts);

    const problems = new Problems();
    const plan = settle(name, args, problems);
    problems.throwFor(this);

    const child = { parent: this };
    const { namePrefix, tags } = args;
    const site = { name, namePrefix, tags, transform, child };
    const sets = {
      allowed: addAddressSets(site, "allow", plan.allowed),
      blocked: addAddressSets(site, "block", plan.blocked),
    };
    const sealed = { ...plan, originHeader: seal(plan.originHeader, this) };
    const acl = addWebAcl(name, namePrefix, sealed, sets, tags, transform, child);
    this.webAclArn = acl.arn;
    this.webAclName = acl.name;
    this.metricName = pulumi.output(plan.metric);

    const group = addLogs(name, namePrefix, acl.arn, plan.logs, tags, transform, child);
    this.logGroupName = group ? group.name : pulumi.output("");

    this.registerOutputs({
      webAclArn: this.webAclArn,
      webAclName: this.webAclName,
      metricName: this.metricName,
      logGroupName: this.logGroupName,
    });
  }
}

// https://docs.aws.amazon.com/waf/latest/APIReference/API_CreateWebACL.html
const longestName = 128;
const longestPrefix = 32;
/** What a rule adds to the name of a metric, with room for the longest. */
const longestRuleName = 24;

function withoutSecrets(args: WebFirewallArgs): WebFirewallArgs {
  return args.originHeader ? { ...args, originHeader: concealed(args.originHeader) } : args;
}

function settle(name: string, args: WebFirewallArgs, problems: Problems): Plan {
  const {
    namePrefix,
    mode = FirewallMode.Block,
    allowCidrBlocks = [],
    blockCidrBlocks = [],
    maxCapacityUnits = capacityUnits.included,
  } = args;
  checkName(name, "-allow-ipv4", longestName - longestPrefix - 1, problems);
  checkNamePrefix(namePrefix, longestPrefix, problems);
  checkOneOf(FirewallMode, mode, "mode", problems);
  checkAddressList(allowCidrBlocks, "allowCidrBlocks", problems);
  checkAddressList(blockCidrBlocks, "blockCidrBlocks", problems);
  const originHeader = settleOriginHeader(args.originHeader, problems);
  const plan = {
    metric: metricOf(name, namePrefix),
    mode,
    originHeader,
    allowed: addressListOf(allowCidrBlocks),
    blocked: addressListOf(blockCidrBlocks),
    rateLimit: settleRateLimit(args.rateLimit ?? {}, problems),
    groups: settleManagedGroups(args.managedGroups ?? {}, problems),
    forwarded: settleForwardedIp(args.forwardedIp, problems),
    logs: settleLogs(args.logs ?? {}, originHeader?.name, problems),
  };
  checkCapacity(plan, maxCapacityUnits, problems);
  return plan;
}

/** Stacks of one account and region share the metrics of one name. */
function metricOf(name: string, namePrefix: string | undefined): string {
  const start = namePrefix ?? `${pulumi.getProject()}-${pulumi.getStack()}`.replace(/[^A-Za-z0-9]+/g, "-");
  return shortName(`${start}-${name}`, longestName - longestRuleName);
}

function checkCapacity(plan: FirewallPlan, max: number, problems: Problems): void {
  const path = "maxCapacityUnits";
  if (!checkWhole(max, [1, capacityUnits.most], path, problems) || problems.found.length > 0) return;
  // What a rule takes does not depend on which set of addresses it names.
  const arns = (list: FirewallPlan["allowed"]) =>
    Object.values(list)
      .filter((blocks) => blocks.length > 0)
      .map(() => "");
  const rules = firewallRules(plan, { allowed: arns(plan.allowed), blocked: arns(plan.blocked) });
  const sum = rules.reduce((total, { capacity }) => total + capacity, 0);
  problems.unless(sum <= max, path, `must be ${sum} or more for these rules, got ${max}`);
}

/** The secret header with its values on their way to AWS. */
function seal(header: OriginHeader | undefined, resource: pulumi.Resource): OriginHeader | undefined {
  if (!header) return undefined;
  const paths = ["originHeader.value", "originHeader.formerValue"];
  const values = header.values.map((value, index) => checkedValue(value, paths[index] ?? "", resource));
  return { ...header, values };
}

function addWebAcl(
  name: string,
  namePrefix: string | undefined,
  plan: Plan,
  arns: SetArns,
  tags: Tags | undefined,
  transform: WebFirewallTransforms,
  child: pulumi.CustomResourceOptions,
): wafv2.WebAcl {
  const own = `${name}-acl`;
  const bodies = [
    ...(plan.originHeader ? [{ key: responses.forbidden, content: "Forbidden" }] : []),
    ...(plan.rateLimit ? [{ key: responses.tooMany, content: plan.rateLimit.responseBody }] : []),
  ];
  return new wafv2.WebAcl(
    own,
    ...shaped(
      transform.webAcl,
      {
        ...(namePrefix === undefined ? {} : { name: `${namePrefix}-${name}` }),
        scope: "REGIONAL",
        defaultAction: { allow: {} },
        rules: firewallRules(plan, arns).map(({ rule }) => rule),
        customResponseBodies: bodies.map((body) => ({ ...body, contentType: "TEXT_PLAIN" })),
        ...dataProtection(plan.logs),
        visibilityConfig: {
          cloudwatchMetricsEnabled: true,
          metricName: plan.metric,
          sampledRequestsEnabled: true,
        },
        tags: tagged(own, tags),
      },
      // The provider answers with the rules as a set, in an order of its own: none of it may be read.
      plan.originHeader ? { ...child, additionalSecretOutputs: ["rules"] } : child,
    ),
  );
}
