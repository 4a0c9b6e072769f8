import { type Bag, bags, knownText } from "../../values";
import { all, arns, type Check, oneOf } from "../checks";
import { isSet } from "../kind";

const property = "mutualAuthentication";

/** A property as the provider names it in what it says of combinations. */
const tfPath = (name: string) => `"mutual_authentication[0].${name}"`;

const onlyToVerify = [
  ["advertiseTrustStoreCaNames", "advertise_trust_store_ca_names"],
  ["ignoreClientCertificateExpiry", "ignore_client_certificate_expiry"],
  ["trustStoreArn", "trust_store_arn"],
] as const;

/** What goes together: the provider says it once every value is known. */
function* combination(authentication: Bag) {
  const mode = knownText(authentication.mode);
  if (mode === undefined) return;
  const when = `when ${tfPath("mode")} is "${mode}".`;
  if (mode === "verify") {
    if (isSet(authentication.trustStoreArn)) return;
    const reason = `Attribute ${tfPath("trust_store_arn")} must be specified ${when}`;
    yield { property: `${property}.trustStoreArn`, reason };
    return;
  }
  for (const [name, tfName] of onlyToVerify) {
    if (!isSet(authentication[name])) continue;
    const reason = `Attribute ${tfPath(tfName)} cannot be specified ${when}`;
    yield { property: `${property}.${name}`, reason };
  }
}

const combinations: Check = function* ({ inputs }) {
  for (const authentication of bags(inputs.mutualAuthentication)) yield* combination(authentication);
};

/** Certificates belong to TLS. */
const overTls: Check = function* ({ inputs }) {
  const protocol = knownText(inputs.protocol);
  const wanted = bags(inputs.mutualAuthentication).some(({ mode }) => (knownText(mode) ?? "off") !== "off");
  if (!wanted || protocol === undefined || ["HTTPS", "TLS"].includes(protocol)) return;
  const reason = `ValidationError: Mutual authentication cannot be specified for ${protocol} listeners`;
  yield { property, reason };
};

/** A trust store has to be one, and in the region. It may be another account's, which shares it. */
export function trustStoreIsThere(path: string): Check {
  return function* ({ inputs, region }) {
    const holder = path.includes(".") ? bags(inputs[path.split(".")[0] ?? ""])[0] : inputs;
    const arn = knownText(holder?.trustStoreArn);
    const [service, place, , resource] = arn?.split(":").slice(2) ?? [];
    if (arn === undefined || service === undefined) return;
    const isOne = service === "elasticloadbalancing" && resource?.startsWith("truststore/") === true;
    if (isOne && place === region) return;
    yield { property: path, reason: `TrustStoreNotFound: Trust store '${arn}' not found` };
  };
}

/** How a listener may treat clients' certificates. */
export const clientAuthentication: Check = all(
  oneOf("mutualAuthentication.mode", "off", "passthrough", "verify"),
  oneOf("mutualAuthentication.advertiseTrustStoreCaNames", "off", "on"),
  arns("mutualAuthentication.trustStoreArn"),
  combinations,
  overTls,
  trustStoreIsThere("mutualAuthentication.trustStoreArn"),
);
