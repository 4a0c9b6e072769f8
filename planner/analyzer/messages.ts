import { BinaryWriter } from "google-protobuf";
import type { Alias, Registration } from "../../sandbox/monitor/registration";
import { urnOf } from "../../sandbox/monitor/registration";
import { withSecrets } from "../../sandbox/monitor/wire";
import type { Bag } from "../../sandbox/values";
import { inside, writeStruct } from "./encoding";

// A stack of thousands of resources goes to the pack twice. So the messages about one are written field by field; what
// they are is the protocol's: https://github.com/pulumi/pulumi/blob/master/proto/pulumi/analyzer.proto

/** Finds the provider of a resource, if it has one. */
export type ProviderOf = (registration: Registration) => Registration | undefined;

/** An `AnalyzeRequest`: a resource before it is created, the way the engine shows it to a pack, its checked inputs. */
export function analyzeRequest(registration: Registration, inputs: Bag, providerOf: ProviderOf): Uint8Array {
  const writer = new BinaryWriter();
  writeResource(writer, registration, withSecrets(inputs, registration.secretPaths));
  writeSurroundings(writer, registration, providerOf);
  return writer.getResultBuffer();
}

/** An `AnalyzerResource` of the finished stack: its outputs, its place in the tree and what it depends on. */
export function stackResource(
  registration: Registration,
  outputs: Bag,
  secrets: readonly string[],
  providerOf: ProviderOf,
): Uint8Array {
  const writer = new BinaryWriter();
  writeResource(writer, registration, withSecrets(outputs, secrets));
  writeSurroundings(writer, registration, providerOf);
  writer.writeString(7, registration.parent ?? "");
  writer.writeRepeatedString(8, registration.dependencies);
  for (const [property, urns] of Object.entries(registration.propertyDependencies)) {
    if (urns.length === 0) continue;
    inside(writer, 9, () => {
      writer.writeString(1, property);
      inside(writer, 2, () => writer.writeRepeatedString(1, urns));
    });
  }
  return writer.getResultBuffer();
}

/** What messages about resources and providers begin with. */
function writeResource(writer: BinaryWriter, { type, urn, name }: Registration, properties: Bag): void {
  writer.writeString(1, type);
  inside(writer, 2, () => writeStruct(writer, properties));
  writer.writeString(3, urn);
  writer.writeString(4, name);
}

function writeSurroundings(writer: BinaryWriter, registration: Registration, providerOf: ProviderOf): void {
  writer.writeBytes(5, once(writtenOptions, registration, resourceOptions));
  const provider = providerOf(registration);
  if (provider) writer.writeBytes(6, once(writtenProviders, provider, providerResource));
}

/** Options of resources, which are shown before their creation and again with the stack. */
const writtenOptions = new WeakMap<Registration, Uint8Array>();

/** Providers, which go along with each of their resources. */
const writtenProviders = new WeakMap<Registration, Uint8Array>();

function once(
  known: WeakMap<Registration, Uint8Array>,
  registration: Registration,
  write: (registration: Registration) => Uint8Array,
): Uint8Array {
  const written = known.get(registration) ?? write(registration);
  known.set(registration, written);
  return written;
}

function providerResource(provider: Registration): Uint8Array {
  const writer = new BinaryWriter();
  writeResource(writer, provider, withSecrets(provider.checkedInputs, provider.secretPaths));
  return writer.getResultBuffer();
}

/** `AnalyzerResourceOptions`; what is off, empty or 0 is the same as not sent. */
function resourceOptions(registration: Registration): Uint8Array {
  const { protect, ignoreChanges, deleteBeforeReplace, additionalSecretOutputs, aliases } = registration;
  const writer = new BinaryWriter();
  if (protect) writer.writeBool(1, true);
  writer.writeRepeatedString(2, ignoreChanges);
  if (deleteBeforeReplace === true) writer.writeBool(3, true);
  if (deleteBeforeReplace !== undefined) writer.writeBool(4, true);
  writer.writeRepeatedString(5, additionalSecretOutputs);
  writer.writeRepeatedString(6, [...new Set(aliases.map((alias) => aliasUrn(alias, registration)))]);
  inside(writer, 7, () => {
    const { create, update, delete: removal, read } = registration.customTimeouts;
    [create, update, removal, read].forEach((duration, index) => {
      if (duration !== undefined) writer.writeDouble(index + 1, seconds(duration));
    });
  });
  writer.writeString(8, registration.parent ?? "");
  return writer.getResultBuffer();
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
export function seconds(duration: string): number {
  const parts = [...duration.matchAll(/([\d.]+)(ns|[u\u00b5\u03bc]s|ms|s|m|h)/g)];
  return parts.reduce((sum, [, count, unit]) => sum + Number(count) * (unitSeconds[unit ?? ""] ?? 0), 0);
}
