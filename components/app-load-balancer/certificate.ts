import * as acm from "@pulumi/aws/acm";
import type * as lb from "@pulumi/aws/lb";
import * as route53 from "@pulumi/aws/route53";
import * as pulumi from "@pulumi/pulumi";
import { lateFault } from "../lib/late-fault";
import type { Problems } from "../lib/problems";
import { type Tags, tagged } from "../lib/tags";
import { shaped, type Transform } from "../lib/transform";

/** The arguments that say which certificate a load balancer shows. */
export interface CertificateChoice {
  readonly certificateArn?: pulumi.Input<string>;
  readonly hostName?: string;
  readonly domainName?: string;
  readonly hostedZoneId?: pulumi.Input<string>;
}

/** Where a load balancer's certificate comes from. */
export type CertificateSource =
  | {
      readonly kind: "given";
      readonly certificateArn: pulumi.Input<string>;
      readonly hostName: string | undefined;
    }
  | { readonly kind: "requested"; readonly domainName: string; readonly hostedZoneId: pulumi.Input<string> };

/** The last word on what stands behind a requested certificate. */
export interface CertificateTransforms {
  /** The certificate that is requested. */
  readonly certificate?: Transform<acm.CertificateArgs>;
  /** The record of type A at the domain name. */
  readonly ipv4Record?: Transform<route53.RecordArgs>;
  /** The record of type AAAA at the domain name. */
  readonly ipv6Record?: Transform<route53.RecordArgs>;
}

// A certificate's first name. https://docs.aws.amazon.com/acm/latest/APIReference/API_RequestCertificate.html
const longestDomain = 64;
const hostNameForm = /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/** Checks that exactly one way to a certificate was taken, and says which. */
export function settleCertificate(args: CertificateChoice, problems: Problems): CertificateSource {
  const { certificateArn, hostName, domainName, hostedZoneId } = args;
  const both = certificateArn !== undefined && domainName !== undefined;
  const neither = certificateArn === undefined && domainName === undefined;
  problems.unless(!both, "certificateArn", "takes the place of domainName, got both");
  problems.unless(!neither, "certificateArn", "must be given unless domainName is, got neither");
  if (domainName !== undefined) checkDomain(domainName, problems);
  if (hostName !== undefined) {
    checkHostName(hostName, "hostName", problems);
    problems.unless(domainName === undefined, "hostName", "goes with certificateArn, got domainName");
  }
  problems.unless(
    domainName === undefined || hostedZoneId !== undefined,
    "hostedZoneId",
    "must be given with domainName, got none",
  );
  problems.unless(
    domainName !== undefined || hostedZoneId === undefined,
    "domainName",
    "must be given with hostedZoneId, got none",
  );
  return domainName !== undefined
    ? { kind: "requested", domainName, hostedZoneId: hostedZoneId ?? "" }
    : { kind: "given", certificateArn: certificateArn ?? "", hostName };
}

function checkHostName(found: string, path: string, problems: Problems): void {
  problems.unless(
    hostNameForm.test(found),
    path,
    `must be a name such as "app.example.com", in lower case, got ${JSON.stringify(found)}`,
  );
}

function checkDomain(domainName: string, problems: Problems): void {
  checkHostName(domainName, "domainName", problems);
  problems.unless(
    domainName.length <= longestDomain,
    "domainName",
    `must have at most ${longestDomain} characters, got ${domainName.length}`,
  );
}

/**
 * The ARN of the certificate: the one given, or one that is requested and, by a record in the hosted zone, validated.
 *
 * A listener that uses the ARN waits until the certificate is issued.
 *
 * @see https://docs.aws.amazon.com/acm/latest/userguide/dns-validation.html
 */
export function addCertificate(
  name: string,
  source: CertificateSource,
  tags: Tags | undefined,
  transform: CertificateTransforms,
  child: pulumi.CustomResourceOptions,
): pulumi.Output<string> {
  if (source.kind === "given") return pulumi.output(source.certificateArn);
  const { domainName, hostedZoneId } = source;
  const own = `${name}-certificate`;
  const certificate = new acm.Certificate(
    own,
    ...shaped(
      transform.certificate,
      { domainName, validationMethod: "DNS", keyAlgorithm: "RSA_2048", tags: tagged(own, tags) },
      child,
    ),
  );
  // One domain name, one record: its contents come later, that it exists a preview can tell.
  const proof = certificate.domainValidationOptions.apply(([first]) => {
    if (first) return first;
    throw lateFault("domainName", `needs a validation record, got none for "${domainName}"`, certificate);
  });
  const record = new route53.Record(
    `${own}-record`,
    {
      zoneId: hostedZoneId,
      name: proof.resourceRecordName,
      type: proof.resourceRecordType,
      records: [proof.resourceRecordValue],
      ttl: 300,
      // ACM asks an account for the same record each time: another certificate for this name may have made it already.
      allowOverwrite: true,
    },
    child,
  );
  const validation = new acm.CertificateValidation(
    `${own}-validation`,
    { certificateArn: certificate.arn, validationRecordFqdns: [record.fqdn] },
    child,
  );
  return validation.certificateArn;
}

/**
 * Points the domain name at the load balancer, for both kinds of addresses. The AAAA record answers once the load
 * balancer has IPv6 addresses.
 *
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/routing-to-elb-load-balancer.html
 */
export function addAliasRecords(
  name: string,
  source: CertificateSource,
  { dnsName, zoneId }: lb.LoadBalancer,
  transform: CertificateTransforms,
  child: pulumi.CustomResourceOptions,
): void {
  if (source.kind === "given") return;
  const { domainName, hostedZoneId } = source;
  const aliases = [{ name: dnsName, zoneId, evaluateTargetHealth: true }];
  const args = { zoneId: hostedZoneId, name: domainName, aliases };
  new route53.Record(`${name}-dns-a`, ...shaped(transform.ipv4Record, { ...args, type: "A" }, child));
  new route53.Record(`${name}-dns-aaaa`, ...shaped(transform.ipv6Record, { ...args, type: "AAAA" }, child));
}
