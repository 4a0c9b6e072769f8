import type { Rule } from "../../lib/rule";
import { balancerAccessLogs } from "./balancer-access-logs";
import { balancerCrossZone } from "./balancer-cross-zone";
import { balancerDeletionProtection } from "./balancer-deletion-protection";
import { balancerDesyncMode } from "./balancer-desync-mode";
import { balancerDropInvalidHeaders } from "./balancer-drop-invalid-headers";
import { balancerLogBucketUsable } from "./balancer-log-bucket-usable";
import { balancerMultiZone } from "./balancer-multi-zone";
import { balancerWebAcl } from "./balancer-web-acl";
import { balancerWebAclFailClosed } from "./balancer-web-acl-fail-closed";

/** Rules about load balancers, in the order in which they are told. */
export const balancerRules: readonly Rule[] = [
  balancerMultiZone,
  balancerAccessLogs,
  balancerDeletionProtection,
  balancerDropInvalidHeaders,
  balancerDesyncMode,
  balancerCrossZone,
  balancerWebAcl,
  balancerWebAclFailClosed,
  balancerLogBucketUsable,
];
