import assert from "node:assert/strict";
import { Account } from "../account";
import { Life } from "./life";

const namespaceType = "aws:servicediscovery/privateDnsNamespace:PrivateDnsNamespace";
const serviceType = "aws:servicediscovery/service:Service";
const instanceType = "aws:servicediscovery/instance:Instance";
const zoneType = "aws:route53/zone:Zone";

describe("AWS keeps what is discovered", () => {
  function discovered() {
    const life = new Life();
    const namespace = life.make(namespaceType, "names", { name: "svc.internal", vpc: "vpc-0a" });
    const dnsConfig = { namespaceId: namespace.id, dnsRecords: [{ type: "A", ttl: 10 }] };
    const service = life.make(serviceType, "analyzer", { name: "analyzer", dnsConfig });
    return { life, namespace, service };
  }

  it("a namespace as long as it has services", () => {
    const { life, namespace, service } = discovered();
    assert.deepEqual(life.kept(namespace), [
      {
        reason:
          "ResourceInUse: Namespace has associated services; delete the services before deleting the namespace (analyzer)",
      },
    ]);
    life.world.remove(service);
    assert.deepEqual(life.kept(namespace), []);
  });

  it("a service as long as instances are registered, unless they are to go with it", () => {
    const { life, service } = discovered();
    assert.deepEqual(life.kept(service), []);
    const attributes = { AWS_INSTANCE_IPV4: "10.0.0.1" };
    life.make(instanceType, "one", { serviceId: service.id, instanceId: "i-0a", attributes });
    assert.deepEqual(life.kept(service), [
      {
        reason:
          "ResourceInUse: Service contains registered instances; delete the instances before deleting the service (one)",
      },
    ]);
    assert.deepEqual(life.kept(life.change(service, { ...service.inputs, forceDestroy: true })), []);
  });
});

describe("what AWS says of the discovered", () => {
  it("has its identifiers, and the zone of a namespace", () => {
    const account = new Account();
    const namespace = account.make(namespaceType, "names", { name: "svc.internal", vpc: "vpc-0a" });
    assert.match(namespace.id, /^ns-[a-z2-7]{16}$/);
    assert.equal(
      namespace.outputs.arn,
      `arn:aws:servicediscovery:us-east-1:123456789012:namespace/${namespace.id}`,
    );
    assert.match(String(namespace.outputs.hostedZone), /^Z[A-Z2-7]{20}$/);

    const dnsConfig = { namespaceId: namespace.id, dnsRecords: [{ type: "A", ttl: 10 }] };
    const service = account.make(serviceType, "analyzer", { name: "analyzer", dnsConfig });
    assert.match(service.id, /^srv-[a-z2-7]{16}$/);
    const { arn, namespaceId, type } = service.outputs;
    assert.deepEqual(
      { arn, namespaceId, type },
      {
        arn: `arn:aws:servicediscovery:us-east-1:123456789012:service/${service.id}`,
        namespaceId: namespace.id,
        type: "DNS_HTTP",
      },
    );
    assert.deepEqual(service.inputs.dnsConfig, { ...dnsConfig, routingPolicy: "MULTIVALUE" });
    assert.equal(
      account.make(serviceType, "calls", { name: "calls", namespaceId: "ns-1" }).outputs.type,
      "HTTP",
    );
  });

  it("gives a private zone servers that answer nobody", () => {
    const account = new Account();
    const zone = account.make(zoneType, "zone", { name: "a.example.com", vpcs: [{ vpcId: "vpc-0a" }] });
    assert.deepEqual(zone.outputs.nameServers, [
      "ns-0.awsdns-00.com",
      "ns-1024.awsdns-00.org",
      "ns-1536.awsdns-00.co.uk",
      "ns-512.awsdns-00.net",
    ]);
  });
});
