import type { Failure } from "../model/kind";

/** A resource the engine, the provider or AWS did not take. */
export class Refusal extends Error {
  constructor(
    /** URN of the resource. */
    readonly urn: string,
    /** Everything that is wrong with it. */
    readonly failures: readonly Failure[],
    message: string,
  ) {
    super(message);
    this.name = "Refusal";
  }
}

/** A refusal in the engine's words, one line a fault. */
export function refusalOf(urn: string, type: string, name: string, failures: readonly Failure[]): Refusal {
  const lines = failures.map(({ property, reason }) => {
    const place = property === undefined ? "" : `. Examine values at '${name}.${property}'.`;
    return `${type} resource '${name}' has a problem: ${property === undefined ? reason : reason.replace(/\.$/, "")}${place}`;
  });
  return new Refusal(urn, failures, lines.join("\n"));
}
