import type * as pulumi from "@pulumi/pulumi";

/** AWS tags by key. A type alias, since to other languages an interface would be an object without members. */
export type Tags = { [key: string]: pulumi.Input<string> };

/** Tags for one child: what it was given, then its `Name`, which wins. */
export function tagged(name: string, tags: Tags = {}): Tags {
  return { ...tags, Name: name };
}
