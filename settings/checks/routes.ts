import { authenticationFaults, validationFaults } from "../../components/lib/authentication";
import { rewriteFaults } from "../../components/lib/rewrites";
import { answerFaults, targetFaults } from "../../components/lib/route-actions";
import { type RouteFault, wholeFaults } from "../../components/lib/route-conditions";
import { type Band, priorityLimits } from "../../components/lib/route-priorities";
import { type Conflict, ConflictKind, clashes, overlaps, place } from "../../components/lib/route-table";
import { type Faults, formatPath, type Path, secretPlaceholder } from "../faults";
import { pathOf, routesOf, type StackRoute } from "../route-table";
import type { RouteConfig } from "../schema/route";
import type { ServiceConfig } from "../schema/service";

interface Services {
  readonly [name: string]: ServiceConfig;
}

function noteAll(found: Iterable<RouteFault>, route: Path, faults: Faults): void {
  for (const fault of found) {
    const path: Path = [...route, ...fault.at];
    if (faults.touches(path)) continue;
    const shown = fault.found === undefined ? undefined : faults.show(path, fault.found);
    const what = fault.unit === undefined ? shown : `${shown} ${fault.unit}`;
    faults.add(path, what === undefined ? `must ${fault.must}` : `${what}, must ${fault.must}`);
  }
}

function checkForwarding(route: RouteConfig, at: Path, faults: Faults): void {
  const { rewrite, authenticate, jwtValidation } = route;
  if (rewrite) noteAll(rewriteFaults(rewrite), at, faults);
  if (authenticate) noteAll(authenticationFaults(authenticate), at, faults);
  if (jwtValidation) noteAll(validationFaults(jwtValidation), at, faults);
  faults.check({
    about: [
      [...at, "authenticate"],
      [...at, "jwtValidation"],
    ],
    holds: authenticate === undefined || jwtValidation === undefined,
    path: [...at, "jwtValidation"],
    found: jwtValidation,
    must: "must be left out beside authenticate: a rule has one or the other",
  });
  const secret: Path = [...at, "authenticate", "oidc", "clientSecret"];
  const given = authenticate?.oidc?.clientSecret;
  if (given === undefined || given === secretPlaceholder || faults.hides(secret) || faults.touches(secret))
    return;
  // Not what it is: whoever reads this may not be meant to.
  faults.add(secret, "plain text, must be encrypted: use pulumi config set --secret --path");
}

/** Checks every route of a service by itself. */
export function checkRoutes(service: ServiceConfig, at: Path, faults: Faults): void {
  const name = String(at.at(-1));
  for (const route of routesOf(name, service)) {
    noteAll(wholeFaults(route.conditions), [...at, ...route.at], faults);
  }
  for (const [endpoint, { routes }] of Object.entries(service.endpoints)) {
    for (const [key, route] of Object.entries(routes)) {
      checkForwarding(route, [...at, "endpoints", endpoint, "routes", key], faults);
    }
  }
  for (const [key, redirect] of Object.entries(service.redirects ?? {})) {
    noteAll(targetFaults(redirect.to), [...at, "redirects", key], faults);
  }
  for (const [key, response] of Object.entries(service.fixedResponses ?? {})) {
    noteAll(answerFaults(response), [...at, "fixedResponses", key], faults);
  }
}

/** Checks the routes of all services against each other: they are rules of one listener. */
export function checkRouteTable(services: Services, key: string, faults: Faults): void {
  checkBands(services, key, faults);
  const all = Object.entries(services).flatMap(([name, service]) => routesOf(name, service));
  for (const route of all) checkPlace(route, services, key, faults);
  const placed = all.flatMap((route) => {
    const found = place(route, bandOf(services[route.service], [key, route.service], faults));
    return found ? [found] : [];
  });
  for (const conflict of clashes(placed)) noteClash(conflict, key, faults);
  const sound = placed.filter(({ route }) => !faults.touches(pathOf(route, key)));
  for (const conflict of overlaps(sound, (one, other) => one.service === other.service)) {
    noteOverlap(conflict, key, faults);
  }
}

/** A band that is fit to allot from. */
function bandOf(service: ServiceConfig | undefined, at: Path, faults: Faults): Band | undefined {
  return faults.touches([...at, "priorities"]) ? undefined : service?.priorities;
}

function checkBands(services: Services, key: string, faults: Faults): void {
  const bands: { readonly name: string; readonly band: Band }[] = [];
  for (const [name, { priorities: band }] of Object.entries(services)) {
    if (!band) continue;
    const path: Path = [key, name, "priorities"];
    const shown = ({ from, to }: Band) => `${faults.show(path, from)} to ${faults.show(path, to)}`;
    const size = band.to - band.from + 1;
    if (size < priorityLimits.narrowest && !faults.touches(path)) {
      faults.add(path, `${shown(band)}, must hold ${priorityLimits.narrowest} priorities or more`);
    }
    const other = bands.find((each) => each.band.from <= band.to && band.from <= each.band.to);
    if (other && !faults.touches(path)) {
      const theirs = formatPath([key, other.name, "priorities"]);
      faults.add(path, `${shown(band)}, must not overlap ${theirs} (${shown(other.band)})`);
    }
    bands.push({ name, band });
  }
}

function checkPlace(route: StackRoute, services: Services, key: string, faults: Faults): void {
  const { priority, order, service } = route;
  const path: Path = [...pathOf(route, key), "priority"];
  const band: Path = [key, service, "priorities"];
  faults.check({
    about: [path, band],
    holds: priority !== undefined || services[service]?.priorities !== undefined,
    path,
    found: priority,
    must: "must be a whole number from 1 to 50000, unless the service has priorities to allot one from",
  });
  faults.check({
    about: [path],
    holds: priority === undefined || order === undefined,
    path: [...pathOf(route, key), "order"],
    found: order,
    must: "must be left out beside priority, which is the route's place already",
  });
  if (priority === undefined) return;
  for (const [name, { priorities: theirs }] of Object.entries(services)) {
    if (!theirs || name === service) continue;
    faults.check({
      about: [path, [key, name, "priorities"]],
      holds: priority < theirs.from || priority > theirs.to,
      path,
      found: priority,
      must: `must be outside ${formatPath([key, name, "priorities"])}, which are that service's own`,
    });
  }
}

function noteClash({ here, other }: Conflict<StackRoute>, key: string, faults: Faults): void {
  const path: Path = [...pathOf(here.route, key), "priority"];
  const { service, at } = other.route;
  const short = [service, ...at].filter((step) => step !== "endpoints" && step !== "routes").join(".");
  const advice = here.allotted || other.allotted ? ", by chance: give one of them a priority of its own" : "";
  faults.check({
    about: [path],
    holds: false,
    path,
    found: here.priority,
    must: `must differ from the priority of ${short}${advice}`,
  });
}

function noteOverlap({ kind, here, other }: Conflict<StackRoute>, key: string, faults: Faults): void {
  const path = pathOf(here.route, key);
  const theirs = formatPath(pathOf(other.route, key));
  const priority = (value: number) => `priority ${faults.show(path, value)}`;
  const text =
    kind === ConflictKind.Shadow
      ? `${priority(here.priority)}, must come before ${theirs} (${priority(other.priority)}), which takes everything it matches`
      : `${priority(here.priority)}, must have an order or a priority: ${theirs} takes some of the same requests, and neither asks for more`;
  faults.add(path, text);
}
