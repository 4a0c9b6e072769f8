import type { Problems } from "./problems";

/** What a load balancer's HTTPS listener negotiates unless it is told otherwise: what AWS's own console proposes. */
export const defaultTlsPolicy = "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09";

const family = "ELBSecurityPolicy-";

/**
 * The lowest version of TLS that each security policy of application load balancers accepts, as AWS published them in
 * September 2026. Their names all begin with `ELBSecurityPolicy-`. A policy that is not here is refused: its name alone
 * does not say what it accepts.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html
 */
const policiesByFloor: { readonly [floor: string]: readonly string[] } = {
  "1.3": [
    "TLS13-1-3-2021-06",
    "TLS13-1-3-PQ-2025-09",
    "TLS13-1-3-FIPS-2023-04",
    "TLS13-1-3-FIPS-PQ-2025-09",
    "TLS13-1-3-RFC9151-FIPS-2023-07",
  ],
  "1.2": [
    "TLS13-1-2-2021-06",
    "TLS13-1-2-PQ-2025-09",
    "TLS13-1-2-Res-2021-06",
    "TLS13-1-2-Res-PQ-2025-09",
    "TLS13-1-2-Ext1-2021-06",
    "TLS13-1-2-Ext1-PQ-2025-09",
    "TLS13-1-2-Ext2-2021-06",
    "TLS13-1-2-Ext2-PQ-2025-09",
    "TLS13-1-2-FIPS-2023-04",
    "TLS13-1-2-FIPS-PQ-2025-09",
    "TLS13-1-2-Res-FIPS-2023-04",
    "TLS13-1-2-Res-FIPS-PQ-2025-09",
    "TLS13-1-2-Ext0-FIPS-2023-04",
    "TLS13-1-2-Ext0-FIPS-PQ-2025-09",
    "TLS13-1-2-Ext1-FIPS-2023-04",
    "TLS13-1-2-Ext1-FIPS-PQ-2025-09",
    "TLS13-1-2-Ext2-FIPS-2023-04",
    "TLS13-1-2-Ext2-FIPS-PQ-2025-09",
    "TLS13-1-2-RFC9151-FIPS-2023-07",
    "TLS13-1-2-Ext0-RFC9151-FIPS-2023-07",
    "TLS13-1-2-RFC9151-INTEROP1-FIPS-2023-07",
    "TLS13-1-2-RFC9151-INTEROP2-FIPS-2023-07",
    "TLS13-1-2-RFC9151-INTEROP3-FIPS-2023-07",
    "TLS13-1-2-RFC9151-INTEROP4-FIPS-2023-07",
    "TLS-1-2-2017-01",
    "TLS-1-2-Ext-2018-06",
    "FS-1-2-2019-08",
    "FS-1-2-Res-2019-08",
    "FS-1-2-Res-2020-10",
  ],
  "1.1": ["TLS13-1-1-2021-06", "TLS13-1-1-FIPS-2023-04", "TLS-1-1-2017-01", "FS-1-1-2019-08"],
  "1.0": [
    "TLS13-1-0-2021-06",
    "TLS13-1-0-PQ-2025-09",
    "TLS13-1-0-FIPS-2023-04",
    "TLS13-1-0-FIPS-PQ-2025-09",
    "TLS-1-0-2015-04",
    "FS-2018-06",
    "2016-08",
    "2015-05",
  ],
};

/** The lowest version of TLS that a security policy accepts, by the policy's whole name. */
export const tlsFloors: ReadonlyMap<string, string> = new Map(
  Object.entries(policiesByFloor).flatMap(([floor, names]) =>
    names.map((name) => [`${family}${name}`, floor] as const),
  ),
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
