import * as acm from "@pulumi/aws/acm";
import type * as lb from "@pulumi/aws/lb";
import * as route53 from "@pulumi/aws/route53";
import * as pulumi from "@pulumi/pulumi";
import { lateFault } from "../lib/late-fault";
import type { Problems } from "../lib/problems";
import { type Tags, tagged } from "../lib/tags";
import { shaped, type Transform } from "../lib/transform";
import { mostAlternativeNames } from "../lib/transport-limits";
import type { PlacedName } from "./private-zone";

/** The arguments that say which certificate a load balancer shows. */
export interface CertificateChoice {
  readonly certificateArn?: pulumi.Input<string>;
  readonly hostName?: string;
  readonly domainName?: string;
  readonly alternativeNames?: string[];
  readonly hostedZoneId?: pulumi.Input<string>;
}

/** Where a load balancer's certificate comes from. */
export type CertificateSource =
  | {
      readonly kind: "given";
      readonly certificateArn: pulumi.Input<string>;
      readonly hostName: string | undefined;
    }
  | {
      readonly kind: "requested";
      readonly domainName: string;
      readonly alternativeNames: string[];
      readonly hostedZoneId: pulumi.Input<string>;
    };

/** The last word on what stands behind a requested certificate. */
export interface CertificateTransforms {
  /** The certificate that is requested. */
  readonly certificate?: Transform<acm.CertificateArgs>;
  /** The record of type A at the domain name, and at each alternative name. */
  readonly ipv4Record?: Transform<route53.RecordArgs>;
  /** The record of type AAAA at the domain name, and at each alternative name. */
  readonly ipv6Record?: Transform<route53.RecordArgs>;
}

// A certificate's first name. https://docs.aws.amazon.com/acm/latest/APIReference/API_RequestCertificate.html
const longestDomain = 64;
const hostNameForm = /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/** Checks that exactly one way to a certificate was taken, and says which. */
export function settleCertificate(args: CertificateChoice, problems: Problems): CertificateSource {
  const { certificateArn, hostName, domainName, alternativeNames = [], hostedZoneId } = args;
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
  checkAlternatives(alternativeNames, domainName, problems);
  return domainName !== undefined
    ? { kind: "requested", domainName, alternativeNames, hostedZoneId: hostedZoneId ?? "" }
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

// https://docs.aws.amazon.com/acm/latest/APIReference/API_RequestCertificate.html
const longestAlternative = 253;

function checkAlternatives(names: string[], domainName: string | undefined, problems: Problems): void {
  problems.unless(
    names.length === 0 || domainName !== undefined,
    "alternativeNames",
    "goes with domainName, got none",
  );
  problems.unless(
    names.length <= mostAlternativeNames,
    "alternativeNames",
    `takes ${mostAlternativeNames} at most, got ${names.length}`,
  );
  for (const [index, name] of names.entries()) {
    const path = `alternativeNames[${index}]`;
    const found = `got ${JSON.stringify(name)}`;
    problems.unless(
      hostNameForm.test(hostOf(name)) && name.length <= longestAlternative,
      path,
      `must be a name such as "www.example.com" or "*.example.com", in lower case, ${found}`,
    );
    problems.unless(
      name !== domainName && names.indexOf(name) === index,
      path,
      `must differ from domainName and from the names before it, ${found}`,
    );
  }
}

/** The name without the wildcard. ACM asks for one record for both. */
function hostOf(name: string): string {
  return name.replace(/^\*\./, "");
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
  const { domainName, alternativeNames } = source;
  const own = `${name}-certificate`;
  const further = alternativeNames.length > 0 && { subjectAlternativeNames: alternativeNames };
  const certificate = new acm.Certificate(
    own,
    ...shaped(
      transform.certificate,
      { domainName, ...further, validationMethod: "DNS", keyAlgorithm: "RSA_2048", tags: tagged(own, tags) },
      child,
    ),
  );
  const records = proofs(source).map((proof) =>
    addProof(own, proof, certificate, source.hostedZoneId, child),
  );
  const validation = new acm.CertificateValidation(
    `${own}-validation`,
    { certificateArn: certificate.arn, validationRecordFqdns: records.map(({ fqdn }) => fqdn) },
    child,
  );
  return validation.certificateArn;
}

/** A record that proves a name to be the account's own. */
interface Proof {
  /** What tells it from the others: nothing for that of the domain name. */
  readonly suffix: string;
  /** A name on the certificate that it proves. */
  readonly domainName: string;
  /** The argument that asked for the name. */
  readonly path: string;
}

/** The records that are needed: which they are a preview can tell, though not what is in them. */
function proofs({
  domainName,
  alternativeNames,
}: {
  domainName: string;
  alternativeNames: string[];
}): Proof[] {
  const hosts = new Set([domainName]);
  const further = alternativeNames.flatMap((name, index) => {
    const host = hostOf(name);
    if (hosts.has(host)) return [];
    hosts.add(host);
    return [{ suffix: `-${host}`, domainName: name, path: `alternativeNames[${index}]` }];
  });
  return [{ suffix: "", domainName, path: "domainName" }, ...further];
}

function addProof(
  own: string,
  { suffix, domainName, path }: Proof,
  certificate: acm.Certificate,
  hostedZoneId: pulumi.Input<string>,
  child: pulumi.CustomResourceOptions,
): route53.Record {
  const proof = certificate.domainValidationOptions.apply((options) => {
    const found = options.find((option) => option.domainName === domainName);
    if (found) return found;
    throw lateFault(path, `needs a validation record, got none for "${domainName}"`, certificate);
  });
  return new route53.Record(
    `${own}-record${suffix}`,
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
}

/**
 * Points the domain name and the alternative names at the load balancer, for both kinds of addresses; a wildcard only is on
 * the certificate, because a record for it would answer for names nobody has thought of. AAAA records answer once the load
 * balancer has IPv6 addresses.
 *
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/routing-to-elb-load-balancer.html
 */
export function addAliasRecords(
  name: string,
  { domainName, furtherNames, hostedZoneId }: PlacedName,
  { dnsName, zoneId }: lb.LoadBalancer,
  transform: CertificateTransforms,
  child: pulumi.CustomResourceOptions,
): void {
  const aliases = [{ name: dnsName, zoneId, evaluateTargetHealth: true }];
  for (const host of [domainName, ...furtherNames]) {
    const args = { zoneId: hostedZoneId, name: host, aliases };
    const suffix = host === domainName ? "" : `-${host}`;
    new route53.Record(
      `${name}-dns-a${suffix}`,
      ...shaped(transform.ipv4Record, { ...args, type: "A" }, child),
    );
    new route53.Record(
      `${name}-dns-aaaa${suffix}`,
      ...shaped(transform.ipv6Record, { ...args, type: "AAAA" }, child),
    );
  }
}
