import type * as protocol from "@pulumi/pulumi/proto/analyzer_pb";
import type { Finding, Judgement, Policy } from "./judge";
import { levelOf, severityOf } from "./wire-levels";

/** Collects the answers of a pack. */
export class Tally {
  readonly #findings: Finding[] = [];
  readonly #remedied: { policy: string; urn: string }[] = [];
  /** For how many resources each policy had nothing to look at. */
  readonly #skipped = new Map<string, number>();

  constructor(readonly policies: readonly Policy[]) {}

  /** Notes the policies that had nothing to look at among so many resources. */
  skipped(policies: readonly string[], resources: number): void {
    for (const policy of policies) this.#skipped.set(policy, (this.#skipped.get(policy) ?? 0) + resources);
  }

  /** Notes what was found; what names no resource is about this one. */
  found(diagnostics: readonly protocol.AnalyzeDiagnostic[], urn: string): void {
    for (const diagnostic of diagnostics) {
      const policy = diagnostic.getPolicyname();
      const level = levelOf(diagnostic.getEnforcementlevel());
      const known = this.policies.find(({ name }) => name === policy);
      const severity = severityOf(diagnostic.getSeverity()) ?? known?.severity;
      this.#findings.push({
        policy,
        // A remediation that left a violation standing is one that must not pass.
        level: level === "remediate" ? "mandatory" : level,
        urn: diagnostic.getUrn() || urn,
        message: diagnostic.getMessage(),
        ...(severity === undefined ? {} : { severity }),
      });
    }
  }

  /** Notes what was changed in a resource before it was judged, and what could not be. */
  remedied(remediations: readonly protocol.Remediation[], urn: string): void {
    for (const remediation of remediations) {
      const policy = remediation.getPolicyname();
      const message = remediation.getDiagnostic();
      if (message === "") this.#remedied.push({ policy, urn });
      else this.#findings.push({ policy, level: "advisory", urn, message });
    }
  }

  /** What there is to tell of a stack of so many resources. */
  result(resources: number): Pick<Judgement, "findings" | "notApplicable" | "remedied"> {
    const skipped = [...this.#skipped].filter(([, count]) => count >= resources).map(([name]) => name);
    const violated = new Set(this.#findings.map(({ policy }) => policy));
    const notApplicable = new Set(skipped.filter((name) => !violated.has(name)));
    return { findings: this.#findings, notApplicable, remedied: this.#remedied };
  }
}
