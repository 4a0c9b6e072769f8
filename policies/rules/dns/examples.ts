import type { ScenarioResource } from "../../lib/rule";
import { UNKNOWN } from "../../lib/unknown";

/** A hosted zone as a program writes it, once it exists, and before. */
export const zone = { name: "example.com" };
export const existing = { ...zone, id: "Z1EXAMPLE", zoneId: "Z1EXAMPLE", vpcs: [] };
export const planned = { ...zone, id: UNKNOWN, zoneId: UNKNOWN };

/** Another zone, not created yet. */
export const other: ScenarioResource = {
  name: "other",
  type: "aws:route53/zone:Zone",
  props: { id: UNKNOWN },
};
