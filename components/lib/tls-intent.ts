import { checkOneOf } from "./closed-set";
import type { Problems } from "./problems";
import { checkTlsPolicy, defaultTlsPolicy } from "./tls-policies";

/** The oldest version of TLS that clients may speak. */
export const TlsVersion = {
  /** TLS 1.2 and 1.3. */
  Tls12: "1.2",
  /** TLS 1.3 alone. */
  Tls13: "1.3",
} as const;
export type TlsVersion = (typeof TlsVersion)[keyof typeof TlsVersion];

/** Whether whoever records a connection and later gets hold of the certificate's key can read what was said. */
export const ForwardSecrecy = {
  /** Never: only ciphers whose keys die with the connection. */
  Required: "required",
  /** With old clients: ciphers that use the certificate's own key are accepted too. */
  Optional: "optional",
} as const;
export type ForwardSecrecy = (typeof ForwardSecrecy)[keyof typeof ForwardSecrecy];

/** Whether clients that know it may use hybrid post-quantum key exchange. */
export const PostQuantum = {
  /** ML-KEM is offered beside the classical key exchange, which every other client goes on using. */
  On: "on",
  /** The classical key exchange alone. */
  Off: "off",
} as const;
export type PostQuantum = (typeof PostQuantum)[keyof typeof PostQuantum];

/** Whether the cryptographic module has to be one that was validated by FIPS 140-3. */
export const Fips = {
  /** It has. */
  On: "on",
  /** It need not be. */
  Off: "off",
} as const;
export type Fips = (typeof Fips)[keyof typeof Fips];

/** What is expected of a connection. The name of AWS's security policy follows from it. */
export interface TlsArgs {
  /**
   * The oldest version of TLS that clients may speak.
   * @default "1.2"
   */
  readonly minimumVersion?: TlsVersion;
  /**
   * Whether ciphers without forward secrecy are refused. TLS 1.3 has no others.
   * @default "required"
   */
  readonly forwardSecrecy?: ForwardSecrecy;
  /**
   * Whether post-quantum key exchange is offered. Clients that do not know it are served as before.
   * @default "on"
   * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html
   */
  readonly postQuantum?: PostQuantum;
  /**
   * Whether cryptography validated by FIPS 140-3 is used, which has fewer ciphers.
   * @default "off"
   */
  readonly fips?: Fips;
}

/** What is expected of a connection, with every default in place. */
export type TlsIntent = Required<TlsArgs>;

/** An intent with every default in place. */
export function wholeIntent(args: TlsArgs): TlsIntent {
  const {
    minimumVersion = TlsVersion.Tls12,
    forwardSecrecy = ForwardSecrecy.Required,
    postQuantum = PostQuantum.On,
    fips = Fips.Off,
  } = args;
  return { minimumVersion, forwardSecrecy, postQuantum, fips };
}

interface Choice {
  readonly [forwardSecrecy: string]: { readonly [features: string]: string };
}

/**
 * The policy for each intent, as of 7 October 2026. Where AWS has several, the one with the fewest ciphers that does it:
 * "Res" has GCM and ChaCha20 alone, "Ext1" adds RSA key exchange but not SHA-1, as "Ext2" would.
 */
const choices: { readonly [minimumVersion in TlsVersion]: Choice } = {
  "1.2": {
    required: {
      plain: "TLS13-1-2-Res-2021-06",
      pq: "TLS13-1-2-Res-PQ-2025-09",
      fips: "TLS13-1-2-Res-FIPS-2023-04",
      "fips pq": "TLS13-1-2-Res-FIPS-PQ-2025-09",
    },
    optional: {
      plain: "TLS13-1-2-Ext1-2021-06",
      pq: "TLS13-1-2-Ext1-PQ-2025-09",
      fips: "TLS13-1-2-Ext1-FIPS-2023-04",
      "fips pq": "TLS13-1-2-Ext1-FIPS-PQ-2025-09",
    },
  },
  "1.3": {
    required: {
      plain: "TLS13-1-3-2021-06",
      pq: "TLS13-1-3-PQ-2025-09",
      fips: "TLS13-1-3-FIPS-2023-04",
      "fips pq": "TLS13-1-3-FIPS-PQ-2025-09",
    },
  },
};

/** The name of AWS's security policy for an intent; nothing where AWS has none. */
export function policyFor({
  minimumVersion,
  forwardSecrecy,
  postQuantum,
  fips,
}: TlsIntent): string | undefined {
  const features = [...(fips === Fips.On ? ["fips"] : []), ...(postQuantum === PostQuantum.On ? ["pq"] : [])];
  const name = choices[minimumVersion][forwardSecrecy]?.[features.join(" ") || "plain"];
  return name === undefined ? undefined : `ELBSecurityPolicy-${name}`;
}

/**
 * What to say of an intent AWS has no policy for: that of forward secrecy as an option under TLS 1.3, which has no cipher
 * without it. Stands behind what was found.
 */
export function noPolicyFor(intent: TlsIntent): string {
  const strict = policyFor({ ...intent, forwardSecrecy: ForwardSecrecy.Required });
  const older = policyFor({ ...intent, minimumVersion: TlsVersion.Tls12 });
  return (
    `must be "required" for minimumVersion "${intent.minimumVersion}", which has no cipher without it: AWS has ` +
    `${strict} for that, and ${older} for "${intent.forwardSecrecy}" with minimumVersion "1.2"`
  );
}

/** The arguments that say what a listener negotiates. */
export interface TlsChoice {
  readonly sslPolicy?: string;
  readonly tls?: TlsArgs;
}

/** Checks what a listener is to negotiate and gives the name of the security policy. */
export function settleTls({ sslPolicy, tls }: TlsChoice, problems: Problems): string {
  problems.unless(
    sslPolicy === undefined || tls === undefined,
    "sslPolicy",
    "takes the place of tls, got both",
  );
  const wanted = tls === undefined ? undefined : settleIntent(wholeIntent(tls), problems);
  if (sslPolicy === undefined) return wanted ?? defaultTlsPolicy;
  checkTlsPolicy(sslPolicy, "sslPolicy", problems);
  return sslPolicy;
}

function settleIntent(intent: TlsIntent, problems: Problems): string | undefined {
  const known = [
    checkOneOf(TlsVersion, intent.minimumVersion, "tls.minimumVersion", problems),
    checkOneOf(ForwardSecrecy, intent.forwardSecrecy, "tls.forwardSecrecy", problems),
    checkOneOf(PostQuantum, intent.postQuantum, "tls.postQuantum", problems),
    checkOneOf(Fips, intent.fips, "tls.fips", problems),
  ];
  if (known.includes(false)) return undefined;
  const policy = policyFor(intent);
  const found = `got "${intent.forwardSecrecy}"`;
  problems.unless(policy !== undefined, "tls.forwardSecrecy", `${noPolicyFor(intent)}, ${found}`);
  return policy;
}
