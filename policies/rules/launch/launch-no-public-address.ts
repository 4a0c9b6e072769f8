import { concluded, each, type Judgement } from "../../lib/judgement";
import { rule } from "../../lib/rule";
import { UNKNOWN } from "../../lib/unknown";
import type { Value } from "../../lib/value";
import { LAUNCH_CONFIGURATION, LAUNCH_TEMPLATE } from "../types";
import { isTemplate, LAUNCH } from "./launch-kinds";

const says = "true, must be false";

/** Judges what asks for an address; what asks for nothing gets what its subnet gives. */
function judgeAsking(asking: Value): Judgement {
  const asks = asking.at("associatePublicIpAddress");
  return asks.flag() === true ? [{ path: asks.path, says }] : [];
}

function judgeLaunch(launch: Value, type: string): Judgement {
  return isTemplate(type) ? each(launch.at("networkInterfaces"), judgeAsking) : judgeAsking(launch);
}

export const launchNoPublicAddress = rule({
  name: "launch-no-public-address",
  title: "Instances ask for no public address",
  description:
    "Behind a load balancer an instance needs none. With one, every open port of it is a way around the balancer.",
  severity: "high",
  level: "mandatory",
  types: LAUNCH,
  frameworks: { fsbp: ["EC2.25", "AutoScaling.5"] },
  remediation: "Set associatePublicIpAddress to false, and launch into subnets with a way out.",
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-25",
  judge: (launch, { type }) => judgeLaunch(launch, type),
  fix: (launch, { type }) =>
    concluded(() => judgeLaunch(launch, type)).findings.map(({ path }) => ({
      path,
      // Booleans of a launch template's network interfaces are texts.
      value: isTemplate(type) ? "false" : false,
    })),
  scenarios: [
    { name: "left to the subnet", given: {}, is: "pass" },
    {
      name: "none on either interface",
      types: LAUNCH_TEMPLATE,
      given: { networkInterfaces: [{ associatePublicIpAddress: "false" }, { deviceIndex: 1 }] },
      is: "pass",
    },
    {
      name: "none",
      types: LAUNCH_CONFIGURATION,
      given: { associatePublicIpAddress: false },
      is: "pass",
    },
    {
      name: "one on the second interface",
      types: LAUNCH_TEMPLATE,
      given: {
        networkInterfaces: [{ deviceIndex: 0 }, { deviceIndex: 1, associatePublicIpAddress: "true" }],
      },
      is: "fail",
      findings: [{ path: "networkInterfaces[1].associatePublicIpAddress", says }],
    },
    {
      name: "one, as a boolean",
      types: LAUNCH_TEMPLATE,
      given: { networkInterfaces: [{ associatePublicIpAddress: true }] },
      is: "fail",
      findings: [{ path: "networkInterfaces[0].associatePublicIpAddress", says }],
    },
    {
      name: "one, in a launch configuration",
      types: LAUNCH_CONFIGURATION,
      given: { associatePublicIpAddress: "true" },
      is: "fail",
      findings: [{ path: "associatePublicIpAddress", says }],
    },
    {
      name: "one for certain, one not known yet",
      types: LAUNCH_TEMPLATE,
      given: { networkInterfaces: [UNKNOWN, { associatePublicIpAddress: "true" }] },
      is: "fail",
      findings: [{ path: "networkInterfaces[1].associatePublicIpAddress", says }],
      deferrals: [{ path: "networkInterfaces[0]", waits: "not known yet" }],
    },
    {
      name: "not known yet, in a launch configuration",
      types: LAUNCH_CONFIGURATION,
      given: { associatePublicIpAddress: UNKNOWN },
      is: "deferred",
      deferrals: [{ path: "associatePublicIpAddress", waits: "not known yet" }],
    },
  ],
});
