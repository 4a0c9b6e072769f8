import type { Rule } from "../../lib/rule";
import { cacheAuth } from "./cache-auth";
import { cacheBackups } from "./cache-backups";
import { cacheEncrypted } from "./cache-encrypted";
import { cacheFailover } from "./cache-failover";
import { cacheOwnSubnets } from "./cache-own-subnets";
import { cacheTls } from "./cache-tls";

/** Rules about cache resources, in the order in which they are told. */
export const cacheRules: readonly Rule[] = [
  cacheFailover,
  cacheTls,
  cacheEncrypted,
  cacheAuth,
  cacheBackups,
  cacheOwnSubnets,
];
