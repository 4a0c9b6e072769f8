import assert from "node:assert/strict";
import { type Bag, UNKNOWN } from "../../../sandbox";
import type { Made } from "../../../sandbox/model/kind";
import { Account } from "../account";
import { Life } from "../model/life";
import { eachIsRefused } from "./single";

const namespaceType = "aws:servicediscovery/privateDnsNamespace:PrivateDnsNamespace";
const serviceType = "aws:servicediscovery/service:Service";
const instanceType = "aws:servicediscovery/instance:Instance";
const zoneType = "aws:route53/zone:Zone";
const vpcType = "aws:ec2/vpc:Vpc";

const dns = (more: Bag = {}) => ({ namespaceId: "ns-1", dnsRecords: [{ type: "A", ttl: 10 }], ...more });

describe("AWS refuses a namespace", () => {
  eachIsRefused([
    {
      title: "whose name has a space in it",
      type: namespaceType,
      inputs: { name: "svc internal", vpc: "vpc-0a" },
      at: "name",
      reason: 'expected value of name to match regular expression "^[0-9A-Za-z._-]+$", got svc internal',
    },
    {
      title: "whose name is longer than DNS allows",
      type: namespaceType,
      inputs: { name: "a".repeat(254), vpc: "vpc-0a" },
      at: "name",
      reason: `"name" cannot be longer than 253 characters, got 254: "${"a".repeat(254)}"`,
    },
    {
      title: "with a description too long",
      type: namespaceType,
      inputs: { name: "svc.internal", vpc: "vpc-0a", description: "a".repeat(1025) },
      at: "description",
      reason: '"description" cannot be longer than 1024 characters, got 1025',
    },
  ]);

  const overlaps = (vpc: string, name: string) =>
    `The VPC that you chose, ${vpc} in region us-east-1, is already associated with another private hosted zone ` +
    `that has an overlapping name space, svc.internal. (${name})`;

  it("of a name that the VPC has already", () => {
    const account = new Account();
    account.make(namespaceType, "first", { name: "svc.internal", vpc: "vpc-0a" });
    assert.deepEqual(account.failures(namespaceType, { name: "SVC.internal", vpc: "vpc-0a" }), [
      { property: "name", reason: `CANNOT_CREATE_HOSTED_ZONE: ${overlaps("vpc-0a", "first")}` },
    ]);
    assert.deepEqual(account.failures(namespaceType, { name: "svc.internal", vpc: "vpc-0b" }), []);
    assert.deepEqual(account.failures(namespaceType, { name: "a.svc.internal", vpc: "vpc-0a" }), []);
  });

  it("of a name that a private zone of the VPC has already, and the other way round", () => {
    const account = new Account();
    account.make(zoneType, "zone", { name: "svc.internal.", vpcs: [{ vpcId: "vpc-0a" }] });
    account.make(zoneType, "public", { name: "example.com" });
    assert.deepEqual(account.failures(namespaceType, { name: "svc.internal", vpc: "vpc-0a" }), [
      { property: "name", reason: `CANNOT_CREATE_HOSTED_ZONE: ${overlaps("vpc-0a", "zone")}` },
    ]);
    assert.deepEqual(account.failures(namespaceType, { name: "example.com", vpc: "vpc-0a" }), []);
    account.make(namespaceType, "other", { name: "svc.internal", vpc: "vpc-0b" });
    assert.deepEqual(
      account.failures(zoneType, { name: "svc.internal", vpcs: [{ vpcId: "vpc-0c" }, { vpcId: "vpc-0b" }] }),
      [{ property: "vpcs", reason: `ConflictingDomainExists: ${overlaps("vpc-0c", "other")}` }],
    );
  });

  it("of a name that its VPC, not created yet, is to have already", () => {
    const account = new Account("preview");
    const vpc = account.make(vpcType, "net", { cidrBlock: "10.0.0.0/16" });
    const other = account.make(vpcType, "far", { cidrBlock: "10.1.0.0/16" });
    const inputs = { name: "svc.internal", vpc: UNKNOWN };
    account.make(namespaceType, "first", inputs, { vpc: [vpc] });
    assert.deepEqual(
      account.world.check({
        urn: "urn:x",
        type: namespaceType,
        name: "x",
        inputs,
        propertyDependencies: { vpc: [vpc.urn] },
        region: "us-east-1",
      }).failures,
      [{ property: "name", reason: `CANNOT_CREATE_HOSTED_ZONE: ${overlaps("chosen", "first")}` }],
    );
    assert.deepEqual(account.failures(namespaceType, inputs, { vpc: [other] }), []);
    assert.deepEqual(account.failures(namespaceType, inputs, { vpc: [vpc, other] }), []);
  });
});

const tooLong = `${"a".repeat(63)}.${"a".repeat(62)}.aa`;

describe("AWS refuses a discoverable service", () => {
  eachIsRefused([
    {
      title: "whose name is no DNS label",
      type: serviceType,
      inputs: { name: "-analyzer", dnsConfig: dns() },
      at: "name",
      reason: "InvalidInput: The service name -analyzer is not valid",
    },
    {
      title: "whose name is too long",
      type: serviceType,
      inputs: { name: tooLong, dnsConfig: dns() },
      at: "name",
      reason: `"name" cannot be longer than 127 characters, got 129: "${tooLong}"`,
    },
    {
      title: "with a description too long",
      type: serviceType,
      inputs: { name: "a", dnsConfig: dns(), description: "a".repeat(1025) },
      at: "description",
      reason: '"description" cannot be longer than 1024 characters, got 1025',
    },
    {
      title: "with records of an unknown type",
      type: serviceType,
      inputs: { name: "a", dnsConfig: dns({ dnsRecords: [{ type: "TXT", ttl: 10 }] }) },
      at: "dnsConfig.dnsRecords[0].type",
      reason: 'expected type to be one of ["SRV" "A" "AAAA" "CNAME"], got TXT',
    },
    {
      title: "with records cached for less than no time",
      type: serviceType,
      inputs: { name: "a", dnsConfig: dns({ dnsRecords: [{ type: "A", ttl: -1 }] }) },
      at: "dnsConfig.dnsRecords[0].ttl",
      reason: "expected ttl to be in the range (0 - 2147483647), got -1",
    },
    {
      title: "with an unknown routing policy",
      type: serviceType,
      inputs: { name: "a", dnsConfig: dns({ routingPolicy: "LATENCY" }) },
      at: "dnsConfig.routingPolicy",
      reason: 'expected routing_policy to be one of ["MULTIVALUE" "WEIGHTED"], got LATENCY',
    },
    {
      title: "that answers with several CNAMEs, as is the default",
      type: serviceType,
      inputs: { name: "a", dnsConfig: dns({ dnsRecords: [{ type: "CNAME", ttl: 10 }] }) },
      at: "dnsConfig.routingPolicy",
      reason: "InvalidInput: MULTIVALUE is not supported for records of type CNAME",
    },
    {
      title: "with SRV records beside others",
      type: serviceType,
      inputs: {
        name: "a",
        dnsConfig: dns({
          dnsRecords: [
            { type: "SRV", ttl: 10 },
            { type: "A", ttl: 10 },
          ],
        }),
      },
      at: "dnsConfig.dnsRecords",
      reason: "InvalidInput: A service with a record of type SRV has no other records",
    },
    {
      title: "with two kinds of health checks",
      type: serviceType,
      inputs: {
        name: "a",
        dnsConfig: dns(),
        healthCheckConfig: { type: "HTTP" },
        healthCheckCustomConfig: { failureThreshold: 1 },
      },
      at: "healthCheckConfig",
      reason:
        "InvalidInput: You can specify either HealthCheckConfig or HealthCheckCustomConfig but not both",
    },
    {
      title: "of an unknown type",
      type: serviceType,
      inputs: { name: "a", namespaceId: "ns-1", type: "TCP" },
      at: "type",
      reason: 'expected type to be one of ["HTTP" "DNS_HTTP" "DNS"], got TCP',
    },
  ]);

  it("that Route 53 would have to check inside a VPC", () => {
    const account = new Account();
    const { id } = account.make(namespaceType, "names", { name: "svc.internal", vpc: "vpc-0a" });
    const inputs = { name: "a", dnsConfig: dns({ namespaceId: id }), healthCheckConfig: { type: "HTTP" } };
    assert.deepEqual(account.failures(serviceType, inputs), [
      {
        property: "healthCheckConfig",
        reason: "InvalidInput: HealthCheckConfig is not supported in a private DNS namespace",
      },
    ]);
  });

  it("of a name the namespace has already, whatever its capitals", () => {
    const account = new Account();
    const names = account.make(namespaceType, "names", { name: "svc.internal", vpc: "vpc-0a" });
    account.make(serviceType, "first", { name: "api", dnsConfig: dns({ namespaceId: names.id }) });
    const taken = [{ property: "name", reason: "ServiceAlreadyExists: Service already exists. (first)" }];
    const wanted = (name: string, namespaceId: string) => ({ name, dnsConfig: dns({ namespaceId }) });
    assert.deepEqual(account.failures(serviceType, wanted("API", names.id)), taken);
    assert.deepEqual(account.failures(serviceType, { name: "api", namespaceId: names.id }), taken);
    assert.deepEqual(account.failures(serviceType, wanted("api", "ns-2")), []);
    assert.deepEqual(account.failures(serviceType, wanted("web", names.id)), []);
  });
});

describe("AWS refuses an instance", () => {
  const inputs = { serviceId: "srv-1", instanceId: "i-0a", attributes: { AWS_INSTANCE_IPV4: "10.0.0.1" } };
  const many = Object.fromEntries(Array.from({ length: 31 }, (_, index) => [`a${index}`, "b"]));
  eachIsRefused([
    {
      title: "whose id has a space in it",
      type: instanceType,
      inputs: { ...inputs, instanceId: "i 0a" },
      at: "instanceId",
      reason: 'expected value of instanceId to match regular expression "^[0-9A-Za-z_/:.@-]+$", got i 0a',
    },
    {
      title: "whose id is too long",
      type: instanceType,
      inputs: { ...inputs, instanceId: "i".repeat(65) },
      at: "instanceId",
      reason: '"instance_id" cannot be longer than 64 characters, got 65',
    },
    {
      title: "with too many attributes",
      type: instanceType,
      inputs: { ...inputs, attributes: many },
      at: "attributes",
      reason: "InvalidInput: An instance has 30 attributes at most, got 31",
    },
    {
      title: "with a space in an attribute's key",
      type: instanceType,
      inputs: { ...inputs, attributes: { "a b": "c" } },
      at: 'attributes["a b"]',
      reason: 'InvalidInput: attribute key "a b" is not valid',
    },
    {
      title: "with an attribute too long",
      type: instanceType,
      inputs: { ...inputs, attributes: { a: "b".repeat(1025) } },
      at: "attributes.a",
      reason: "InvalidInput: attribute value is not valid",
    },
  ]);

  it("without the address that the service's records are made of", () => {
    const account = new Account();
    const service = account.make(serviceType, "api", { name: "api", dnsConfig: dns() });
    const registered = (attributes: Bag) =>
      account.failures(instanceType, { serviceId: service.id, instanceId: "i-0a", attributes });
    assert.deepEqual(registered({ version: "1" }), [
      {
        property: "attributes",
        reason: "InvalidInput: attribute AWS_INSTANCE_IPV4 is required for a record of type A",
      },
    ]);
    assert.deepEqual(registered({ AWS_INSTANCE_IPV4: "10.0.0.1" }), []);
    assert.deepEqual(registered({ AWS_ALIAS_DNS_NAME: "edge.elb.amazonaws.com" }), []);
  });
});

describe("AWS refuses a hosted zone", () => {
  eachIsRefused([
    {
      title: "whose name is no domain name",
      type: zoneType,
      inputs: { name: "example..com" },
      at: "name",
      reason: "InvalidDomainName: example..com is not a valid domain name",
    },
    {
      title: "with a comment too long",
      type: zoneType,
      inputs: { name: "example.com", comment: "a".repeat(257) },
      at: "comment",
      reason: '"comment" cannot be longer than 256 characters, got 257',
    },
    {
      title: "that is private and has a delegation set",
      type: zoneType,
      inputs: { name: "example.com", delegationSetId: "N1", vpcs: [{ vpcId: "vpc-0a" }] },
      at: "delegationSetId",
      reason: '"delegation_set_id": conflicts with vpcs',
    },
  ]);

  it("that would be private no more, or from now on", () => {
    const life = new Life();
    const inside = { name: "a.example.com", vpcs: [{ vpcId: "vpc-0a" }] };
    const hidden = life.make(zoneType, "hidden", inside);
    const open = life.make(zoneType, "open", { name: "b.example.com" });
    const about = (made: Made, inputs: Bag) =>
      life.changeFailures(made, inputs).map(({ property, reason }) => [property, reason.split(":")[0]]);
    assert.deepEqual(about(hidden, { name: "a.example.com" }), [["vpcs", "LastVPCAssociation"]]);
    assert.deepEqual(about(open, { name: "b.example.com", vpcs: [{ vpcId: "vpc-0a" }] }), [
      ["vpcs", "PublicZoneVPCAssociation"],
    ]);
    assert.deepEqual(about(hidden, { ...inside, vpcs: [{ vpcId: "vpc-0b" }] }), []);
  });
});

describe("AWS never issues a certificate", () => {
  const reason =
    "waiting for ACM Certificate to be issued: timeout while waiting for state to become 'ISSUED' " +
    "(last state: 'PENDING_VALIDATION', timeout: 1h15m0s): its record is in the private zone hidden";

  for (const mode of ["deployed", "preview"] as const) {
    it(`whose record is in a private zone (${mode})`, () => {
      const account = new Account(mode);
      const certificate = account.make("aws:acm/certificate:Certificate", "cert", {
        domainName: "app.example.com",
        validationMethod: "DNS",
      });
      const [proof] = certificate.outputs.domainValidationOptions as Bag[];
      const validated = (zone: Made) => {
        const name = mode === "preview" ? UNKNOWN : String(proof?.resourceRecordName);
        const record = account.make(
          "aws:route53/record:Record",
          `${zone.name}-record`,
          { zoneId: zone.id, name, type: "CNAME", ttl: 300, records: ["a.acm-validations.aws"] },
          { zoneId: [zone] },
        );
        const validation = "aws:acm/certificateValidation:CertificateValidation";
        const inputs = {
          certificateArn: certificate.id,
          validationRecordFqdns: [record.outputs.fqdn ?? UNKNOWN],
        };
        return account.failures(validation, inputs, { validationRecordFqdns: [record] });
      };
      const open = account.make(zoneType, "open", { name: "example.com" });
      assert.deepEqual(validated(open), []);
      account.world.remove(account.world.all("aws:route53/record:Record")[0] as Made);
      const hidden = account.make(zoneType, "hidden", {
        name: "app.example.com",
        vpcs: [{ vpcId: "vpc-0a" }],
      });
      assert.deepEqual(validated(hidden), [{ property: "validationRecordFqdns", reason }]);
    });
  }
});
