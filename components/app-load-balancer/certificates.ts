import * as lb from "@pulumi/aws/lb";
import * as pulumi from "@pulumi/pulumi";
import { checkKeys } from "../lib/child-names";
import type { Problems } from "../lib/problems";
import { shaped, type Transform } from "../lib/transform";
import { defaultCertificate, mostFurtherCertificates } from "../lib/transport-limits";

/** Certificates of a load balancer by name. */
export interface CertificateArns {
  readonly [name: string]: pulumi.Input<string>;
}

/** The last word on what adds further certificates to the listener. */
export interface FurtherCertificateTransforms {
  /** What adds a certificate to port 443, by the certificate's name. */
  readonly additionalCertificates?: { readonly [name: string]: Transform<lb.ListenerCertificateArgs> };
}

/** Checks the certificates beside the default one. */
export function settleFurtherCertificates(
  given: CertificateArns,
  defaultArn: pulumi.Input<string> | undefined,
  problems: Problems,
): CertificateArns {
  const path = "additionalCertificateArns";
  const names = Object.keys(given);
  checkKeys(given, path, problems);
  problems.unless(
    names.length <= mostFurtherCertificates,
    path,
    `takes ${mostFurtherCertificates} at most beside the default one, got ${names.length}`,
  );
  problems.unless(
    !Object.hasOwn(given, defaultCertificate),
    `${path}.${defaultCertificate}`,
    "key is kept for the certificate of certificateArn or domainName",
  );
  // AWS keeps one entry for an ARN that is added twice, and takes it out as soon as one of the two goes.
  const seen = new Map(typeof defaultArn === "string" ? [[defaultArn, "certificateArn"]] : []);
  for (const [name, arn] of Object.entries(given)) {
    if (typeof arn !== "string") continue;
    const other = seen.get(arn);
    problems.unless(
      other === undefined,
      `${path}.${name}`,
      `must differ from ${other}, got ${JSON.stringify(arn)}`,
    );
    seen.set(arn, `${path}.${name}`);
  }
  return given;
}

/**
 * Adds certificates to a listener. Which one a client is shown is decided by the host name it asks for.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/https-listener-certificates.html
 */
export function addFurtherCertificates(
  name: string,
  listenerArn: pulumi.Input<string>,
  certificates: CertificateArns,
  transform: FurtherCertificateTransforms,
  child: pulumi.CustomResourceOptions,
): void {
  for (const [key, certificateArn] of Object.entries(certificates)) {
    const bend = transform.additionalCertificates?.[key];
    new lb.ListenerCertificate(`${name}-sni-${key}`, ...shaped(bend, { listenerArn, certificateArn }, child));
  }
}

/** Every certificate of a load balancer by name, the default one first. */
export function allCertificates(
  defaultArn: pulumi.Output<string>,
  further: CertificateArns,
): { [name: string]: pulumi.Output<string> } {
  const others = Object.entries(further).map(([key, arn]) => [key, pulumi.output(arn)] as const);
  return { [defaultCertificate]: defaultArn, ...Object.fromEntries(others) };
}
