import { type Bag, bags, knownText } from "../../values";
import { all, type Check, longest, oneOf, pattern, range, uniqueName } from "../checks";
import { fill } from "../fill";
import { uuidOf } from "../ids";
import { isSet, type Kinds } from "../kind";
import { arnOf } from "../places";
import { listOf, policy, policyOf } from "../policy-document";
import { whereOf } from "../where";

/** Whether a statement allows putting a wrong policy right. What it allows by leaving out is not looked at. */
function keepsControl({ Action, NotAction }: Bag): boolean {
  const patterns = listOf(Action).map((action) => action.replaceAll("*", ".*").replaceAll("?", "."));
  return isSet(NotAction) || patterns.some((form) => new RegExp(`^${form}$`, "i").test("kms:PutKeyPolicy"));
}

const lockOut: Check = function* ({ inputs }) {
  const text = knownText(inputs.policy);
  if (text === undefined || inputs.bypassPolicyLockoutSafetyCheck === true) return;
  const allowed = bags(policyOf(text)?.Statement).filter(({ Effect }) => Effect === "Allow");
  if (allowed.some(keepsControl)) return;
  const reason =
    "MalformedPolicyDocumentException: The new key policy will not allow you to update the key policy in the future.";
  yield { property: "policy", reason };
};

const rotation: Check = function* ({ inputs }) {
  if (!isSet(inputs.rotationPeriodInDays) || inputs.enableKeyRotation === true) return;
  yield {
    property: "rotationPeriodInDays",
    reason: "rotation_period_in_days needs enable_key_rotation to be true",
  };
};

/** Keys and their names. */
export const keyKinds: Kinds = {
  "aws:kms/key:Key": {
    json: ["policy"],
    fill: fill({
      bypassPolicyLockoutSafetyCheck: false,
      customerMasterKeySpec: "SYMMETRIC_DEFAULT",
      enableKeyRotation: false,
      isEnabled: true,
      keyUsage: "ENCRYPT_DECRYPT",
    }),
    id: ({ seed }) => uuidOf(seed),
    computed: (subject, id) => ({
      arn: arnOf("kms", whereOf(subject), `key/${id}`),
      keyId: id,
      multiRegion: false,
    }),
    refuse: all(
      range("deletionWindowInDays", 7, 30),
      range("rotationPeriodInDays", 90, 2560),
      longest("description", 8192),
      oneOf("keyUsage", "ENCRYPT_DECRYPT", "SIGN_VERIFY", "GENERATE_VERIFY_MAC", "KEY_AGREEMENT"),
      policy("policy", "resource", 32768),
      lockOut,
      rotation,
    ),
  },
  "aws:kms/alias:Alias": {
    autoName: { property: "name", max: 256, unless: "namePrefix", prefix: "alias/" },
    id: ({ inputs }) => String(inputs.name),
    computed: (subject, id) => {
      const { inputs, world } = subject;
      const [key] = world.candidates(subject, "aws:kms/key:Key", "targetKeyId", inputs.targetKeyId);
      return {
        arn: arnOf("kms", whereOf(subject), id),
        targetKeyArn: knownText(key?.outputs.arn) ?? String(inputs.targetKeyId),
      };
    },
    refuse: all(
      pattern(
        "name",
        /^alias\/(?!aws\/)[A-Za-z0-9/_-]+$/,
        (text) =>
          `name must begin with 'alias/' and be comprised of only [a-zA-Z0-9/_-], and not begin with 'alias/aws/', got "${text}"`,
      ),
      uniqueName("name", (name) => `AlreadyExistsException: An alias with the name ${name} already exists`),
    ),
  },
};
