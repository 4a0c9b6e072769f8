import type { Value } from "../../lib/value";

/** Whether a hosted zone answers inside networks only: it is created with the first of them, or never. */
export function isPrivate(zone: Value): boolean {
  return zone.at("vpcs").items().length > 0;
}
