import { knownText } from "../../values";
import { all, arns, type Check, longest, notBoth, uniqueName } from "../checks";
import { hexOf } from "../ids";
import type { Failure, Kinds, Made, Subject } from "../kind";
import { arnOf } from "../places";
import { type Reference, reference, refusedFor, usersOf } from "../users";
import { whereOf } from "../where";
import { elb, plainName } from "./balancer";
import { trustStoreIsThere } from "./mutual-authentication";
import { patience } from "./removal";

/** Texts the provider wants something in. */
function notEmpty(...properties: readonly string[]): Check {
  return function* ({ inputs }) {
    for (const property of properties) {
      if (inputs[property] !== "") continue;
      const name = property.replace(/S3|[A-Z]/g, (part) => `_${part.toLowerCase()}`);
      yield { property, reason: `${name} must not be empty, got ` };
    }
  };
}

/** What follows `truststore/` in an ARN. */
function path({ inputs, seed }: Subject): string {
  return `${inputs.name}/${hexOf(seed, 16)}`;
}

const users: readonly Reference[] = [
  reference("aws:lb/listener:Listener", "mutualAuthentication.trustStoreArn"),
];

/** A trust store stays as long as a listener verifies clients by it. */
function inUse(store: Made): Iterable<Failure> {
  const reason = `TrustStoreInUse: Trust store '${store.id}' is currently in use by a listener`;
  return refusedFor(usersOf(store, users), reason, patience.trustStore);
}

/** The number AWS gives a list: one more than the last one, which nobody can tell here. */
function revocationId({ seed }: Subject): number {
  return Number.parseInt(hexOf(seed, 6), 16) + 1;
}

/** Trust stores and what they no longer trust. */
export const trustStoreKinds: Kinds = {
  "aws:lb/trustStore:TrustStore": {
    autoName: { property: "name", max: 32, unless: "namePrefix" },
    id: (subject) => arnOf(elb, whereOf(subject), `truststore/${path(subject)}`),
    computed: (subject, id) => ({ arn: id, arnSuffix: `truststore/${path(subject)}` }),
    refuse: all(
      plainName,
      longest("namePrefix", 6),
      notBoth("name", "namePrefix"),
      notEmpty(
        "caCertificatesBundleS3Bucket",
        "caCertificatesBundleS3Key",
        "caCertificatesBundleS3ObjectVersion",
      ),
      uniqueName(
        "name",
        (name) => `DuplicateTrustStoreName: A trust store with the name '${name}' already exists`,
      ),
    ),
    refuseDelete: inUse,
  },
  "aws:lb/trustStoreRevocation:TrustStoreRevocation": {
    id: (subject) => `${knownText(subject.inputs.trustStoreArn)},${revocationId(subject)}`,
    computed: (subject) => ({ revocationId: revocationId(subject) }),
    refuse: all(
      arns("trustStoreArn"),
      trustStoreIsThere("trustStoreArn"),
      notEmpty("revocationsS3Bucket", "revocationsS3Key", "revocationsS3ObjectVersion"),
    ),
  },
};
