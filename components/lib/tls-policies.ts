import type { Problems } from "./problems";

/** What a load balancer's HTTPS listener negotiates unless it is told otherwise: what AWS's own console proposes. */
export const defaultTlsPolicy = "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09";

const family = "ELBSecurityPolicy-";

/** What a security policy accepts. */
export interface TlsTraits {
  /** The lowest version of TLS. */
  readonly floor: string;
  /** Whether every cipher has forward secrecy: none uses RSA for the key exchange. */
  readonly forwardSecrecy: boolean;
  /** Whether hybrid post-quantum key exchange is offered, to clients that know it. */
  readonly postQuantum: boolean;
  /** Whether the cryptographic module is one validated by FIPS 140-3. */
  readonly fips: boolean;
}

type Trait = "forwardSecrecy" | "postQuantum" | "fips";

function those(floor: string, traits: readonly Trait[], ...names: readonly string[]) {
  const has = (trait: Trait) => traits.includes(trait);
  const all: TlsTraits = {
    floor,
    forwardSecrecy: has("forwardSecrecy"),
    postQuantum: has("postQuantum"),
    fips: has("fips"),
  };
  return names.map((name) => [`${family}${name}`, all] as const);
}

/**
 * The security policies of application load balancers as AWS had published them by 7 October 2026, by their whole names. A
 * policy that is not here is refused: its name alone does not say what it accepts.
 *
 * Forward secrecy is read from the table "Ciphers by policy": all names there begin with `TLS_` or `ECDHE-`.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html
 */
export const tlsPolicies: ReadonlyMap<string, TlsTraits> = new Map([
  ...those("1.3", ["forwardSecrecy"], "TLS13-1-3-2021-06"),
  ...those("1.3", ["forwardSecrecy", "postQuantum"], "TLS13-1-3-PQ-2025-09"),
  ...those("1.3", ["forwardSecrecy", "fips"], "TLS13-1-3-FIPS-2023-04", "TLS13-1-3-RFC9151-FIPS-2023-07"),
  ...those("1.3", ["forwardSecrecy", "postQuantum", "fips"], "TLS13-1-3-FIPS-PQ-2025-09"),
  ...those("1.2", ["forwardSecrecy"], "TLS13-1-2-2021-06", "TLS13-1-2-Res-2021-06"),
  ...those("1.2", ["forwardSecrecy"], "FS-1-2-2019-08", "FS-1-2-Res-2019-08", "FS-1-2-Res-2020-10"),
  ...those("1.2", ["forwardSecrecy", "postQuantum"], "TLS13-1-2-PQ-2025-09", "TLS13-1-2-Res-PQ-2025-09"),
  ...those(
    "1.2",
    ["forwardSecrecy", "fips"],
    "TLS13-1-2-FIPS-2023-04",
    "TLS13-1-2-Res-FIPS-2023-04",
    "TLS13-1-2-Ext0-FIPS-2023-04",
    "TLS13-1-2-RFC9151-FIPS-2023-07",
    "TLS13-1-2-RFC9151-INTEROP1-FIPS-2023-07",
    "TLS13-1-2-RFC9151-INTEROP2-FIPS-2023-07",
    "TLS13-1-2-RFC9151-INTEROP3-FIPS-2023-07",
  ),
  ...those(
    "1.2",
    ["forwardSecrecy", "postQuantum", "fips"],
    "TLS13-1-2-FIPS-PQ-2025-09",
    "TLS13-1-2-Res-FIPS-PQ-2025-09",
    "TLS13-1-2-Ext0-FIPS-PQ-2025-09",
  ),
  ...those("1.2", [], "TLS13-1-2-Ext1-2021-06", "TLS13-1-2-Ext2-2021-06"),
  ...those("1.2", [], "TLS-1-2-2017-01", "TLS-1-2-Ext-2018-06"),
  ...those("1.2", ["postQuantum"], "TLS13-1-2-Ext1-PQ-2025-09", "TLS13-1-2-Ext2-PQ-2025-09"),
  ...those(
    "1.2",
    ["fips"],
    "TLS13-1-2-Ext1-FIPS-2023-04",
    "TLS13-1-2-Ext2-FIPS-2023-04",
    "TLS13-1-2-Ext0-RFC9151-FIPS-2023-07",
    "TLS13-1-2-RFC9151-INTEROP4-FIPS-2023-07",
  ),
  ...those(
    "1.2",
    ["postQuantum", "fips"],
    "TLS13-1-2-Ext1-FIPS-PQ-2025-09",
    "TLS13-1-2-Ext2-FIPS-PQ-2025-09",
  ),
  ...those("1.1", ["forwardSecrecy"], "FS-1-1-2019-08"),
  ...those("1.1", [], "TLS13-1-1-2021-06", "TLS-1-1-2017-01"),
  ...those("1.1", ["fips"], "TLS13-1-1-FIPS-2023-04"),
  ...those("1.0", ["forwardSecrecy"], "FS-2018-06"),
  ...those("1.0", [], "TLS13-1-0-2021-06", "TLS-1-0-2015-04", "2016-08", "2015-05"),
  ...those("1.0", ["postQuantum"], "TLS13-1-0-PQ-2025-09"),
  ...those("1.0", ["fips"], "TLS13-1-0-FIPS-2023-04"),
  ...those("1.0", ["postQuantum", "fips"], "TLS13-1-0-FIPS-PQ-2025-09"),
]);

/** The lowest version of TLS that a security policy accepts, by the policy's whole name. */
export const tlsFloors: ReadonlyMap<string, string> = new Map(
  [...tlsPolicies].map(([name, { floor }]) => [name, floor] as const),
);

// A message with all 34 names would not be read. These are AWS's recommendation, the same without TLS 1.2, and the same
// for those who need validated cryptography.
const proposals = [
  defaultTlsPolicy,
  "ELBSecurityPolicy-TLS13-1-3-PQ-2025-09",
  "ELBSecurityPolicy-TLS13-1-2-Res-FIPS-PQ-2025-09",
];

/** Notes a fault at `path` unless the security policy is known to accept TLS 1.2 and newer only. */
export function checkTlsPolicy(name: string, path: string, problems: Problems): boolean {
  const floor = tlsFloors.get(name);
  const found = floor === undefined ? `unknown "${name}"` : `"${name}", which accepts TLS ${floor}`;
  return problems.unless(
    floor === "1.2" || floor === "1.3",
    path,
    `must be a policy of TLS 1.2 or newer, such as ${proposals.join(", ")}, got ${found}`,
  );
}
