import { type Bag, isBag, type Value } from "../values";

/** Whether a path leads somewhere in a value. */
function reaches(outputs: Bag, path: string): boolean {
  const keys = path.match(/[^.[\]"]+|"[^"]+"/g) ?? [];
  let value: Value | undefined = outputs;
  for (const key of keys.map((text) => text.replaceAll('"', ""))) {
    if (Array.isArray(value)) value = value[Number(key)];
    else if (isBag(value)) value = value[key];
    else return false;
  }
  return value !== undefined;
}

/** Where a resource's outputs are secret: where its inputs were, and where the program says so. */
export function secretResults(
  secretPaths: readonly string[],
  additionalSecretOutputs: readonly string[],
  outputs: Bag,
): string[] {
  return [...secretPaths, ...additionalSecretOutputs].filter((path) => reaches(outputs, path));
}
