import assert from "node:assert/strict";
import { Account, type Case } from "../account";
import { eachIsRefused } from "./single";

const elb = "arn:aws:elasticloadbalancing:us-east-1:123456789012";
const trustStoreArn = `${elb}:truststore/clients/0123456789abcdef`;
const store = "aws:lb/trustStore:TrustStore";
const list = "aws:lb/trustStoreRevocation:TrustStoreRevocation";
const listener = "aws:lb/listener:Listener";
const bundle = { caCertificatesBundleS3Bucket: "trust", caCertificatesBundleS3Key: "ca.pem" };
const lost = { trustStoreArn, revocationsS3Bucket: "trust", revocationsS3Key: "lost.crl" };
const https = {
  loadBalancerArn: `${elb}:loadbalancer/app/edge/0123456789abcdef`,
  port: 443,
  protocol: "HTTPS",
  certificateArn: "arn:aws:acm:us-east-1:123456789012:certificate/8f9c6f0e-0000-4000-a000-000000000000",
  defaultActions: [
    { type: "fixed-response", fixedResponse: { contentType: "text/plain", statusCode: "404" } },
  ],
};

const ofStore = (title: string, inputs: Case["inputs"], at: string, reason: string): Case => ({
  title,
  type: store,
  inputs: { ...bundle, ...inputs },
  at,
  reason,
});

describe("AWS refuses a trust store", () => {
  eachIsRefused([
    ofStore(
      "of a name with other characters than letters, digits and hyphens",
      { name: "my_clients" },
      "name",
      'only alphanumeric characters and hyphens allowed in "name": "my_clients"',
    ),
    ofStore(
      "of a name that ends with a hyphen",
      { name: "clients-" },
      "name",
      '"name" cannot end with a hyphen: "clients-"',
    ),
    ofStore(
      "of a prefix that is too long",
      { namePrefix: "clients" },
      "namePrefix",
      '"name_prefix" cannot be longer than 6 characters, got 7',
    ),
    ofStore(
      "of a name and a prefix",
      { name: "clients", namePrefix: "cl" },
      "name",
      '"name": conflicts with name_prefix',
    ),
    ofStore(
      "from no bucket",
      { caCertificatesBundleS3Bucket: "" },
      "caCertificatesBundleS3Bucket",
      "ca_certificates_bundle_s3_bucket must not be empty, got ",
    ),
    ofStore(
      "of no version",
      { caCertificatesBundleS3ObjectVersion: "" },
      "caCertificatesBundleS3ObjectVersion",
      "ca_certificates_bundle_s3_object_version must not be empty, got ",
    ),
  ]);

  it("of a name longer than 32 characters", () => {
    const [failure] = new Account().failures(store, { ...bundle, name: "c".repeat(33) });
    assert.equal(failure?.property, "name");
    assert.match(failure.reason, /32/);
  });

  it("of a name that is taken", () => {
    const account = new Account();
    account.make(store, "clients", { ...bundle, name: "clients" });
    assert.deepEqual(account.failures(store, { ...bundle, name: "clients" }), [
      {
        property: "name",
        reason: "DuplicateTrustStoreName: A trust store with the name 'clients' already exists",
      },
    ]);
  });
});

describe("AWS refuses a list of revoked certificates", () => {
  const ofList = (title: string, inputs: Case["inputs"], at: string, reason: string): Case => ({
    title,
    type: list,
    inputs: { ...lost, ...inputs },
    at,
    reason,
  });
  const elsewhere = trustStoreArn.replace("us-east-1", "eu-west-1");
  const balancer = `${elb}:loadbalancer/app/edge/0123456789abcdef`;
  eachIsRefused([
    ofList(
      "for a trust store of another region",
      { trustStoreArn: elsewhere },
      "trustStoreArn",
      `TrustStoreNotFound: Trust store '${elsewhere}' not found`,
    ),
    ofList(
      "for something that is no trust store",
      { trustStoreArn: balancer },
      "trustStoreArn",
      `TrustStoreNotFound: Trust store '${balancer}' not found`,
    ),
    ofList(
      "without a key",
      { revocationsS3Key: "" },
      "revocationsS3Key",
      "revocations_s3_key must not be empty, got ",
    ),
    {
      title: "for what is not even an ARN",
      type: list,
      inputs: { ...lost, trustStoreArn: "clients" },
      at: "trustStoreArn",
      reason: '"trust_store_arn" (clients) is an invalid ARN: arn: invalid prefix',
    },
  ]);
});

describe("AWS refuses a listener that authenticates clients", () => {
  const ofListener = (title: string, authentication: object, member: string, reason: string): Case => ({
    title,
    type: listener,
    inputs: { ...https, mutualAuthentication: authentication } as Case["inputs"],
    at: `mutualAuthentication${member}`,
    reason,
  });
  const mode = '"mutual_authentication[0].mode"';
  const elsewhere = trustStoreArn.replace("us-east-1", "eu-west-1");
  eachIsRefused([
    ofListener(
      "in a mode nobody knows",
      { mode: "on" },
      ".mode",
      'expected mode to be one of ["off" "passthrough" "verify"], got on',
    ),
    ofListener(
      "by no trust store",
      { mode: "verify" },
      ".trustStoreArn",
      `Attribute "mutual_authentication[0].trust_store_arn" must be specified when ${mode} is "verify".`,
    ),
    ofListener(
      "by a trust store it does not look into",
      { mode: "passthrough", trustStoreArn },
      ".trustStoreArn",
      `Attribute "mutual_authentication[0].trust_store_arn" cannot be specified when ${mode} is "passthrough".`,
    ),
    ofListener(
      "and overlooks dates it does not look at",
      { mode: "passthrough", ignoreClientCertificateExpiry: false },
      ".ignoreClientCertificateExpiry",
      `Attribute "mutual_authentication[0].ignore_client_certificate_expiry" cannot be specified when ${mode} is "passthrough".`,
    ),
    ofListener(
      "and names authorities while it asks for no certificate",
      { mode: "off", advertiseTrustStoreCaNames: "on" },
      ".advertiseTrustStoreCaNames",
      `Attribute "mutual_authentication[0].advertise_trust_store_ca_names" cannot be specified when ${mode} is "off".`,
    ),
    ofListener(
      "by a trust store of another region",
      { mode: "verify", trustStoreArn: elsewhere },
      ".trustStoreArn",
      `TrustStoreNotFound: Trust store '${elsewhere}' not found`,
    ),
    {
      title: "without TLS",
      type: listener,
      inputs: {
        loadBalancerArn: https.loadBalancerArn,
        port: 80,
        protocol: "HTTP",
        defaultActions: https.defaultActions,
        mutualAuthentication: { mode: "passthrough" },
      },
      at: "mutualAuthentication",
      reason: "ValidationError: Mutual authentication cannot be specified for HTTP listeners",
    },
  ]);
});

describe("AWS refuses a further certificate", () => {
  const type = "aws:lb/listenerCertificate:ListenerCertificate";

  it("of another region", () => {
    const certificateArn = https.certificateArn.replace("us-east-1", "eu-west-1");
    const listenerArn = `${elb}:listener/app/edge/0123456789abcdef/0123456789abcdef`;
    assert.deepEqual(new Account().failures(type, { listenerArn, certificateArn }), [
      {
        property: "certificateArn",
        reason: `CertificateNotFound: Certificate '${certificateArn}' not found`,
      },
    ]);
  });

  it("on a listener without TLS", () => {
    const account = new Account();
    const plain = account.make(listener, "http", {
      loadBalancerArn: https.loadBalancerArn,
      port: 80,
      protocol: "HTTP",
      defaultActions: https.defaultActions,
    });
    const inputs = { listenerArn: plain.id, certificateArn: https.certificateArn };
    assert.deepEqual(account.failures(type, inputs), [
      {
        property: "listenerArn",
        reason: "ValidationError: A certificate cannot be specified for HTTP listeners",
      },
    ]);
    const secure = account.make(listener, "https", https);
    assert.deepEqual(account.failures(type, { ...inputs, listenerArn: secure.id }), []);
  });
});

describe("a trust store", () => {
  it("has an ARN with its name, and the end of it for metrics", () => {
    const { id, outputs } = new Account().make(store, "clients", { ...bundle, name: "clients" });
    assert.match(
      id,
      /^arn:aws:elasticloadbalancing:us-east-1:123456789012:truststore\/clients\/[0-9a-f]{16}$/,
    );
    assert.equal(outputs.arn, id);
    assert.equal(outputs.arnSuffix, id.split(":").at(-1));
  });

  it("has lists of revoked certificates by number", () => {
    const { id, outputs } = new Account().make(list, "lost", lost);
    assert.equal(id, `${trustStoreArn},${outputs.revocationId}`);
  });
});
