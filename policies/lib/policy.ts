import type {
  Policies,
  PolicyConfigSchema,
  ResourceRemediation,
  ResourceValidationArgs,
  ResourceValidationPolicy,
  StackValidationPolicy,
} from "@pulumi/policy";
import { Exemptions } from "./exemptions";
import { applyChanges } from "./fix";
import { concluded, type Finding, type Judgement, type Outcome } from "./judgement";
import { defaultSettings, type PackSettings } from "./pack-settings";
import { REASON, settle } from "./parameters";
import { EXEMPTED, EXEMPTION_VALID, NOT_DECIDED } from "./policy-name";
import { levelIn, type ResourceOptions, type Rule, remedyOf } from "./rule";
import { Run } from "./run";
import { Undecided } from "./unknown";
import { Value } from "./value";

/** Most findings of one rule on one resource: the hundredth open port tells nobody more than the twentieth. */
const MOST = 20;

/** What all policies of a pack share. */
export interface Pack {
  readonly settings: PackSettings;
  readonly exemptions: Exemptions;
  readonly run: Run;
}

/** A pack over some rules, for one stack. */
export function packOf(rules: readonly Rule[], settings: PackSettings = defaultSettings): Pack {
  const run = new Run();
  const exemptions = new Exemptions(settings.exemptions, rules);
  run.onNew(() => exemptions.forget());
  return { settings, exemptions, run };
}

interface Remedy {
  readonly remediateResource: ResourceRemediation;
}

type AnyPolicy = ResourceValidationPolicy & Partial<StackValidationPolicy> & Partial<Remedy>;

/** The policies of a pack: one for each rule, then those that speak of exemptions and of what was left open. */
export function policiesOf(rules: readonly Rule[], pack: Pack = packOf(rules)): Policies {
  const own = rules.map((rule, index) => policyOf(rule, pack, index));
  return [...own, ...aboutExemptions(pack, rules.length), notDecided(pack, rules.length + 2)];
}

/**
 * A rule as the policy SDK takes it: told by resource, by stack, or both under one name.
 *
 * @param place Its place in the pack.
 */
export function policyOf(rule: Rule, pack: Pack = packOf([rule]), place = 0): AnyPolicy {
  return {
    name: rule.name,
    // Opens every message; the rest of the message follows on the next line.
    description: rule.title,
    enforcementLevel: levelIn(rule.level, pack.settings.environment),
    severity: rule.severity,
    tags: Object.entries(rule.frameworks).flatMap(([standard, ids]) => ids.map((id) => `${standard}:${id}`)),
    remediationSteps: remedyOf(rule, settle(rule.parameters ?? {}, {}).values),
    url: rule.url,
    ...schemaOf(rule),
    ...resourcePart(rule, pack),
    ...stackPart(rule, pack, place),
    ...remedyPart(rule, pack),
  } as AnyPolicy;
}

function schemaOf({ parameters }: Rule): { configSchema: PolicyConfigSchema } {
  const reason = { type: "string", description: "Why this stack is an exception. Changes nothing." };
  // The SDK wants lists it may change.
  const properties = structuredClone({ ...parameters, [REASON]: reason });
  return { configSchema: { properties: properties as PolicyConfigSchema["properties"] } };
}

function resourcePart(
  rule: Rule,
  pack: Pack,
): Pick<ResourceValidationPolicy, "validateResource"> | undefined {
  const { judge } = rule;
  if (judge === undefined) return undefined;
  const validateResource: ResourceValidationPolicy["validateResource"] = (args, reportViolation) => {
    if (!rule.types.includes(args.type)) return;
    pack.run.resource(args.urn, args.props);
    const { values, problems } = settle(rule.parameters ?? {}, args.getConfig());
    for (const { path, says } of problems) reportViolation(`policy configuration, ${path}: ${says}`);
    const given = { config: values, ...surroundingsOf(args) };
    const outcome = safely(() => judge.call(rule, Value.of(args.props), given));
    const { told, exempted } = settled(rule, pack, args, "resource", outcome);
    for (const finding of told) reportViolation(messageOf(rule, pack, values, finding));
    const skip = outcome.skip ?? exempted;
    if (skip !== undefined && problems.length === 0) args.notApplicable(skip);
  };
  return { validateResource: typed(validateResource, rule) };
}

/** What a judge may want to know of a resource beside its properties. Older engines do not show all of it. */
function surroundingsOf({
  type,
  opts,
  provider,
}: Partial<ResourceValidationArgs> & { readonly type: string }): {
  readonly type: string;
  readonly options: ResourceOptions;
  readonly provider: Value;
} {
  return { type, options: { protect: opts?.protect === true }, provider: Value.of(provider?.props) };
}

function stackPart(rule: Rule, pack: Pack, place: number): Partial<StackValidationPolicy> | undefined {
  const { judgeInStack } = rule;
  if (judgeInStack === undefined) return undefined;
  const validateStack: StackValidationPolicy["validateStack"] = (args, reportViolation) => {
    const stack = pack.run.stack(place, args.resources);
    const { values, problems } = settle(rule.parameters ?? {}, args.getConfig());
    // A rule with a part by resource says it there.
    for (const { path, says } of rule.judge ? [] : problems)
      reportViolation(`policy configuration, ${path}: ${says}`);
    for (const resource of stack.ofType(rule.types)) {
      const outcome = safely(() => judgeInStack.call(rule, resource, { config: values, stack }));
      const { told } = settled(rule, pack, resource, "stack", outcome);
      for (const finding of told) reportViolation(messageOf(rule, pack, values, finding), resource.urn);
    }
  };
  return { validateStack: typed(validateStack, rule) };
}

function remedyPart(rule: Rule, { exemptions }: Pack): Remedy | undefined {
  const { judge, fix } = rule;
  if (judge === undefined || fix === undefined) return undefined;
  const remediateResource: ResourceRemediation = (args) => {
    if (!rule.types.includes(args.type)) return undefined;
    const { values } = settle(rule.parameters ?? {}, args.getConfig());
    const given = { config: values, ...surroundingsOf(args) };
    const props = Value.of(args.props);
    if (safely(() => judge.call(rule, props, given)).findings.length === 0) return undefined;
    // What a stack has been allowed stays as it is; once put right, its exemption would be one that nothing needs.
    if (exemptions.covering(rule, args) !== undefined) return undefined;
    const changes = fixes(() => fix.call(rule, props, given));
    if (changes.length === 0) return undefined;
    applyChanges(args.props, changes);
    return args.props;
  };
  return { remediateResource: typed(remediateResource, rule) };
}

/** What a fix proposes; nothing where it would have to read what is not known yet. */
function fixes<T>(propose: () => readonly T[]): readonly T[] {
  try {
    return propose();
  } catch (error) {
    if (error instanceof Undecided) return [];
    throw error;
  }
}

/** What is to be told of an outcome, once what is exempted and what is not decided has had its say. */
function settled(
  rule: Rule,
  { settings, exemptions, run }: Pack,
  resource: { readonly urn: string; readonly name: string },
  phase: "resource" | "stack",
  { findings, deferrals }: Outcome,
): { readonly told: readonly Finding[]; readonly exempted?: string } {
  const { urn, name } = resource;
  if (deferrals.length > 0) exemptions.waiting(rule.name, resource);
  run.deferrals.note(rule.name, urn, name, phase, settings.strict ? [] : deferrals);
  const open = settings.strict
    ? deferrals.map(({ path, waits }) => ({
        path,
        says: `not decided (${waits}), which strict does not allow`,
      }))
    : [];
  const found = [...findings, ...open];
  const exempted = found.length === 0 ? undefined : exemptions.covering(rule, resource);
  return exempted === undefined ? { told: limited(found) } : { told: [], exempted };
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

function limited(findings: readonly Finding[]): readonly Finding[] {
  if (findings.length <= MOST) return findings;
  const told = findings.slice(0, MOST - 1);
  return [...told, { path: "resource", says: `${findings.length - told.length} more of the same` }];
}

function messageOf(
  rule: Rule,
  { settings }: Pack,
  config: { readonly [parameter: string]: unknown },
  { path, says }: Finding,
): string {
  return `${path}: ${says}\nFix: ${remedyOf(rule, config)}\nSee ${settings.pages}/${rule.name}.md`;
}

function aboutExemptions({ exemptions, run }: Pack, place: number): readonly StackValidationPolicy[] {
  return [
    {
      name: EXEMPTION_VALID,
      description: "Exemptions are needed, and still hold",
      enforcementLevel: "mandatory",
      severity: "medium",
      remediationSteps: "Put the exemption right, or take it out of evenkeel-policies:exemptions.",
      validateStack: ({ resources }, reportViolation) => {
        run.stack(place, resources);
        for (const line of exemptions.faults(resources)) reportViolation(line);
      },
    },
    {
      name: EXEMPTED,
      description: "What the stack has been allowed",
      enforcementLevel: "advisory",
      severity: "low",
      remediationSteps: "Nothing, until it expires.",
      validateStack: ({ resources }, reportViolation) => {
        run.stack(place + 1, resources);
        for (const line of exemptions.honoured()) reportViolation(line);
      },
    },
  ];
}

function notDecided({ run }: Pack, place: number): ResourceValidationPolicy & StackValidationPolicy {
  return {
    name: NOT_DECIDED,
    description: "What the other policies could not judge in this run",
    enforcementLevel: "advisory",
    severity: "low",
    remediationSteps:
      "Nothing, as a rule: the update judges it once AWS has answered. To let nothing through undecided, set evenkeel-policies:strict.",
    // Rules that need the stack want to know what was written, also for resources that are judged nowhere else.
    validateResource: ({ urn, props }) => run.resource(urn, props),
    validateStack: ({ resources }, reportViolation) => {
      run.stack(place, resources);
      const open = run.deferrals.take();
      if (open !== undefined) reportViolation(open);
    },
  };
}
