import { z } from "zod";
import { reservedCapacityRange } from "../../components/lib/capacity-units";
import { parseBlock, startOf } from "../../components/lib/ipv4-block";
import { prefixListEntries } from "../../components/lib/origin-lockdown";
import { defaultTlsPolicy, tlsFloors } from "../../components/lib/tls-policies";
import { mostAlternativeNames } from "../../components/lib/transport-limits";
import type { EnvironmentDefaults } from "../environments";
import { list, oneOf, secretable, section, tested, text, wholeNumber } from "../vocabulary";
import { balancerLogsSchema } from "./balancer-logs";
import { privateZone } from "./discovery";
import { firewallSchema, originLockdownSchema } from "./firewall";
import { certificateArn, certificatesSchema, mutualTlsSchema, tlsSchema } from "./transport";
import { zonalAutoshiftSchema } from "./zonal-autoshift";

// ACM takes 64 characters for a certificate's first name.
// https://docs.aws.amazon.com/acm/latest/userguide/acm-certificate-characteristics.html
const domainName = /^(?=.{1,64}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/;
const hostName = /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/;
const alternativeName = text(
  /^(?=.{1,253}$)(\*\.)?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/,
  'a name in lower case such as "www.example.com" or "*.example.com"',
);

const block = tested((value) => {
  const parsed = parseBlock(value);
  return parsed !== undefined && startOf(parsed).first === parsed.first;
}, 'an IPv4 block that begins at its first address such as "203.0.113.0/24"');

const sourceName = text(
  /^[A-Za-z][A-Za-z0-9-]{0,39}$/,
  "a name of letters, digits and hyphens that begins with a letter, up to 40 characters",
);

const securityGroups = z.record(
  sourceName,
  secretable(/^sg-[0-9a-f]{8,17}$/, 'the id of a security group such as "sg-0123456789abcdef0"'),
  { error: "must be a map of security group ids by name" },
);

const prefixLists = z.record(
  sourceName,
  section({
    id: secretable(/^pl-[0-9a-f]{8,17}$/, 'the id of a prefix list such as "pl-0123456789abcdef0"').describe(
      "Id of the list.",
    ),
    maxEntries: wholeNumber(...prefixListEntries).describe(
      "Entries it may have: AWS counts a rule for each.",
    ),
  }),
  { error: "must be a map of prefix lists by name" },
);

const sslPolicy = tested(
  (name) => ["1.2", "1.3"].includes(tlsFloors.get(name) ?? ""),
  `an AWS security policy that accepts TLS 1.2 and newer only, such as "${defaultTlsPolicy}"`,
);

/** What users reach. */
export function loadBalancerSchema(defaults: EnvironmentDefaults) {
  return section({
    certificateArn: certificateArn()
      .describe(
        "An existing certificate for port 443; its DNS name is yours to manage. Either this, or domainName with hostedZoneId.",
      )
      .optional(),
    hostName: text(hostName, 'a host name in lower case such as "app.example.com"')
      .describe("Name users type, one of those on certificateArn, when you keep its DNS record yourself.")
      .optional(),
    domainName: text(domainName, 'a domain name in lower case such as "app.example.com"')
      .describe(
        "Name users type. A certificate is requested for it and its DNS records are made; needs hostedZoneId.",
      )
      .optional(),
    alternativeNames: list(alternativeName, "names", 1, mostAlternativeNames)
      .describe(
        "Further names on the certificate of domainName, from the same zone; 9 at most unless AWS has raised the quota of 10. Names without a wildcard are pointed at the load balancer. A change requests a new certificate.",
      )
      .optional(),
    hostedZoneId: secretable(
      /^Z[A-Z0-9]{1,31}$/,
      'the id of a Route 53 hosted zone such as "Z0123456789ABCDEFGHIJ"',
    )
      .describe("Public Route 53 zone that holds domainName.")
      .optional(),
    additionalCertificateArns: certificatesSchema()
      .describe("Certificates shown to clients who ask for a name on them, each by a name of your own.")
      .optional(),
    privateZone: privateZone
      .describe(
        "For `internal`, a private Route 53 zone that holds the name's records, so that the public one does not. `{}` makes one for the name alone.",
      )
      .optional(),
    exposure: oneOf(["internet", "internal"])
      .default("internet")
      .describe(
        "Who can reach it: everybody, or only the VPC and what is connected to it. A change deletes the load balancer before the new one is made, with deletionProtection off.",
      ),
    ingressCidrBlocks: list(block, "IPv4 blocks", 1, 20)
      .describe(
        "Addresses it answers to. Left out, and no other source named: everybody for `internet`, the VPC for `internal`.",
      )
      .optional(),
    ingressSecurityGroups: securityGroups
      .default({})
      .describe("Security groups whose members it answers to, by a name of yours."),
    ingressPrefixLists: prefixLists
      .default({})
      .describe("Prefix lists whose addresses it answers to, by a name of yours."),
    ingressRuleQuota: wholeNumber(1, 1000)
      .default(60)
      .describe("Inbound rules that the account's quota allows a security group."),
    originLockdown: originLockdownSchema
      .describe("Lets nobody in but CloudFront with a secret header, at port 443 alone.")
      .optional(),
    firewall: firewallSchema(defaults)
      .prefault({})
      .describe("What is turned away before it reaches a service."),
    tls: tlsSchema()
      .describe(
        "What is expected of a connection; AWS's security policy follows from it. Left out: what sslPolicy says.",
      )
      .optional(),
    sslPolicy: sslPolicy
      .describe(
        `TLS protocols and ciphers, by the name of an AWS security policy whose oldest protocol is TLS 1.2 or 1.3. In the place of tls. Left out: \`${defaultTlsPolicy}\`.`,
      )
      .optional(),
    mutualTls: mutualTlsSchema()
      .describe("How clients prove who they are by a certificate of their own. Left out: they need not.")
      .optional(),
    idleTimeoutSeconds: wholeNumber(1, 4000)
      .default(60)
      .describe("Seconds a connection may stay idle. Services keep theirs open a little longer."),
    deletionProtection: oneOf(["on", "off"])
      .default(defaults.deletionProtection)
      .describe("Whether AWS refuses to delete it until this is switched off."),
    accessLogRetentionDays: wholeNumber(1, 3650)
      .default(defaults.accessLogRetentionDays)
      .describe("Days access logs are kept."),
    accessLogRemoval: oneOf(["keep", "empty"])
      .default(defaults.accessLogRemoval)
      .describe(
        "What becomes of the logs when the stack is destroyed: kept, which stops the destroy, or deleted.",
      ),
    logs: balancerLogsSchema(defaults).prefault({}).describe("What it logs, and whether that can be asked."),
    minimumCapacityUnits: wholeNumber(...reservedCapacityRange)
      .describe(
        "Load balancer capacity units that are there before they are needed, paid for used or not. AWS has to raise the account's quota from 0 first. Left out: none.",
      )
      .optional(),
    ipAddressType: oneOf(["ipv4", "dualstack", "dualstack-without-public-ipv4"])
      .default("ipv4")
      .describe(
        "Kinds of addresses it has. The network of a stack has none of IPv6 yet, so only `ipv4` is taken.",
      ),
    zonalAutoshift: zonalAutoshiftSchema()
      .prefault({})
      .describe("Whether AWS takes it out of a zone that is in trouble."),
  });
}

/** What a stack says of its load balancer, defaults in place. */
export type LoadBalancerConfig = z.output<ReturnType<typeof loadBalancerSchema>>;
