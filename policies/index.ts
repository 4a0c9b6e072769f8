import { PolicyPack } from "@pulumi/policy";
import { policiesOf } from "./lib/policy";
import { Run } from "./lib/run";
import { rules } from "./rules";

new PolicyPack("evenkeel-policies", {
  displayName: "Evenkeel",
  description:
    "TLS 1.2 or newer, two instances or more, several zones and health checks for load-balanced AWS stacks",
  provider: "aws",
  policies: policiesOf(rules, new Run()),
});
