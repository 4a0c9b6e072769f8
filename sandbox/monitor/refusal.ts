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

/** What is wrong, and where, in the engine's words but without the name of the resource, which it puts in front. */
export function problemOf(name: string, { property, reason }: Failure): string {
  return property === undefined
    ? reason
    : `${reason.replace(/\.$/, "")}. Examine values at '${name}.${property}'.`;
}

/** A refusal in the engine's words, one line a fault. */
export function refusalOf(urn: string, type: string, name: string, failures: readonly Failure[]): Refusal {
  const lines = failures.map(
    (failure) => `${type} resource '${name}' has a problem: ${problemOf(name, failure)}`,
  );
  return new Refusal(urn, failures, lines.join("\n"));
}
