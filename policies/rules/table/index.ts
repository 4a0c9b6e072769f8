import type { Rule } from "../../lib/rule";
import { tableCustomerKey } from "./table-customer-key";
import { tableDeletionProtection } from "./table-deletion-protection";
import { tablePointInTimeRecovery } from "./table-point-in-time-recovery";
import { tableScales } from "./table-scales";

/** Rules about table resources, in the order in which they are told. */
export const tableRules: readonly Rule[] = [
  tablePointInTimeRecovery,
  tableDeletionProtection,
  tableCustomerKey,
  tableScales,
];
