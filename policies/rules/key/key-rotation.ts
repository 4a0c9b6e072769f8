import { rule } from "../../lib/rule";
import { UNKNOWN } from "../../lib/unknown";
import { shown, type Value } from "../../lib/value";
import { KEY } from "../types";

const path = "enableKeyRotation";
const must = "must be true";

/** Why AWS cannot rotate a key by itself, if it cannot. */
function whyNever(key: Value): string | undefined {
  const spec = key.at("customerMasterKeySpec").text() ?? "SYMMETRIC_DEFAULT";
  if (spec !== "SYMMETRIC_DEFAULT") return `${shown(spec)} key`;
  const usage = key.at("keyUsage").text() ?? "ENCRYPT_DECRYPT";
  if (usage !== "ENCRYPT_DECRYPT") return `${shown(usage)} key`;
  const foreign = key.at("customKeyStoreId").isSet() || key.at("xksKeyId").isSet();
  if (foreign) return "key in a custom key store";
  // AWS rotates no key while it is disabled, and refuses to have that changed until it is enabled again.
  return key.at("isEnabled").flag() === false ? "disabled key" : undefined;
}

export const keyRotation = rule({
  name: "key-rotation",
  title: "Symmetric keys are rotated by AWS",
  description:
    "A new key every year bounds what one leaked key opens. AWS keeps the old ones, so nothing has to be encrypted again.",
  severity: "medium",
  level: "mandatory",
  types: KEY,
  frameworks: { securityHub: ["KMS.4"] },
  remediation: "Set enableKeyRotation to true.",
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/kms-controls.html#kms-4",
  judge(key) {
    const rotation = key.at(path);
    if (rotation.isKnown() && rotation.flag() === true) return [];
    const why = whyNever(key);
    if (why !== undefined) return { skip: why };
    const is = rotation.flag() === undefined ? "not set, which means false," : "false,";
    return [{ path, says: `${is} ${must}` }];
  },
  fix: () => [{ path, value: true }],
  scenarios: [
    { name: "switched on", given: { enableKeyRotation: true }, is: "pass" },
    {
      name: "switched on, as a text",
      given: { enableKeyRotation: "true", customerMasterKeySpec: "SYMMETRIC_DEFAULT" },
      is: "pass",
    },
    {
      name: "switched off",
      given: { enableKeyRotation: false, keyUsage: "ENCRYPT_DECRYPT" },
      is: "fail",
      findings: [{ path, says: `false, ${must}` }],
    },
    {
      name: "left to AWS",
      given: {},
      is: "fail",
      findings: [{ path, says: `not set, which means false, ${must}` }],
    },
    {
      name: "asymmetric",
      given: { customerMasterKeySpec: "RSA_2048" },
      is: "skip",
      why: '"RSA_2048" key',
    },
    {
      name: "for message codes",
      given: { keyUsage: "GENERATE_VERIFY_MAC", customerMasterKeySpec: "HMAC_256" },
      is: "skip",
      why: '"HMAC_256" key',
    },
    {
      name: "for signatures",
      given: { keyUsage: "SIGN_VERIFY" },
      is: "skip",
      why: '"SIGN_VERIFY" key',
    },
    {
      name: "in a store of its own",
      given: { customKeyStoreId: UNKNOWN },
      is: "skip",
      why: "key in a custom key store",
    },
    {
      name: "disabled",
      given: { isEnabled: "false", enableKeyRotation: false },
      is: "skip",
      why: "disabled key",
    },
    {
      name: "not known yet whether it is disabled",
      given: { isEnabled: UNKNOWN },
      is: "deferred",
      deferrals: [{ path: "isEnabled", waits: "not known yet" }],
    },
    {
      name: "not known yet",
      given: { enableKeyRotation: UNKNOWN },
      is: "deferred",
      deferrals: [{ path, waits: "not known yet" }],
    },
    {
      name: "switched on, of a kind not known yet",
      given: { enableKeyRotation: true, customerMasterKeySpec: UNKNOWN },
      is: "pass",
    },
    {
      name: "kind of key not known yet",
      given: { customerMasterKeySpec: UNKNOWN },
      is: "deferred",
      deferrals: [{ path: "customerMasterKeySpec", waits: "not known yet" }],
    },
  ],
});
