import * as protocol from "@pulumi/pulumi/proto/analyzer_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { Alias, Registration } from "../../sandbox/monitor/registration";
import { urnOf } from "../../sandbox/monitor/registration";
import { withSecrets } from "../../sandbox/monitor/wire";
import type { Bag } from "../../sandbox/values";
import { withProperties } from "./encoding";

/** Finds the provider of a resource, if it has one. */
export type ProviderOf = (registration: Registration) => Registration | undefined;

/** A resource before it is created, the way the engine shows it to a pack: its checked inputs. Encoded. */
export function analyzeRequest(registration: Registration, inputs: Bag, providerOf: ProviderOf): Uint8Array {
  const request = new protocol.AnalyzeRequest();
  request.setUrn(registration.urn);
  request.setType(registration.type);
  request.setName(registration.name);
  request.setOptions(optionsOf(registration));
  const provider = providerOf(registration);
  if (provider) request.setProvider(providerMessage(provider));
  return withProperties(protocol.AnalyzeRequest, request, withSecrets(inputs, registration.secretPaths));
}

/** A resource of the finished stack: its outputs, its place in the tree and what it depends on. Encoded. */
export function stackResource(
  registration: Registration,
  outputs: Bag,
  secrets: readonly string[],
  providerOf: ProviderOf,
): Uint8Array {
  const message = new protocol.AnalyzerResource();
  message.setUrn(registration.urn);
  message.setType(registration.type);
  message.setName(registration.name);
  message.setOptions(optionsOf(registration));
  message.setParent(registration.parent ?? "");
  message.setDependenciesList([...registration.dependencies]);
  for (const [property, urns] of Object.entries(registration.propertyDependencies)) {
    if (urns.length === 0) continue;
    const list = new protocol.AnalyzerPropertyDependencies();
    list.setUrnsList([...urns]);
    message.getPropertydependenciesMap().set(property, list);
  }
  const provider = providerOf(registration);
  if (provider) message.setProvider(providerMessage(provider));
  return withProperties(protocol.AnalyzerResource, message, withSecrets(outputs, secrets));
}

/** Plain data as the protocol has it. */
export function struct(values: object): Struct {
  return Struct.fromJavaScript(values as Parameters<typeof Struct.fromJavaScript>[0]);
}

function optionsOf(registration: Registration): protocol.AnalyzerResourceOptions {
  const options = new protocol.AnalyzerResourceOptions();
  options.setProtect(registration.protect);
  options.setIgnorechangesList([...registration.ignoreChanges]);
  options.setDeletebeforereplace(registration.deleteBeforeReplace ?? false);
  options.setDeletebeforereplacedefined(registration.deleteBeforeReplace !== undefined);
  options.setAdditionalsecretoutputsList([...registration.additionalSecretOutputs]);
  options.setAliasesList([...new Set(registration.aliases.map((alias) => aliasUrn(alias, registration)))]);
  options.setParent(registration.parent ?? "");
  const timeouts = new protocol.AnalyzerResourceOptions.CustomTimeouts();
  const { create, update, delete: removal, read } = registration.customTimeouts;
  timeouts.setCreate(seconds(create));
  timeouts.setUpdate(seconds(update));
  timeouts.setDelete(seconds(removal));
  timeouts.setRead(seconds(read));
  options.setCustomtimeouts(timeouts);
  return options;
}

const providers = new WeakMap<Registration, protocol.AnalyzerProviderResource>();

/** A provider, which goes along with each of its resources. */
function providerMessage(registration: Registration): protocol.AnalyzerProviderResource {
  const known = providers.get(registration);
  if (known) return known;
  const { urn, type, name, checkedInputs, secretPaths } = registration;
  const message = new protocol.AnalyzerProviderResource();
  message.setUrn(urn);
  message.setType(type);
  message.setName(name);
  message.setProperties(struct(withSecrets(checkedInputs, secretPaths)));
  providers.set(registration, message);
  return message;
}

/** The URN an alias stands for: what it leaves out is as it is now. */
function aliasUrn(alias: Alias, registration: Registration): string {
  if (alias.urn) return alias.urn;
  const [, , stack = "", project = ""] = registration.urn.split(/::|:/);
  const { name = registration.name, type = registration.type } = alias;
  const parent = alias.noParent ? undefined : alias.parent || registration.parent;
  return urnOf(
    alias.stack || stack,
    alias.project || project,
    parent,
    type || registration.type,
    name || registration.name,
  );
}

const unitSeconds: { readonly [unit: string]: number } = {
  ns: 1e-9,
  us: 1e-6,
  // The micro sign, and the Greek letter that looks like it.
  "\u00b5s": 1e-6,
  "\u03bcs": 1e-6,
  ms: 1e-3,
  s: 1,
  m: 60,
  h: 3600,
};

/** Seconds of a duration as Go writes it: `1h30m`. */
export function seconds(duration: string | undefined): number {
  const parts = [...(duration ?? "").matchAll(/([\d.]+)(ns|[u\u00b5\u03bc]s|ms|s|m|h)/g)];
  return parts.reduce((sum, [, count, unit]) => sum + Number(count) * (unitSeconds[unit ?? ""] ?? 0), 0);
}
