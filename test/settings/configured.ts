import * as pulumi from "@pulumi/pulumi";
import { loadSettings, type Settings } from "../../settings";

/** Configuration by key, as a stack's file has it. */
export interface Config {
  readonly [key: string]: unknown;
}

/** Sets the configuration the way the CLI hands it to a program: text as it is, everything else as JSON. */
function configure(config: Config, stack = "staging", secretKeys: string[] = []): void {
  pulumi.runtime.setMocks(
    { newResource: ({ inputs }) => ({ id: "none", state: inputs }), call: ({ inputs }) => inputs },
    "evenkeel",
    stack,
    true,
  );
  const texts = Object.entries(config).map(([key, value]): [string, string] => [
    key,
    typeof value === "string" ? value : JSON.stringify(value),
  ]);
  pulumi.runtime.setAllConfig(Object.fromEntries(texts), secretKeys);
}

/** The settings of a stack with this configuration. */
export function settingsOf(config: Config, stack?: string, secretKeys?: string[]): Settings {
  configure(config, stack, secretKeys);
  try {
    return loadSettings();
  } finally {
    pulumi.runtime.setAllConfig({});
  }
}

/** One service with one endpoint for everything, and what is added to it. */
export function service(more: object = {}): object {
  return { endpoints: { main: { routes: { all: { priority: 1000, paths: ["/*"] } } } }, ...more };
}

/** The least a stack can say, and what is added to it or put in its place. */
export function stack(more: Config = {}): Config {
  return {
    "aws:region": "us-east-1",
    "evenkeel:environment": "staging",
    "evenkeel:network": { zones: ["us-east-1a", "us-east-1b"] },
    "evenkeel:loadBalancer": { domainName: "app.example.com", hostedZoneId: "Z0123456789ABCDEFGHIJ" },
    "evenkeel:services": { web: service() },
    ...more,
  };
}
