import assert from "node:assert/strict";
import { EnforcementLevel, PolicySeverity } from "@pulumi/pulumi/proto/analyzer_pb";
import type { Level, Severity } from "../../../planner/analyzer/levels";
import { levelOf, severityOf, wireLevel } from "../../../planner/analyzer/wire-levels";

describe("on the wire", () => {
  const levels: readonly [Level, EnforcementLevel][] = [
    ["advisory", EnforcementLevel.ADVISORY],
    ["mandatory", EnforcementLevel.MANDATORY],
    ["remediate", EnforcementLevel.REMEDIATE],
    ["disabled", EnforcementLevel.DISABLED],
  ];
  for (const [level, wire] of levels) {
    it(`level ${level} is ${wire}, there and back`, () => {
      assert.deepEqual([wireLevel(level), levelOf(wire)], [wire, level]);
    });
  }

  const severities: readonly [Severity | undefined, PolicySeverity][] = [
    [undefined, PolicySeverity.POLICY_SEVERITY_UNSPECIFIED],
    ["low", PolicySeverity.POLICY_SEVERITY_LOW],
    ["medium", PolicySeverity.POLICY_SEVERITY_MEDIUM],
    ["high", PolicySeverity.POLICY_SEVERITY_HIGH],
    ["critical", PolicySeverity.POLICY_SEVERITY_CRITICAL],
  ];
  for (const [severity = "unstated", wire] of severities) {
    it(`severity ${severity} is ${wire}`, () => {
      assert.equal(severityOf(wire) ?? "unstated", severity);
    });
  }
});
