/** A TLS version, as AWS writes it in the names of its policies. */
export type TlsVersion = "1.0" | "1.1" | "1.2" | "1.3";

/**
 * Every security policy that AWS has published for application and network load balancers, with the lowest version
 * each accepts. As of 7 October 2026.
 *
 * The name is no guide by itself: "TLS13" only says that 1.3 is offered too. A name that is not here is not trusted.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/describe-ssl-policies.html
 */
export const lowestVersions: { readonly [policy: string]: TlsVersion } = {
  ...family("1.0", "2015-05 2016-08 TLS-1-0-2015-04 FS-2018-06"),
  ...family("1.0", "TLS13-1-0-2021-06 TLS13-1-0-FIPS-2023-04 TLS13-1-0-PQ-2025-09 TLS13-1-0-FIPS-PQ-2025-09"),
  ...family("1.1", "TLS-1-1-2017-01 FS-1-1-2019-08 TLS13-1-1-2021-06 TLS13-1-1-FIPS-2023-04"),
  ...family("1.2", "TLS-1-2-2017-01 TLS-1-2-Ext-2018-06"),
  ...family("1.2", "FS-1-2-2019-08 FS-1-2-Res-2019-08 FS-1-2-Res-2020-10"),
  ...family("1.2", "TLS13-1-2-2021-06 TLS13-1-2-Res-2021-06 TLS13-1-2-Ext1-2021-06 TLS13-1-2-Ext2-2021-06"),
  ...family("1.2", "TLS13-1-2-FIPS-2023-04 TLS13-1-2-Res-FIPS-2023-04 TLS13-1-2-Ext0-FIPS-2023-04"),
  ...family("1.2", "TLS13-1-2-Ext1-FIPS-2023-04 TLS13-1-2-Ext2-FIPS-2023-04"),
  ...family("1.2", "TLS13-1-2-PQ-2025-09 TLS13-1-2-Res-PQ-2025-09"),
  ...family("1.2", "TLS13-1-2-Ext1-PQ-2025-09 TLS13-1-2-Ext2-PQ-2025-09"),
  ...family("1.2", "TLS13-1-2-FIPS-PQ-2025-09 TLS13-1-2-Res-FIPS-PQ-2025-09 TLS13-1-2-Ext0-FIPS-PQ-2025-09"),
  ...family("1.2", "TLS13-1-2-Ext1-FIPS-PQ-2025-09 TLS13-1-2-Ext2-FIPS-PQ-2025-09"),
  ...family("1.2", "TLS13-1-2-RFC9151-FIPS-2023-07 TLS13-1-2-Ext0-RFC9151-FIPS-2023-07"),
  ...family("1.2", "TLS13-1-2-RFC9151-INTEROP1-FIPS-2023-07 TLS13-1-2-RFC9151-INTEROP2-FIPS-2023-07"),
  ...family("1.2", "TLS13-1-2-RFC9151-INTEROP3-FIPS-2023-07 TLS13-1-2-RFC9151-INTEROP4-FIPS-2023-07"),
  ...family("1.3", "TLS13-1-3-2021-06 TLS13-1-3-FIPS-2023-04 TLS13-1-3-PQ-2025-09 TLS13-1-3-FIPS-PQ-2025-09"),
  ...family("1.3", "TLS13-1-3-RFC9151-FIPS-2023-07"),
};

function family(version: TlsVersion, names: string): { [policy: string]: TlsVersion } {
  return Object.fromEntries(names.split(" ").map((name) => [`ELBSecurityPolicy-${name}`, version]));
}

/**
 * A name of the shape AWS has used since 2021, whose digit after "TLS13-1-" is the lowest version:
 * strength, standard, post-quantum and date may follow, and nothing else may.
 */
const shape =
  /^ELBSecurityPolicy-TLS13-1-([0-3])(-(Res|Ext\d))?(-RFC9151)?(-INTEROP\d)?(-FIPS)?(-PQ)?-20\d\d-(0[1-9]|1[0-2])$/;

const digits: { readonly [digit: string]: TlsVersion } = { 0: "1.0", 1: "1.1", 2: "1.2", 3: "1.3" };

/** The lowest TLS version a security policy accepts; nothing for a name that says none. */
export function lowestVersion(policy: string): TlsVersion | undefined {
  if (Object.hasOwn(lowestVersions, policy)) return lowestVersions[policy];
  const digit = shape.exec(policy)?.[1];
  return digit === undefined ? undefined : digits[digit];
}
