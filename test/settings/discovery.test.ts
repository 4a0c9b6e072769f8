import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { type Config, service, settingsOf, stack } from "./configured";

const names = { "evenkeel:discovery": { namespace: "svc.internal" } };

function one(more: object, priority = 1000): object {
  const routes = { all: { priority, paths: [`/${priority}/*`] } };
  return service({ endpoints: { main: { routes } }, ...more });
}

function services(web: object, more: { [name: string]: object } = {}): Config {
  return { "evenkeel:services": { web: one(web), ...more } };
}

function faultsOf(config: Config): string[] {
  try {
    settingsOf(stack(config));
  } catch (error) {
    assert(pulumi.RunError.isInstance(error));
    return error.message
      .split("\n")
      .slice(1)
      .map((line) => line.trimStart());
  }
  return [];
}

describe("names of services", () => {
  it("are not kept unless the stack says so", () => {
    const { discovery, connections } = settingsOf(stack());
    assert.equal(discovery, undefined);
    assert.deepEqual(connections, { web: { calledBy: [] } });
  });

  it("are kept in a namespace, for the services that want one", () => {
    const web = { discovery: {}, calledBy: ["api"] };
    const api = one(
      { discovery: { serviceName: "v1", ttlSeconds: 0, attributes: { version: "1.0.0" } } },
      900,
    );
    const { discovery, connections } = settingsOf(
      stack({ ...names, ...services(web, { api, batch: one({}, 800) }) }),
    );
    assert.deepEqual(discovery, { namespaceName: "svc.internal" });
    assert.deepEqual(connections, {
      web: { calledBy: ["api"], discovery: { ttlSeconds: 10, attributes: {} } },
      api: {
        calledBy: [],
        discovery: { serviceName: "v1", ttlSeconds: 0, attributes: { version: "1.0.0" } },
      },
      batch: { calledBy: [] },
    });
  });

  const many = Object.fromEntries(Array.from({ length: 29 }, (_, index) => [`a${index}`, ""]));
  const large = Object.fromEntries(["a", "b", "c", "d", "e"].map((key) => [key, "v".repeat(1000)]));
  const policy = "arn:aws:iam::123456789012:policy/mine";
  const at = "evenkeel:services.web.discovery";
  const rows: readonly [what: string, config: Config, ...faults: string[]][] = [
    [
      "a namespace that is no domain",
      { "evenkeel:discovery": { namespace: "svc_internal" } },
      'evenkeel:discovery.namespace: "svc_internal", must be a domain in lower case such as "svc.internal", up to 189 characters, and none of AWS\'s own such as "ec2.internal"',
    ],
    [
      "a namespace of AWS's own",
      { "evenkeel:discovery": { namespace: "ec2.internal" } },
      'evenkeel:discovery.namespace: "ec2.internal", must be a domain in lower case such as "svc.internal", up to 189 characters, and none of AWS\'s own such as "ec2.internal"',
    ],
    [
      "a service in no namespace",
      services({ discovery: {} }),
      `${at}: a map, must be left out unless evenkeel:discovery has a namespace`,
    ],
    [
      "what the registry does not take",
      {
        ...names,
        ...services({
          discovery: { serviceName: "a.b", ttlSeconds: 3601, attributes: { "a b": "c", d: " " } },
        }),
      },
      `${at}.serviceName: "a.b", must be one label of a domain name in lower case such as "analyzer", up to 63 characters`,
      `${at}.ttlSeconds: 3601, must be a whole number from 0 to 3600`,
      `${at}.attributes["a b"]: "a b", must be 1 to 255 printable ASCII characters without blanks, not beginning with "AWS_", which are the registry's own`,
      `${at}.attributes.d: " ", must be printable ASCII without blanks at its ends, up to 1024 characters`,
    ],
    [
      "too many attributes",
      { ...names, ...services({ discovery: { attributes: many } }) },
      `${at}.attributes: 29 attributes, must be 28 or fewer`,
    ],
    [
      "attributes that are too long together",
      { ...names, ...services({ discovery: { attributes: large } }) },
      `${at}.attributes: 5005 characters in all, must be 5000 or fewer`,
    ],
    [
      "a policy of the name that discovery uses",
      { ...names, ...services({ discovery: {}, managedPolicyArns: { discovery: policy } }) },
      `evenkeel:services.web.managedPolicyArns.discovery: "${policy}", must have another name: the policy for discovery has this one`,
    ],
    [
      "instances that cannot reach the registry",
      {
        ...names,
        "evenkeel:network": { zones: ["us-east-1a", "us-east-1b"], nat: "none", uses: ["monitoring"] },
        ...services({ discovery: {} }),
      },
      `${at}: a map, must be left out for nat "none": instances would not reach the registry`,
    ],
    [
      "two services of one name",
      { ...names, ...services({ discovery: {} }, { api: one({ discovery: { serviceName: "web" } }, 900) }) },
      'evenkeel:services.api.discovery.serviceName: "web", must differ from the name by which web is found',
    ],
    [
      "callers that are unknown, the service itself, or named twice",
      services({ calledBy: ["ap", "web", "api", "api"] }, { api: one({}, 900) }),
      'evenkeel:services.web.calledBy[0]: "ap", must be the name of another service, known are api',
      'evenkeel:services.web.calledBy[1]: "web", must be the name of another service, known are api',
      'evenkeel:services.web.calledBy[3]: "api", must be listed once',
    ],
    [
      "a caller where there is no other service",
      services({ calledBy: ["api"] }),
      'evenkeel:services.web.calledBy[0]: "api", must be the name of another service, there is none',
    ],
    [
      "a service whose resources would have the names of another's",
      services({}, { "web-client": one({}, 900) }),
      'evenkeel:services.web-client: "web-client", must be another name: resources of service "web" begin with it',
    ],
  ];
  for (const [what, config, ...faults] of rows) {
    it(`refuse ${what}`, () => {
      assert.deepEqual(faultsOf(config), faults);
    });
  }
});

describe("the zone of an internal load balancer", () => {
  const inside = { domainName: "app.example.com", hostedZoneId: "Z0PUBLIC", exposure: "internal" };
  const balancer = (more: object): Config => ({ "evenkeel:loadBalancer": { ...inside, ...more } });
  const zoneOf = (config: Config) => settingsOf(stack(config)).loadBalancer.privateZone;

  it("is none, one to be made, or one that is there", () => {
    assert.equal(zoneOf(balancer({})), undefined);
    assert.deepEqual(zoneOf(balancer({ privateZone: {} })), {});
    const zoneName = "example.com";
    assert.deepEqual(zoneOf(balancer({ privateZone: { zoneName } })), { zoneName });
    assert.deepEqual(zoneOf(balancer({ privateZone: { hostedZoneId: "Z0PRIVATE" } })), {
      hostedZoneId: "Z0PRIVATE",
    });
  });

  const certificateArn = "arn:aws:acm:us-east-1:123456789012:certificate/0";
  const at = "evenkeel:loadBalancer.privateZone";
  const rows: readonly [what: string, config: Config, ...faults: string[]][] = [
    [
      "on the internet",
      balancer({ exposure: "internet", privateZone: {} }),
      `${at}: a map, must be left out for exposure "internet"`,
    ],
    [
      "without a name",
      { "evenkeel:loadBalancer": { certificateArn, exposure: "internal", privateZone: {} } },
      `${at}: a map, must be left out without domainName or hostName, which it would hold`,
    ],
    [
      "that is there and is to be made",
      balancer({ privateZone: { hostedZoneId: "Z0PRIVATE", zoneName: "example.com" } }),
      `${at}.zoneName: "example.com", must be left out beside hostedZoneId, which is a zone already`,
    ],
    [
      "that does not hold the name",
      balancer({ privateZone: { zoneName: "ample.com" } }),
      `${at}.zoneName: "ample.com", must be "app.example.com" or what it ends in after a dot`,
    ],
  ];
  for (const [what, config, ...faults] of rows) {
    it(`is refused ${what}`, () => {
      assert.deepEqual(faultsOf(config), faults);
    });
  }
});
