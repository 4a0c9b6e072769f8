import type { LogSeverity } from "../sandbox/monitor/logs";
import type { Bag } from "../sandbox/values";
import type { Level, Severity } from "./analyzer/levels";

/** A stack as it would be, and whether it may be: what every printer reads. Holds no secret. */
export interface Plan {
  readonly project: string;
  readonly stack: string;
  /** Everything the stack would hold, in the order of registration, the stack itself first. */
  readonly resources: readonly PlanResource[];
  readonly pack: PlanPack;
  /** Policies by name. */
  readonly policies: readonly PlanPolicy[];
  /** What the policies found, mandatory first. */
  readonly violations: readonly PlanViolation[];
  /** What the policies could not judge before a deployment. */
  readonly undecided: readonly string[];
  /** Resources a policy would change. */
  readonly remedied: readonly { readonly policy: string; readonly urn: string }[];
  /** Outputs of the stack; unknown ones are `UNKNOWN`. */
  readonly outputs: Bag;
  /** What the program logged. */
  readonly messages: readonly PlanMessage[];
  readonly summary: PlanSummary;
}

/** What would happen to a resource. */
export type Operation = "create" | "read";

/** A resource of a plan. */
export interface PlanResource {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  /** URN of the parent. */
  readonly parent?: string;
  readonly operation: Operation;
  /** Groups other resources and is nothing in AWS itself. */
  readonly component: boolean;
  /** URN of the provider. */
  readonly provider?: string;
  /** Inputs with the provider's defaults; unknown values are `UNKNOWN`, secrets `[secret]`. */
  readonly inputs: Bag;
  /** URNs of everything it waits for. */
  readonly dependencies: readonly string[];
  /** URNs of what each input comes from. */
  readonly propertyDependencies: { readonly [property: string]: readonly string[] };
  readonly protect: boolean;
  readonly ignoreChanges: readonly string[];
}

/** The policy pack that judged. */
export interface PlanPack {
  readonly name: string;
  readonly version: string;
  /** Its config file, if there was one. */
  readonly config?: string;
}

/** What became of a policy. */
export type Verdict = "passed" | "violated" | "not decided" | "not applicable" | "disabled";

/** A policy of the pack. */
export interface PlanPolicy {
  readonly name: string;
  readonly description: string;
  readonly level: Level;
  readonly severity?: Severity;
  readonly verdict: Verdict;
  /** What to do about a violation. */
  readonly remediation: string;
  readonly url: string;
  /** Its own page, where a violation names one. */
  readonly page?: string;
  /** What it was run with. */
  readonly settings: { readonly [key: string]: unknown };
}

/** One thing a policy found. */
export interface PlanViolation {
  readonly policy: string;
  readonly level: Level;
  readonly severity?: Severity;
  /** Resource it is about. */
  readonly urn: string;
  /** What is wrong; how to put it right is with the policy. */
  readonly message: string;
}

/** A message of the program. */
export interface PlanMessage {
  readonly severity: LogSeverity;
  readonly message: string;
  /** Resource it is about. */
  readonly urn?: string;
}

/** A plan in numbers. */
export interface PlanSummary {
  /** Whether no mandatory policy is violated. */
  readonly allowed: boolean;
  /** To be created, components and the stack included, as the CLI counts. */
  readonly create: number;
  readonly read: number;
  /** Components among those to be created, the stack included. */
  readonly components: number;
  readonly policiesPassed: number;
  /** Could not be judged before a deployment, by the SDK's account. */
  readonly policiesNotDecided: number;
  readonly policiesNotApplicable: number;
  readonly policiesDisabled: number;
  readonly mandatoryViolations: number;
  readonly advisoryViolations: number;
}
