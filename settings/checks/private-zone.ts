import type { Faults, Path } from "../faults";
import type { LoadBalancerConfig } from "../schema/load-balancer";

/** Checks that a load balancer with a private zone is internal and has a name that belongs there. */
export function checkPrivateZone(config: LoadBalancerConfig, key: string, faults: Faults): void {
  const { privateZone, exposure, domainName = config.hostName } = config;
  if (!privateZone) return;
  const at: Path = [key, "privateZone"];
  faults.check({
    about: [at, [key, "exposure"]],
    holds: exposure === "internal",
    path: at,
    found: privateZone,
    must: `must be left out for exposure ${faults.show([key], exposure)}`,
  });
  faults.check({
    about: [at, [key, "domainName"], [key, "hostName"]],
    holds: domainName !== undefined,
    path: at,
    found: privateZone,
    must: "must be left out without domainName or hostName, which it would hold",
  });
  const zone: Path = [...at, "zoneName"];
  const { zoneName, hostedZoneId } = privateZone;
  faults.check({
    about: [zone, [...at, "hostedZoneId"]],
    holds: zoneName === undefined || hostedZoneId === undefined,
    path: zone,
    found: zoneName,
    must: "must be left out beside hostedZoneId, which is a zone already",
  });
  const ends = zoneName === undefined || domainName === zoneName || domainName?.endsWith(`.${zoneName}`);
  faults.check({
    about: [zone, at, [key, "domainName"], [key, "hostName"]],
    holds: domainName === undefined || ends === true,
    path: zone,
    found: zoneName,
    must: `must be ${faults.show([key], domainName)} or what it ends in after a dot`,
  });
}
