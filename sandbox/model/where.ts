import type { Subject } from "./kind";
import type { Where } from "./places";

/** Where a resource is. */
export function whereOf({ region, world }: Subject): Where {
  return { region, accountId: world.options.accountId };
}
