import { type Answer, every, not, some } from "../../lib/answers";
import { bindsOrganisation } from "../../lib/conditions";
import { isAllow, namesPrincipal, statementsOf } from "../../lib/documents";
import type { Stack, StackResource } from "../../lib/stack";
import type { Value } from "../../lib/value";
import { about, down, encryptionInBucket } from "../bucket/settings";
import { BUCKET_ENCRYPTION, BUCKET_POLICY } from "../types";
import { type Deliverer, letsWrite, reaches } from "./log-delivery";

const encrypts = about(BUCKET_ENCRYPTION);
const admits = about(BUCKET_POLICY);

/** Whether what a bucket encrypts new objects with is something the balancer's logs can be written with. */
export function hasFittingEncryption(bucket: StackResource, stack: Stack, deliverer: Deliverer): Answer {
  const { certain, possible } = stack.linked(bucket, encrypts);
  const fitting = ({ inputs }: StackResource) =>
    every(down(inputs, "rules", "applyServerSideEncryptionByDefault"), (one) => fits(one, deliverer));
  // The older form, in the bucket itself; beside a resource of its own it only repeats what that said some time ago.
  // Left out, it is AES256.
  const sure =
    certain.length > 0
      ? every(certain, fitting)
      : every(encryptionInBucket(bucket.inputs), (one) => fits(one, deliverer));
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
      () => statement.at("NotPrincipal").isSet() || names(statement, deliverer),
      () => letsWrite(statement),
      () => reaches(statement, place()),
    ],
    (ask) => ask(),
  );
}

/** Whether a statement names whoever delivers the logs, or everybody without a condition that leaves it out. */
function names(statement: Value, deliverer: Deliverer): Answer {
  const everybody = () =>
    every(
      [
        () => namesPrincipal(statement, (principal) => principal === "*"),
        () => not(bindsOrganisation(statement)),
      ],
      (ask) => ask(),
    );
  return some([() => namesPrincipal(statement, deliverer.is), everybody], (ask) => ask());
}
