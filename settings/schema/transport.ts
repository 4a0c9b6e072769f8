import type { z } from "zod";
import { named, oneOf, secretable, section, text } from "../vocabulary";

const certificateForm = /^arn:aws(-[a-z-]+)?:acm:[a-z0-9-]+:[0-9]{12}:certificate\/[A-Za-z0-9-]+$/;

/** The ARN of a certificate. */
export function certificateArn() {
  return secretable(
    certificateForm,
    'the ARN of an ACM certificate such as "arn:aws:acm:us-east-1:123456789012:certificate/…"',
  );
}

/** Certificates by a name of the user's. */
export function certificatesSchema() {
  return named(certificateArn().describe("A certificate, of the stack's region."), 40, "certificates");
}

/** What is expected of a connection. */
export function tlsSchema() {
  return section({
    minimumVersion: oneOf(["1.2", "1.3"])
      .default("1.2")
      .describe("The oldest version of TLS that clients may speak."),
    forwardSecrecy: oneOf(["required", "optional"])
      .default("required")
      .describe("Whether ciphers without forward secrecy are refused. TLS 1.3 has no others."),
    postQuantum: oneOf(["on", "off"])
      .default("on")
      .describe("Whether post-quantum key exchange is offered to clients that know it."),
    fips: oneOf(["on", "off"])
      .default("off")
      .describe("Whether cryptography validated by FIPS 140-3 is used, which has fewer ciphers."),
  });
}

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
const bucket = secretable(
  /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
  'the name of a bucket such as "example-trust"',
);

function fileSchema(what: string) {
  return section({
    bucket: bucket.describe(`Bucket the ${what} is in.`),
    key: text(/^.{1,1024}$/, 'the key of an object such as "clients/ca.pem"').describe(
      "Its key in the bucket.",
    ),
    version: text(/^[!-~]{1,1024}$/, "the version of an object")
      .describe("Its version. Left out: the current one, and nobody hears of a newer one.")
      .optional(),
  });
}

/** How clients prove who they are. */
export function mutualTlsSchema() {
  return section({
    mode: oneOf(["verify", "passthrough"]).describe(
      "Who looks at a client's certificate: the load balancer, or the service, which then gets it in a header.",
    ),
    trustStoreArn: secretable(
      /^arn:aws(-[a-z-]+)?:elasticloadbalancing:[a-z0-9-]+:[0-9]{12}:truststore\/[A-Za-z0-9-]+\/[0-9a-f]+$/,
      'the ARN of a trust store such as "arn:aws:elasticloadbalancing:us-east-1:123456789012:truststore/…"',
    )
      .describe("A trust store that is there already. Either this or caBundle for mode `verify`.")
      .optional(),
    caBundle: fileSchema("bundle")
      .describe("Certificates of the authorities to trust, in PEM. A trust store is made of them.")
      .optional(),
    revocations: named(fileSchema("list"), 40, "revocation lists")
      .describe("Lists of revoked certificates by a name of your own. They go with caBundle.")
      .optional(),
    expiredClientCertificates: oneOf(["refused", "accepted"])
      .describe("What becomes of clients whose certificate has expired. Left out: they are turned away.")
      .optional(),
    advertiseCaNames: oneOf(["on", "off"])
      .describe("Whether clients are told which authorities are trusted. Left out: they are not.")
      .optional(),
  });
}

/** What a stack says of connections, defaults in place. */
export type TlsConfig = z.output<ReturnType<typeof tlsSchema>>;
/** What a stack says of clients' certificates. */
export type MutualTlsConfig = z.output<ReturnType<typeof mutualTlsSchema>>;
