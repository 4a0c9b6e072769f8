import { attributeLimits, sizeOf } from "../../components/lib/discovery-names";
import type { Faults, Path } from "../faults";
import type { StackConfig } from "../schema/stack";
import { natOf } from "./network";

type Services = StackConfig["services"];

/** What the checks of names look at besides services, as far as it could be read. */
interface Around {
  readonly discovery: StackConfig["discovery"] | undefined;
  readonly network: StackConfig["network"] | undefined;
}

/** Checks what services say of each other: how they are found, and who calls them. */
export function checkDiscovery(
  { discovery, network }: Around,
  services: Services,
  key: (name: keyof StackConfig) => string,
  faults: Faults,
): void {
  const at = key("services");
  for (const [name, service] of Object.entries(services)) {
    checkFound(discovery, service, [at, name], key("discovery"), faults);
    if (network) checkReach(network, service, [at, name, "discovery"], key("network"), faults);
    checkCallers(name, services, at, faults);
  }
  checkServiceNames(services, at, faults);
}

function checkFound(
  stack: StackConfig["discovery"] | undefined,
  { discovery, managedPolicyArns }: Services[string],
  service: Path,
  key: string,
  faults: Faults,
): void {
  if (!discovery) return;
  const at: Path = [...service, "discovery"];
  faults.check({
    about: [[key], at],
    holds: stack?.namespace !== undefined,
    path: at,
    found: discovery,
    must: `must be left out unless ${key} has a namespace`,
  });
  const policy: Path = [...service, "managedPolicyArns", "discovery"];
  faults.check({
    about: [policy],
    holds: managedPolicyArns.discovery === undefined,
    path: policy,
    found: managedPolicyArns.discovery,
    must: "must have another name: the policy for discovery has this one",
  });
  checkAttributes(discovery.attributes, [...at, "attributes"], faults);
}

// The registry is an API of AWS on the internet.
function checkReach(
  network: StackConfig["network"],
  { discovery }: Services[string],
  at: Path,
  key: string,
  faults: Faults,
): void {
  faults.check({
    about: [[key, "nat"], at],
    holds: discovery === undefined || natOf(network).mode !== "none",
    path: at,
    found: discovery,
    must: 'must be left out for nat "none": instances would not reach the registry',
  });
}

function checkAttributes(attributes: { readonly [key: string]: string }, at: Path, faults: Faults): void {
  const { count, total } = attributeLimits;
  // `port` and `healthPath` are added.
  const most = count - 2;
  const found = Object.keys(attributes).length;
  if (faults.touches(at)) return;
  if (found > most) faults.add(at, `${found} attributes, must be ${most} or fewer`);
  const size = sizeOf(attributes);
  if (size > total) faults.add(at, `${size} characters in all, must be ${total} or fewer`);
}

function checkCallers(name: string, services: Services, key: string, faults: Faults): void {
  const { calledBy = [] } = services[name] ?? {};
  const others = Object.keys(services).filter((each) => each !== name);
  const known = others.length === 0 ? "there is none" : `known are ${others.join(", ")}`;
  calledBy.forEach((caller, index) => {
    const path: Path = [key, name, "calledBy", index];
    faults.check({
      about: [path],
      holds: others.includes(caller),
      path,
      found: caller,
      must: `must be the name of another service, ${known}`,
    });
    faults.check({
      about: [path],
      holds: calledBy.indexOf(caller) === index,
      path,
      found: caller,
      must: "must be listed once",
    });
  });
}

function checkServiceNames(services: Services, key: string, faults: Faults): void {
  const taken = new Map<string, string>();
  for (const [name, { discovery }] of Object.entries(services)) {
    if (!discovery) continue;
    const path: Path = [key, name, "discovery", "serviceName"];
    const found = discovery.serviceName ?? name;
    const other = taken.get(found);
    faults.check({
      about: [path],
      holds: other === undefined,
      path,
      found,
      must: `must differ from the name by which ${other} is found`,
    });
    taken.set(found, name);
  }
}
