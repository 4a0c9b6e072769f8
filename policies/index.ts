import { PolicyPack } from "@pulumi/policy";
import * as unpacking from "@pulumi/policy/deserialize";
import { Config, RunError, runtime } from "@pulumi/pulumi";
import { type PackSettings, readPackSettings } from "./lib/pack-settings";
import { packOf, policiesOf } from "./lib/policy";
import { unpackOnce } from "./lib/unpacking";
import { rules } from "./rules";

/** What the stack says to the pack. With a fault in it the pack does not start, and nothing is deployed. */
function settings(): PackSettings {
  try {
    return readPackSettings(new Config("evenkeel-policies"), Object.keys(runtime.allConfig()));
  } catch (error) {
    throw new RunError(error instanceof Error ? error.message : String(error));
  }
}

unpackOnce(unpacking);

new PolicyPack("evenkeel-policies", {
  displayName: "Evenkeel",
  description:
    "TLS 1.2 or newer, two instances or more, several zones and health checks for load-balanced AWS stacks",
  provider: "aws",
  policies: policiesOf(rules, packOf(rules, settings())),
});
