import type * as aliases from "@pulumi/pulumi/proto/alias_pb";
import type * as protocol from "@pulumi/pulumi/proto/resource_pb";
import type { Bag } from "../values";
import type { Alias, CustomTimeouts } from "./registration";
import { received } from "./wire";

/** What a program wants one resource to be, before the engine and the provider have had their say. */
export interface Goal {
  readonly type: string;
  readonly name: string;
  readonly parent?: string;
  readonly custom: boolean;
  readonly remote: boolean;
  readonly inputs: Bag;
  /** The inputs of a remote component with their marks, as they came: its provider hands them on. */
  readonly marked?: Bag;
  readonly secretPaths: readonly string[];
  readonly dependencies: readonly string[];
  readonly propertyDependencies: { readonly [property: string]: readonly string[] };
  readonly provider?: string;
  /** References by package, for the children of a component. */
  readonly providers: { readonly [name: string]: string };
  /** Of the SDK, and so of the provider the engine would start. */
  readonly version?: string;
  readonly protect?: boolean;
  readonly retainOnDelete?: boolean;
  readonly deletedWith?: string;
  readonly ignoreChanges: readonly string[];
  readonly replaceOnChanges: readonly string[];
  readonly aliases: readonly Alias[];
  readonly additionalSecretOutputs: readonly string[];
  readonly customTimeouts: CustomTimeouts;
  readonly deleteBeforeReplace?: boolean;
  readonly importId?: string;
}

/** What a program wants to read. */
export interface ReadGoal extends Goal {
  readonly id: string;
}

/** What a goal has when nothing is said. */
export const plainGoal = {
  custom: true,
  remote: false,
  secretPaths: [],
  dependencies: [],
  propertyDependencies: {},
  providers: {},
  ignoreChanges: [],
  replaceOnChanges: [],
  aliases: [],
  additionalSecretOutputs: [],
  customTimeouts: {},
} as const;

/** Leaves out what is empty: in the protocol an empty text stands for one that is not set. */
function present<T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined && value !== ""),
  ) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}

function timeoutsOf(timeouts: protocol.RegisterResourceRequest.CustomTimeouts | undefined): CustomTimeouts {
  if (!timeouts) return {};
  return present({
    create: timeouts.getCreate(),
    update: timeouts.getUpdate(),
    delete: timeouts.getDelete(),
    read: timeouts.getRead(),
  });
}

function aliasOf(alias: aliases.Alias): Alias {
  const spec = alias.getSpec();
  if (!spec) return { urn: alias.getUrn() };
  const parts = present({
    name: spec.getName(),
    type: spec.getType(),
    stack: spec.getStack(),
    project: spec.getProject(),
    parent: spec.getParenturn(),
  });
  return spec.getNoparent() ? { ...parts, noParent: true } : parts;
}

/** What each property depends on: as the SDK listed it, and as the outputs among the values say. */
function dependenciesOf(
  request: protocol.RegisterResourceRequest,
  found: Map<string, Set<string>>,
): { [property: string]: string[] } {
  const all: { [property: string]: string[] } = {};
  const listed = request.getPropertydependenciesMap();
  for (const [property, urns] of found) {
    const listedUrns = listed.get(property)?.getUrnsList() ?? [];
    all[property] = [...new Set([...listedUrns, ...urns])].sort();
  }
  return all;
}

/** Reads a registration off the protocol. */
export function goalOf(request: protocol.RegisterResourceRequest): Goal {
  const object = request.getObject()?.toJavaScript() ?? {};
  const { values, secretPaths, dependencies } = received(object);
  return {
    ...(request.getRemote() ? { marked: object as Bag } : {}),
    type: request.getType(),
    name: request.getName(),
    custom: request.getCustom(),
    remote: request.getRemote(),
    inputs: values,
    secretPaths,
    dependencies: request.getDependenciesList().sort(),
    propertyDependencies: dependenciesOf(request, dependencies),
    providers: Object.fromEntries(request.getProvidersMap().getEntryList()),
    ignoreChanges: request.getIgnorechangesList(),
    replaceOnChanges: request.getReplaceonchangesList(),
    aliases: [
      ...request.getAliasurnsList().map((urn) => ({ urn })),
      ...request.getAliasesList().map(aliasOf),
    ],
    additionalSecretOutputs: request.getAdditionalsecretoutputsList(),
    customTimeouts: timeoutsOf(request.getCustomtimeouts()),
    ...present({
      parent: request.getParent(),
      provider: request.getProvider(),
      version: request.getVersion(),
      protect: request.hasProtect() ? request.getProtect() : undefined,
      retainOnDelete: request.hasRetainondelete() ? request.getRetainondelete() : undefined,
      deletedWith: request.getDeletedwith(),
      deleteBeforeReplace: request.getDeletebeforereplacedefined()
        ? request.getDeletebeforereplace()
        : undefined,
      importId: request.getImportid(),
    }),
  };
}

/** Reads a `get` off the protocol. */
export function readGoalOf(request: protocol.ReadResourceRequest): ReadGoal {
  const { values, secretPaths } = received(request.getProperties()?.toJavaScript() ?? {});
  return {
    ...plainGoal,
    id: request.getId(),
    type: request.getType(),
    name: request.getName(),
    inputs: values,
    secretPaths,
    dependencies: request.getDependenciesList().sort(),
    additionalSecretOutputs: request.getAdditionalsecretoutputsList(),
    ...present({
      parent: request.getParent(),
      provider: request.getProvider(),
      version: request.getVersion(),
    }),
  };
}
