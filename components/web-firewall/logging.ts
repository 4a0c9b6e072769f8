import * as cloudwatch from "@pulumi/aws/cloudwatch";
import type { wafv2 as inputs } from "@pulumi/aws/types/input";
import * as wafv2 from "@pulumi/aws/wafv2";
import type * as pulumi from "@pulumi/pulumi";
import { checkOneOf } from "../lib/closed-set";
import { headerName, mostRedactedHeaders, usualRedactedHeaders } from "../lib/firewall-limits";
import { checkLogRetention } from "../lib/log-retention";
import type { Problems } from "../lib/problems";
import { type Tags, tagged } from "../lib/tags";
import { shaped, type Transform } from "../lib/transform";

/** Which requests a web firewall logs. */
export const LoggedRequests = {
  /** Those that a rule turned away or counted. */
  Matched: "matched",
  /** All. */
  All: "all",
  /** None: there is no log. */
  None: "none",
} as const;
export type LoggedRequests = (typeof LoggedRequests)[keyof typeof LoggedRequests];

/** The record of what a web firewall decided. */
export interface FirewallLogsArgs {
  /**
   * Which requests are logged. Those that no rule matched are in the load balancer's access logs.
   * @default "matched"
   */
  readonly requests?: LoggedRequests;
  /**
   * How long the records are kept, in days: one of the periods CloudWatch Logs offers, 1 to 3653.
   * @default 90
   * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
   */
  readonly retentionDays?: number;
  /**
   * Headers whose values nobody reads in logs and sampled requests, 20 at most. The secret header of originHeader is
   * always among them.
   * @default ["authorization", "cookie"]
   */
  readonly redactedHeaders?: string[];
}

/** The last word on each part of a web firewall's log. */
export interface FirewallLogTransforms {
  /** Log group the records go to. */
  readonly logGroup?: Transform<cloudwatch.LogGroupArgs>;
  /** What is logged, and what is left out. */
  readonly logging?: Transform<wafv2.WebAclLoggingConfigurationArgs>;
}

/** A log with every default in place. */
export interface FirewallLogs {
  readonly requests: LoggedRequests;
  readonly retentionDays: number;
  readonly redactedHeaders: string[];
}

/** Checks what is logged and settles the defaults. */
export function settleLogs(
  args: FirewallLogsArgs,
  secretHeader: string | undefined,
  problems: Problems,
): FirewallLogs {
  const {
    requests = LoggedRequests.Matched,
    retentionDays = 90,
    redactedHeaders = [...usualRedactedHeaders],
  } = args;
  checkOneOf(LoggedRequests, requests, "logs.requests", problems);
  checkLogRetention(retentionDays, "logs.retentionDays", problems);
  checkHeaders(redactedHeaders, "logs.redactedHeaders", problems);
  const headers = redactedHeaders.map((name) => name.toLowerCase());
  const secret = secretHeader === undefined ? [] : [secretHeader];
  return { requests, retentionDays, redactedHeaders: [...new Set([...headers, ...secret])] };
}

function checkHeaders(names: readonly string[], path: string, problems: Problems): void {
  const few = names.length <= mostRedactedHeaders;
  problems.unless(few, path, `must have ${mostRedactedHeaders} headers at most, got ${names.length}`);
  for (const [index, name] of names.entries()) {
    const found = JSON.stringify(name);
    const reason = `must be letters, digits and hyphens, 64 at most, got ${found}`;
    problems.unless(headerName.test(name), `${path}[${index}]`, reason);
  }
}

/**
 * Has AWS WAF blank the values of headers wherever it shows requests: sampled requests too, which a log's own redaction
 * does not reach.
 *
 * @see https://docs.aws.amazon.com/waf/latest/APIReference/API_FieldToProtect.html
 */
export function dataProtection({
  redactedHeaders,
}: FirewallLogs): Pick<wafv2.WebAclArgs, "dataProtectionConfig"> {
  if (redactedHeaders.length === 0) return {};
  const field = { fieldType: "SINGLE_HEADER", fieldKeys: redactedHeaders };
  return { dataProtectionConfig: { dataProtections: [{ action: "SUBSTITUTION", field }] } };
}

// COUNT is a rule of the web ACL; a rule of a managed group that was told to count is the other one.
// https://docs.aws.amazon.com/waf/latest/APIReference/API_ActionCondition.html
const matched = ["BLOCK", "COUNT", "EXCLUDED_AS_COUNT", "CAPTCHA", "CHALLENGE"] as const;

const matchedOnly: inputs.WebAclLoggingConfigurationLoggingFilter = {
  defaultBehavior: "DROP",
  filters: [
    {
      behavior: "KEEP",
      requirement: "MEETS_ANY",
      conditions: matched.map((action) => ({ actionCondition: { action } })),
    },
  ],
};

// AWS WAF delivers to no other.
// https://docs.aws.amazon.com/waf/latest/developerguide/logging-cw-logs.html#logging-cw-logs-naming
const groupStart = "aws-waf-logs-";

/**
 * Logs what a web ACL decides.
 *
 * AWS WAF itself adds the policy that lets its logs be delivered, for which whoever deploys needs
 * `logs:PutResourcePolicy` and `logs:DescribeResourcePolicies`; a policy made here would count towards the account's ten.
 *
 * @returns the log group, if there is one.
 */
export function addLogs(
  name: string,
  namePrefix: string | undefined,
  webAclArn: pulumi.Output<string>,
  logs: FirewallLogs,
  tags: Tags | undefined,
  transform: FirewallLogTransforms,
  child: pulumi.CustomResourceOptions,
): cloudwatch.LogGroup | undefined {
  if (logs.requests === LoggedRequests.None) return undefined;
  const own = `${name}-logs`;
  const named =
    namePrefix === undefined
      ? { namePrefix: `${groupStart}${name}-` }
      : { name: `${groupStart}${namePrefix}-${name}` };
  const group = new cloudwatch.LogGroup(
    own,
    ...shaped(
      transform.logGroup,
      { ...named, retentionInDays: logs.retentionDays, tags: tagged(own, tags) },
      child,
    ),
  );
  const redactedFields = logs.redactedHeaders.map((header) => ({ singleHeader: { name: header } }));
  new wafv2.WebAclLoggingConfiguration(
    `${name}-logging`,
    ...shaped(
      transform.logging,
      {
        resourceArn: webAclArn,
        logDestinationConfigs: [group.arn],
        redactedFields,
        ...(logs.requests === LoggedRequests.Matched ? { loggingFilter: matchedOnly } : {}),
      },
      // Its id is the web ACL's: what deletes the old one would delete the new one too.
      { ...child, deleteBeforeReplace: true },
    ),
  );
  return group;
}
