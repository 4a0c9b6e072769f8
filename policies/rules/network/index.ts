import type { Rule } from "../../lib/rule";
import { aclNoOpenAdminPorts } from "./acl-no-open-admin-ports";
import { defaultSecurityGroupClosed } from "./default-security-group-closed";
import { egressLimited } from "./egress-limited";
import { ingressNoOpenAdminPorts } from "./ingress-no-open-admin-ports";
import { ingressOpenPortsAllowed } from "./ingress-open-ports-allowed";
import { natPerZone } from "./nat-per-zone";
import { networkFlowLogs } from "./network-flow-logs";
import { noDefaultNetwork } from "./no-default-network";
import { privateRouteNoGateway } from "./private-route-no-gateway";
import { securityGroupDescribed } from "./security-group-described";
import { subnetNoAutoAddress } from "./subnet-no-auto-address";

/** Rules about network resources, in the order in which they are told. */
export const networkRules: readonly Rule[] = [
  ingressNoOpenAdminPorts,
  ingressOpenPortsAllowed,
  securityGroupDescribed,
  egressLimited,
  defaultSecurityGroupClosed,
  networkFlowLogs,
  subnetNoAutoAddress,
  aclNoOpenAdminPorts,
  privateRouteNoGateway,
  natPerZone,
  noDefaultNetwork,
];
