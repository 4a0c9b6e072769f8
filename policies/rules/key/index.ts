import type { Rule } from "../../lib/rule";
import { certificateStrong } from "./certificate-strong";
import { keyPolicyNotPublic } from "./key-policy-not-public";
import { keyRotation } from "./key-rotation";
import { keySafeDeletion } from "./key-safe-deletion";
import { secretCustomerKey } from "./secret-customer-key";
import { secretRecoveryWindow } from "./secret-recovery-window";
import { secretRotation } from "./secret-rotation";

/** Rules about key resources, in the order in which they are told. */
export const keyRules: readonly Rule[] = [
  certificateStrong,
  keyRotation,
  keyPolicyNotPublic,
  keySafeDeletion,
  secretRotation,
  secretRecoveryWindow,
  secretCustomerKey,
];
