import { rule } from "../../lib/rule";
import { UNKNOWN } from "../../lib/unknown";
import { DEFAULT_SUBNET, DEFAULT_VPC } from "../types";

const path = "forceDestroy";
const must = "must be true, which takes the default network over to delete it";

export const noDefaultNetwork = rule({
  name: "no-default-network",
  title: "Nothing is built on the default network",
  description:
    "In the network AWS makes for every account, each subnet is public and hands out public addresses, and its addresses are those of every other account's.",
  severity: "low",
  level: "advisory",
  types: [...DEFAULT_VPC, ...DEFAULT_SUBNET],
  frameworks: {},
  remediation:
    "Make a network with ec2.Vpc. Take the default one over only to delete it, with forceDestroy: true and then out of the program.",
  url: "https://docs.aws.amazon.com/vpc/latest/userguide/default-vpc.html",
  judge(network) {
    const deletes = network.at(path).flag();
    if (deletes === true) return [];
    return [{ path, says: `${deletes === undefined ? "not set" : "false"}, ${must}` }];
  },
  scenarios: [
    { name: "taken over to be deleted", given: { [path]: true }, is: "pass" },
    { name: "taken over to be deleted, as a text", given: { [path]: "true" }, is: "pass" },
    { name: "taken over", given: {}, is: "fail", findings: [{ path, says: `not set, ${must}` }] },
    {
      name: "taken over to be kept",
      given: { [path]: false },
      is: "fail",
      findings: [{ path, says: `false, ${must}` }],
    },
    {
      name: "not known yet",
      given: { [path]: UNKNOWN },
      is: "deferred",
      deferrals: [{ path, waits: "not known yet" }],
    },
  ],
});
