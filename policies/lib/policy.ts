import type {
  Policies,
  PolicyConfigSchema,
  ResourceValidationPolicy,
  StackValidationPolicy,
} from "@pulumi/policy";
import { concluded, type Finding, type Judgement, type Outcome } from "./judgement";
import { settle } from "./parameters";
import { NOT_DECIDED } from "./policy-name";
import type { Rule } from "./rule";
import type { Run } from "./run";
import { Stack } from "./stack";
import { Value } from "./value";

/** Most findings of one rule on one resource: the hundredth open port tells nobody more than the twentieth. */
const MOST = 20;

/** The policies of a pack: one for each rule, and the one that says what they left open, which must come last. */
export function policiesOf(rules: readonly Rule[], run: Run): Policies {
  return [...rules.map((rule) => policyOf(rule, run)), notDecided(run)];
}

/** A rule as the policy SDK takes it: told by resource, by stack, or both under one name. */
export function policyOf(rule: Rule, run: Run): ResourceValidationPolicy & Partial<StackValidationPolicy> {
  return {
    name: rule.name,
    // Opens every message; the rest of the message follows on the next line.
    description: rule.title,
    enforcementLevel: rule.level,
    severity: rule.severity,
    tags: Object.entries(rule.frameworks).flatMap(([standard, ids]) => ids.map((id) => `${standard}:${id}`)),
    remediationSteps: rule.remediation,
    url: rule.url,
    ...schemaOf(rule),
    ...resourcePart(rule, run),
    ...stackPart(rule, run),
  };
}

function schemaOf({ parameters }: Rule): { configSchema?: PolicyConfigSchema } {
  if (parameters === undefined) return {};
  const properties = Object.entries(parameters).map(([name, parameter]) =>
    "enum" in parameter ? [name, { ...parameter, enum: [...parameter.enum] }] : [name, { ...parameter }],
  );
  return { configSchema: { properties: Object.fromEntries(properties) } };
}

function resourcePart(rule: Rule, run: Run): Pick<ResourceValidationPolicy, "validateResource"> {
  const { judge } = rule;
  if (judge === undefined) return {};
  const validateResource: ResourceValidationPolicy["validateResource"] = (args, reportViolation) => {
    if (!rule.types.includes(args.type)) return;
    run.inputs.set(args.urn, args.props);
    const { values, problems } = settle(rule.parameters ?? {}, args.getConfig());
    for (const { path, says } of problems) reportViolation(`policy configuration, ${path}: ${says}`);
    const outcome = safely(() => judge.call(rule, Value.of(args.props), { config: values }));
    run.deferrals.note(rule.name, args.urn, args.name, "resource", outcome.deferrals);
    for (const message of messages(rule, outcome)) reportViolation(message);
    if (outcome.skip !== undefined && problems.length === 0) args.notApplicable(outcome.skip);
  };
  return { validateResource: typed(validateResource, rule) };
}

function stackPart(rule: Rule, run: Run): Partial<StackValidationPolicy> {
  const { judgeInStack } = rule;
  if (judgeInStack === undefined) return {};
  const validateStack: StackValidationPolicy["validateStack"] = (args, reportViolation) => {
    const stack = new Stack(args.resources, run.inputs);
    // What is wrong with the configuration is said by the resource part, for every resource; here it is only settled.
    const { values } = settle(rule.parameters ?? {}, args.getConfig());
    for (const resource of stack.ofType(rule.types)) {
      const outcome = safely(() => judgeInStack.call(rule, resource, { config: values, stack }));
      run.deferrals.note(rule.name, resource.urn, resource.name, "stack", outcome.deferrals);
      for (const message of messages(rule, outcome)) reportViolation(message, resource.urn);
    }
  };
  return { validateStack: typed(validateStack, rule) };
}

/**
 * Marks a function with the one type it looks at.
 *
 * The SDK reads the mark before it unpacks a resource, or for a stack policy all resources, and saves itself the work
 * for every other type. It holds one type only, so a rule for two tokens goes without.
 */
function typed<F extends object>(validate: F, { types }: Rule): F {
  const [only, ...more] = types;
  return more.length === 0 ? Object.assign(validate, { __pulumiType: only }) : validate;
}

/** Runs a judge so that a mistake in it is one finding; an exception would end the user's whole preview. */
function safely(judge: () => Judgement): Outcome {
  try {
    return concluded(judge);
  } catch (error) {
    const says = `could not be judged, a mistake in the rule: ${error instanceof Error ? error.message : "unknown"}`;
    return { findings: [{ path: "resource", says }], deferrals: [] };
  }
}

function messages(rule: Rule, { findings }: Outcome): string[] {
  const told = findings.length > MOST ? findings.slice(0, MOST - 1) : findings;
  const more: Finding[] =
    told.length < findings.length
      ? [{ path: "resource", says: `${findings.length - told.length} more of the same` }]
      : [];
  return [...told, ...more].map(
    ({ path, says }) => `${path}: ${says}\nFix: ${rule.remediation}\n${rule.url}`,
  );
}

function notDecided(run: Run): StackValidationPolicy {
  return {
    name: NOT_DECIDED,
    description: "What the other policies could not judge in this run",
    enforcementLevel: "advisory",
    severity: "low",
    remediationSteps:
      "Nothing, as a rule: the update judges it once AWS has answered. Make this policy mandatory to let nothing through undecided.",
    validateStack: (_args, reportViolation) => {
      const open = run.end();
      if (open !== undefined) reportViolation(open);
    },
  };
}
