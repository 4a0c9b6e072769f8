import { policyFor } from "../components/lib/tls-intent";
import { defaultTlsPolicy } from "../components/lib/tls-policies";
import { type Conceal, concealed, given, mapped } from "./given";
import type { LoadBalancerConfig } from "./schema/load-balancer";
import type { MutualTlsConfig } from "./schema/transport";
import type { MutualTlsSettings, TransportSettings, TrustFileSettings } from "./settings";

/** Turns what a stack says of certificates and connections into arguments of the load balancer. */
export function transportOf(config: LoadBalancerConfig, conceal: Conceal): TransportSettings {
  const { tls, sslPolicy, alternativeNames, additionalCertificateArns, mutualTls } = config;
  const intended = tls === undefined ? undefined : policyFor(tls);
  return {
    sslPolicy: sslPolicy ?? intended ?? defaultTlsPolicy,
    ...given({
      alternativeNames,
      additionalCertificateArns: additionalCertificateArns && mapped(additionalCertificateArns, conceal),
      mutualTls: mutualTls && mutualTlsOf(mutualTls, conceal),
    }),
  };
}

function mutualTlsOf(config: MutualTlsConfig, conceal: Conceal): MutualTlsSettings {
  const { mode, trustStoreArn, caBundle, revocations, ...verification } = config;
  const fileOf = ({ bucket, key, version }: NonNullable<typeof caBundle>): TrustFileSettings => ({
    bucket: conceal(bucket),
    key,
    ...given({ version }),
  });
  return {
    mode,
    ...given({
      trustStoreArn: concealed(trustStoreArn, conceal),
      caBundle: caBundle && fileOf(caBundle),
      revocations: revocations && mapped(revocations, fileOf),
      ...verification,
    }),
  };
}
