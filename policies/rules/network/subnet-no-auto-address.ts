import { rule } from "../../lib/rule";
import { UNKNOWN } from "../../lib/unknown";
import { DEFAULT_SUBNET, SUBNET } from "../types";

const path = "mapPublicIpOnLaunch";
const must = "must not be true";
const own = SUBNET.filter((type) => !DEFAULT_SUBNET.includes(type));

export const subnetNoAutoAddress = rule({
  name: "subnet-no-auto-address",
  title: "Subnets hand out no public addresses by themselves",
  description:
    "Whatever is started in such a subnet is on the internet, whether or not somebody meant it to be. Load balancers and NAT gateways get their addresses in any case.",
  severity: "medium",
  level: "advisory",
  types: SUBNET,
  frameworks: { fsbp: ["EC2.15"] },
  remediation: "Set mapPublicIpOnLaunch to false, and give a public address to what needs one.",
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-15",
  judge(subnet, { type }) {
    const maps = subnet.at(path).flag();
    // AWS makes the subnets of a default network that way, and the provider keeps them so.
    if (maps === undefined && DEFAULT_SUBNET.includes(type)) {
      return [{ path, says: `not set, which means true here, ${must}` }];
    }
    return maps === true ? [{ path, says: `true, ${must}` }] : [];
  },
  scenarios: [
    { name: "switched off", given: { [path]: false }, is: "pass" },
    { name: "switched off, as a text", given: { [path]: "false" }, is: "pass" },
    { name: "left to AWS", given: {}, types: own, is: "pass" },
    {
      name: "left to AWS, in a default network",
      given: {},
      types: DEFAULT_SUBNET,
      is: "fail",
      findings: [{ path, says: `not set, which means true here, ${must}` }],
    },
    { name: "switched on", given: { [path]: true }, is: "fail", findings: [{ path, says: `true, ${must}` }] },
    {
      name: "switched on, as a text",
      given: { [path]: "true" },
      is: "fail",
      findings: [{ path, says: `true, ${must}` }],
    },
    {
      name: "not known yet",
      given: { [path]: UNKNOWN },
      is: "deferred",
      deferrals: [{ path, waits: "not known yet" }],
    },
  ],
});
