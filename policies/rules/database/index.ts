import type { Rule } from "../../lib/rule";
import { databaseBackups } from "./database-backups";
import { databaseDeletionProtection } from "./database-deletion-protection";
import { databaseEncrypted } from "./database-encrypted";
import { databaseForceTls } from "./database-force-tls";
import { databaseIdentityAuth } from "./database-identity-auth";
import { databaseLogExports } from "./database-log-exports";
import { databaseManagedPassword } from "./database-managed-password";
import { databaseMinorUpgrades } from "./database-minor-upgrades";
import { databaseMonitoring } from "./database-monitoring";
import { databaseMultiZone } from "./database-multi-zone";
import { databaseNotPublic } from "./database-not-public";
import { databaseProxyTls } from "./database-proxy-tls";
import { databaseTagsToSnapshots } from "./database-tags-to-snapshots";

/** Rules about database resources, in the order in which they are told. */
export const databaseRules: readonly Rule[] = [
  databaseMultiZone,
  databaseNotPublic,
  databaseEncrypted,
  databaseBackups,
  databaseDeletionProtection,
  databaseManagedPassword,
  databaseForceTls,
  databaseProxyTls,
  databaseLogExports,
  databaseIdentityAuth,
  databaseMonitoring,
  databaseMinorUpgrades,
  databaseTagsToSnapshots,
];
