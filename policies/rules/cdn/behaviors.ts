import type { Value } from "../../lib/value";

/**
 * The default cache behavior and the ordered ones, still unread.
 *
 * A list that is not known at all stands for its elements: to read anything of it is to wait for it.
 */
export function behaviorsOf(distribution: Value): readonly Value[] {
  const ordered = distribution.at("orderedCacheBehaviors");
  return [distribution.at("defaultCacheBehavior"), ...(ordered.isKnown() ? ordered.items() : [ordered])];
}
