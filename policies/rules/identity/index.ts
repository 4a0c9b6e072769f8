import type { Rule } from "../../lib/rule";
import { identityNoAdmin } from "./identity-no-admin";
import { identityNoDecryptAll } from "./identity-no-decrypt-all";
import { identityNoInline } from "./identity-no-inline";
import { identityNoServiceWildcard } from "./identity-no-service-wildcard";
import { identityNoUserPolicies } from "./identity-no-user-policies";
import { identityTrustSpecific } from "./identity-trust-specific";

/** Rules about who may do what, in the order in which they are told. */
export const identityRules: readonly Rule[] = [
  identityNoAdmin,
  identityNoServiceWildcard,
  identityTrustSpecific,
  identityNoUserPolicies,
  identityNoInline,
  identityNoDecryptAll,
];
