import { isIPv6 } from "node:net";
import { isUnknown, UNKNOWN, type Value } from "../values";
import { ConstructionFault } from "./planned";

const fault = (reason: string) => new ConstructionFault([{ reason }]);

/** Block of one subnet in the VPC's IPv6 range, by number. */
function ipv6Block(vpcBlock: string, index: number): string {
  const [address = "", prefix] = vpcBlock.split("/");
  if (address === "" || prefix === undefined) throw fault(`"${vpcBlock}" is not a valid IPv6 CIDR block`);
  if (!isIPv6(address)) throw fault(`"${address}" is not a valid IPv6 address`);
  if (prefix !== "56") throw fault(`VPC must be a /56 block (got /${prefix})`);
  const [a, b, c, d] = address.split(":");
  const network = (Number.parseInt(d ?? "", 16) & 0xff00) | index;
  return `${a}:${b}:${c}:${network.toString(16)}::/64`;
}

/**
 * The IPv6 block of a subnet, `undefined` if it gets none. In a preview the VPC's own is unknown, so that even "none" is.
 *
 * @param assigns Whether the subnet gives its resources addresses.
 * @param index Number of the subnet in the VPC's range, from 0.
 * @throws {ConstructionFault} if the VPC has no block, or not a /56.
 */
export function subnetIpv6Block(
  vpcBlock: Value | undefined,
  assigns: Value | undefined,
  index: number,
): string | undefined {
  if (isUnknown(vpcBlock) || isUnknown(assigns)) return UNKNOWN;
  if (assigns !== true) return undefined;
  if (typeof vpcBlock === "string" && vpcBlock !== "") return ipv6Block(vpcBlock, index);
  throw fault(
    "Subnets with assignIpv6AddressOnCreation=true require the VPC to have an IPv6 CIDR block. Set assignGeneratedIpv6CidrBlock=true or provide ipv6CidrBlock.",
  );
}
