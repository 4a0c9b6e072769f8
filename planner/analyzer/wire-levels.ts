import { EnforcementLevel, PolicySeverity } from "@pulumi/pulumi/proto/analyzer_pb";
import type { Level, Severity } from "./levels";

const toLevel: { readonly [level in EnforcementLevel]: Level } = {
  [EnforcementLevel.ADVISORY]: "advisory",
  [EnforcementLevel.MANDATORY]: "mandatory",
  [EnforcementLevel.DISABLED]: "disabled",
  [EnforcementLevel.REMEDIATE]: "remediate",
};

const fromLevel: { readonly [level in Level]: EnforcementLevel } = {
  advisory: EnforcementLevel.ADVISORY,
  mandatory: EnforcementLevel.MANDATORY,
  disabled: EnforcementLevel.DISABLED,
  remediate: EnforcementLevel.REMEDIATE,
};

const toSeverity: { readonly [severity in PolicySeverity]: Severity | undefined } = {
  [PolicySeverity.POLICY_SEVERITY_UNSPECIFIED]: undefined,
  [PolicySeverity.POLICY_SEVERITY_LOW]: "low",
  [PolicySeverity.POLICY_SEVERITY_MEDIUM]: "medium",
  [PolicySeverity.POLICY_SEVERITY_HIGH]: "high",
  [PolicySeverity.POLICY_SEVERITY_CRITICAL]: "critical",
};

/** A level as the protocol has it. */
export function wireLevel(level: Level): EnforcementLevel {
  return fromLevel[level];
}

/** A level of the protocol. */
export function levelOf(level: EnforcementLevel): Level {
  return toLevel[level];
}

/** A severity of the protocol, if the policy states one. */
export function severityOf(severity: PolicySeverity): Severity | undefined {
  return toSeverity[severity];
}
