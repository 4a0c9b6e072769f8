import type { Rule } from "../../lib/rule";
import { dnsFailoverJudged } from "./dns-failover-judged";
import { dnsNoDanglingAlias } from "./dns-no-dangling-alias";
import { dnsQueryLogs } from "./dns-query-logs";
import { dnsSigning } from "./dns-signing";

/** Rules about names, in the order in which they are told. */
export const dnsRules: readonly Rule[] = [dnsFailoverJudged, dnsQueryLogs, dnsSigning, dnsNoDanglingAlias];
