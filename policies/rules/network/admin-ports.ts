import type { WholeNumbers } from "../../lib/parameters";
import { everyPort, isEveryPort, named, type Ports, portsOf, type Traffic } from "./security-rules";

/**
 * Ports of EC2.19 of Security Hub: shells, files and mail in the clear, databases, and what developers listen on.
 *
 * https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-19
 */
const highRisk = [
  20, 21, 22, 23, 25, 110, 135, 143, 445, 1433, 1434, 3000, 3306, 3389, 4333, 5000, 5432, 5500, 5601, 8080,
  8088, 8888, 9200, 9300,
];

/**
 * What it leaves out: Oracle, Docker, Redshift, remote management of Windows, Redis, Neptune, Cassandra, Memcached and
 * DocumentDB.
 */
const alsoSensitive = [1521, 2375, 2376, 5439, 5985, 5986, 6379, 6380, 8182, 9042, 11_211, 27_017];

/** The ports nobody outside has business with. */
export const adminPorts: WholeNumbers = {
  type: "array",
  description: "Ports that are never open to the world: those of administration, databases and caches.",
  items: { type: "integer", minimum: 0, maximum: everyPort.to },
  default: [...highRisk, ...alsoSensitive].sort((a, b) => a - b),
};

/** The ports of remote administration. */
export const remotePorts: WholeNumbers = {
  type: "array",
  description: "Ports of remote administration.",
  items: { type: "integer", minimum: 0, maximum: everyPort.to },
  default: [22, 3389],
};

/** Those of some ports that traffic goes to. */
export function portsIn({ from, to }: Ports, ports: readonly number[]): readonly number[] {
  return ports.filter((port) => port >= from && port <= to);
}

/** Why traffic must not come from everywhere, if it goes to one of some ports. */
export function objectionTo(traffic: Traffic, ports: readonly number[]): string | undefined {
  const range = portsOf(traffic);
  const sensitive = range === undefined ? [] : portsIn(range, ports);
  const [first, second, ...more] = sensitive;
  if (range === undefined || first === undefined) return undefined;
  const must = "must not be the whole world";
  if (range.from === range.to || isEveryPort(range)) return `${named(traffic)}, ${must}`;
  const two = second === undefined ? `${first}` : `${first} and ${second}`;
  const which = more.length === 0 ? two : `${first}, ${second} and ${more.length} more`;
  return `${named(traffic)}, which take in ${which}, ${must}`;
}
