import { rule } from "../../lib/rule";
import { UNKNOWN } from "../../lib/unknown";
import { SECRET } from "../types";

const path = "recoveryWindowInDays";
const findings = [{ path, says: "0, which deletes at once, must be 7 to 30" }];

export const secretRecoveryWindow = rule({
  name: "secret-recovery-window",
  title: "Deleted secrets can be brought back",
  description:
    "A secret deleted at once is gone, with every password that stands nowhere else. For 7 to 30 days AWS can keep it to be restored.",
  severity: "medium",
  level: "production",
  types: SECRET,
  frameworks: {},
  remediation: "Leave out recoveryWindowInDays, which means 30, or set it to 7 or more.",
  url: "https://docs.aws.amazon.com/secretsmanager/latest/userguide/manage_delete-secret.html",
  judge: (secret) => (secret.at(path).number() === 0 ? findings : []),
  scenarios: [
    { name: "left to AWS", given: { name: "database" }, is: "pass" },
    { name: "a week, as a text", given: { recoveryWindowInDays: "7" }, is: "pass" },
    { name: "none", given: { recoveryWindowInDays: 0 }, is: "fail", findings },
    { name: "none, as a text", given: { recoveryWindowInDays: "0" }, is: "fail", findings },
    {
      name: "not known yet",
      given: { recoveryWindowInDays: UNKNOWN },
      is: "deferred",
      deferrals: [{ path, waits: "not known yet" }],
    },
  ],
});
