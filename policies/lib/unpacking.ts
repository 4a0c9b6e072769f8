import type { Struct } from "google-protobuf/google/protobuf/struct_pb";

/** The part of the policy SDK that turns a resource's properties from a message into plain objects. */
interface Unpacking {
  deserializeProperties: (message: Struct, keepSecrets: boolean) => object;
}

/**
 * Has the policy SDK unpack the properties of a resource once, and not anew for every policy that looks at it: with a
 * hundred policies unpacking takes longer than judging. Rules read properties and never change them, so all of them may
 * share what was unpacked. Remediations change properties; theirs are unpacked anew, as before.
 *
 * It replaces a function that the SDK does not promise to keep. Where there is none of that name the SDK goes on as it
 * is, and only takes longer.
 */
export function unpackOnce(unpacking: Partial<Unpacking>): void {
  const { deserializeProperties: unpack } = unpacking;
  if (typeof unpack !== "function") return;
  const unpacked = new WeakMap<Struct, object>();
  unpacking.deserializeProperties = (message, keepSecrets) => {
    if (keepSecrets) return unpack(message, keepSecrets);
    const known = unpacked.get(message);
    if (known !== undefined) return known;
    const properties = unpack(message, keepSecrets);
    unpacked.set(message, properties);
    return properties;
  };
}
