import { planOf, resultOf, type ZoneQuery, zonesAskedFor } from "../model/components";
import { type Child, ConstructionFault, type PlannedChild, settle } from "../model/planned";
import type { Bag } from "../values";
import { type Goal, plainGoal } from "./goal";
import { refusalOf } from "./refusal";
import { received, resourceReference } from "./wire";

/** What making the children of a component takes. */
export interface Constructing {
  readonly urn: string;
  readonly goal: Goal;
  /** Names of the zones there are. */
  readonly zones: (query: ZoneQuery) => readonly string[];
  readonly register: (child: Goal) => Child;
}

/** What the program hears of a component a provider has made. */
export interface Answered {
  readonly outputs: Bag;
  readonly dependencies: ReadonlyMap<string, readonly string[]>;
}

/** Makes the children of a component, one after the other, as its provider would. */
export function construct({ urn, goal, zones, register }: Constructing): Answered {
  const { type, name, marked: inputs = goal.inputs, propertyDependencies } = goal;
  try {
    const query = zonesAskedFor(type, inputs);
    const plan = planOf({ type, name, inputs, propertyDependencies, zones: query ? zones(query) : [] });
    const made = new Map<PlannedChild, Child>();
    const find = (child: PlannedChild) => made.get(child) as Child;
    const { aws: provider } = goal.providers;
    for (const child of plan.children) {
      const { inputs: marked, ...settled } = settle(child, urn, find);
      const { values, secretPaths } = received(marked);
      const own = provider === undefined ? {} : { provider };
      made.set(child, register({ ...plainGoal, ...settled, inputs: values, secretPaths, ...own }));
    }
    return resultOf(plan, find, resourceReference);
  } catch (error) {
    if (error instanceof ConstructionFault) throw refusalOf(urn, type, name, error.failures);
    throw error;
  }
}
