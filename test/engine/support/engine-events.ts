import { existsSync, readFileSync } from "node:fs";

/** A resource before or after a step. */
export interface EngineState {
  /** Whether a provider makes it; a component it does not. */
  readonly custom?: boolean;
  readonly inputs: { readonly [property: string]: unknown };
}

/** What the engine does to one resource. */
export interface EngineStep {
  readonly op: string;
  readonly urn: string;
  readonly type: string;
  readonly old: EngineState | null;
  readonly new: EngineState | null;
  /** Properties that make it a replacement. */
  readonly keys?: readonly string[];
  /** Properties that change, by path. */
  readonly detailedDiff: { readonly [path: string]: unknown } | null;
}

/** A line of the engine's log of events, as far as these tests look at it. */
export interface EngineEvent {
  /** A step is about to be taken. */
  readonly resourcePreEvent?: { readonly metadata: EngineStep };
  /** A step has been taken. */
  readonly resOutputsEvent?: { readonly metadata: EngineStep };
  /** A step has failed. */
  readonly resOpFailedEvent?: { readonly metadata: EngineStep };
  /** A policy is violated. */
  readonly policyEvent?: {
    readonly policyName: string;
    readonly enforcementLevel: string;
    readonly resourceUrn?: string;
    readonly message: string;
  };
}

/** The events of a run; none if it did not come to that. */
export function eventsIn(log: string): EngineEvent[] {
  if (!existsSync(log)) return [];
  const lines = readFileSync(log, "utf8").split("\n");
  return lines.filter((line) => line !== "").map((line) => JSON.parse(line) as EngineEvent);
}

/** The logical name in a URN. */
export function nameIn(urn: string): string {
  return urn.split("::").at(-1) ?? urn;
}
