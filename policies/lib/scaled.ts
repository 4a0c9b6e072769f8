import type { StackResource } from "./stack";
import { Value } from "./value";

/**
 * The name of what a scalable target scales in one dimension, still unread; none if it scales something else.
 *
 * @param prefix What stands before the name: `orders` is scaled by `table/orders` and by `table/orders/index/by-day`.
 */
export function scaledBy({ outputs }: StackResource, dimension: string, prefix: string): readonly Value[] {
  const own = outputs.at("scalableDimension");
  if (!own.isKnown()) return [own];
  if (own.text() !== dimension) return [];
  const id = outputs.at("resourceId");
  if (!id.isKnown()) return [id];
  const text = id.text() ?? "";
  const [name] = text.startsWith(prefix) ? text.slice(prefix.length).split("/") : [];
  return [Value.of(name)];
}
