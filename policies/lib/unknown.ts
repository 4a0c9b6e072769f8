/**
 * The strings that stand for a value not known yet, one for each kind of value.
 *
 * They are part of Pulumi's wire format. The policy SDK hides them behind a proxy that throws when one is read; they
 * are listed here so that plain objects, as in tests and state files, are read in the same way.
 */
const markers: ReadonlySet<unknown> = new Set([
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7", // boolean
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421", // number
  "04da6b54-80e4-46f7-96ec-b56ff0331ba9", // string, and whatever a program's own outputs hold
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2", // array
  "030794c1-ac77-496b-92df-f27374a8bd58", // asset
  "e48ece36-62e2-4504-bad9-02848725956a", // archive
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff", // object
]);

/** A value that is not known yet, as it stands in the properties of a preview. */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** What `pulumi policy analyze --file` puts where it cannot decrypt a secret, whatever the secret's type. */
const REDACTED = "[secret]";

/** Thrown by reading a value that cannot be judged now; caught by whoever runs a judgement. */
export class Undecided extends Error {
  /** Path of the value, as a finding would give it. */
  readonly path: string;
  /** What the judgement waits for. */
  readonly waits: string;

  constructor(path: string, waits: string) {
    // Thrown and caught wherever something is unknown: nobody reads its stack, and taking one costs more than judging.
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    super(`${path}: ${waits}`);
    Error.stackTraceLimit = stackTraceLimit;
    this.path = path;
    this.waits = waits;
  }
}

/** Why a value cannot be judged, or nothing when it can. */
export function whyUndecided(value: unknown): string | undefined {
  if (value === REDACTED) return "secret";
  return markers.has(value) ? "not known yet" : undefined;
}

/**
 * Whether an error is the policy SDK's way to say that a value is unknown.
 *
 * Known by what it carries, not by its class: with two copies of the SDK installed there are two classes.
 */
export function saysUnknown(error: unknown): boolean {
  return error instanceof Error && "unknownTypeSentinel" in error;
}
