import * as pulumi from "@pulumi/pulumi";
import type { z } from "zod";
import { checkDiscovery } from "./checks/discovery";
import { checkFirewall } from "./checks/firewall";
import { checkLoadBalancer, checkPracticeAlarms } from "./checks/load-balancer";
import { checkMemory } from "./checks/memory";
import { checkNetwork } from "./checks/network";
import { checkQuotas } from "./checks/quotas";
import { checkServices } from "./checks/services";
import { checkTimings } from "./checks/timings";
import { type RawConfig, readConfig } from "./config";
import { Environment, type EnvironmentDefaults, environments } from "./environments";
import { Faults } from "./faults";
import { parse } from "./parse";
import { resolve } from "./resolve";
import { environmentSchema, regionSchema, type StackConfig, stackSchema } from "./schema/stack";
import type { Settings } from "./settings";
import { unknownKey } from "./vocabulary";

// Text as it is; every other key holds a map and arrives as JSON.
const plainKeys: ReadonlySet<string> = new Set(["environment", "namePrefix"]);

// Keys without anything that goes to AWS as it is: what is in them decides what is built or becomes a part of names.
const openKeys: ReadonlySet<string> = new Set([
  "environment",
  "namePrefix",
  "failoverTargetSeconds",
  "discovery",
  "quotas",
  "alarms",
]);

const regionKey = "aws:region";

/**
 * Reads the configuration of the stack that is being deployed.
 *
 * @throws {pulumi.RunError} one that names everything wrong with it.
 */
export function loadSettings(): Settings {
  const raw = readConfig();
  const faults = new Faults(secretKeys(raw));
  const region = parse(regionSchema, regionKey, raw.region?.text, raw.region?.secret ?? false, faults);
  const { config, defaults } = readStack(raw, region, faults);
  check(raw, config, defaults, faults);
  const keys = Object.keys(config);
  for (const key of raw.entries.keys()) {
    if (!keys.includes(key)) faults.add([`${raw.project}:${key}`], unknownKey(key, keys));
  }
  faults.throwFor(raw.stack, [regionKey, ...keys.map((key) => `${raw.project}:${key}`)]);
  if (!isWhole(config) || region === undefined || !defaults) {
    throw new pulumi.RunError(`the configuration of stack ${raw.stack} cannot be read`);
  }
  const isSecret = (key: keyof StackConfig) => raw.entries.get(key)?.secret ?? false;
  return frozen(resolve(config, { project: raw.project, stack: raw.stack, region, defaults, isSecret }));
}

function secretKeys({ project, region, entries }: RawConfig): ReadonlySet<string> {
  const own = [...entries].filter(([, { secret }]) => secret).map(([key]) => `${project}:${key}`);
  return new Set(region?.secret ? [...own, regionKey] : own);
}

/** As much of a stack as could be read. */
type Partly<Whole> = { readonly [Key in keyof Whole]: Whole[Key] | undefined };

function readStack(raw: RawConfig, region: string | undefined, faults: Faults) {
  const read = <Schema extends z.ZodType>(key: string, schema: Schema): z.output<Schema> | undefined => {
    const { text, secret } = raw.entries.get(key) ?? { text: undefined, secret: false };
    const path = `${raw.project}:${key}`;
    if (secret && openKeys.has(key)) {
      faults.add([path], `${faults.show([path], text)}, must be plain: nothing in it can be a secret`);
      return undefined;
    }
    const value = text === undefined || plainKeys.has(key) ? text : fromJson(text);
    return parse(schema, path, value, secret, faults);
  };
  const environment = read("environment", environmentSchema);
  const schemas = stackSchema(environments[environment ?? Environment.Production], region);
  const config: Partly<StackConfig> = {
    environment,
    namePrefix: read("namePrefix", schemas.namePrefix),
    network: read("network", schemas.network),
    loadBalancer: read("loadBalancer", schemas.loadBalancer),
    services: read("services", schemas.services),
    quotas: read("quotas", schemas.quotas),
    failoverTargetSeconds: read("failoverTargetSeconds", schemas.failoverTargetSeconds),
    discovery: read("discovery", schemas.discovery),
    alarms: read("alarms", schemas.alarms),
    tags: read("tags", schemas.tags),
  };
  return { config, defaults: environment && environments[environment] };
}

function fromJson(text: string): unknown {
  // A key with nothing behind its colon.
  if (text === "") return null;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function check(
  { project, entries }: RawConfig,
  { network, loadBalancer, services, quotas, failoverTargetSeconds, discovery }: Partly<StackConfig>,
  defaults: EnvironmentDefaults | undefined,
  faults: Faults,
): void {
  const key = (name: keyof StackConfig) => `${project}:${name}`;
  if (network) checkNetwork(network, key("network"), faults);
  if (loadBalancer) {
    checkLoadBalancer(loadBalancer, key("loadBalancer"), faults);
    const encrypted = entries.get("loadBalancer")?.secret ?? false;
    checkFirewall(loadBalancer, key("loadBalancer"), encrypted, faults);
  }
  if (loadBalancer && services) checkPracticeAlarms(loadBalancer, services, key("loadBalancer"), faults);
  if (services) checkServices(services, key("services"), defaults, faults);
  if (services && quotas) checkQuotas(services, quotas, key, faults);
  const limits = { idle: loadBalancer?.idleTimeoutSeconds, failover: defaults && failoverTargetSeconds };
  if (services) checkTimings(services, limits, key, faults);
  if (services) checkDiscovery({ discovery, network }, services, key, faults);
  if (services && defaults) checkMemory(network, services, key, defaults, faults);
}

function isWhole(config: Partly<StackConfig>): config is StackConfig {
  const { namePrefix: _, ...needed } = config;
  return Object.values(needed).every((value) => value !== undefined);
}

function frozen<Value>(value: Value): Value {
  if (typeof value !== "object" || value === null || pulumi.Output.isInstance(value)) return value;
  for (const member of Object.values(value)) frozen(member);
  return Object.freeze(value);
}
