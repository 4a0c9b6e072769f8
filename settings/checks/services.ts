import { architectureOf } from "../../components/lib/instance-types";
import type { EnvironmentDefaults } from "../environments";
import type { Faults, Path } from "../faults";
import { faultOfFile } from "../files";
import type { ServiceConfig } from "../schema/service";
import { checkEndpoint } from "./endpoints";
import { checkForeign } from "./modes";
import { checkRoutes, checkRouteTable } from "./routes";
import { checkSizing } from "./sizing";

interface Services {
  readonly [name: string]: ServiceConfig;
}

/**
 * Checks each service, and the services against each other.
 *
 * @param defaults `undefined` when the stack does not say what it is for: what depends on that is then not judged.
 */
export function checkServices(
  services: Services,
  key: string,
  defaults: EnvironmentDefaults | undefined,
  faults: Faults,
): void {
  for (const [name, service] of Object.entries(services)) {
    const at: Path = [key, name];
    if (defaults) {
      checkSizing(service, at, defaults, faults);
      checkPurchase(service, at, faults);
    }
    checkLaunch(service, at, faults);
    checkVolume(service, at, faults);
    checkRefresh(service, at, faults);
    checkRoutes(service, at, faults);
    for (const [endpoint, config] of Object.entries(service.endpoints)) {
      checkEndpoint(config, [...at, "endpoints", endpoint], faults);
    }
  }
  checkRouteTable(services, key, faults);
  checkNames(services, key, faults);
}

function checkPurchase({ purchase, instanceTypes = [] }: ServiceConfig, at: Path, faults: Faults): void {
  const { mode, ...block } = purchase;
  const modePath: Path = [...at, "purchase", "mode"];
  const typesPath: Path = [...at, "instanceTypes"];
  checkForeign(block, { path: modePath, is: mode, takes: "mixed" }, [...at, "purchase"], faults);
  faults.check({
    about: [modePath, typesPath],
    holds: mode === "onDemand" || instanceTypes.length !== 1,
    path: typesPath,
    found: instanceTypes,
    must: 'must be 2 or more for purchase.mode "mixed"',
  });
  if (faults.touches(typesPath)) return;
  instanceTypes.forEach((type, index) => {
    faults.check({
      about: [],
      holds: !instanceTypes.slice(0, index).includes(type),
      path: [...typesPath, index],
      found: type,
      must: "must be named once",
    });
  });
  const processors = [...new Set(instanceTypes.map(architectureOf))];
  faults.check({
    about: [],
    holds: processors.length < 2,
    path: typesPath,
    found: instanceTypes,
    must: `must share one processor, because they share one image, not ${processors.join(" and ")}`,
  });
}

function checkLaunch({ image, userDataFile }: ServiceConfig, at: Path, faults: Faults): void {
  const parts = Object.values(image ?? {}).filter((value) => value !== undefined).length;
  faults.check({
    about: [[...at, "image"]],
    holds: image === undefined || parts === 1,
    path: [...at, "image"],
    found: image,
    must: "must have either id or parameter",
  });
  const file: Path = [...at, "userDataFile"];
  const fault = userDataFile === undefined ? undefined : faultOfFile(userDataFile);
  faults.check({
    about: [file],
    holds: fault === undefined,
    path: file,
    found: userDataFile,
    must: fault ?? "",
  });
}

function checkVolume({ volume }: ServiceConfig, at: Path, faults: Faults): void {
  const path = (part: keyof typeof volume): Path => [...at, "volume", part];
  // Below 6 GiB the ratio would forbid the 3,000 every gp3 volume has; the smallest root volume here has 8.
  faults.check({
    about: [path("sizeGiB"), path("iops")],
    holds: volume.iops <= volume.sizeGiB * 500,
    path: path("iops"),
    found: volume.iops,
    must: `must be at most 500 for each GiB (${faults.show(at, volume.sizeGiB * 500)})`,
  });
  faults.check({
    about: [path("iops"), path("throughputMiBps")],
    holds: volume.throughputMiBps * 4 <= volume.iops,
    path: path("throughputMiBps"),
    found: volume.throughputMiBps,
    must: `must be at most a quarter of iops (${faults.show(at, volume.iops / 4)})`,
  });
}

function checkRefresh({ instanceRefresh }: ServiceConfig, at: Path, faults: Faults): void {
  const { minHealthyPercent: min, maxHealthyPercent: max } = instanceRefresh;
  const path = (part: keyof typeof instanceRefresh): Path => [...at, "instanceRefresh", part];
  const about = [path("minHealthyPercent"), path("maxHealthyPercent")];
  faults.check({
    about,
    holds: max - min <= 100,
    path: path("maxHealthyPercent"),
    found: max,
    must: `must be at most 100 above minHealthyPercent (${faults.show(at, min)})`,
  });
  faults.check({
    about,
    holds: max > min,
    path: path("maxHealthyPercent"),
    found: max,
    must: `must be more than minHealthyPercent (${faults.show(at, min)}), or nothing can be replaced`,
  });
}

// What the resources of a service are called after its own name.
const roles = ["group", "targets", "rule", "balancer", "requests", "alarms", "discovery", "client"];

/**
 * Checks that no two resources get one name.
 *
 * Names are joined with dashes: rules `v1-all` of endpoint `api` and `all` of endpoint `api-v1` would meet, and so would
 * the endpoints of services `web` and `web-targets`.
 */
function checkNames(services: Services, key: string, faults: Faults): void {
  const names = Object.keys(services);
  for (const [name, { endpoints }] of Object.entries(services)) {
    const owner = names.find((each) => roles.some((role) => `${name}-`.startsWith(`${each}-${role}-`)));
    const must = `must be another name: resources of service "${owner}" begin with it`;
    faults.check({ about: [], holds: owner === undefined, path: [key, name], found: name, must });
    checkRuleNames(endpoints, [key, name, "endpoints"], faults);
  }
}

function checkRuleNames(endpoints: ServiceConfig["endpoints"], at: Path, faults: Faults): void {
  const owners = new Map<string, string>();
  for (const [endpoint, { routes }] of Object.entries(endpoints)) {
    for (const route of Object.keys(routes)) {
      const joined = `${endpoint}-${route}`;
      const owner = owners.get(joined);
      faults.check({
        about: [],
        holds: owner === undefined,
        path: [...at, endpoint, "routes", route],
        found: route,
        must: `must be another name: with its endpoint it reads like ${owner}`,
      });
      owners.set(joined, `${endpoint}.routes.${route}`);
    }
  }
}
