import * as pulumi from "@pulumi/pulumi";

/** A configuration key's value as Pulumi hands it over. */
export interface Entry {
  /** Text, or JSON for anything that has structure. */
  readonly text: string;
  /** Whether it is encrypted, or something in it is: Pulumi marks the whole key. */
  readonly secret: boolean;
}

/** A stack's configuration before anybody has looked at it. */
export interface RawConfig {
  readonly project: string;
  readonly stack: string;
  /** What `aws:region` says. */
  readonly region: Entry | undefined;
  /** The keys of the project's namespace. */
  readonly entries: ReadonlyMap<string, Entry>;
}

// The SDK knows which keys are secret but keeps the function out of its typings; its public `getSecret` marks every value
// it is asked for. The tests of secrets fail should a later version lose it.
const { isConfigSecret } = pulumi.runtime as unknown as { isConfigSecret(key: string): boolean };

function entryOf(config: pulumi.Config, key: string): Entry | undefined {
  const text = config.get(key);
  return text === undefined ? undefined : { text, secret: isConfigSecret(`${config.name}:${key}`) };
}

/** Reads everything the program may look at: the project's own keys, and the region of the AWS provider. */
export function readConfig(): RawConfig {
  const own = new pulumi.Config();
  const start = `${own.name}:`;
  const keys = Object.keys(pulumi.runtime.allConfig())
    .filter((key) => key.startsWith(start))
    .map((key) => key.slice(start.length));
  const entries = new Map<string, Entry>();
  for (const key of keys) {
    const entry = entryOf(own, key);
    if (entry) entries.set(key, entry);
  }
  return {
    project: own.name,
    stack: pulumi.getStack(),
    region: entryOf(new pulumi.Config("aws"), "region"),
    entries,
  };
}
