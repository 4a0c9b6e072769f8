import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { received, withSecrets } from "../monitor/wire";
import { type Bag, isBag, UNKNOWN, type Value } from "../values";

/** What stands on the wire for an unknown value, by the form it will have. */
const unknowns: ReadonlySet<unknown> = new Set([
  UNKNOWN,
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);

/** Properties of a request, and where they are secret. */
export interface Opened {
  readonly values: Bag;
  readonly secretPaths: readonly string[];
}

function oneUnknown(value: Value): Value {
  if (Array.isArray(value)) return value.map(oneUnknown);
  if (isBag(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, oneUnknown(item)]));
  }
  return unknowns.has(value) ? UNKNOWN : value;
}

/** Takes properties out of a message. */
export function opened(struct: Struct | undefined): Opened {
  const { values, secretPaths } = received(struct?.toJavaScript() ?? {});
  return { values: oneUnknown(values) as Bag, secretPaths };
}

/** Properties as a message, marked where they are secret. */
export function closed(values: Bag, secretPaths: readonly string[] = []): Struct {
  return Struct.fromJavaScript(
    withSecrets(values, secretPaths) as Parameters<typeof Struct.fromJavaScript>[0],
  );
}
