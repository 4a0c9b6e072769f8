import type { Faults, Path } from "../faults";
import { routesOf } from "../route-table";
import type { QuotasConfig } from "../schema/quotas";
import type { ServiceConfig } from "../schema/service";

interface Services {
  readonly [name: string]: ServiceConfig;
}

/** AWS raises it for nobody. */
const targetGroupsPerLoadBalancer = 100;

/** Notes what a load balancer with all of these services would need more of than the account has. */
export function checkQuotas(
  services: Services,
  quotas: QuotasConfig,
  key: (name: "services" | "quotas") => string,
  faults: Faults,
): void {
  const at: Path = [key("services")];
  if (faults.touches(at) || faults.touches([key("quotas")])) return;
  const all = Object.values(services);
  const endpoints = all.flatMap((service) => Object.values(service.endpoints));
  const exceeded = (needed: number, what: string, limit: number, where: string) => {
    if (needed > limit) faults.add(at, `${needed} ${what}, must be ${limit} at most, ${where}`);
  };
  const told = (name: keyof QuotasConfig) =>
    `AWS's quota for the account: ask for more, then say so in quotas.${name}`;
  const needed: readonly (readonly [name: keyof QuotasConfig, count: number, what: string])[] = [
    [
      "rulesPerLoadBalancer",
      Object.entries(services).flatMap(([name, service]) => routesOf(name, service)).length,
      "routes, each of them a rule of the load balancer",
    ],
    [
      "targetsPerLoadBalancer",
      sum(all.map((service) => service.sizing.max * Object.keys(service.endpoints).length)),
      "targets of the load balancer with every service at its max, an instance counting once for each endpoint",
    ],
    [
      "rulesPerSecurityGroup",
      sum(all.map((service) => portsOf(service).size)),
      "ports of services that the load balancer's security group lets out to, each by a rule",
    ],
  ];
  for (const [name, count, what] of needed) exceeded(count, what, quotas[name], told(name));
  const groups = "endpoints, each of them a target group of the load balancer";
  exceeded(
    endpoints.length,
    groups,
    targetGroupsPerLoadBalancer,
    "for any account: a second stack has another",
  );
}

/** Ports the load balancer reaches instances on, for requests and for probes. */
function portsOf(service: ServiceConfig): Set<number> {
  return new Set(
    Object.values(service.endpoints).flatMap(({ port = service.port, health }) => [
      port,
      health?.port ?? service.health.port ?? port,
    ]),
  );
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0);
