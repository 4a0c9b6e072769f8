import type { Rule } from "../lib/rule";
import { alarmRules } from "./alarm";
import { balancerRules } from "./balancer";
import { bucketRules } from "./bucket";
import { cacheRules } from "./cache";
import { cdnRules } from "./cdn";
import { databaseRules } from "./database";
import { dnsRules } from "./dns";
import { generalRules } from "./general";
import { identityRules } from "./identity";
import { keyRules } from "./key";
import { launchRules } from "./launch";
import { listenerRules } from "./listener";
import { networkRules } from "./network";
import { scalingRules } from "./scaling";
import { tableRules } from "./table";
import { targetRules } from "./target";
import { webAclRules } from "./web-acl";

/** Rules about one subject. */
export interface RuleGroup {
  readonly title: string;
  readonly rules: readonly Rule[];
}

/** Every rule of the pack by its subject, in the order in which they are told. */
export const groups: readonly RuleGroup[] = [
  { title: "Load balancer: listeners", rules: listenerRules },
  { title: "Load balancer: the balancer", rules: balancerRules },
  { title: "Load balancer: target groups", rules: targetRules },
  { title: "Auto scaling", rules: scalingRules },
  { title: "Launch", rules: launchRules },
  { title: "Network", rules: networkRules },
  { title: "Alarms, topics, logs", rules: alarmRules },
  { title: "Buckets", rules: bucketRules },
  { title: "Web access lists", rules: webAclRules },
  { title: "Identity", rules: identityRules },
  { title: "Databases", rules: databaseRules },
  { title: "Caches", rules: cacheRules },
  { title: "Tables", rules: tableRules },
  { title: "Content delivery", rules: cdnRules },
  { title: "DNS", rules: dnsRules },
  { title: "Certificates, keys, secrets", rules: keyRules },
  { title: "General", rules: generalRules },
];

/** Every rule of the pack. */
export const rules: readonly Rule[] = groups.flatMap((group) => group.rules);
