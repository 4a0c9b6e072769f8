import { type Registration, urnOf } from "../../../sandbox/monitor/registration";

/** URN of a resource of stack dev, project tiny, that has no parent. */
export function urn(type: string, name: string): string {
  return urnOf("dev", "tiny", undefined, type, name);
}

/** A resource registered by hand: custom, with nothing set, unless told otherwise. */
export function registration(type: string, name: string, more: Partial<Registration> = {}): Registration {
  return {
    urn: urn(type, name),
    type,
    name,
    custom: true,
    remote: false,
    read: false,
    inputs: {},
    checkedInputs: {},
    outputs: {},
    dependencies: [],
    propertyDependencies: {},
    protect: false,
    retainOnDelete: false,
    ignoreChanges: [],
    replaceOnChanges: [],
    aliases: [],
    additionalSecretOutputs: [],
    customTimeouts: {},
    secretPaths: [],
    ...more,
  };
}

/** A bucket registered by hand. */
export function bucketNamed(name: string, more: Partial<Registration> = {}): Registration {
  return registration("aws:s3/bucket:Bucket", name, more);
}
