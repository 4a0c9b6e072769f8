import type { Plan, PlanResource, PlanSummary, PlanViolation } from "../../../planner/plan";

const prefix = "urn:pulumi:dev::tiny::";
const stackUrn = `${prefix}pulumi:pulumi:Stack::tiny-dev`;

/** A resource of a plan made by hand, under the stack unless told otherwise. */
export function resource(type: string, name: string, more: Partial<PlanResource> = {}): PlanResource {
  const urn = `${prefix}${type}::${name}`;
  return {
    urn,
    type,
    name,
    ...(urn === stackUrn ? {} : { parent: stackUrn }),
    operation: "create",
    component: !type.startsWith("aws:"),
    inputs: {},
    dependencies: [],
    propertyDependencies: {},
    protect: false,
    ignoreChanges: [],
    ...more,
  };
}

/** The stack itself. */
export const root = resource("pulumi:pulumi:Stack", "tiny-dev");

/** A violation found by hand. */
export function violation(
  policy: string,
  about: PlanResource,
  more: Partial<PlanViolation> = {},
): PlanViolation {
  return { policy, level: "mandatory", urn: about.urn, message: "wrong", ...more };
}

const summary: PlanSummary = {
  allowed: true,
  create: 1,
  read: 0,
  components: 1,
  policiesPassed: 2,
  policiesNotDecided: 0,
  policiesNotApplicable: 0,
  policiesDisabled: 0,
  mandatoryViolations: 0,
  advisoryViolations: 0,
};

/** A plan made by hand: one stack with nothing in it, unless told otherwise. */
export function planOf({
  summary: figures,
  ...more
}: Partial<Omit<Plan, "summary">> & { summary?: Partial<PlanSummary> } = {}): Plan {
  return {
    project: "tiny",
    stack: "dev",
    resources: [root],
    pack: { name: "stub", version: "1.2.3" },
    policies: [],
    violations: [],
    undecided: [],
    remedied: [],
    outputs: {},
    messages: [],
    summary: { ...summary, ...figures },
    ...more,
  };
}

/** How a hand-made plan is written: no colours, 80 columns. */
export const plain = { width: 80, cut: false, paint: (_: string, text: string) => text };
