import { rule } from "../../lib/rule";
import { UNKNOWN } from "../../lib/unknown";
import { TARGET_GROUP } from "../types";

export const targetDrainTime = rule({
  name: "target-drain-time",
  title: "Target groups let requests finish before a target leaves",
  description:
    "Without time to drain, every deployment and every scale-in cuts requests off; with too much, they take for ever.",
  severity: "low",
  level: "advisory",
  types: TARGET_GROUP,
  parameters: {
    minSeconds: {
      type: "integer",
      description: "Shortest time to drain, in seconds.",
      default: 5,
      minimum: 0,
      maximum: 3600,
    },
    maxSeconds: {
      type: "integer",
      description: "Longest time to drain, in seconds.",
      default: 900,
      minimum: 0,
      maximum: 3600,
    },
  },
  frameworks: {},
  remediation:
    "Set deregistrationDelay to the longest time a request takes, from {minSeconds} to {maxSeconds} seconds.",
  url: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html",
  judge(targetGroup, { config: { minSeconds, maxSeconds } }) {
    if (targetGroup.at("targetType").text()?.toLowerCase() === "lambda") return { skip: "lambda targets" };
    const path = "deregistrationDelay";
    const seconds = targetGroup.at(path).number();
    const delay = seconds ?? 300;
    if (delay >= minSeconds && delay <= maxSeconds) return [];
    const is = seconds === undefined ? "not set, which means 300 s" : `${seconds} s`;
    return [{ path, says: `${is}, must be from ${minSeconds} s to ${maxSeconds} s` }];
  },
  scenarios: [
    { name: "a minute", given: { deregistrationDelay: 60 }, is: "pass" },
    { name: "left to AWS: 300 seconds", given: {}, is: "pass" },
    {
      name: "no time at all, as a text",
      given: { deregistrationDelay: "0" },
      is: "fail",
      findings: [{ path: "deregistrationDelay", says: "0 s, must be from 5 s to 900 s" }],
    },
    {
      name: "an hour",
      given: { deregistrationDelay: 3600 },
      is: "fail",
      findings: [{ path: "deregistrationDelay", says: "3600 s, must be from 5 s to 900 s" }],
    },
    {
      name: "left to AWS where less is wanted",
      given: {},
      config: { maxSeconds: 120 },
      is: "fail",
      findings: [
        { path: "deregistrationDelay", says: "not set, which means 300 s, must be from 5 s to 120 s" },
      ],
    },
    { name: "a function", given: { targetType: "lambda" }, is: "skip", why: "lambda targets" },
    {
      name: "not known yet",
      given: { deregistrationDelay: UNKNOWN },
      is: "deferred",
      deferrals: [{ path: "deregistrationDelay", waits: "not known yet" }],
    },
  ],
});
