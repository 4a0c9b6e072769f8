import { apart, type Judgement } from "../../lib/judgement";
import type { Link } from "../../lib/links";
import type { WholeNumber } from "../../lib/parameters";
import { rule, type ScenarioResource } from "../../lib/rule";
import { SUBJECT } from "../../lib/scenario";
import { UNKNOWN } from "../../lib/unknown";
import { shown, type Value } from "../../lib/value";
import { SECRET, SECRET_ROTATION } from "../types";
import { longestGapDays } from "./rotation-schedule";

const maxDays: WholeNumber = {
  type: "integer",
  description: "Most days between two rotations of a secret.",
  default: 90,
  minimum: 1,
  maximum: 1000,
};

const rotations: Link = {
  from: SECRET_ROTATION,
  names: ({ outputs }) => [outputs.at("secretId")],
  to: SECRET,
};

function judgeDays(days: Value, wanted: number): Judgement {
  const number = days.number();
  if (number === undefined || number <= wanted) return [];
  return [{ path: days.path, says: `${number}, must be ${wanted} or fewer` }];
}

function judgeSchedule(schedule: Value, wanted: number): Judgement {
  const { path } = schedule;
  const text = schedule.text();
  if (text === undefined) return [];
  const gap = longestGapDays(text);
  if (gap === undefined) return [{ path, waits: `${shown(text)} cannot be read as a schedule` }];
  if (gap <= wanted) return [];
  return [
    { path, says: `${shown(text)} leaves ${gap} days between rotations, must leave ${wanted} or fewer` },
  ];
}

function judgeRotation(rotation: Value, wanted: number): Judgement {
  const enabled = rotation.at("rotationEnabled");
  if (enabled.flag() === false) return [{ path: enabled.path, says: "false, must be true" }];
  const rules = rotation.at("rotationRules");
  const days = rules.at("automaticallyAfterDays");
  const schedule = rules.at("scheduleExpression");
  if (!days.isSet() && !schedule.isSet()) {
    return [{ path: rules.path, says: `not set, must rotate every ${wanted} days or more often` }];
  }
  return apart(
    () => judgeDays(days, wanted),
    () => judgeSchedule(schedule, wanted),
  );
}

const arnOf = (name: string) => `arn:aws:secretsmanager:eu-west-1:123456789012:secret:${name}-AbCdEf`;
const existing = { id: arnOf("database"), arn: arnOf("database"), name: "database" };
const planned = { id: UNKNOWN, arn: UNKNOWN, name: "database" };
const other: ScenarioResource = { name: "other", type: "aws:secretsmanager/secret:Secret", props: planned };

/** A rotation of something, by its ARN or by what that comes from. */
function rotation(secretId: string, from: readonly string[] = []): ScenarioResource {
  const type = "aws:secretsmanager/secretRotation:SecretRotation";
  return {
    name: "rotation",
    type,
    props: { secretId, rotationRules: { automaticallyAfterDays: 30 } },
    from: { secretId: from },
  };
}

const findings = [{ path: "arn", says: "named by no secret rotation, must be by one" }];
const deferrals = [{ path: "arn", waits: "not known whether a secret rotation names it" }];
const after = (automaticallyAfterDays: unknown) => ({ rotationRules: { automaticallyAfterDays } });
const at = (scheduleExpression: unknown) => ({ rotationRules: { scheduleExpression } });
const afterDays = "rotationRules.automaticallyAfterDays";
const schedule = "rotationRules.scheduleExpression";

export const secretRotation = rule({
  name: "secret-rotation",
  title: "Secrets change regularly, without anybody's doing",
  description:
    "A secret that leaked unnoticed is good until it changes. Left to people, it changes when somebody leaves, or never.",
  severity: "medium",
  level: "advisory",
  types: [...SECRET_ROTATION, ...SECRET],
  parameters: { maxDays },
  frameworks: { fsbp: ["SecretsManager.1", "SecretsManager.4"] },
  remediation:
    "Add an aws.secretsmanager.SecretRotation whose secretId is the secret's id, with rotationRules of {maxDays} days or fewer.",
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/secretsmanager-controls.html#secretsmanager-1",
  judge: (resource, { config, type }) =>
    SECRET_ROTATION.includes(type) ? judgeRotation(resource, config.maxDays) : [],
  judgeInStack(resource, { stack }) {
    if (!SECRET.includes(resource.type)) return [];
    const { certain, possible } = stack.linked(resource, rotations);
    if (certain.length > 0) return [];
    return possible.length > 0 ? deferrals : findings;
  },
  scenarios: [
    { name: "every 90 days", given: after(90), types: SECRET_ROTATION, is: "pass" },
    { name: "every month, as a text", given: after("30"), types: SECRET_ROTATION, is: "pass" },
    { name: "by the hour", given: at("rate(4 hours)"), types: SECRET_ROTATION, is: "pass" },
    {
      name: "on the first of every second month",
      given: at("cron(0 8 1 */2 ? *)"),
      types: SECRET_ROTATION,
      is: "pass",
    },
    { name: "on Sundays", given: at("cron(0 8 ? * SUN *)"), types: SECRET_ROTATION, is: "pass" },
    {
      name: "a rotation of a secret that exists",
      given: existing,
      types: SECRET,
      stack: [rotation(arnOf("database"))],
      is: "pass",
    },
    {
      name: "a rotation of a secret that is not created yet",
      given: { name: "database" },
      outputs: planned,
      types: SECRET,
      stack: [other, rotation(UNKNOWN, [SUBJECT])],
      is: "pass",
    },
    {
      name: "a day more",
      given: after(91),
      types: SECRET_ROTATION,
      is: "fail",
      findings: [{ path: afterDays, says: "91, must be 90 or fewer" }],
    },
    {
      name: "every 90 days where 30 are the most",
      given: at("rate(90 days)"),
      config: { maxDays: 30 },
      types: SECRET_ROTATION,
      is: "fail",
      findings: [
        { path: schedule, says: '"rate(90 days)" leaves 90 days between rotations, must leave 30 or fewer' },
      ],
    },
    {
      name: "once a quarter",
      given: at("cron(0 8 1 1,4,7,10 ? *)"),
      types: SECRET_ROTATION,
      is: "fail",
      findings: [
        {
          path: schedule,
          says: '"cron(0 8 1 1,4,7,10 ? *)" leaves 92 days between rotations, must leave 90 or fewer',
        },
      ],
    },
    {
      name: "switched off",
      given: { rotationEnabled: false },
      types: SECRET_ROTATION,
      is: "fail",
      findings: [{ path: "rotationEnabled", says: "false, must be true" }],
    },
    {
      name: "without rules",
      given: { secretId: UNKNOWN },
      types: SECRET_ROTATION,
      is: "fail",
      findings: [{ path: "rotationRules", says: "not set, must rotate every 90 days or more often" }],
    },
    { name: "none", given: existing, types: SECRET, is: "fail", findings },
    {
      name: "a rotation of another secret, before anything exists",
      given: { name: "database" },
      outputs: planned,
      types: SECRET,
      stack: [other, rotation(UNKNOWN, ["other"])],
      is: "fail",
      findings,
    },
    {
      name: "a rotation of a secret outside the stack",
      given: existing,
      types: SECRET,
      stack: [rotation(arnOf("mail"))],
      is: "fail",
      findings,
    },
    {
      name: "a rotation of one of two secrets, not known which",
      given: { name: "database" },
      outputs: planned,
      types: SECRET,
      stack: [other, rotation(UNKNOWN, [SUBJECT, "other"])],
      is: "deferred",
      deferrals,
    },
    {
      name: "days not known yet",
      given: after(UNKNOWN),
      types: SECRET_ROTATION,
      is: "deferred",
      deferrals: [{ path: afterDays, waits: "not known yet" }],
    },
    {
      name: "a schedule that cannot be read",
      given: at("every now and then"),
      types: SECRET_ROTATION,
      is: "deferred",
      deferrals: [{ path: schedule, waits: '"every now and then" cannot be read as a schedule' }],
    },
  ],
});
