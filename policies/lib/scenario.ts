import { concluded, type Outcome } from "./judgement";
import type { Parameters } from "./parameters";
import { settle } from "./parameters";
import type { Given, Rule, Scenario } from "./rule";
import { type RawResource, Stack } from "./stack";
import { Value } from "./value";

/** Logical name of the resource under judgement, for the `from` of a scenario's other resources. */
export const SUBJECT = "subject";

/** How properties reach a judge: as plain objects, or as the policy SDK hands them over. */
export type Handover = (props: object) => unknown;

/**
 * Plays a scenario: judges its resource by itself, then in its stack, as a deployment does.
 *
 * @param type One of the rule's type tokens.
 */
export function play(
  rule: Rule,
  scenario: Scenario,
  type: string,
  handOver: Handover = (props) => props,
): Outcome {
  const given = givenIn(rule, scenario, type, handOver);
  const { config: values } = given;
  const alone =
    rule.judge === undefined
      ? []
      : [concluded(() => rule.judge?.(Value.of(handOver(scenario.given)), given) ?? [])];
  const stack = stackOf(scenario, type, handOver);
  const subject = stack.ofType([type]).find(({ name }) => name === SUBJECT);
  const together =
    rule.judgeInStack === undefined || subject === undefined
      ? []
      : [concluded(() => rule.judgeInStack?.(subject, { config: values, stack }) ?? [])];
  return joined([...alone, ...together]);
}

/** What a judge knows beside the properties, in a scenario. */
export function givenIn(
  rule: Rule,
  scenario: Scenario,
  type: string,
  handOver: Handover = (props) => props,
): Given<Parameters> {
  const { config = {}, options = {}, provider = {} } = scenario;
  return {
    config: settle(rule.parameters ?? {}, config).values,
    type,
    options: { protect: false, ...options },
    provider: Value.of(handOver(provider)),
  };
}

/** The type tokens a scenario is played for. */
export function typesOf(rule: Rule, scenario: Scenario): readonly string[] {
  return scenario.types ?? rule.types;
}

/** Both judgements as one; the rule does not apply only if neither part does. */
function joined(outcomes: readonly Outcome[]): Outcome {
  const findings = outcomes.flatMap((outcome) => outcome.findings);
  const deferrals = outcomes.flatMap((outcome) => outcome.deferrals);
  const skips = outcomes.flatMap(({ skip }) => skip ?? []);
  const [skip] = skips.length === outcomes.length ? skips : [];
  return { findings, deferrals, ...(skip === undefined ? {} : { skip }) };
}

function stackOf(scenario: Scenario, type: string, handOver: Handover): Stack {
  const { given, outputs = given, from, options: opts } = scenario;
  const subject = { name: SUBJECT, type, props: outputs, opts, ...(from === undefined ? {} : { from }) };
  const resources = [subject, ...(scenario.stack ?? [])].map((resource) => ({
    parent: undefined,
    from: {},
    opts: undefined,
    ...resource,
  }));
  const types = new Map(resources.map((resource) => [resource.name, resource.type]));
  const urnOf = (name: string) => ({ urn: `urn:pulumi:scenario::evenkeel::${types.get(name)}::${name}` });
  const raw = resources.map(
    (resource): RawResource => ({
      ...urnOf(resource.name),
      type: resource.type,
      name: resource.name,
      props: handOver(resource.props),
      opts: resource.opts,
      parent: resource.parent === undefined ? undefined : urnOf(resource.parent),
      propertyDependencies: Object.fromEntries(
        Object.entries(resource.from).map(([property, names]) => [property, names.map(urnOf)]),
      ),
    }),
  );
  return new Stack(raw, new Map([[urnOf(SUBJECT).urn, handOver(given)]]));
}
