import { mustBeOn } from "../../lib/attributes";
import { rule } from "../../lib/rule";
import { UNKNOWN } from "../../lib/unknown";
import { DATABASE_PROXY } from "../types";

const path = "requireTls";

export const databaseProxyTls = rule({
  name: "database-proxy-tls",
  title: "Database proxies require TLS",
  description:
    "Whatever a database behind it enforces, a proxy takes plain connections unless it is told not to, and with them passwords, queries and answers.",
  severity: "medium",
  level: "mandatory",
  types: DATABASE_PROXY,
  frameworks: { fsbp: ["RDS.43"] },
  remediation: "Set requireTls to true.",
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-43",
  judge: (proxy) => mustBeOn(proxy.at(path)),
  fix: () => [{ path, value: true }],
  scenarios: [
    { name: "required", given: { requireTls: true, engineFamily: "POSTGRESQL" }, is: "pass" },
    { name: "required, as a text", given: { requireTls: "true" }, is: "pass" },
    {
      name: "left to AWS",
      given: { engineFamily: "MYSQL" },
      is: "fail",
      findings: [{ path, says: "not set, which means false, must be true" }],
    },
    {
      name: "switched off, as a text",
      given: { requireTls: "false" },
      is: "fail",
      findings: [{ path, says: "false, must be true" }],
    },
    {
      name: "not known yet",
      given: { requireTls: UNKNOWN },
      is: "deferred",
      deferrals: [{ path, waits: "not known yet" }],
    },
  ],
});
