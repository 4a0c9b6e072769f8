import * as pulumi from "@pulumi/pulumi";
import { checkWhole } from "../lib/bounds";
import { checkName, checkNamePrefix } from "../lib/child-names";
import { checkOneOf } from "../lib/closed-set";
import { Problems } from "../lib/problems";
import type { Tags } from "../lib/tags";
import type { TlsArgs } from "../lib/tls-intent";
import {
  type AccessLogs,
  type AccessLogsArgs,
  type AccessLogTransforms,
  addAccessLogBucket,
  type MoreLogsArgs,
  settleAccessLogs,
} from "./access-logs";
import { type IpAddressType, settleAddressing } from "./addressing";
import { addAliasRecords } from "./certificate";
import {
  addLoadBalancer,
  type BalancerPlan,
  type BalancerTransforms,
  DeletionProtection,
  Exposure,
  settleCapacity,
} from "./load-balancer";
import type { MutualTlsArgs } from "./mutual-tls";
import { addOutbound, Outbound } from "./outbound";
import {
  addPrivateZone,
  type NamePlace,
  type PrivateZoneArgs,
  type PrivateZoneTransforms,
  settleNamePlace,
} from "./private-zone";
import { addSecurityGroup, type SecurityGroupTransforms } from "./security-group";
import {
  type Clients,
  type IngressPrefixLists,
  type IngressSecurityGroups,
  type OriginLockdownArgs,
  settleSources,
} from "./sources";
import { addTransport, settleTransport, type Transport, type TransportTransforms } from "./transport";
import { addWebAclAssociation, type WebAclTransforms } from "./web-acl";

/** A load balancer's place, certificate and limits. */
export interface AppLoadBalancerArgs {
  /** VPC of the subnets. */
  readonly vpcId: pulumi.Input<string>;
  /** Subnets to stand in: one per zone, at least two. Public ones for exposure "internet". */
  readonly subnetIds: pulumi.Input<string>[];
  /**
   * What names in AWS begin with: letters, digits and hyphens, 32 at most. Two stacks of one account and region need
   * different ones.
   * @default named by the provider
   */
  readonly namePrefix?: string;
  /**
   * Who can reach it. Changing it deletes the load balancer before the new one is made: nothing is reached meanwhile, and
   * `deletionProtection` has to be off.
   * @default "internet"
   */
  readonly exposure?: Exposure;
  /** ACM certificate for port 443, of the load balancer's region. Takes the place of domainName. */
  readonly certificateArn?: pulumi.Input<string>;
  /**
   * Name that clients use, one of those on the given certificate, when its DNS record is kept elsewhere. Goes with
   * certificateArn; the record has to point at `dnsName`.
   * @default the name AWS gives, which no certificate carries
   */
  readonly hostName?: string;
  /**
   * Name that clients use, such as `app.example.com`, 64 characters at most. A certificate for it is requested and
   * validated, and the name is pointed at the load balancer. Takes the place of certificateArn.
   */
  readonly domainName?: string;
  /**
   * Further names on the requested certificate, such as `www.example.com` or `*.example.com`, 9 at most unless AWS has
   * raised the account's quota. They belong to hostedZoneId too, and those without a wildcard are pointed at the load
   * balancer. A change requests a new certificate.
   * @default none
   * @see https://docs.aws.amazon.com/acm/latest/userguide/acm-limits.html
   */
  readonly alternativeNames?: string[];
  /**
   * Public hosted zone in Route 53 that domainName belongs to. It proves that the name is yours, and has its records unless
   * `privateZone` does.
   */
  readonly hostedZoneId?: pulumi.Input<string>;
  /**
   * Private hosted zone for the records of the load balancer's name, only for exposure "internal".
   * @default the records are in hostedZoneId
   */
  readonly privateZone?: PrivateZoneArgs;
  /**
   * ACM certificates that clients are shown who ask for a name on them, each by a name of the caller's, 25 at most.
   * @default none: everybody is shown the one certificate
   * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/https-listener-certificates.html
   */
  readonly additionalCertificateArns?: { [name: string]: pulumi.Input<string> };
  /**
   * What is expected of a connection; the security policy of port 443 follows from it. Takes the place of sslPolicy.
   * @default TLS 1.2 or newer with forward secrecy and post-quantum key exchange
   */
  readonly tls?: TlsArgs;
  /**
   * Security policy of port 443 by its name, one that accepts TLS 1.2 and newer only. Takes the place of tls.
   * @default "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09"
   * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html
   */
  readonly sslPolicy?: string;
  /**
   * How clients prove who they are by a certificate of their own.
   * @default they need not
   * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/mutual-authentication.html
   */
  readonly mutualTls?: MutualTlsArgs;
  /**
   * How long a connection may stay idle, in seconds, 1 to 4000. Services have to keep theirs open for longer.
   * @default 60
   * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-load-balancer-attributes.html
   */
  readonly idleTimeoutSeconds?: number;
  /**
   * Whether AWS refuses to delete the load balancer.
   * @default "on"
   */
  readonly deletionProtection?: DeletionProtection;
  /**
   * How access logs are kept.
   * @default for 90 days
   */
  readonly accessLogs?: AccessLogsArgs;
  /**
   * Logs of connections and their TLS handshakes, in the same bucket.
   * @default none are kept
   * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-connection-logs.html
   */
  readonly connectionLogs?: MoreLogsArgs;
  /**
   * Logs of each probe of a target with its latency, in the same bucket.
   * @default none are kept
   * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-health-check-logs.html
   */
  readonly healthCheckLogs?: MoreLogsArgs;
  /**
   * Capacity that is there before it is needed, in load balancer capacity units, 100 to 15,000. Each is paid for by the
   * hour, used or not; an account has none until AWS raises its quota.
   * @default none is reserved
   * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/capacity-unit-reservation.html
   */
  readonly minimumCapacityUnits?: number;
  /**
   * Kinds of addresses it has. All but "ipv4" need subnets with IPv6 blocks, and a default route for them where it faces
   * the internet.
   * @default "ipv4"
   * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html#ip-address-type
   */
  readonly ipAddressType?: IpAddressType;
  /**
   * IPv6 blocks whose clients may connect, in CIDR notation as AWS writes them. Goes with an ipAddressType other than
   * "ipv4"; for exposure "internal" they, security groups or prefix lists have to be named.
   * @default "::/0" for exposure "internet" if no other source is named
   */
  readonly ingressIpv6CidrBlocks?: string[];
  /**
   * IPv4 blocks whose clients may connect, in CIDR notation. For exposure "internal" they, security groups or prefix lists
   * have to be named.
   * @default "0.0.0.0/0" for exposure "internet" if no other source is named
   */
  readonly ingressCidrBlocks?: string[];
  /**
   * Security groups whose members may connect, by a name of yours.
   * @default none
   */
  readonly ingressSecurityGroups?: IngressSecurityGroups;
  /**
   * Prefix lists whose addresses may connect, by a name of yours.
   * @default none
   */
  readonly ingressPrefixLists?: IngressPrefixLists;
  /**
   * Inbound rules that the account's quota allows a security group, 1 to 1000. A prefix list counts as all its entries.
   * @default 60
   * @see https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html
   */
  readonly ingressRuleQuota?: number;
  /**
   * Lets nobody in but a CDN, at port 443 alone. Needs a web ACL that checks the CDN's secret header.
   * @default none
   */
  readonly originLockdown?: OriginLockdownArgs;
  /**
   * Web ACL of AWS WAF that stands before it: one of scope REGIONAL, such as a `WebFirewall`'s.
   * @default none
   */
  readonly webAclArn?: pulumi.Input<string>;
  /**
   * Where it may connect to: "services" for what its services open, "https" for port 443 anywhere as well, which routes
   * with `authenticate` or `jwtValidation` need.
   * @default "services"
   */
  readonly outbound?: Outbound;
  /** Added to every child that can carry tags. */
  readonly tags?: Tags;
}

/** The last word on each child of a load balancer. */
export interface AppLoadBalancerTransforms
  extends BalancerTransforms,
    SecurityGroupTransforms,
    AccessLogTransforms,
    PrivateZoneTransforms,
    TransportTransforms,
    WebAclTransforms {}

/** Resource options, and the last word on each child. */
export interface AppLoadBalancerOptions extends pulumi.ComponentResourceOptions {
  readonly transform?: AppLoadBalancerTransforms;
}

/** A load balancer's arguments, checked and with every default in place. */
interface Plan {
  readonly balancer: BalancerPlan;
  readonly transport: Transport;
  readonly namePlace: NamePlace;
  readonly accessLogs: AccessLogs;
  readonly clients: Clients;
}

/**
 * An application load balancer that speaks TLS 1.2 or newer and knows no service yet.
 *
 * Creates `<name>-lb`, the load balancer; `<name>-https`, a listener that answers 404 until a service adds its rules;
 * `<name>-http`, which redirects to it; `<name>-sg` with `<name>-ingress-<port>-<block>` for each block of addresses
 * (`<name>-ingress-<port>-ipv6-<block>` for IPv6);
 * and `<name>-logs`, a bucket for its logs, with `-public-access`, `-ownership`, `-encryption`, `-versioning`,
 * `-lifecycle` and `-policy`. With domainName also `<name>-certificate`, `-certificate-record` and
 * `-certificate-validation`, and the records `<name>-dns-a` and `<name>-dns-aaaa`, each again with `-<host>` for an
 * alternative name; with privateZone those records, and `<name>-zone` unless it names a zone. With additionalCertificateArns
 * `<name>-sni-<certificate>`, and with mutualTls.caBundle `<name>-trust-store` and `<name>-revocation-<list>`; with webAclArn
 * `<name>-web-acl`.
 *
 * Its security group lets nothing out: a service adds the rules it needs. With outbound "https" it also creates
 * `<name>-egress-443`.
 *
 * @throws {ArgumentError} for fewer than 2 subnets, certificateArn and domainName both or neither, domainName without
 * hostedZoneId, hostName without certificateArn, alternativeNames without domainName, a private zone for a load balancer
 * that has no name or is on the internet, tls and sslPolicy both, an intent that AWS has no security policy for, a security
 * policy that accepts less than TLS 1.2, mutual TLS with parts that do not go together, more certificates than AWS takes,
 * numbers out of range, addresses that are malformed or missing, sources beyond the quota of rules, originLockdown without
 * webAclArn, or names
 * with characters AWS does not take.
 */
export class AppLoadBalancer extends pulumi.ComponentResource {
  /** ARN of the load balancer. */
  readonly loadBalancerArn: pulumi.Output<string>;
  /** What CloudWatch knows the load balancer by: `app/edge/50dc6c495c0c9188`. */
  readonly arnSuffix: pulumi.Output<string>;
  /** Name AWS gave it, to point a DNS record at. No certificate carries it. */
  readonly dnsName: pulumi.Output<string>;
  /** Hosted zone of dnsName, for alias records. */
  readonly zoneId: pulumi.Output<string>;
  /** Id of its security group. */
  readonly securityGroupId: pulumi.Output<string>;
  /** ARN of the listener on port 443, which services add their rules to. */
  readonly httpsListenerArn: pulumi.Output<string>;
  /** ARN of the listener on port 80. */
  readonly httpListenerArn: pulumi.Output<string>;
  /** ARN of the certificate, once it is valid. */
  readonly certificateArn: pulumi.Output<string>;
  /** ARNs of all certificates by name: `default` is certificateArn, the others are those of additionalCertificateArns. */
  readonly certificateArns: { [name: string]: pulumi.Output<string> };
  /** Bucket of its access logs. */
  readonly accessLogsBucketName: pulumi.Output<string>;
  /** Name that clients use: domainName or hostName, or dnsName when neither was given. */
  readonly hostName: pulumi.Output<string>;
  /** Where it answers: `https://` and hostName. */
  readonly url: pulumi.Output<string>;

  constructor(name: string, args: AppLoadBalancerArgs, opts: AppLoadBalancerOptions = {}) {
    const { transform = {}, ...resourceOpts } = opts;
    super("evenkeel:index:AppLoadBalancer", name, args, resourceOpts);

    const problems = new Problems();
    const plan = settle(name, args, problems);
    problems.throwFor(this);

    const child = { parent: this };
    const { vpcId, subnetIds, namePrefix, outbound = Outbound.Services, tags } = args;
    const { balancer, accessLogs, transport, clients } = plan;

    const group = addSecurityGroup(name, vpcId, clients, tags, transform, child);
    const logs = addAccessLogBucket(name, namePrefix, accessLogs, tags, transform, child);
    this.securityGroupId = group.id;
    addOutbound(name, outbound, group.id, tags, child);
    this.accessLogsBucketName = logs.bucket.bucket;

    const place = { name, namePrefix, subnetIds, securityGroupId: group.id };
    const loadBalancer = addLoadBalancer(place, balancer, logs, tags, transform, child);
    this.loadBalancerArn = loadBalancer.arn;
    this.arnSuffix = loadBalancer.arnSuffix;
    this.dnsName = loadBalancer.dnsName;
    this.zoneId = loadBalancer.zoneId;
    if (args.webAclArn !== undefined) {
      addWebAclAssociation(name, loadBalancer.arn, args.webAclArn, transform, child);
    }

    const listening = addTransport({ name, namePrefix }, loadBalancer, transport, tags, transform, child);
    this.certificateArn = listening.certificateArn;
    this.certificateArns = listening.certificateArns;
    this.httpsListenerArn = listening.httpsListenerArn;
    this.httpListenerArn = listening.httpListenerArn;
    const placed = addPrivateZone(name, plan.namePlace, vpcId, tags, transform, child);
    if (placed) addAliasRecords(name, placed, loadBalancer, transform, child);

    const { certificate } = transport;
    const named = certificate.kind === "given" ? certificate.hostName : certificate.domainName;
    this.hostName = named === undefined ? this.dnsName : pulumi.output(named);
    this.url = pulumi.interpolate`https://${this.hostName}`;

    this.registerOutputs({
      loadBalancerArn: this.loadBalancerArn,
      arnSuffix: this.arnSuffix,
      dnsName: this.dnsName,
      zoneId: this.zoneId,
      securityGroupId: this.securityGroupId,
      httpsListenerArn: this.httpsListenerArn,
      httpListenerArn: this.httpListenerArn,
      certificateArn: this.certificateArn,
      certificateArns: this.certificateArns,
      accessLogsBucketName: this.accessLogsBucketName,
      hostName: this.hostName,
      url: this.url,
    });
  }
}

// https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSecurityGroup.html
const securityGroupNameLength = 255;
const longestPrefix = 32;

function settle(name: string, args: AppLoadBalancerArgs, problems: Problems): Plan {
  const {
    exposure = Exposure.Internet,
    deletionProtection = DeletionProtection.On,
    idleTimeoutSeconds = 60,
    subnetIds,
  } = args;
  checkNames(name, args.namePrefix, problems);
  problems.unless(subnetIds.length >= 2, "subnetIds", `needs 2 or more, got ${subnetIds.length}`);
  checkOneOf(Exposure, exposure, "exposure", problems);
  const transport = settleTransport(args, problems);
  checkWhole(idleTimeoutSeconds, [1, 4000], "idleTimeoutSeconds", problems);
  checkOneOf(DeletionProtection, deletionProtection, "deletionProtection", problems);
  const addressing = settleAddressing(args, exposure, problems);
  const minimumCapacityUnits = settleCapacity(args.minimumCapacityUnits, problems);
  const { ipAddressType } = addressing;
  checkOneOf(Outbound, args.outbound ?? Outbound.Services, "outbound", problems);
  return {
    transport,
    namePlace: settleNamePlace(args.privateZone, transport.certificate, exposure, problems),
    balancer: { exposure, ipAddressType, idleTimeoutSeconds, deletionProtection, minimumCapacityUnits },
    accessLogs: settleAccessLogs(args, problems),
    clients: settleSources(args, addressing.ipv6CidrBlocks, problems),
  };
}

function checkNames(name: string, namePrefix: string | undefined, problems: Problems): void {
  checkName(name, "-sg", securityGroupNameLength, problems);
  checkNamePrefix(namePrefix, longestPrefix, problems);
  // AWS keeps names that begin so to itself.
  const path = namePrefix === undefined ? "name" : "namePrefix";
  const found = namePrefix ?? name;
  const free = !/^internal(-|$)/i.test(found);
  problems.unless(free, path, `must not begin with "internal", got ${JSON.stringify(found)}`);
}
