import type { Failure, Made, Subject } from "./kind";
import { balancingQuotas } from "./quotas/balancing";
import { computeQuotas } from "./quotas/compute";
import { networkQuotas } from "./quotas/network";
import type { Quota } from "./quotas/quota";
import { serviceQuotas } from "./quotas/services";

export type { Quota } from "./quotas/quota";

/** What a new account may have of the types the model knows; AWS raises most of it on request. */
export const quotas: readonly Quota[] = [
  ...networkQuotas,
  ...balancingQuotas,
  ...computeQuotas,
  ...serviceQuotas,
];

const byType = new Map<string, Quota[]>();
for (const quota of quotas) {
  for (const type of quota.types) byType.set(type, [...(byType.get(type) ?? []), quota]);
}

/** Limits that differ from AWS's defaults, by the quota's name. */
export interface Limits {
  readonly [name: string]: number;
}

/** Names in `limits` that are no quota's. */
export function unknownQuotas(limits: Limits): string[] {
  const names = new Set(quotas.map(({ name }) => name));
  return Object.keys(limits).filter((name) => !names.has(name));
}

/**
 * What an account has too little room for, once a resource is there with these inputs. Judges what is asked for against all
 * that is in its world, the resource's former self apart.
 */
export function* quotaFailures(subject: Subject, limits: Limits = {}): Iterable<Failure> {
  for (const quota of byType.get(subject.type) ?? []) {
    const limit = limits[quota.name] ?? quota.limit;
    const full = quota.usage(subject, others(subject)).find(({ amount }) => amount > limit);
    if (full) yield { reason: quota.reason(limit, full.place) };
  }
}

/** Everything of some types but the resource itself. */
function others(subject: Subject): (types: readonly string[]) => Made[] {
  return (types) =>
    types.flatMap((type) => subject.world.all(type).filter(({ seed }) => seed !== subject.seed));
}
