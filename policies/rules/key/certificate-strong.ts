import { apart, type Judgement } from "../../lib/judgement";
import { rule } from "../../lib/rule";
import { UNKNOWN } from "../../lib/unknown";
import { shown, type Value } from "../../lib/value";
import { CERTIFICATE } from "../types";

const dns = 'must be "DNS"';
const strong = 'must be "RSA_2048", "EC_prime256v1" or stronger';

/** Whether a certificate was made elsewhere: then its key and names are in its body, and AWS checks no domain. */
function isImported(certificate: Value): boolean {
  return ["privateKey", "privateKeyWo", "certificateBody"].some((name) => certificate.at(name).isSet());
}

/** Whether an algorithm is known to be weak: RSA below 2048 bits, or a curve below 256. */
function isWeak(algorithm: string): boolean {
  const [, family = "", bits = ""] = /^(RSA|EC)[_-](?:[a-z]+)?(\d+)/i.exec(algorithm) ?? [];
  if (family === "") return false;
  return Number(bits) < (family.toUpperCase() === "RSA" ? 2048 : 256);
}

function judgeAlgorithm(certificate: Value): Judgement {
  const { path } = certificate.at("keyAlgorithm");
  const algorithm = certificate.at("keyAlgorithm").text() ?? "RSA_2048";
  return isWeak(algorithm) ? [{ path, says: `${shown(algorithm)}, ${strong}` }] : [];
}

function judgeValidation(certificate: Value): Judgement {
  // A private authority vouches for its names itself.
  if (certificate.at("certificateAuthorityArn").isSet()) return [];
  const method = certificate.at("validationMethod");
  const name = method.text();
  return name?.toUpperCase() === "DNS" ? [] : [{ path: method.path, says: `${shown(name)}, ${dns}` }];
}

/** A wildcard is bare where the certificate names nothing beside wildcards. */
function judgeNames(certificate: Value): Judgement {
  const domain = certificate.at("domainName");
  const name = domain.text();
  if (name === undefined || !name.startsWith("*.")) return [];
  const names = certificate.at("subjectAlternativeNames").list();
  const known = names.filter((other) => other.isKnown());
  if (known.some((other) => other.text()?.startsWith("*.") === false)) return [];
  const open = names.find((other) => !other.isKnown());
  if (open !== undefined) return [{ path: open.path, waits: "not known yet" }];
  return [{ path: domain.path, says: `${shown(name)} without a name of a host, must have one beside it` }];
}

const web = { domainName: "www.example.com", validationMethod: "DNS" };
const wildcard = { domainName: "*.example.com", validationMethod: "DNS" };
const imported = { certificateBody: "-----BEGIN CERTIFICATE-----", privateKey: "[secret]" };
const path = "keyAlgorithm";

export const certificateStrong = rule({
  name: "certificate-strong",
  title: "Certificates have strong keys, are validated by DNS, and are for more than a wildcard",
  description:
    "A weak key can be broken. Email validation needs somebody to click a link at every renewal, and certificates lapse for want of it. A wildcard alone stands for every host of a domain, but not for the domain itself.",
  severity: "low",
  level: "advisory",
  types: CERTIFICATE,
  frameworks: { fsbp: ["ACM.2"] },
  remediation:
    'Leave out keyAlgorithm or set it to "EC_prime256v1", set validationMethod to "DNS", and name the hosts that the certificate is for.',
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/acm-controls.html#acm-2",
  judge(certificate) {
    if (isImported(certificate)) return [];
    return apart(
      () => judgeAlgorithm(certificate),
      () => judgeValidation(certificate),
      () => judgeNames(certificate),
    );
  },
  // ACM reads the algorithm of an imported certificate out of its body.
  judgeInStack: ({ inputs, outputs }) => (isImported(inputs) ? judgeAlgorithm(outputs) : []),
  scenarios: [
    { name: "left to AWS", given: web, is: "pass" },
    { name: "an elliptic curve", given: { ...web, keyAlgorithm: "EC_prime256v1" }, is: "pass" },
    { name: "a longer key", given: { ...web, keyAlgorithm: "RSA_4096" }, is: "pass" },
    {
      name: "a wildcard beside the domain itself",
      given: { ...wildcard, subjectAlternativeNames: ["*.example.com", "example.com"] },
      is: "pass",
    },
    {
      name: "of a private authority, which validates nothing",
      given: {
        domainName: "db.internal",
        certificateAuthorityArn: UNKNOWN,
        keyAlgorithm: "EC_secp384r1",
      },
      is: "pass",
    },
    {
      name: "imported, with a strong key",
      given: imported,
      outputs: { ...imported, keyAlgorithm: "RSA_2048", domainName: "*.example.com" },
      is: "pass",
    },
    {
      name: "imported, with a weak key",
      given: imported,
      outputs: { ...imported, keyAlgorithm: "RSA_1024" },
      is: "fail",
      findings: [{ path, says: `"RSA_1024", ${strong}` }],
    },
    {
      name: "a weak key, validated by email",
      given: { domainName: "www.example.com", validationMethod: "EMAIL", keyAlgorithm: "RSA_1024" },
      is: "fail",
      findings: [
        { path, says: `"RSA_1024", ${strong}` },
        { path: "validationMethod", says: `"EMAIL", ${dns}` },
      ],
    },
    {
      name: "validated in no way",
      given: { domainName: "www.example.com" },
      is: "fail",
      findings: [{ path: "validationMethod", says: `not set, ${dns}` }],
    },
    {
      name: "a wildcard alone",
      given: wildcard,
      is: "fail",
      findings: [
        { path: "domainName", says: '"*.example.com" without a name of a host, must have one beside it' },
      ],
    },
    {
      name: "several wildcards, validated in a way not known yet",
      given: { ...wildcard, validationMethod: UNKNOWN, subjectAlternativeNames: ["*.shop.example.com"] },
      is: "fail",
      findings: [
        { path: "domainName", says: '"*.example.com" without a name of a host, must have one beside it' },
      ],
      deferrals: [{ path: "validationMethod", waits: "not known yet" }],
    },
    {
      name: "a wildcard beside a name not known yet",
      given: { ...wildcard, subjectAlternativeNames: [UNKNOWN] },
      is: "deferred",
      deferrals: [{ path: "subjectAlternativeNames[0]", waits: "not known yet" }],
    },
    {
      name: "imported in the same deployment",
      given: imported,
      outputs: { ...imported, keyAlgorithm: UNKNOWN },
      is: "deferred",
      deferrals: [{ path, waits: "not known yet" }],
    },
  ],
});
