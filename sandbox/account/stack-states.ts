import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { gunzipSync } from "node:zlib";
import { type Bag, bags, isBag } from "../values";
import { AccountError } from "./account-error";

/** A stack as Pulumi's file backend has it. */
export interface StackState {
  readonly project: string;
  readonly stack: string;
  /** Resources the stack holds: type, id and URN. */
  readonly resources: readonly Held[];
  /** Resources whose making was begun and not brought to an end. */
  readonly pendingCreates: readonly PendingCreate[];
}

/** A resource that may or may not have been made. */
export interface PendingCreate {
  readonly urn: string;
  /** URN of its parent. */
  readonly parent?: string;
  /** URN of its provider, and its id behind two more colons. */
  readonly provider?: string;
}

/** A resource a stack holds. */
export interface Held {
  readonly type: string;
  readonly urn: string;
  /** None for components. */
  readonly id?: string;
  /** Replaced already, or no more in the program: it only waits to be deleted. */
  readonly isLeaving?: true;
}

/** The backend that belongs to an account, where the wrapper has Pulumi keep its states. */
export function backendOf(worldFile: string): string {
  return join(dirname(worldFile), "state");
}

/** Whether a stack knows of a resource. */
export function isHeld(
  { type, id }: { readonly type: string; readonly id: string },
  stacks: readonly StackState[],
) {
  return stacks.some(({ resources }) => resources.some((held) => held.type === type && held.id === id));
}

/**
 * The stacks in a file backend.
 *
 * @param folder What `pulumi login file://…` was given; it need not be there.
 * @throws {AccountError} for a file that is no stack's state.
 */
export function stackStates(folder: string): StackState[] {
  const stacks = join(folder, ".pulumi", "stacks");
  return foldersIn(stacks).flatMap((project) =>
    readdirSync(join(stacks, project))
      .filter((name) => /\.json(\.gz)?$/.test(name))
      .sort()
      .map((name) => stateIn(join(stacks, project, name), project, name.replace(/\.json(\.gz)?$/, ""))),
  );
}

function foldersIn(folder: string): string[] {
  try {
    const names = readdirSync(folder).filter((name) => statSync(join(folder, name)).isDirectory());
    return names.sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}

function stateIn(file: string, project: string, stack: string): StackState {
  const { checkpoint } = contentOf(file);
  const latest = isBag(checkpoint) && isBag(checkpoint.latest) ? checkpoint.latest : {};
  const resources = bags(latest.resources).map(
    ({ type, urn, id, delete: isLeaving }): Held => ({
      type: String(type),
      urn: String(urn),
      ...(typeof id === "string" ? { id } : {}),
      ...(isLeaving === true ? { isLeaving } : {}),
    }),
  );
  const pendingCreates = bags(latest.pending_operations)
    .filter(({ type }) => type === "creating")
    .flatMap(({ resource }) => bags(resource))
    .map(
      ({ urn, parent, provider }): PendingCreate => ({
        urn: String(urn),
        ...(typeof parent === "string" ? { parent } : {}),
        ...(typeof provider === "string" ? { provider } : {}),
      }),
    );
  return { project, stack, resources, pendingCreates };
}

function contentOf(file: string): Bag {
  try {
    const bytes = readFileSync(file);
    const content: unknown = JSON.parse((file.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8"));
    if (isBag(content) && isBag(content.checkpoint)) return content;
    throw new Error("it has no checkpoint");
  } catch (error) {
    throw new AccountError(`cannot read ${file} as the state of a stack: ${(error as Error).message}`);
  }
}
