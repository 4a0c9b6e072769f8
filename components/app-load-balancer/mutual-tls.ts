import * as lb from "@pulumi/aws/lb";
import type * as types from "@pulumi/aws/types";
import * as pulumi from "@pulumi/pulumi";
import { checkKeys } from "../lib/child-names";
import { checkOneOf } from "../lib/closed-set";
import { autoNameSuffixLength, shortName } from "../lib/names";
import type { Problems } from "../lib/problems";
import { type Tags, tagged } from "../lib/tags";
import { shaped, type Transform } from "../lib/transform";
import { mostRevocations } from "../lib/transport-limits";

/** Who looks at a client's certificate. */
export const MutualTlsMode = {
  /** The load balancer: without a certificate it trusts there is no connection. */
  Verify: "verify",
  /** The service: a certificate is handed on to it as it came, and so is a request without one. */
  Passthrough: "passthrough",
} as const;
export type MutualTlsMode = (typeof MutualTlsMode)[keyof typeof MutualTlsMode];

/** What becomes of clients whose certificate has expired. */
export const ExpiredClientCertificates = {
  /** They are turned away. */
  Refused: "refused",
  /** They are served all the same, for a fleet whose certificates cannot be renewed in time. */
  Accepted: "accepted",
} as const;
export type ExpiredClientCertificates =
  (typeof ExpiredClientCertificates)[keyof typeof ExpiredClientCertificates];

/** Whether clients are told which authorities are trusted, so that they can choose among their certificates. */
export const AdvertiseCaNames = {
  /** The subjects of all authorities are sent with the request for a certificate. */
  On: "on",
  /** A client has to know. */
  Off: "off",
} as const;
export type AdvertiseCaNames = (typeof AdvertiseCaNames)[keyof typeof AdvertiseCaNames];

/** A file in S3 that whoever deploys can read. */
export interface TrustFileArgs {
  /** Bucket it is in. */
  readonly bucket: pulumi.Input<string>;
  /** Its key in the bucket. */
  readonly key: pulumi.Input<string>;
  /**
   * Its version, in a bucket that keeps versions. Name it: AWS reads the file once, and of a file that is written anew
   * under the same key nobody hears.
   * @default the current one
   */
  readonly version?: pulumi.Input<string>;
}

/** How clients prove who they are. */
export interface MutualTlsArgs {
  /** Who looks at a client's certificate. */
  readonly mode: MutualTlsMode;
  /** Trust store that is there already, for mode "verify". Takes the place of caBundle. */
  readonly trustStoreArn?: pulumi.Input<string>;
  /**
   * Certificates of the authorities to trust, in PEM, for mode "verify". A trust store is made of them. Takes the place of
   * trustStoreArn.
   */
  readonly caBundle?: TrustFileArgs;
  /**
   * Lists of revoked certificates, each by a name of the caller's, 30 at most. They go with caBundle.
   * @default none: a certificate is good until it expires
   * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html
   */
  readonly revocations?: { [name: string]: TrustFileArgs };
  /**
   * What becomes of clients whose certificate has expired, for mode "verify".
   * @default "refused"
   */
  readonly expiredClientCertificates?: ExpiredClientCertificates;
  /**
   * Whether clients are told which authorities are trusted, for mode "verify".
   * @default "off"
   * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/mutual-authentication.html#advertise-ca-subject
   */
  readonly advertiseCaNames?: AdvertiseCaNames;
}

/** The last word on what mutual TLS needs. */
export interface MutualTlsTransforms {
  /** The trust store made of caBundle. */
  readonly trustStore?: Transform<lb.TrustStoreArgs>;
  /** Lists of revoked certificates, by name. */
  readonly revocations?: { readonly [name: string]: Transform<lb.TrustStoreRevocationArgs> };
}

interface Verification {
  readonly ignoreClientCertificateExpiry: boolean;
  readonly advertiseTrustStoreCaNames: AdvertiseCaNames;
}

interface OwnTrustStore {
  readonly caBundle: TrustFileArgs;
  readonly revocations: { readonly [name: string]: TrustFileArgs };
}

/** How a listener treats clients' certificates. */
export type MutualTls =
  | { readonly kind: "off" }
  | { readonly kind: "passthrough" }
  | ({ readonly kind: "given"; readonly trustStoreArn: pulumi.Input<string> } & Verification)
  | ({ readonly kind: "own" } & OwnTrustStore & Verification);

const at = "mutualTls";

/** Checks how clients are to prove who they are. */
export function settleMutualTls(args: MutualTlsArgs | undefined, problems: Problems): MutualTls {
  if (args === undefined) return { kind: "off" };
  if (!checkOneOf(MutualTlsMode, args.mode, `${at}.mode`, problems)) return { kind: "off" };
  if (args.mode === MutualTlsMode.Passthrough) return settlePassthrough(args, problems);
  const {
    trustStoreArn,
    caBundle,
    revocations = {},
    expiredClientCertificates = ExpiredClientCertificates.Refused,
    advertiseCaNames = AdvertiseCaNames.Off,
  } = args;
  const both = trustStoreArn !== undefined && caBundle !== undefined;
  const neither = trustStoreArn === undefined && caBundle === undefined;
  problems.unless(!both, `${at}.trustStoreArn`, "takes the place of caBundle, got both");
  problems.unless(
    !neither,
    `${at}.caBundle`,
    'or trustStoreArn must be given for mode "verify", got neither',
  );
  checkOneOf(
    ExpiredClientCertificates,
    expiredClientCertificates,
    `${at}.expiredClientCertificates`,
    problems,
  );
  checkOneOf(AdvertiseCaNames, advertiseCaNames, `${at}.advertiseCaNames`, problems);
  if (caBundle !== undefined) checkFile(caBundle, `${at}.caBundle`, problems);
  checkRevocations(revocations, caBundle !== undefined, problems);
  const verification = {
    ignoreClientCertificateExpiry: expiredClientCertificates === ExpiredClientCertificates.Accepted,
    advertiseTrustStoreCaNames: advertiseCaNames,
  };
  return caBundle === undefined
    ? { kind: "given", trustStoreArn: trustStoreArn ?? "", ...verification }
    : { kind: "own", caBundle, revocations, ...verification };
}

/** In this mode the load balancer judges nothing, so whatever says how to judge would be without effect. */
function settlePassthrough({ mode, ...rest }: MutualTlsArgs, problems: Problems): MutualTls {
  for (const [member, value] of Object.entries(rest)) {
    problems.unless(value === undefined, `${at}.${member}`, `goes with mode "verify", got mode "${mode}"`);
  }
  return { kind: "passthrough" };
}

function checkFile(file: TrustFileArgs, path: string, problems: Problems): void {
  for (const member of ["bucket", "key", "version"] as const) {
    problems.unless(file[member] !== "", `${path}.${member}`, 'must not be empty, got ""');
  }
}

function checkRevocations(
  revocations: { readonly [name: string]: TrustFileArgs },
  isOwn: boolean,
  problems: Problems,
): void {
  const count = Object.keys(revocations).length;
  const path = `${at}.revocations`;
  checkKeys(revocations, path, problems);
  problems.unless(
    count === 0 || isOwn,
    path,
    "goes with caBundle: a trust store that is given has lists of its own, got no caBundle",
  );
  problems.unless(count <= mostRevocations, path, `takes ${mostRevocations} lists at most, got ${count}`);
  for (const [name, file] of Object.entries(revocations)) checkFile(file, `${path}.${name}`, problems);
}

/** What a listener is told of clients' certificates, and what has to be there before it is. */
export interface ClientAuthentication {
  readonly mutualAuthentication: types.input.lb.ListenerMutualAuthentication;
  readonly dependsOn: pulumi.Resource[];
}

/**
 * Makes the trust store, if one is wanted, and says what to tell the listener.
 *
 * The listener is told "off" too: the provider takes a listener that says nothing for one that may stay as it is, so that
 * clients would go on being turned away after the argument is gone.
 */
export function addMutualTls(
  name: string,
  namePrefix: string | undefined,
  mutualTls: MutualTls,
  tags: Tags | undefined,
  transform: MutualTlsTransforms,
  child: pulumi.CustomResourceOptions,
): ClientAuthentication {
  if (mutualTls.kind === "off" || mutualTls.kind === "passthrough") {
    return { mutualAuthentication: { mode: mutualTls.kind }, dependsOn: [] };
  }
  const { ignoreClientCertificateExpiry, advertiseTrustStoreCaNames } = mutualTls;
  const verify = { mode: "verify", ignoreClientCertificateExpiry, advertiseTrustStoreCaNames };
  if (mutualTls.kind === "given") {
    return { mutualAuthentication: { ...verify, trustStoreArn: mutualTls.trustStoreArn }, dependsOn: [] };
  }
  const { caBundle, revocations } = mutualTls;
  const own = `${name}-trust-store`;
  const { bucket, key, version } = caBundle;
  const store = new lb.TrustStore(
    own,
    ...shaped(
      transform.trustStore,
      {
        ...trustStoreName(name, namePrefix),
        caCertificatesBundleS3Bucket: bucket,
        caCertificatesBundleS3Key: key,
        ...(version !== undefined && { caCertificatesBundleS3ObjectVersion: version }),
        tags: tagged(own, tags),
      },
      child,
    ),
  );
  // Before anybody is let in by this trust store, whoever is not to be let in has to be known.
  const lists = addRevocations(name, store.arn, revocations, transform, child);
  return { mutualAuthentication: { ...verify, trustStoreArn: store.arn }, dependsOn: lists };
}

function addRevocations(
  name: string,
  trustStoreArn: pulumi.Input<string>,
  revocations: { readonly [name: string]: TrustFileArgs },
  transform: MutualTlsTransforms,
  child: pulumi.CustomResourceOptions,
): pulumi.Resource[] {
  return Object.entries(revocations).map(([list, { bucket, key, version }]) => {
    const args = {
      trustStoreArn,
      revocationsS3Bucket: bucket,
      revocationsS3Key: key,
      ...(version !== undefined && { revocationsS3ObjectVersion: version }),
    };
    const bend = transform.revocations?.[list];
    return new lb.TrustStoreRevocation(`${name}-revocation-${list}`, ...shaped(bend, args, child));
  });
}

// https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTrustStore.html
const longestTrustStore = 32;

/** The `name` of a trust store, or nothing where the provider's own naming will do. Nothing but itself replaces it. */
function trustStoreName(name: string, namePrefix: string | undefined): { name?: string } {
  const logical = `${name}-trust-store`;
  if (namePrefix !== undefined) return { name: shortName(`${namePrefix}-${name}-trust`, longestTrustStore) };
  if (logical.length + autoNameSuffixLength <= longestTrustStore) return {};
  return { name: shortName(logical, longestTrustStore, pulumi.getProject(), pulumi.getStack()) };
}
