import { saidSecrets } from "./password-kinds";
import { formedSecrets } from "./secret-kinds";
import { packedIn } from "./user-data";

/** A secret in a text, without the secret. */
export interface Secret {
  readonly kind: string;
  /** Line it begins in, from 1. */
  readonly line: number;
}

interface Place {
  readonly kind: string;
  readonly index: number;
}

/** Secrets in a text, and in what the text carries packed: each kind once a line, in the order of lines. */
export function secretsIn(text: string): readonly Secret[] {
  const packed = packedIn(text).flatMap((inner) =>
    placesIn(inner.text).map(({ kind }) => ({ kind, index: inner.index })),
  );
  const secrets = new Map<string, Secret>();
  let line = 1;
  let read = 0;
  for (const { kind, index } of [...placesIn(text), ...packed].sort((a, b) => a.index - b.index)) {
    line += text.slice(read, index).split("\n").length - 1;
    read = index;
    secrets.set(`${line} ${kind}`, { kind, line });
  }
  return [...secrets.values()];
}

function placesIn(text: string): readonly Place[] {
  const places = new Map<number, Place>();
  for (const { kind, pattern, isSecret } of [...formedSecrets, ...saidSecrets]) {
    for (const { groups, indices } of text.matchAll(pattern)) {
      const [index] = indices?.groups?.value ?? [];
      // What is told by its own form is not told once more by the words around it.
      if (index === undefined || places.has(index) || !isSecret(groups?.value ?? "")) continue;
      places.set(index, { kind, index });
    }
  }
  return [...places.values()];
}
