import type { Check } from "../checks";
import { isSet } from "../kind";
import { subnetsMeant } from "./network";

/** A load balancer with IPv6 addresses stands in subnets that have some. */
export const ipv6Subnets: Check = function* (subject) {
  const { ipAddressType } = subject.inputs;
  if (ipAddressType !== "dualstack" && ipAddressType !== "dualstack-without-public-ipv4") return;
  const property = isSet(subject.inputs.subnets) ? "subnets" : "subnetMappings";
  const meant = subnetsMeant(subject, property);
  const without = meant.some(
    (candidates) =>
      candidates.length > 0 &&
      candidates.every(
        ({ imagined, inputs }) => !imagined && !isSet(inputs.ipv6CidrBlock) && !isSet(inputs.ipv6IpamPoolId),
      ),
  );
  if (!without) return;
  const reason = "ValidationError: You must specify subnets with an associated IPv6 CIDR block.";
  yield { property, reason };
};

/** There is no saving public addresses where there are none. */
export const publicWithoutIpv4: Check = function* ({ inputs }) {
  if (inputs.ipAddressType !== "dualstack-without-public-ipv4" || inputs.internal !== true) return;
  const reason =
    "InvalidConfigurationRequest: The IP address type 'dualstack-without-public-ipv4' is supported for internet-facing load balancers only";
  yield { property: "ipAddressType", reason };
};
