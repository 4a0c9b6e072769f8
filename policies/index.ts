import { PolicyPack } from "@pulumi/policy";
import * as unpacking from "@pulumi/policy/deserialize";
import { policiesOf } from "./lib/policy";
import { Run } from "./lib/run";
import { unpackOnce } from "./lib/unpacking";
import { rules } from "./rules";

unpackOnce(unpacking);

new PolicyPack("evenkeel-policies", {
  displayName: "Evenkeel",
  description:
    "TLS 1.2 or newer, two instances or more, several zones and health checks for load-balanced AWS stacks",
  provider: "aws",
  policies: policiesOf(rules, new Run()),
});
