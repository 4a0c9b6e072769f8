import { apart, type Judgement } from "../../lib/judgement";
import type { WholeNumber } from "../../lib/parameters";
import { rule } from "../../lib/rule";
import { UNKNOWN } from "../../lib/unknown";
import type { Value } from "../../lib/value";
import { SCALING_GROUP } from "../types";

/** What a refresh keeps if nothing else is said. */
const AWS_DEFAULT = 90;

/** What is written to take a maintenance policy away. */
const NO_POLICY = -1;

const skip = "no instance refresh and no maintenance policy";

const minHealthyPercent: WholeNumber = {
  type: "integer",
  description:
    "Smallest share of a group that stays in service while its instances are replaced, in percent.",
  default: 90,
  minimum: 0,
  maximum: 100,
};

function judgePolicy(group: Value, least: number): Judgement {
  const { path, percent } = policyOf(group);
  if (percent === undefined || percent >= least) return [];
  return [{ path, says: `${percent}, must be ${least} or more` }];
}

function policyOf(group: Value): { readonly path: string; readonly percent: number | undefined } {
  const share = group.at("instanceMaintenancePolicy", "minHealthyPercentage");
  const percent = share.number();
  return { path: share.path, percent: percent === NO_POLICY ? undefined : percent };
}

function judgeRefresh(group: Value, least: number): Judgement {
  const preferences = group.at("instanceRefresh", "preferences");
  const share = preferences.at("minHealthyPercentage");
  const percent = share.number();
  // Without preferences a refresh keeps to the group's policy. With some, the provider adds its default to them.
  if (percent === undefined && !preferences.isSet() && policyOf(group).percent !== undefined) return [];
  if ((percent ?? AWS_DEFAULT) >= least) return [];
  const is = percent === undefined ? `not set, which means ${AWS_DEFAULT}` : `${percent}`;
  return [{ path: share.path, says: `${is}, must be ${least} or more` }];
}

export const scalingSafeRefresh = rule({
  name: "scaling-safe-refresh",
  title: "Enough of a group stays in service while its instances are replaced",
  description:
    "A refresh that may take half of the instances away at once leaves the other half with all of the requests.",
  severity: "medium",
  level: "advisory",
  types: SCALING_GROUP,
  parameters: { minHealthyPercent },
  frameworks: {},
  remediation:
    "Set minHealthyPercentage to {minHealthyPercent} or more, and maxHealthyPercentage above 100 so that new instances come before old ones go.",
  url: "https://docs.aws.amazon.com/autoscaling/ec2/userguide/instance-maintenance-policy-overview-and-considerations.html",
  *judge(group, { config }) {
    const refresh = group.at("instanceRefresh").isSet();
    if (!refresh && !group.at("instanceMaintenancePolicy").isSet()) return { skip };
    const least = config.minHealthyPercent;
    yield* apart(
      () => (refresh ? judgeRefresh(group, least) : []),
      () => judgePolicy(group, least),
    );
    return undefined;
  },
  scenarios: [
    {
      name: "nothing goes before its successor has come",
      given: {
        instanceRefresh: {
          strategy: "Rolling",
          preferences: { minHealthyPercentage: 100, maxHealthyPercentage: 150 },
        },
        instanceMaintenancePolicy: { minHealthyPercentage: 100, maxHealthyPercentage: 150 },
      },
      is: "pass",
    },
    {
      name: "a refresh that is left to AWS",
      given: { instanceRefresh: { strategy: "Rolling" } },
      is: "pass",
    },
    {
      name: "as little as allowed, as a text",
      given: { instanceRefresh: { strategy: "Rolling", preferences: { minHealthyPercentage: "90" } } },
      is: "pass",
    },
    {
      name: "less, where less is enough",
      given: { instanceMaintenancePolicy: { minHealthyPercentage: 50, maxHealthyPercentage: 100 } },
      config: { minHealthyPercent: 50 },
      is: "pass",
    },
    {
      name: "a refresh that keeps half",
      given: { instanceRefresh: { strategy: "Rolling", preferences: { minHealthyPercentage: 50 } } },
      is: "fail",
      findings: [
        { path: "instanceRefresh.preferences.minHealthyPercentage", says: "50, must be 90 or more" },
      ],
    },
    {
      name: "a refresh that keeps to a policy which keeps too little",
      given: {
        instanceRefresh: { strategy: "Rolling" },
        instanceMaintenancePolicy: { minHealthyPercentage: 89, maxHealthyPercentage: 110 },
      },
      is: "fail",
      findings: [{ path: "instanceMaintenancePolicy.minHealthyPercentage", says: "89, must be 90 or more" }],
    },
    {
      name: "preferences that put the default above a better policy",
      given: {
        instanceRefresh: { strategy: "Rolling", preferences: { instanceWarmup: "120" } },
        instanceMaintenancePolicy: { minHealthyPercentage: 100, maxHealthyPercentage: 150 },
      },
      config: { minHealthyPercent: 100 },
      is: "fail",
      findings: [
        {
          path: "instanceRefresh.preferences.minHealthyPercentage",
          says: "not set, which means 90, must be 100 or more",
        },
      ],
    },
    {
      name: "a policy that is taken away, and a refresh that is left to AWS",
      given: {
        instanceRefresh: { strategy: "Rolling" },
        instanceMaintenancePolicy: { minHealthyPercentage: -1, maxHealthyPercentage: -1 },
      },
      config: { minHealthyPercent: 95 },
      is: "fail",
      findings: [
        {
          path: "instanceRefresh.preferences.minHealthyPercentage",
          says: "not set, which means 90, must be 95 or more",
        },
      ],
    },
    { name: "neither", given: { minSize: 2 }, is: "skip", why: skip },
    {
      name: "a refresh that keeps half, and a policy not known yet",
      given: {
        instanceRefresh: { strategy: "Rolling", preferences: { minHealthyPercentage: 50 } },
        instanceMaintenancePolicy: UNKNOWN,
      },
      is: "fail",
      findings: [
        { path: "instanceRefresh.preferences.minHealthyPercentage", says: "50, must be 90 or more" },
      ],
      deferrals: [{ path: "instanceMaintenancePolicy", waits: "not known yet" }],
    },
  ],
});
