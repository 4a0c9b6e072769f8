import { apart, type Judgement } from "../../lib/judgement";
import type { WholeNumber } from "../../lib/parameters";
import { rule } from "../../lib/rule";
import { UNKNOWN } from "../../lib/unknown";
import type { Value } from "../../lib/value";
import { KEY, KEY_POLICY, OTHER_KEY } from "../types";

const window = "deletionWindowInDays";
const bypass = "bypassPolicyLockoutSafetyCheck";
const locked = { path: bypass, says: "true, must not be" };

const minDays: WholeNumber = {
  type: "integer",
  description: "Fewest days between the request to delete a key and its deletion.",
  default: 30,
  minimum: 7,
  maximum: 30,
};

/** Left out, AWS waits for the longest time it allows, so nothing is wrong with that. */
function judgeWindow(key: Value, wanted: number): Judgement {
  const days = key.at(window).number();
  if (days === undefined || days >= wanted) return [];
  return [{ path: window, says: `${days}, must be ${wanted} or more` }];
}

export const keySafeDeletion = rule({
  name: "key-safe-deletion",
  title: "Keys cannot be lost in a hurry",
  description:
    "What a deleted key encrypted is lost for good, and a key whose policy locks out everybody is as good as deleted. The waiting period is the time to notice.",
  severity: "low",
  level: "advisory",
  types: [...KEY, ...OTHER_KEY, ...KEY_POLICY],
  parameters: { minDays },
  frameworks: { fsbp: ["KMS.3"] },
  remediation: "Set deletionWindowInDays to {minDays} or more, and leave out bypassPolicyLockoutSafetyCheck.",
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/kms-controls.html#kms-3",
  judge: (key, { config, type }) =>
    apart(
      () => (KEY_POLICY.includes(type) ? [] : judgeWindow(key, config.minDays)),
      () => (key.at(bypass).flag() === true ? [locked] : []),
    ),
  scenarios: [
    { name: "left to AWS", given: {}, is: "pass" },
    {
      name: "the longest time, as a text",
      given: { deletionWindowInDays: "30", bypassPolicyLockoutSafetyCheck: "false" },
      is: "pass",
    },
    {
      name: "a week where a week is enough",
      given: { deletionWindowInDays: 7 },
      config: { minDays: 7 },
      is: "pass",
    },
    {
      name: "a day less, and no check",
      given: { deletionWindowInDays: 29, bypassPolicyLockoutSafetyCheck: true },
      types: KEY,
      is: "fail",
      findings: [{ path: window, says: "29, must be 30 or more" }, locked],
    },
    {
      name: "a copy of a key and a key made elsewhere",
      given: { deletionWindowInDays: "7", bypassPolicyLockoutSafetyCheck: "true" },
      types: OTHER_KEY,
      is: "fail",
      findings: [{ path: window, says: "7, must be 30 or more" }, locked],
    },
    {
      name: "a policy without the check",
      given: { keyId: UNKNOWN, policy: UNKNOWN, bypassPolicyLockoutSafetyCheck: "true" },
      types: KEY_POLICY,
      is: "fail",
      findings: [locked],
    },
    {
      name: "one not known yet, one certain",
      given: { deletionWindowInDays: UNKNOWN, bypassPolicyLockoutSafetyCheck: true },
      types: KEY,
      is: "fail",
      findings: [locked],
      deferrals: [{ path: window, waits: "not known yet" }],
    },
    {
      name: "not known yet whether it is checked",
      given: { bypassPolicyLockoutSafetyCheck: UNKNOWN },
      is: "deferred",
      deferrals: [{ path: bypass, waits: "not known yet" }],
    },
  ],
});
