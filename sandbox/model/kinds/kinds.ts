import type { Kinds } from "../kind";
import { balancerKinds } from "./balancer";
import { bucketKinds } from "./bucket";
import { certificateKinds } from "./certificate";
import { discoveryKinds } from "./discovery";
import { firewallKinds } from "./firewall";
import { identityKinds } from "./identity";
import { instanceKinds } from "./instance";
import { keyKinds } from "./key";
import { listenerKinds } from "./listener";
import { listenerRuleKinds } from "./listener-rule";
import { monitoringKinds } from "./monitoring";
import { networkKinds } from "./network";
import { queryKinds } from "./query";
import { routingKinds } from "./routing";
import { scalingGroupKinds } from "./scaling-group";
import { scalingPolicyKinds } from "./scaling-policy";
import { targetGroupKinds } from "./target-group";
import { topicKinds } from "./topic";
import { trustStoreKinds } from "./trust-store";
import { webAclKinds } from "./web-acl";
import { zonalShiftKinds } from "./zonal-shift";

/** What is particular to each resource type, by token. */
export const kinds: Kinds = {
  ...balancerKinds,
  ...bucketKinds,
  ...certificateKinds,
  ...discoveryKinds,
  ...firewallKinds,
  ...identityKinds,
  ...instanceKinds,
  ...keyKinds,
  ...listenerKinds,
  ...listenerRuleKinds,
  ...monitoringKinds,
  ...networkKinds,
  ...queryKinds,
  ...routingKinds,
  ...scalingGroupKinds,
  ...scalingPolicyKinds,
  ...targetGroupKinds,
  ...topicKinds,
  ...zonalShiftKinds,
  ...trustStoreKinds,
  ...webAclKinds,
};
