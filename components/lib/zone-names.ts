import type { Problems } from "./problems";

const fewestZones = 2;

/** Zones a network can span: AWS has no region with more. */
export const mostZones = 6;

// Local Zones (us-west-2-lax-1a) and Wavelength Zones (us-east-1-wl1-bos-wlz-1) have more parts, zone ids (use1-az1) fewer.
const zoneName = /^([a-z]{2}(?:-[a-z]+)+-[0-9]+)[a-z]$/;

/** The region an availability zone is in, or `undefined` if that is not the name of one. */
export function regionOf(zone: string): string | undefined {
  return zoneName.exec(zone)?.[1];
}

/**
 * Notes at `path` what is wrong with a list of zones.
 *
 * @returns the region all of them are in, or `undefined` when they cannot be used.
 */
export function settleZones(zones: readonly string[], path: string, problems: Problems): string | undefined {
  const region = zones[0] === undefined ? undefined : regionOf(zones[0]);
  const enough = zones.length >= fewestZones && zones.length <= mostZones;
  problems.unless(enough, path, `needs ${fewestZones} to ${mostZones}, got ${zones.length}`);
  const sound = zones.map((zone, index) => {
    const fault = faultOf(zone, zones.slice(0, index), region);
    return problems.unless(fault === undefined, `${path}[${index}]`, fault ?? "");
  });
  return enough && sound.every(Boolean) ? region : undefined;
}

function faultOf(zone: string, before: readonly string[], region: string | undefined): string | undefined {
  const own = regionOf(zone);
  if (own === undefined) return `must be an availability zone such as "us-east-1a", got "${zone}"`;
  if (before.includes(zone)) return `must differ from the zones before it, got "${zone}" again`;
  if (region !== undefined && own !== region) return `must be in ${region} like the first, got "${zone}"`;
  return undefined;
}
