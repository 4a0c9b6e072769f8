import { zoneSlots } from "../../components/lib/address-plan";
import { parseBlock } from "../../components/lib/ipv4-block";
import type { Faults, Path } from "../faults";
import type { NetworkConfig } from "../schema/network";

/** A network's NAT choice, spelled out. */
export function natOf({ nat }: NetworkConfig) {
  return typeof nat === "string" ? { mode: nat } : nat;
}

/** Checks the parts of a network against each other. */
export function checkNetwork(network: NetworkConfig, key: string, faults: Faults): void {
  checkZones(network.zones, [key, "zones"], faults);
  checkRoom(network, key, faults);
  checkAddresses(network, key, faults);
}

function checkZones(zones: readonly string[], path: Path, faults: Faults): void {
  zones.forEach((zone, index) => {
    faults.check({
      about: [path],
      holds: !zones.slice(0, index).includes(zone),
      path: [...path, index],
      found: zone,
      must: "must differ from the zones before it",
    });
  });
}

function checkRoom({ cidrBlock, zones }: NetworkConfig, key: string, faults: Faults): void {
  const prefix = parseBlock(cidrBlock)?.prefix;
  const slots = prefix === undefined ? zones.length : zoneSlots(prefix);
  faults.check({
    about: [
      [key, "cidrBlock"],
      [key, "zones"],
    ],
    holds: zones.length <= slots,
    path: [key, "cidrBlock"],
    found: cidrBlock,
    must: `must be wider: it has room for ${slots} zones, and there are ${zones.length}`,
  });
}

function checkAddresses(network: NetworkConfig, key: string, faults: Faults): void {
  const { mode, elasticIpIds } = { elasticIpIds: undefined, ...natOf(network) };
  if (elasticIpIds === undefined) return;
  const gateways = { perZone: network.zones.length, single: 1, none: 0 }[mode];
  const path: Path = [key, "nat", "elasticIpIds"];
  faults.check({
    about: [path, [key, "nat", "mode"], [key, "zones"]],
    holds: elasticIpIds.length === gateways,
    path,
    found: elasticIpIds,
    must: gateways === 0 ? 'must be left out with mode "none"' : `must be ${gateways} for mode "${mode}"`,
  });
}
