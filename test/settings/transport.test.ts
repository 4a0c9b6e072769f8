import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { secretPlaceholder } from "../../settings";
import { settingsOf, stack } from "./configured";

const key = "evenkeel:loadBalancer";
const arn = (digit: number) => `arn:aws:acm:us-east-1:123456789012:certificate/${digit}`;
const trustStoreArn =
  "arn:aws:elasticloadbalancing:us-east-1:123456789012:truststore/clients/0123456789abcdef";
const caBundle = { bucket: "example-trust", key: "ca.pem", version: "v1" };
const requested = { domainName: "example.com", hostedZoneId: "Z0123456789ABCDEFGHIJ" };

function balancerOf(more: object, secretKeys: string[] = []) {
  return settingsOf(stack({ [key]: { certificateArn: arn(0), ...more } }), "staging", secretKeys)
    .loadBalancer;
}

/** The lines below the title, without the key. */
function faultsOf(loadBalancer: object, secretKeys: string[] = []): string[] {
  try {
    settingsOf(stack({ [key]: loadBalancer }), "staging", secretKeys);
  } catch (error) {
    assert(pulumi.RunError.isInstance(error));
    const [, ...lines] = error.message.split("\n");
    return lines.map((line) => line.trim().replace(key, ""));
  }
  assert.fail("the configuration was accepted");
}

const faults = (more: object) => faultsOf({ certificateArn: arn(0), ...more });

describe("the TLS a stack asks for", () => {
  it("becomes the name of a policy", () => {
    const tls = { minimumVersion: "1.3", postQuantum: "off", fips: "on" };
    assert.equal(balancerOf({ tls }).sslPolicy, "ELBSecurityPolicy-TLS13-1-3-FIPS-2023-04");
    assert.equal(balancerOf({ tls: {} }).sslPolicy, "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09");
    const sslPolicy = "ELBSecurityPolicy-TLS-1-2-2017-01";
    assert.equal(balancerOf({ sslPolicy }).sslPolicy, sslPolicy);
  });

  it("is refused beside the name of a policy, in words nobody knows, and where AWS has none", () => {
    assert.deepEqual(faults({ tls: {}, sslPolicy: "ELBSecurityPolicy-TLS13-1-3-2021-06" }), [
      '.sslPolicy: "ELBSecurityPolicy-TLS13-1-3-2021-06", must be left out beside tls, from which it follows',
    ]);
    assert.deepEqual(faults({ tls: { minimumVersion: "1.1", forwardSecrecy: true, cipher: "AES" } }), [
      '.tls.minimumVersion: "1.1", must be one of "1.2", "1.3"',
      '.tls.forwardSecrecy: true, must be one of "required", "optional"',
      ".tls.cipher: unknown key, known are minimumVersion, forwardSecrecy, postQuantum, fips",
    ]);
    assert.deepEqual(faults({ tls: { minimumVersion: "1.3", forwardSecrecy: "optional", fips: "on" } }), [
      '.tls.forwardSecrecy: "optional", must be "required" for minimumVersion "1.3", which has no cipher without it: AWS ' +
        "has ELBSecurityPolicy-TLS13-1-3-FIPS-PQ-2025-09 for that, and ELBSecurityPolicy-TLS13-1-2-Ext1-FIPS-PQ-2025-09 " +
        'for "optional" with minimumVersion "1.2"',
    ]);
  });
});

describe("the certificates of a stack", () => {
  it("are handed on", () => {
    const additionalCertificateArns = { shop: arn(1), blog: arn(2) };
    assert.deepEqual(
      balancerOf({ additionalCertificateArns }).additionalCertificateArns,
      additionalCertificateArns,
    );
    const alternativeNames = ["www.example.com", "*.example.com"];
    const settings = settingsOf(stack({ [key]: { ...requested, alternativeNames } }));
    assert.deepEqual(settings.loadBalancer.alternativeNames, alternativeNames);
  });

  it("are refused when they are too many, there twice, or called as the default one is", () => {
    const many = Object.fromEntries(Array.from({ length: 26 }, (_, index) => [`c${index}`, arn(index + 1)]));
    assert.deepEqual(faults({ additionalCertificateArns: many }), [
      ".additionalCertificateArns: 26 certificates, must have 25 at most",
    ]);
    assert.deepEqual(faults({ additionalCertificateArns: { a: arn(0), b: arn(1), c: arn(1) } }), [
      `.additionalCertificateArns.a: "${arn(0)}", must differ from certificateArn and from the certificates before it`,
      `.additionalCertificateArns.c: "${arn(1)}", must differ from certificateArn and from the certificates before it`,
    ]);
    assert.deepEqual(faults({ additionalCertificateArns: { default: arn(1) } }), [
      `.additionalCertificateArns.default: "${arn(1)}", must have another name: this one is kept for the certificate of ` +
        "certificateArn or domainName",
    ]);
    assert.deepEqual(faults({ additionalCertificateArns: {} }), [
      ".additionalCertificateArns: a map, must be a map of certificates by name, one or more",
    ]);
  });

  it("are not taken for the same while they are encrypted", () => {
    const further = { a: secretPlaceholder, b: secretPlaceholder };
    const { additionalCertificateArns } = balancerOf({ additionalCertificateArns: further }, [key]);
    assert.deepEqual(Object.keys(additionalCertificateArns ?? {}), ["a", "b"]);
    assert.ok(pulumi.Output.isInstance(additionalCertificateArns?.a));
  });

  it("bear no alternative names that are none, there already, or without a certificate to be on", () => {
    const alternativeNames = ["example.com", "WWW.example.com"];
    assert.deepEqual(faultsOf({ ...requested, alternativeNames }), [
      '.alternativeNames[1]: "WWW.example.com", must be a name in lower case such as "www.example.com" or "*.example.com"',
    ]);
    assert.deepEqual(
      faultsOf({ ...requested, alternativeNames: ["a.example.com", "a.example.com", "example.com"] }),
      [
        '.alternativeNames[1]: "a.example.com", must differ from domainName and from the names before it',
        '.alternativeNames[2]: "example.com", must differ from domainName and from the names before it',
      ],
    );
    assert.deepEqual(faults({ alternativeNames: ["www.example.com"] }), [
      ".alternativeNames: a list of 1, must be left out without domainName, on whose certificate they are",
    ]);
  });
});

describe("the mutual TLS of a stack", () => {
  it("is handed on, with nothing in it that was left out", () => {
    const mutualTls = {
      mode: "verify",
      caBundle,
      revocations: { lost: { bucket: "example-trust", key: "lost.crl" } },
      expiredClientCertificates: "accepted",
      advertiseCaNames: "on",
    };
    assert.deepEqual(balancerOf({ mutualTls }).mutualTls, mutualTls);
    assert.deepEqual(balancerOf({ mutualTls: { mode: "verify", trustStoreArn } }).mutualTls, {
      mode: "verify",
      trustStoreArn,
    });
    assert.deepEqual(balancerOf({ mutualTls: { mode: "passthrough" } }).mutualTls, { mode: "passthrough" });
    assert.equal("mutualTls" in balancerOf({}), false);
  });

  it("is refused where its parts do not go together", () => {
    assert.deepEqual(faults({ mutualTls: { mode: "verify" } }), [
      '.mutualTls: neither trustStoreArn nor caBundle, must have one of them for mode "verify"',
    ]);
    assert.deepEqual(faults({ mutualTls: { mode: "verify", trustStoreArn, caBundle } }), [
      '.mutualTls: trustStoreArn and caBundle, must have one of them for mode "verify"',
    ]);
    const revocations = { lost: caBundle };
    assert.deepEqual(faults({ mutualTls: { mode: "verify", trustStoreArn, revocations } }), [
      ".mutualTls.revocations: a map, must be left out without caBundle: a trust store that is given has lists of its own",
    ]);
    assert.deepEqual(
      faults({ mutualTls: { mode: "passthrough", trustStoreArn, caBundle, advertiseCaNames: "off" } }),
      [
        `.mutualTls.trustStoreArn: "${trustStoreArn.slice(0, 59)}…, must be left out for mode "passthrough"`,
        '.mutualTls.caBundle: a map, must be left out for mode "passthrough"',
        '.mutualTls.advertiseCaNames: "off", must be left out for mode "passthrough"',
      ],
    );
    const lists = Object.fromEntries(Array.from({ length: 31 }, (_, index) => [`l${index}`, caBundle]));
    assert.deepEqual(faults({ mutualTls: { mode: "verify", caBundle, revocations: lists } }), [
      ".mutualTls.revocations: 31 lists, must have 30 at most",
    ]);
  });

  it("is refused in words and forms nobody knows", () => {
    assert.deepEqual(
      faults({
        mutualTls: {
          mode: "on",
          trustStoreArn: "clients",
          caBundle: { bucket: "Trust", key: "" },
          expiredClientCertificates: true,
        },
      }),
      [
        '.mutualTls.mode: "on", must be one of "verify", "passthrough"',
        '.mutualTls.trustStoreArn: "clients", must be the ARN of a trust store such as ' +
          '"arn:aws:elasticloadbalancing:us-east-1:123456789012:truststore/…"',
        '.mutualTls.caBundle.bucket: "Trust", must be the name of a bucket such as "example-trust"',
        '.mutualTls.caBundle.key: "", must be the key of an object such as "clients/ca.pem"',
        '.mutualTls.expiredClientCertificates: true, must be one of "refused", "accepted"',
      ],
    );
  });
});

describe("the days a certificate may have left", () => {
  it("are thirty, or what the stack says", () => {
    assert.equal(settingsOf(stack()).alarms.certificateExpiryDays, 30);
    const alarms = { certificateExpiryDays: 14 };
    assert.equal(settingsOf(stack({ "evenkeel:alarms": alarms })).alarms.certificateExpiryDays, 14);
    assert.throws(
      () => settingsOf(stack({ "evenkeel:alarms": { certificateExpiryDays: 0 } })),
      /evenkeel:alarms\.certificateExpiryDays: 0, must be a whole number from 1 to 365/,
    );
  });
});
