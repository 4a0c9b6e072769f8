import { knownText, type Value } from "../../values";
import type { Check } from "../checks";
import type { Subject } from "../kind";
import { targetsOf } from "./actions";

/**
 * HTTP/2 and gRPC are spoken to targets only for what came over HTTPS.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html#target-group-protocol-version
 *
 * @param property Actions that lead to target groups.
 * @param protocolOf What the listener speaks.
 */
export function versionsFit(property: string, protocolOf: (subject: Subject) => Value | undefined): Check {
  return function* (subject) {
    if (knownText(protocolOf(subject)) !== "HTTP") return;
    for (const { inputs } of targetsOf(subject, property)) {
      const version = knownText(inputs.protocolVersion);
      if (version !== "HTTP2" && version !== "GRPC") continue;
      const reason = `InvalidLoadBalancerAction: Listener protocol 'HTTP' is not supported with a target group with the protocol-version '${version}'`;
      yield { property, reason };
    }
  };
}
