import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { Service, type ServiceArgs, type ServiceOptions } from "../../components/service/service";
import { UNKNOWN } from "../../sandbox";
import { built } from "../support/built";
import { refused } from "../support/refused";

const routes = { all: { priority: 1000, paths: ["/*"] } };
const args: ServiceArgs = {
  vpcId: "vpc-0a1b2c3d4e5f60718",
  subnetIds: ["subnet-0a1b2c3d4e5f60711", "subnet-0a1b2c3d4e5f60712"],
  maxSize: 10,
  loadBalancer: {
    listenerArn:
      "arn:aws:elasticloadbalancing:us-east-1:123456789012:listener/app/edge/50dc6c495c0c9188/f2f7dc8efc522ab2",
    arnSuffix: "app/edge/50dc6c495c0c9188",
    securityGroupId: "sg-0a1b2c3d4e5f60719",
  },
  endpoints: { main: { routes } },
};
const discovery = {
  namespaceId: "ns-0123456789abcdef",
  namespaceName: "svc.internal",
  hostedZoneId: "Z0123456789ABCDEFGHIJ",
};

function preview(more: Partial<ServiceArgs> = {}, opts: ServiceOptions = {}) {
  return built(() => new Service("analyzer", { ...args, ...more }, opts), { mode: "preview" });
}

function deployed(more: Partial<ServiceArgs> = {}) {
  return built(() => new Service("analyzer", { ...args, ...more }));
}

interface Statement {
  readonly Sid: string;
  readonly [key: string]: unknown;
}

describe("a service that is found by name", () => {
  it("has a place in the registry, a policy, and nothing else more", async () => {
    const before = (await preview()).names;
    const after = (await preview({ discovery })).names;
    assert.deepEqual(
      after.filter((name) => !before.includes(name)),
      ["analyzer-discovery", "analyzer-discovery-policy", "analyzer-group-role-discovery"],
    );
    assert.deepEqual(
      before.filter((name) => !after.includes(name)),
      [],
    );
  });

  it("answers with the addresses of healthy instances, for ten seconds", async () => {
    const stack = await preview({ discovery, tags: { team: "search" } });
    assert.deepEqual(stack.inputs("analyzer-discovery"), {
      name: "analyzer",
      description: "Instances of analyzer",
      dnsConfig: {
        namespaceId: "ns-0123456789abcdef",
        routingPolicy: "MULTIVALUE",
        dnsRecords: [{ type: "A", ttl: 10 }],
      },
      healthCheckCustomConfig: { failureThreshold: 1 },
      forceDestroy: true,
      tags: { team: "search", Name: "analyzer-discovery" },
    });
  });

  it("has another name and another time where they are given", async () => {
    const stack = await preview({ discovery: { ...discovery, serviceName: "words", ttlSeconds: 0 } });
    const { name, dnsConfig } = stack.inputs("analyzer-discovery");
    assert.deepEqual(
      [name, dnsConfig],
      [
        "words",
        {
          namespaceId: "ns-0123456789abcdef",
          routingPolicy: "MULTIVALUE",
          dnsRecords: [{ type: "A", ttl: 0 }],
        },
      ],
    );
  });

  it("lets its instances register themselves there and nowhere else", async () => {
    const stack = await deployed({ discovery });
    const { arn } = stack.outputs("analyzer-discovery");
    const zone = "arn:aws:route53:::hostedzone/Z0123456789ABCDEFGHIJ";
    const { policy, description } = stack.inputs("analyzer-discovery-policy");
    assert.equal(description, "Instances of analyzer register themselves");
    assert.deepEqual(JSON.parse(String(policy)), {
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "RegisterItself",
          Effect: "Allow",
          Action: [
            "servicediscovery:RegisterInstance",
            "servicediscovery:DeregisterInstance",
            "servicediscovery:UpdateInstanceCustomHealthStatus",
          ],
          Resource: arn,
        },
        {
          Sid: "WriteItsRecord",
          Effect: "Allow",
          Action: "route53:ChangeResourceRecordSets",
          Resource: zone,
          Condition: {
            "ForAllValues:StringEquals": {
              "route53:ChangeResourceRecordSetsNormalizedRecordNames": ["analyzer.svc.internal"],
              "route53:ChangeResourceRecordSetsRecordTypes": ["A"],
            },
          },
        },
        { Sid: "ReadTheZone", Effect: "Allow", Action: "route53:GetHostedZone", Resource: zone },
        { Sid: "FindTheZone", Effect: "Allow", Action: "route53:ListHostedZonesByName", Resource: "*" },
        {
          Sid: "FindOthers",
          Effect: "Allow",
          Action: ["servicediscovery:DiscoverInstances", "servicediscovery:DiscoverInstancesRevision"],
          Resource: "*",
          Condition: { StringEquals: { "servicediscovery:NamespaceName": "svc.internal" } },
        },
      ],
    });
    assert.deepEqual(stack.inputs("analyzer-group-role-discovery"), {
      role: stack.outputs("analyzer-group-role").name,
      policyArn: stack.outputs("analyzer-discovery-policy").arn,
    });
  });

  it("uses the partition of its region", async () => {
    const stack = await built(() => new Service("analyzer", { ...args, discovery }), {
      region: "cn-north-1",
    });
    const { Statement } = JSON.parse(String(stack.inputs("analyzer-discovery-policy").policy)) as {
      Statement: readonly Statement[];
    };
    assert.equal(
      Statement.find(({ Sid }) => Sid === "ReadTheZone")?.Resource,
      "arn:aws-cn:route53:::hostedzone/Z0123456789ABCDEFGHIJ",
    );
  });

  it("tells its instances, and not their disks, where to register", async () => {
    const more = { discovery, tags: { team: "search" }, instanceTags: { tier: "words" } };
    const stack = await deployed(more);
    const { tagSpecifications } = stack.inputs("analyzer-group-template");
    assert.deepEqual(tagSpecifications, [
      {
        resourceType: "instance",
        tags: {
          team: "search",
          tier: "words",
          "discovery-service-id": stack.resource("analyzer-discovery").id,
          Name: "analyzer-group",
        },
      },
      { resourceType: "volume", tags: { team: "search", Name: "analyzer-group" } },
    ]);
  });

  it("starts no instance before it may register", async () => {
    const stack = await preview({ discovery });
    const wanted = stack.resource("analyzer-group-role-discovery").urn;
    assert(stack.resource("analyzer-group-asg").dependencies.includes(wanted));
  });

  it("says what its instances register", async () => {
    const said = async (more: Partial<ServiceArgs>) => (await preview(more)).outputs("analyzer").discovery;
    const attributes = { version: "1.0.0", capabilities: "search,cache" };
    assert.deepEqual(await said({ discovery: { ...discovery, attributes } }), {
      serviceId: UNKNOWN,
      serviceArn: UNKNOWN,
      dnsName: "analyzer.svc.internal",
      attributes: { port: "8080", healthPath: "/health", ...attributes },
    });
    const endpoints = {
      main: { routes },
      admin: { port: 9090, routes: { all: { priority: 900, paths: ["/admin"] } } },
    };
    const several = (await said({ discovery: { ...discovery, attributes }, endpoints })) as {
      attributes: unknown;
    };
    assert.deepEqual(several.attributes, attributes);
    assert.equal(await said({}), undefined);
  });

  it("gives the caller the last word", async () => {
    const stack = await preview(
      { discovery },
      {
        transform: {
          discoveryService: ({ args: before, opts }) => ({ args: { ...before, forceDestroy: false }, opts }),
          discoveryPolicy: ({ args: before, opts }) => ({ args: { ...before, path: "/own/" }, opts }),
        },
      },
    );
    assert.equal(stack.inputs("analyzer-discovery").forceDestroy, false);
    assert.equal(stack.inputs("analyzer-discovery-policy").path, "/own/");
  });

  it("refuses everything wrong at once, and makes nothing", async () => {
    const policyArn = "arn:aws:iam::123456789012:policy/mine";
    const { message, names } = await refused(
      () =>
        new Service("analyzer", {
          ...args,
          maxSize: 1001,
          managedPolicyArns: { discovery: policyArn },
          instanceTags: { "a b": "c" },
          discovery: {
            ...discovery,
            serviceName: "a.b",
            ttlSeconds: 3601,
            attributes: { AWS_INSTANCE_IPV4: "10.0.0.1" },
          },
          clientSecurityGroups: { "2nd": "sg-0a" },
        }),
    );
    assert.equal(
      message,
      [
        "invalid arguments",
        '  instanceTags["a b"]: key must be letters, digits and + - = . , _ : @, because instances can read their tags',
        '  clientSecurityGroups.2nd: key must be letters, digits and hyphens, beginning with a letter, got "2nd"',
        '  discovery.serviceName: must be one label of a domain name in lower case such as "analyzer", up to 63 characters, got "a.b"',
        "  discovery.ttlSeconds: must be a whole number from 0 to 3600, got 3601",
        '  discovery.attributes["AWS_INSTANCE_IPV4"]: key must be 1 to 255 printable ASCII characters without blanks, not beginning with "AWS_", which are the registry\'s own',
        "  maxSize: must be 1000 or fewer with discovery, which registers no more, got 1001",
        "  managedPolicyArns.discovery: is attached by discovery, use another name",
      ].join("\n"),
    );
    assert.deepEqual(names, ["analyzer"]);
  });
});

describe("a service that others call", () => {
  const clientSecurityGroups = { web: "sg-0b1b2c3d4e5f60719" };

  it("lets each of them in, and lets each out to it, on every port of its endpoints and not of its probes", async () => {
    const endpoints = {
      main: { routes, health: { port: 8090 } },
      admin: { port: 9090, routes: { all: { priority: 900, paths: ["/admin"] } } },
      twin: { port: 9090, routes: { all: { priority: 800, paths: ["/twin"] } } },
    };
    const stack = await preview({ endpoints, clientSecurityGroups, tags: { team: "search" } });
    assert.deepEqual(
      stack.names.filter((name) => name.includes("-client-")),
      [
        "analyzer-client-egress-web-8080",
        "analyzer-client-egress-web-9090",
        "analyzer-client-ingress-web-8080",
        "analyzer-client-ingress-web-9090",
      ],
    );
    const way = { ipProtocol: "tcp", fromPort: 9090, toPort: 9090 };
    assert.deepEqual(stack.inputs("analyzer-client-ingress-web-9090"), {
      ...way,
      securityGroupId: UNKNOWN,
      description: "TCP 9090 from web",
      referencedSecurityGroupId: "sg-0b1b2c3d4e5f60719",
      tags: { team: "search", Name: "analyzer-client-ingress-web-9090" },
    });
    assert.deepEqual(stack.inputs("analyzer-client-egress-web-9090"), {
      ...way,
      securityGroupId: "sg-0b1b2c3d4e5f60719",
      description: "TCP 9090 to analyzer",
      referencedSecurityGroupId: UNKNOWN,
      tags: { team: "search", Name: "analyzer-client-egress-web-9090" },
    });
    const own = stack.resource("analyzer-group-sg").urn;
    const dependsOn = (name: string, property: string) =>
      stack.resource(name).propertyDependencies[property]?.includes(own);
    assert.equal(dependsOn("analyzer-client-ingress-web-9090", "securityGroupId"), true);
    assert.equal(dependsOn("analyzer-client-egress-web-9090", "referencedSecurityGroupId"), true);
  });

  it("may call those that call it", async () => {
    const stack = await built(
      () => {
        const services = new Map<string, Service>();
        const groupOf = (name: string) =>
          pulumi.output(name).apply((each) => services.get(each)?.securityGroupId ?? pulumi.output("none"));
        const other = { ...args, endpoints: { main: { routes: { all: { priority: 900, paths: ["/a"] } } } } };
        services.set("one", new Service("one", { ...args, clientSecurityGroups: { two: groupOf("two") } }));
        services.set("two", new Service("two", { ...other, clientSecurityGroups: { one: groupOf("one") } }));
      },
      { mode: "deployed" },
    );
    const id = (name: string) => stack.resource(`${name}-group-sg`).id;
    const ends = (name: string) => {
      const { securityGroupId, referencedSecurityGroupId } = stack.inputs(name);
      return [securityGroupId, referencedSecurityGroupId];
    };
    assert.deepEqual(ends("one-client-ingress-two-8080"), [id("one"), id("two")]);
    assert.deepEqual(ends("two-client-ingress-one-8080"), [id("two"), id("one")]);
    assert.deepEqual(ends("one-client-egress-two-8080"), [id("two"), id("one")]);
  });

  it("gives the caller the last word", async () => {
    const stack = await preview(
      { clientSecurityGroups },
      {
        transform: {
          clientIngressRule: ({ args: before, opts }) => ({ args: { ...before, description: "in" }, opts }),
          clientEgressRule: ({ args: before, opts }) => ({ args: { ...before, description: "out" }, opts }),
        },
      },
    );
    assert.equal(stack.inputs("analyzer-client-ingress-web-8080").description, "in");
    assert.equal(stack.inputs("analyzer-client-egress-web-8080").description, "out");
  });
});
