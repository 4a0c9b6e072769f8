import type { Deferral, Finding, Judgement } from "./judgement";
import type { Parameters, Settled } from "./parameters";
import type { Stack, StackResource } from "./stack";
import type { Value } from "./value";

/** How much harm a violation can do. */
export type Severity = "low" | "medium" | "high" | "critical";

/** What a violation does: stops the deployment, is only told, or is not looked for. */
export type Level = "mandatory" | "advisory" | "disabled";

/** What a violation does by default; "production" stops a deployment in production and is only told elsewhere. */
export type DefaultLevel = Level | "production";

/** Standards and the controls of theirs that a rule answers, such as `{ fsbp: ["ELB.1"] }`. */
export interface Frameworks {
  readonly [standard: string]: readonly string[];
}

/** Another resource of a scenario's stack. */
export interface ScenarioResource {
  /** Logical name, unique in the scenario. */
  readonly name: string;
  readonly type: string;
  readonly props: object;
  /** Logical name of the parent. */
  readonly parent?: string;
  /** Logical names of the resources each property came from. */
  readonly from?: { readonly [property: string]: readonly string[] };
}

interface ScenarioBase {
  /** What is special about it, as a title on the rule's page. */
  readonly name: string;
  /** What the program writes for the resource under judgement. */
  readonly given: object;
  /** What the resource is in the stack, where that differs from what is written. */
  readonly outputs?: object;
  /** Type tokens it is about, where a rule judges unlike types. All of the rule's, if none are named. */
  readonly types?: readonly string[];
  /** Parameters, where they differ from the defaults. */
  readonly config?: { readonly [parameter: string]: unknown };
  /** Resource options, where they matter. */
  readonly options?: Partial<ResourceOptions>;
  /** What the program writes for the resource's provider. */
  readonly provider?: object;
  /** Logical names of the resources each property came from. */
  readonly from?: { readonly [property: string]: readonly string[] };
  /** The rest of the stack. */
  readonly stack?: readonly ScenarioResource[];
}

/** An example of what a rule says: its test, and a paragraph of its page. */
export type Scenario = ScenarioBase &
  (
    | { readonly is: "pass" }
    | {
        readonly is: "fail";
        readonly findings: readonly Finding[];
        readonly deferrals?: readonly Deferral[];
        /** What is still wrong after the rule's fix, for a rule that has one; nothing, if not said. */
        readonly left?: readonly Finding[];
      }
    | { readonly is: "skip"; readonly why: string }
    | { readonly is: "deferred"; readonly deferrals: readonly Deferral[] }
  );

/** What a program says of a resource beside its properties. */
export interface ResourceOptions {
  /** Whether Pulumi refuses to delete it. */
  readonly protect: boolean;
}

/** What a judge knows beside the properties. */
export interface Given<P extends Parameters> {
  /** The rule's parameters, as this stack settles them. */
  readonly config: Settled<P>;
  /** The resource's type token. */
  readonly type: string;
  readonly options: ResourceOptions;
  /** Properties of the resource's provider; nothing is set if the engine does not show it. */
  readonly provider: Value;
}

/** A value to put in the place of what a rule found. */
export interface Change {
  /** The property, as a finding would give it: `metadataOptions.httpTokens`, `rules[0].enabled`. */
  readonly path: string;
  readonly value: boolean | number | string;
}

/** What a judge that needs other resources knows beside its own. */
export interface GivenStack<P extends Parameters> {
  /** The rule's parameters, as this stack settles them. */
  readonly config: Settled<P>;
  /** Every resource of the stack. */
  readonly stack: Stack;
}

/** A rule: data, and one or two pure functions. */
export interface Rule<P extends Parameters = Parameters> {
  /** Name for ever: users configure and exempt by it. */
  readonly name: string;
  /** What holds when the rule is obeyed, in one sentence. */
  readonly title: string;
  /** Why that matters, for the rule's page. */
  readonly description: string;
  readonly severity: Severity;
  readonly level: DefaultLevel;
  /** Every type token of the AWS resource it judges. */
  readonly types: readonly string[];
  /** Bounds a stack may set. */
  readonly parameters?: P;
  readonly frameworks: Frameworks;
  /** What to write instead, in one or two sentences; `{minInstances}` stands for the value of that parameter. */
  readonly remediation: string;
  /** Page that says why. */
  readonly url: string;
  /** Judges what one resource tells by its inputs, before it is created. */
  judge?(props: Value, given: Given<P>): Judgement;
  /** Judges what only other resources tell, by outputs, once the whole stack is known. */
  judgeInStack?(resource: StackResource, given: GivenStack<P>): Judgement;
  /**
   * What to write in the place of what is wrong, for a rule with one right answer only. Asked at level "remediate", of a
   * resource that {@link judge} found something in.
   */
  fix?(props: Value, given: Given<P>): readonly Change[];
  readonly scenarios: readonly Scenario[];
}

/** The level of a rule in an environment, unless a stack sets another. */
export function levelIn(level: DefaultLevel, environment: string | undefined): Level {
  if (level !== "production") return level;
  return environment === "production" ? "mandatory" : "advisory";
}

/** What to write instead, with the values a stack has settled. */
export function remedyOf({ remediation }: Rule, config: { readonly [parameter: string]: unknown }): string {
  return remediation.replace(/\{(\w+)\}/g, (text, name) => {
    if (!Object.hasOwn(config, name)) return text;
    const value = config[name];
    return Array.isArray(value) ? value.join(", ") : `${value}`;
  });
}

/** Declares a rule; gives its judges the types of its own parameters. */
export function rule<P extends Parameters>(data: Rule<P>): Rule {
  return data;
}
