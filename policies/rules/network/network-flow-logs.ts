import type { Judgement } from "../../lib/judgement";
import type { Link } from "../../lib/links";
import { rule, type ScenarioResource } from "../../lib/rule";
import type { Stack, StackResource } from "../../lib/stack";
import { UNKNOWN } from "../../lib/unknown";
import { brief, shown } from "../../lib/value";
import { FLOW_LOG, VPC } from "../types";

const logs: Link = { from: FLOW_LOG, names: ({ outputs }) => [outputs.at("vpcId")], to: VPC };

/** What tells of traffic that was turned away, which is what an attack looks like. */
const telling = ["ALL", "REJECT"];

const must = 'must have one with trafficType "ALL" or "REJECT"';
const path = "resource";

/** Whether a flow log records what was turned away; nothing if it is not known. */
function tells({ inputs }: StackResource): boolean | undefined {
  const type = inputs.at("trafficType");
  return type.isKnown() ? telling.includes(type.text()?.toUpperCase() ?? "") : undefined;
}

function judgeNetwork(network: StackResource, stack: Stack): Judgement {
  const { certain, possible } = stack.linked(network, logs);
  if (certain.some((log) => tells(log) === true)) return [];
  const unclear = certain.filter((log) => tells(log) === undefined);
  if (unclear.length > 0) {
    return unclear.map(({ name }) => ({ path, waits: `trafficType of ${brief(name)} not known` }));
  }
  const open = possible.filter((log) => tells(log) !== false);
  if (open.length > 0) {
    return open.map(({ name }) => ({ path, waits: `not known whether ${brief(name)} is its flow log` }));
  }
  const [log] = certain;
  if (log === undefined) return [{ path, says: `no flow log, ${must}` }];
  const records = shown(log.inputs.at("trafficType").text());
  return [{ path, says: `a flow log, ${brief(log.name)}, whose trafficType is ${records}, ${must}` }];
}

function flowLog(props: object, ...from: readonly string[]): ScenarioResource {
  return {
    name: "log",
    type: FLOW_LOG[0] ?? "",
    props: { vpcId: UNKNOWN, trafficType: "ALL", ...props },
    from: { vpcId: from },
  };
}

const other: ScenarioResource = { name: "other", type: VPC[0] ?? "", props: { id: UNKNOWN } };

export const networkFlowLogs = rule({
  name: "network-flow-logs",
  title: "Every network records its traffic",
  description:
    "A flow log says who talked to whom, and who was turned away. Without one there is nothing to look at after a break-in.",
  severity: "medium",
  level: "mandatory",
  types: VPC,
  frameworks: { fsbp: ["EC2.6"] },
  remediation: 'Write an aws.ec2.FlowLog with the network\'s vpcId and trafficType "ALL" or "REJECT".',
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-6",
  judgeInStack: (network, { stack }) => judgeNetwork(network, stack),
  scenarios: [
    {
      name: "a flow log, not created yet",
      given: {},
      outputs: { id: UNKNOWN },
      stack: [flowLog({}, "subject"), other],
      is: "pass",
    },
    {
      name: "a flow log, by id",
      given: {},
      outputs: { id: "vpc-1" },
      stack: [flowLog({ vpcId: "vpc-1", trafficType: "REJECT" })],
      is: "pass",
    },
    {
      name: "two flow logs, of which one is enough",
      given: {},
      stack: [
        flowLog({ trafficType: "ACCEPT" }, "subject"),
        { ...flowLog({ trafficType: "reject" }, "subject"), name: "refused" },
      ],
      is: "pass",
    },
    { name: "none", given: {}, is: "fail", findings: [{ path, says: `no flow log, ${must}` }] },
    {
      name: "another network's",
      given: {},
      outputs: { id: "vpc-1" },
      stack: [flowLog({ vpcId: "vpc-2" }), flowLog({}, "other"), other].map((one, index) => ({
        ...one,
        name: index === 0 ? "outside" : one.name,
      })),
      is: "fail",
      findings: [{ path, says: `no flow log, ${must}` }],
    },
    {
      name: "a flow log of a subnet",
      given: {},
      stack: [flowLog({ vpcId: undefined, subnetId: "subnet-1" })],
      is: "fail",
      findings: [{ path, says: `no flow log, ${must}` }],
    },
    {
      name: "only what was let through",
      given: {},
      stack: [flowLog({ trafficType: "ACCEPT" }, "subject")],
      is: "fail",
      findings: [{ path, says: `a flow log, log, whose trafficType is "ACCEPT", ${must}` }],
    },
    {
      name: "traffic not known yet",
      given: {},
      stack: [flowLog({ trafficType: UNKNOWN }, "subject")],
      is: "deferred",
      deferrals: [{ path, waits: "trafficType of log not known" }],
    },
    {
      name: "a flow log of this network or another",
      given: {},
      stack: [flowLog({}, "subject", "other"), other],
      is: "deferred",
      deferrals: [{ path, waits: "not known whether log is its flow log" }],
    },
  ],
});
