import type { Deferral } from "./judgement";
import { brief } from "./value";

interface Entry {
  readonly rule: string;
  readonly resource: string;
  readonly deferrals: readonly Deferral[];
}

/** Longest text of what is not decided: a screen of lines, whatever the size of the stack. */
const LONGEST = 1000;

/** What the rules could not judge, kept until the stack is complete and it can be said once. */
export class Deferrals {
  readonly #entries = new Map<string, Entry>();

  /** Notes what one judgement left open; a later judgement of the same replaces it. */
  note(
    rule: string,
    urn: string,
    resource: string,
    phase: "resource" | "stack",
    deferrals: readonly Deferral[],
  ): void {
    const key = [rule, urn, phase].join(" ");
    if (deferrals.length === 0) this.#entries.delete(key);
    else this.#entries.set(key, { rule, resource, deferrals });
  }

  /** One line that names what is noted so far, or nothing; forgets it, so that the next run starts afresh. */
  take(): string | undefined {
    const open = [...this.#entries.values()].flatMap(({ rule, resource, deferrals }) =>
      deferrals.map(({ path, waits }) => `${rule}: ${brief(resource)} ${path} (${waits})`),
    );
    this.#entries.clear();
    return open.length === 0 ? undefined : line([...new Set(open)].sort());
  }
}

function line(open: readonly string[]): string {
  const said: string[] = [];
  let length = 0;
  for (const one of open) {
    length += one.length + 2;
    if (length > LONGEST && said.length > 0) break;
    said.push(one);
  }
  const rest = open.length - said.length;
  return `${open.length} left open: ${said.join("; ")}${rest === 0 ? "" : `; and ${rest} more`}`;
}
