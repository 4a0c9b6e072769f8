import { type Answer, every, some } from "../../lib/answers";
import { isAllow, principalsOf, statementsOf } from "../../lib/documents";
import type { Link } from "../../lib/links";
import type { Stack, StackResource } from "../../lib/stack";
import type { Value } from "../../lib/value";
import { down, encryptionInBucket } from "../bucket/settings";
import { BUCKET, BUCKET_ENCRYPTION, BUCKET_POLICY } from "../types";
import { type Deliverer, letsWrite, reaches } from "./log-delivery";

const encrypts: Link = {
  from: BUCKET_ENCRYPTION,
  names: ({ outputs }) => [outputs.at("bucket")],
  to: BUCKET,
};
const admits: Link = { from: BUCKET_POLICY, names: ({ outputs }) => [outputs.at("bucket")], to: BUCKET };

/** Whether what a bucket encrypts new objects with is something the balancer's logs can be written with. */
export function hasFittingEncryption(bucket: StackResource, stack: Stack, deliverer: Deliverer): Answer {
  const { certain, possible } = stack.linked(bucket, encrypts);
  const fitting = ({ inputs }: StackResource) =>
    every(down(inputs, "rules", "applyServerSideEncryptionByDefault"), (one) => fits(one, deliverer));
  // The older form, in the bucket itself. Left out, it is AES256.
  const inBucket = () => every(encryptionInBucket(bucket.inputs), (one) => fits(one, deliverer));
  const sure = every([inBucket, ...certain.map((one) => () => fitting(one))], (ask) => ask());
  if (sure !== true) return sure;
  return every(possible, fitting) === true ? true : undefined;
}

function fits(encryption: Value, deliverer: Deliverer): Answer {
  const algorithm = encryption.at("sseAlgorithm").text() ?? "AES256";
  if (algorithm === "AES256") return true;
  if (!deliverer.takesCustomerKeys) return false;
  const key = encryption.at("kmsMasterKeyId");
  // Nobody can change the policy of AWS's own key, so it lets no service in. A key not known yet is one being created.
  return key.isSet() && !(key.isKnown() && /(^|\/)aws\/s3$/.test(key.text() ?? ""));
}

/**
 * Whether a bucket has a policy that lets the balancer's logs in. Statements that deny are not looked at.
 *
 * @param place Where in the bucket they are written.
 */
export function letsLogsIn(
  bucket: StackResource,
  stack: Stack,
  deliverer: Deliverer,
  place: () => string,
): Answer {
  const { certain, possible } = stack.linked(bucket, admits);
  const opens = ({ inputs }: StackResource) =>
    some(statementsOf(inputs.at("policy")), (statement) => isOpen(statement, deliverer, place));
  // A bucket may also hold its policy itself, in an older form.
  const sure = some([bucket, ...certain], opens);
  if (sure !== false) return sure;
  return some(possible, opens) === false ? false : undefined;
}

function isOpen(statement: Value, deliverer: Deliverer, place: () => string): Answer {
  return every(
    [
      () => isAllow(statement),
      () => statement.at("NotPrincipal").isSet() || principalsOf(statement).some(deliverer.is),
      () => letsWrite(statement),
      () => reaches(statement, place()),
    ],
    (ask) => ask(),
  );
}
