import type { Rule } from "../../lib/rule";
import { bucketAccessLogged } from "./bucket-access-logged";
import { bucketAclNotPublic } from "./bucket-acl-not-public";
import { bucketAclsDisabled } from "./bucket-acls-disabled";
import { bucketEncrypted } from "./bucket-encrypted";
import { bucketLifecycle } from "./bucket-lifecycle";
import { bucketNoForceDestroy } from "./bucket-no-force-destroy";
import { bucketPublicAccessBlocked } from "./bucket-public-access-blocked";
import { bucketTlsOnly } from "./bucket-tls-only";
import { bucketVersioned } from "./bucket-versioned";

/** Rules about buckets, in the order in which they are told. */
export const bucketRules: readonly Rule[] = [
  bucketPublicAccessBlocked,
  bucketAclNotPublic,
  bucketTlsOnly,
  bucketEncrypted,
  bucketVersioned,
  bucketAccessLogged,
  bucketLifecycle,
  bucketAclsDisabled,
  bucketNoForceDestroy,
];
