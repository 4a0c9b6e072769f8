import { nearest } from "./nearest";
import type { Rule } from "./rule";
import { brief } from "./value";

/** Something a stack has been allowed, for a time. */
export interface Exemption {
  /** Name of the rule. */
  readonly rule: string;
  /** Logical name of the resource, or its URN; `*` stands for any characters, `?` for one. */
  readonly resource: string;
  /** Why it is right here. */
  readonly reason: string;
  /** Who answers for it. */
  readonly owner: string;
  /** Last day it holds, `2027-03-31`. */
  readonly expires: string;
}

/** A resource as an exemption knows it. */
interface Named {
  readonly urn: string;
  readonly name: string;
}

interface Entry {
  readonly exemption: Exemption;
  /** Where it stands in the list, for messages. */
  readonly path: string;
  /** The days left, today included; less than 1 once it has expired. */
  readonly days: number;
  readonly matches: (resource: Named) => boolean;
  /** What it has been used for in this run: names of resources. */
  readonly used: Set<string>;
  /** Whether something it could be for has not been decided in this run. */
  open: boolean;
}

const dayInMs = 24 * 60 * 60 * 1000;

/** The exemptions of a stack, and what became of each in a run of the engine. */
export class Exemptions {
  readonly #entries: readonly Entry[];
  readonly #rules: ReadonlyMap<string, Rule>;

  /** @param today Time of the run, for what has expired. */
  constructor(exemptions: readonly Exemption[], rules: readonly Rule[], today: Date = new Date()) {
    this.#rules = new Map(rules.map((rule) => [rule.name, rule]));
    this.#entries = exemptions.map((exemption, index) => ({
      exemption,
      path: `exemptions[${index}]`,
      days: daysLeft(exemption.expires, today),
      matches: matcherOf(exemption.resource),
      used: new Set(),
      open: false,
    }));
  }

  /** Why a rule's findings on a resource do not count; nothing if they do. */
  covering(rule: Rule, resource: Named): string | undefined {
    if (rule.severity === "critical") return undefined;
    const entry = this.#about(rule.name, resource).find(({ days }) => days > 0);
    if (entry === undefined) return undefined;
    entry.used.add(resource.name);
    const { reason, owner } = entry.exemption;
    return `exempted ${until(entry)}, ${brief(owner)}: ${plain(reason)}`;
  }

  /** Notes that a rule could not judge a resource: an exemption of it may be needed yet. */
  waiting(rule: string, resource: Named): void {
    for (const entry of this.#about(rule, resource)) entry.open = true;
  }

  /** One line for each exemption that was needed: what it covered, for how long yet, who answers for it, and why. */
  honoured(): readonly string[] {
    return this.#entries
      .filter(({ used }) => used.size > 0)
      .map((entry) => {
        const { rule, owner, reason } = entry.exemption;
        const names = [...entry.used].sort().map(brief).join(", ");
        return `${rule} on ${names}, ${until(entry)}, ${brief(owner)}: ${plain(reason)}`;
      });
  }

  /** One line for each exemption that does nothing, or must not. */
  faults(resources: readonly Named[]): readonly string[] {
    return this.#entries.flatMap((entry) => {
      const says = this.#faultOf(entry, resources);
      return says === undefined ? [] : `${entry.path}: ${says}`;
    });
  }

  /** Forgets what the exemptions were used for. */
  forget(): void {
    for (const entry of this.#entries) {
      entry.used.clear();
      entry.open = false;
    }
  }

  #about(rule: string, resource: Named): readonly Entry[] {
    return this.#entries.filter(({ exemption, matches }) => exemption.rule === rule && matches(resource));
  }

  #faultOf({ exemption, days, matches, used, open }: Entry, resources: readonly Named[]): string | undefined {
    const rule = this.#rules.get(exemption.rule);
    if (rule === undefined) {
      const close = nearest(exemption.rule, [...this.#rules.keys()]);
      return `${brief(exemption.rule)} is not a rule${close === undefined ? "" : `, did you mean ${close}?`}`;
    }
    if (rule.severity === "critical") return `${rule.name} is critical and cannot be exempted`;
    if (days < 1) return `the exemption from ${rule.name} expired on ${exemption.expires}`;
    const pattern = brief(exemption.resource);
    if (!resources.some(matches)) return `${pattern} matches no resource of the stack`;
    if (used.size > 0 || open) return undefined;
    return `${rule.name} finds nothing on ${pattern}, the exemption is not needed`;
  }
}

function until({ exemption, days }: Entry): string {
  return `until ${exemption.expires} (${days} ${days === 1 ? "day" : "days"} left)`;
}

/** Days from today to the last day, both included. */
function daysLeft(expires: string, today: Date): number {
  const begins = Date.UTC(today.getUTCFullYear(), today.getUTCMonth(), today.getUTCDate());
  return Math.round((Date.parse(`${expires}T00:00:00Z`) - begins) / dayInMs) + 1;
}

function matcherOf(pattern: string): (resource: Named) => boolean {
  const literal = pattern.replace(/[.+^${}()|[\]\\]/g, "\\$&");
  const form = new RegExp(`^${literal.replaceAll("*", ".*").replaceAll("?", ".")}$`, "s");
  return pattern.startsWith("urn:") ? ({ urn }) => form.test(urn) : ({ name }) => form.test(name);
}

/** A reason as a message gives it: one line, and not a page. */
function plain(text: string): string {
  const line = text.replace(/[^\x20-\x7e]+/g, " ").trim();
  return line.length > 200 ? `${line.slice(0, 197)}...` : line;
}
