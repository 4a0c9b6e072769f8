import type { Rule } from "../../lib/rule";
import { listenerCertificateSet } from "./listener-certificate-set";
import { listenerEncryptedProtocol } from "./listener-encrypted-protocol";
import { listenerHttpRedirect } from "./listener-http-redirect";
import { listenerRuleNoPlainForward } from "./listener-rule-no-plain-forward";
import { listenerTlsMinimum } from "./listener-tls-minimum";
import { listenerTlsRecommended } from "./listener-tls-recommended";
import { listenerTransportSecurityHeader } from "./listener-transport-security-header";

/** Rules about listeners and their rules, in the order in which they are told. */
export const listenerRules: readonly Rule[] = [
  listenerTlsMinimum,
  listenerTlsRecommended,
  listenerHttpRedirect,
  listenerRuleNoPlainForward,
  listenerEncryptedProtocol,
  listenerCertificateSet,
  listenerTransportSecurityHeader,
];
