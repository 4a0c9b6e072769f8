import type { Rule } from "../../lib/rule";
import { webAclHasRules } from "./web-acl-has-rules";
import { webAclKnownBadInputs } from "./web-acl-known-bad-inputs";
import { webAclLogged } from "./web-acl-logged";
import { webAclMetrics } from "./web-acl-metrics";

/** Rules about web ACLs, in the order in which they are told. */
export const webAclRules: readonly Rule[] = [
  webAclHasRules,
  webAclKnownBadInputs,
  webAclLogged,
  webAclMetrics,
];
