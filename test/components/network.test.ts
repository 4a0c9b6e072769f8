import assert from "node:assert/strict";
import { EndpointUse } from "../../components/network/endpoints";
import { NatMode } from "../../components/network/nat";
import { Network, type NetworkArgs, type NetworkOptions } from "../../components/network/network";
import { IsolatedSubnets } from "../../components/network/subnets";
import { type Sandbox, sandboxMocks, UNKNOWN } from "../../sandbox";
import { built } from "../support/built";

const zones = ["us-east-1a", "us-east-1b", "us-east-1c"];

function network(args: Partial<NetworkArgs> = {}, opts: NetworkOptions = {}) {
  return () => new Network("main", { zones, ...args }, opts);
}

/** Every resource as `type name`, without the parts of the type token that say the same again, sorted. */
function resources(stack: Sandbox): string[] {
  return stack.registrations.map(({ type, name }) => `${type.split(":").at(-1)} ${name}`).sort();
}

/** What one stack has that the other has not. */
function without(these: string[], those: string[]): string[] {
  return these.filter((each) => !those.includes(each));
}

const subnetParts = ["Route", "RouteTable", "RouteTableAssociation", "Subnet"];

const always = [
  "DefaultSecurityGroup main-default-sg",
  "FlowLog main-flow-logs",
  "InternetGateway main-vpc",
  "LogGroup main-flow-logs",
  "Network main",
  "Role main-flow-logs",
  "RolePolicy main-flow-logs",
  "Vpc main-vpc",
  "Vpc main-vpc",
  "VpcEndpoint main-endpoint-dynamodb",
  "VpcEndpoint main-endpoint-s3",
];

describe("Network", () => {
  let plain: Sandbox;
  before(async () => {
    plain = await built(network());
  });

  it("makes a VPC with a public and a private subnet and a NAT gateway in each zone", () => {
    const perZone = [1, 2, 3].flatMap((zone) => [
      `Eip main-vpc-${zone}`,
      `NatGateway main-vpc-${zone}`,
      ...subnetParts.flatMap((part) => [
        `${part} main-vpc-private-${zone}`,
        `${part} main-vpc-public-${zone}`,
      ]),
    ]);
    assert.deepEqual(resources(plain), [...always, ...perZone].sort());
  });

  it("tells awsx every zone, block and gateway", () => {
    assert.deepEqual(plain.inputs("main-vpc", "awsx:ec2:Vpc"), {
      availabilityZoneNames: zones,
      cidrBlock: "10.0.0.0/16",
      enableDnsHostnames: true,
      enableDnsSupport: true,
      natGateways: { strategy: "OnePerAz" },
      subnetNameTagStrategy: "AvailabilityZone",
      subnetSpecs: [
        { type: "Public", cidrBlocks: ["10.0.24.0/22", "10.0.56.0/22", "10.0.88.0/22"] },
        { type: "Private", cidrBlocks: ["10.0.0.0/20", "10.0.32.0/20", "10.0.64.0/20"] },
      ],
      subnetStrategy: "Auto",
      tags: { Name: "main-vpc" },
    });
  });

  it("is the parent of all it makes", async () => {
    const stack = await built(network({ uses: [EndpointUse.Ssm] }));
    const { urn } = stack.resource("main");
    const strangers = stack.registrations.filter(
      ({ parent, type, name }) =>
        parent !== urn && type !== "evenkeel:index:Network" && !name.startsWith("main-vpc"),
    );
    assert.deepEqual(strangers, []);
    assert.equal(stack.resource("main-vpc", "awsx:ec2:Vpc").parent, urn);
  });

  describe("its outputs", () => {
    it("are ids in the order of the zones", async () => {
      const stack = await built(network({ isolatedSubnets: IsolatedSubnets.PerZone }));
      const ids = (tier: string) =>
        [1, 2, 3].map((zone) => stack.resource(`main-vpc-${tier}-${zone}`, "aws:ec2/subnet:Subnet").id);
      assert.deepEqual(stack.outputs("main"), {
        vpcId: stack.resource("main-vpc", "aws:ec2/vpc:Vpc").id,
        cidrBlock: "10.0.0.0/16",
        zoneNames: zones,
        publicSubnetIds: ids("public"),
        privateSubnetIds: ids("private"),
        isolatedSubnetIds: ids("isolated"),
        natPublicIps: [1, 2, 3].map(
          (zone) => stack.outputs(`main-vpc-${zone}`, "aws:ec2/natGateway:NatGateway").publicIp,
        ),
      });
    });

    it("are as many in a first preview, though nothing is known of them", async () => {
      const stack = await built(network(), { mode: "preview" });
      const unknown = zones.map(() => UNKNOWN);
      assert.deepEqual(stack.outputs("main"), {
        vpcId: UNKNOWN,
        cidrBlock: "10.0.0.0/16",
        zoneNames: zones,
        publicSubnetIds: unknown,
        privateSubnetIds: unknown,
        isolatedSubnetIds: [],
        natPublicIps: unknown,
      });
    });
  });

  describe("its NAT gateways", () => {
    it("are one in all when asked for a single one", async () => {
      const one = await built(network({ nat: { mode: NatMode.Single } }));
      assert.deepEqual(without(resources(one), resources(plain)), []);
      assert.deepEqual(without(resources(plain), resources(one)), [
        "Eip main-vpc-2",
        "Eip main-vpc-3",
        "NatGateway main-vpc-2",
        "NatGateway main-vpc-3",
      ]);
      assert.deepEqual(one.outputs("main").natPublicIps, [
        one.outputs("main-vpc-1", "aws:ec2/natGateway:NatGateway").publicIp,
      ]);
      const gateway = one.resource("main-vpc-1", "aws:ec2/natGateway:NatGateway").id;
      const ways = zones.map(
        (_, index) => one.inputs(`main-vpc-private-${index + 1}`, "aws:ec2/route:Route").natGatewayId,
      );
      assert.deepEqual(ways, [gateway, gateway, gateway]);
    });

    it("leave private subnets without a route out when there are none", async () => {
      const none = await built(network({ nat: { mode: NatMode.None } }));
      assert.deepEqual(without(resources(none), resources(plain)), []);
      assert.deepEqual(
        without(resources(plain), resources(none)),
        ["Eip main-vpc", "NatGateway main-vpc", "Route main-vpc-private"].flatMap((each) =>
          [1, 2, 3].map((zone) => `${each}-${zone}`),
        ),
      );
      assert.deepEqual(none.outputs("main").natPublicIps, []);
    });

    it("take the addresses they are given, in the order of the zones", async () => {
      const elasticIpIds = ["eipalloc-0a", "eipalloc-0b", "eipalloc-0c"];
      const stack = await built(network({ nat: { elasticIpIds } }));
      const allocations = [1, 2, 3].map(
        (zone) => stack.inputs(`main-vpc-${zone}`, "aws:ec2/natGateway:NatGateway").allocationId,
      );
      assert.deepEqual(allocations, elasticIpIds);
      assert.deepEqual(
        resources(stack).filter((each) => each.startsWith("Eip")),
        [],
      );
    });
  });

  describe("isolated subnets", () => {
    it("come with a route table that leads nowhere", async () => {
      const after = await built(network({ isolatedSubnets: IsolatedSubnets.PerZone }));
      assert.deepEqual(without(resources(plain), resources(after)), []);
      assert.deepEqual(
        without(resources(after), resources(plain)),
        ["RouteTable", "RouteTableAssociation", "Subnet"].flatMap((part) =>
          [1, 2, 3].map((zone) => `${part} main-vpc-isolated-${zone}`),
        ),
      );
    });

    it("move no other subnet, and neither does another zone", async () => {
      const before = await built(network({ zones: zones.slice(0, 2) }));
      const after = await built(network({ isolatedSubnets: IsolatedSubnets.PerZone }));
      const subnets = before.registrations.filter(({ type }) => type === "aws:ec2/subnet:Subnet");
      assert.equal(subnets.length, 4);
      for (const { name, type, inputs } of subnets) assert.deepEqual(after.inputs(name, type), inputs);
    });
  });

  it("names subnets and their route tables by kind and zone, and adds the user's tags to every child", async () => {
    const tags = { owner: "platform", Name: "mine" };
    const stack = await built(
      network({ tags, isolatedSubnets: IsolatedSubnets.PerZone, uses: [EndpointUse.Logs] }),
    );
    const found = stack.registrations
      .filter(({ custom, inputs }) => custom && inputs.tags !== undefined)
      .map(({ inputs, type }) => [type.split(":").at(-1), inputs.tags] as const);
    const withName = (Name: string) => ({ owner: "platform", Name });
    const subnets = ["Public", "Private", "Isolated"].flatMap((SubnetType) =>
      ["1a", "1b", "1c"].flatMap((zone) =>
        ["RouteTable", "Subnet"].map((part) => {
          const Name = `main-vpc-${SubnetType.toLowerCase()}-${zone}`;
          return [part, { owner: "platform", Name, SubnetType }] as const;
        }),
      ),
    );
    const expected = [
      ...subnets,
      ...[1, 2, 3].flatMap((zone) => [
        ["Eip", withName(`main-vpc-${zone}`)] as const,
        ["NatGateway", withName(`main-vpc-${zone}`)] as const,
      ]),
      ["DefaultSecurityGroup", withName("main-default-sg")] as const,
      ["FlowLog", withName("main-flow-logs")] as const,
      ["InternetGateway", withName("main-vpc")] as const,
      ["LogGroup", withName("main-flow-logs")] as const,
      ["Role", withName("main-flow-logs")] as const,
      ["SecurityGroup", withName("main-endpoints")] as const,
      ["SecurityGroupIngressRule", withName("main-endpoints-443")] as const,
      ["Vpc", withName("main-vpc")] as const,
      ["VpcEndpoint", withName("main-endpoint-dynamodb")] as const,
      ["VpcEndpoint", withName("main-endpoint-logs")] as const,
      ["VpcEndpoint", withName("main-endpoint-s3")] as const,
    ];
    const key = ([part, each]: readonly [unknown, unknown]) =>
      JSON.stringify([part, (each as { Name: string }).Name]);
    const byKey = (list: readonly (readonly [unknown, unknown])[]) =>
      new Map(list.map((each) => [key(each), each[1]]));
    assert.deepEqual(byKey(found), byKey(expected));
  });

  describe("its flow log", () => {
    it("records all traffic of the VPC every minute and keeps it for 30 days", () => {
      assert.deepEqual(plain.inputs("main-flow-logs", "aws:ec2/flowLog:FlowLog"), {
        vpcId: plain.resource("main-vpc", "aws:ec2/vpc:Vpc").id,
        trafficType: "ALL",
        logDestinationType: "cloud-watch-logs",
        logDestination: plain.outputs("main-flow-logs", "aws:cloudwatch/logGroup:LogGroup").arn,
        iamRoleArn: plain.outputs("main-flow-logs", "aws:iam/role:Role").arn,
        maxAggregationInterval: 60,
        tags: { Name: "main-flow-logs" },
      });
      assert.deepEqual(plain.inputs("main-flow-logs", "aws:cloudwatch/logGroup:LogGroup"), {
        retentionInDays: 30,
        tags: { Name: "main-flow-logs" },
      });
    });

    it("is kept as long as asked for", async () => {
      const stack = await built(network({ flowLogs: { retentionDays: 365 } }));
      assert.equal(stack.inputs("main-flow-logs", "aws:cloudwatch/logGroup:LogGroup").retentionInDays, 365);
    });

    it("is delivered by a role only this account's flow logs may assume", () => {
      const { assumeRolePolicy, ...rest } = plain.inputs("main-flow-logs", "aws:iam/role:Role");
      assert.deepEqual(rest, {
        description: "Delivers VPC flow logs to CloudWatch Logs",
        tags: { Name: "main-flow-logs" },
      });
      assert.deepEqual(JSON.parse(String(assumeRolePolicy)), {
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Principal: { Service: "vpc-flow-logs.amazonaws.com" },
            Action: "sts:AssumeRole",
            Condition: {
              StringEquals: { "aws:SourceAccount": "123456789012" },
              ArnLike: { "aws:SourceArn": "arn:aws:ec2:us-east-1:123456789012:vpc-flow-log/*" },
            },
          },
        ],
      });
    });

    it("is delivered by a role that may write to its log group and create none", () => {
      const { role, policy } = plain.inputs("main-flow-logs", "aws:iam/rolePolicy:RolePolicy");
      const { arn } = plain.outputs("main-flow-logs", "aws:cloudwatch/logGroup:LogGroup");
      assert.equal(role, plain.outputs("main-flow-logs", "aws:iam/role:Role").name);
      assert.deepEqual(JSON.parse(String(policy)), {
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Action: [
              "logs:CreateLogStream",
              "logs:DescribeLogGroups",
              "logs:DescribeLogStreams",
              "logs:PutLogEvents",
            ],
            Resource: [arn, `${arn}:*`],
          },
        ],
      });
    });

    it("waits for that role's policy", () => {
      const policy = plain.resource("main-flow-logs", "aws:iam/rolePolicy:RolePolicy").urn;
      assert.ok(plain.resource("main-flow-logs", "aws:ec2/flowLog:FlowLog").dependencies.includes(policy));
    });
  });

  it("leaves the default security group without a rule", () => {
    assert.deepEqual(plain.inputs("main-default-sg"), {
      vpcId: plain.resource("main-vpc", "aws:ec2/vpc:Vpc").id,
      ingress: [],
      egress: [],
      tags: { Name: "main-default-sg" },
    });
  });

  describe("its gateway endpoints", () => {
    for (const service of ["s3", "dynamodb"]) {
      it(`lead from every private and isolated subnet to ${service}`, async () => {
        const stack = await built(network({ isolatedSubnets: IsolatedSubnets.PerZone }));
        const table = (name: string) =>
          stack.resource(`main-vpc-${name}`, "aws:ec2/routeTable:RouteTable").id;
        assert.deepEqual(stack.inputs(`main-endpoint-${service}`), {
          vpcId: stack.resource("main-vpc", "aws:ec2/vpc:Vpc").id,
          vpcEndpointType: "Gateway",
          serviceName: `com.amazonaws.us-east-1.${service}`,
          routeTableIds: [1, 2, 3].flatMap((zone) => [table(`private-${zone}`), table(`isolated-${zone}`)]),
          tags: { Name: `main-endpoint-${service}` },
        });
      });
    }

    it("show in a first preview how many route tables they are in", async () => {
      const stack = await built(network(), { mode: "preview" });
      assert.deepEqual(
        stack.inputs("main-endpoint-s3").routeTableIds,
        zones.map(() => UNKNOWN),
      );
    });

    it("are those of the region the zones are in", async () => {
      const stack = await built(network({ zones: ["eu-west-1a", "eu-west-1b"] }), { region: "eu-west-1" });
      assert.equal(stack.inputs("main-endpoint-s3").serviceName, "com.amazonaws.eu-west-1.s3");
    });
  });

  describe("its interface endpoints", () => {
    const endpoints: [use: EndpointUse, services: string[]][] = [
      [EndpointUse.Ssm, ["ec2messages", "ssm", "ssmmessages"]],
      [EndpointUse.Ecr, ["ecr.api", "ecr.dkr"]],
      [EndpointUse.Logs, ["logs"]],
      [EndpointUse.Monitoring, ["monitoring"]],
      [EndpointUse.SecretsManager, ["secretsmanager"]],
    ];
    for (const [use, services] of endpoints) {
      it(`are ${services.join(", ")} for ${use}, with one security group`, async () => {
        const after = await built(network({ uses: [use] }));
        assert.deepEqual(
          without(resources(after), resources(plain)),
          [
            "SecurityGroup main-endpoints",
            "SecurityGroupIngressRule main-endpoints-443",
            ...services.map((service) => `VpcEndpoint main-endpoint-${service.replace(".", "-")}`),
          ].sort(),
        );
        for (const service of services) {
          assert.deepEqual(after.inputs(`main-endpoint-${service.replace(".", "-")}`), {
            vpcId: after.resource("main-vpc", "aws:ec2/vpc:Vpc").id,
            vpcEndpointType: "Interface",
            serviceName: `com.amazonaws.us-east-1.${service}`,
            privateDnsEnabled: true,
            subnetIds: after.outputs("main").privateSubnetIds,
            securityGroupIds: [after.resource("main-endpoints").id],
            tags: { Name: `main-endpoint-${service.replace(".", "-")}` },
          });
        }
      });
    }

    it("are there once when a use is named twice", async () => {
      const stack = await built(network({ uses: [EndpointUse.Logs, EndpointUse.Logs] }));
      assert.deepEqual(
        resources(stack).filter((each) => each.startsWith("VpcEndpoint")),
        [
          "VpcEndpoint main-endpoint-dynamodb",
          "VpcEndpoint main-endpoint-logs",
          "VpcEndpoint main-endpoint-s3",
        ],
      );
    });

    it("are open on port 443 to the VPC and to nobody else", async () => {
      const stack = await built(network({ cidrBlock: "10.9.0.0/20", uses: [EndpointUse.Ecr] }));
      assert.deepEqual(stack.inputs("main-endpoints"), {
        vpcId: stack.resource("main-vpc", "aws:ec2/vpc:Vpc").id,
        description: "Interface endpoints",
        tags: { Name: "main-endpoints" },
      });
      assert.deepEqual(stack.inputs("main-endpoints-443"), {
        securityGroupId: stack.resource("main-endpoints").id,
        description: "HTTPS from the VPC",
        ipProtocol: "tcp",
        fromPort: 443,
        toPort: 443,
        cidrIpv4: "10.9.0.0/20",
        tags: { Name: "main-endpoints-443" },
      });
    });
  });

  describe("its transforms", () => {
    it("have the last word on each child", async () => {
      const bend = <Args>(shape: { args: Args; opts: object }) => ({
        args: { ...shape.args, tags: { bent: "yes" } },
        opts: shape.opts,
      });
      const transform = {
        vpc: bend,
        defaultSecurityGroup: bend,
        flowLogGroup: bend,
        flowLogRole: bend,
        flowLog: bend,
        gatewayEndpoint: bend,
        interfaceEndpoint: bend,
        endpointSecurityGroup: bend,
      };
      const stack = await built(network({ uses: [EndpointUse.Logs] }, { transform }));
      const bent = stack.registrations.filter(
        ({ inputs, name, type }) =>
          JSON.stringify(inputs.tags) === '{"bent":"yes"}' &&
          (type === "awsx:ec2:Vpc" || name !== "main-vpc"),
      );
      assert.deepEqual(bent.map(({ type, name }) => `${type.split(":").at(-1)} ${name}`).sort(), [
        "DefaultSecurityGroup main-default-sg",
        "FlowLog main-flow-logs",
        "LogGroup main-flow-logs",
        "Role main-flow-logs",
        "SecurityGroup main-endpoints",
        "Vpc main-vpc",
        "VpcEndpoint main-endpoint-dynamodb",
        "VpcEndpoint main-endpoint-logs",
        "VpcEndpoint main-endpoint-s3",
      ]);
    });

    it("may not change how many gateways or subnets there are", async () => {
      const vpc: NonNullable<NetworkOptions["transform"]>["vpc"] = ({ args, opts }) => ({
        args: { ...args, natGateways: { strategy: "Single" } },
        opts,
      });
      // Before it, the SDK says which property it was reading.
      const end = "invalid arguments\n  transform.vpc: must leave 3 NAT gateways, left 1";
      await assert.rejects(built(network({}, { transform: { vpc } })), ({ message }: Error) =>
        message.endsWith(end),
      );
    });
  });

  describe("with bad arguments", () => {
    const refused: [what: string, args: Partial<NetworkArgs>, faults: string[]][] = [
      ["one zone", { zones: ["us-east-1a"] }, ["zones: needs 2 to 6, got 1"]],
      [
        "a region for a zone",
        { zones: ["us-east-1a", "us-east-1"] },
        ['zones[1]: must be an availability zone such as "us-east-1a", got "us-east-1"'],
      ],
      [
        "zones of two regions",
        { zones: ["us-east-1a", "eu-west-1a"] },
        ['zones[1]: must be in us-east-1 like the first, got "eu-west-1a"'],
      ],
      [
        "a zone twice",
        { zones: ["us-east-1a", "us-east-1a"] },
        ['zones[1]: must differ from the zones before it, got "us-east-1a" again'],
      ],
      [
        "a malformed block",
        { cidrBlock: "10.0.0.0" },
        ['cidrBlock: must be an IPv4 block such as "10.0.0.0/16", got "10.0.0.0"'],
      ],
      [
        "too large a block",
        { cidrBlock: "10.0.0.0/8" },
        ['cidrBlock: must be a /16 to a /24, got "10.0.0.0/8"'],
      ],
      [
        "too small a block",
        { cidrBlock: "10.0.0.0/24" },
        ['cidrBlock: must be a /23 or wider for 3 zones, got "10.0.0.0/24" with room for 2'],
      ],
      [
        "a block that begins elsewhere",
        { cidrBlock: "10.0.3.0/16" },
        ['cidrBlock: must begin at its first address, "10.0.0.0/16", got "10.0.3.0/16"'],
      ],
      [
        "more addresses than gateways",
        { nat: { mode: NatMode.Single, elasticIpIds: ["eipalloc-1", "eipalloc-2"] } },
        ['nat.elasticIpIds: nat.mode "single" takes 1, got 2'],
      ],
      [
        "addresses without gateways",
        { nat: { mode: NatMode.None, elasticIpIds: ["eipalloc-1"] } },
        ['nat.elasticIpIds: nat.mode "none" takes 0, got 1'],
      ],
      [
        "fewer addresses than zones",
        { nat: { elasticIpIds: ["eipalloc-1"] } },
        ['nat.elasticIpIds: nat.mode "perZone" takes 3, got 1'],
      ],
      [
        "a retention CloudWatch Logs does not offer",
        { flowLogs: { retentionDays: 45 } },
        [
          "flowLogs.retentionDays: must be one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, " +
            "1096, 1827, 2192, 2557, 2922, 3288, 3653, got 45",
        ],
      ],
      [
        "words it does not know",
        // What another language or a config file can hand over.
        JSON.parse(
          '{"nat":{"mode":"two","elasticIpIds":["a"]},"isolatedSubnets":"yes","uses":["logs","kms"]}',
        ),
        [
          'isolatedSubnets: must be one of "none", "perZone", got "yes"',
          'nat.mode: must be one of "perZone", "single", "none", got "two"',
          'uses[1]: must be one of "ssm", "ecr", "logs", "monitoring", "secretsManager", got "kms"',
        ],
      ],
      [
        "everything at once",
        {
          zones: ["a", "b", "c", "d", "e", "f", "g", "h", "i"].map((letter) => `us-east-1${letter}`),
          cidrBlock: "10.0.0.1/24",
          nat: { elasticIpIds: ["eipalloc-1"] },
          flowLogs: { retentionDays: 0 },
        },
        [
          "zones: needs 2 to 6, got 9",
          'cidrBlock: must begin at its first address, "10.0.0.0/24", got "10.0.0.1/24"',
          'cidrBlock: must be a /22 or wider for 6 zones, got "10.0.0.1/24" with room for 2',
          'nat.elasticIpIds: nat.mode "perZone" takes 9, got 1',
          "flowLogs.retentionDays: must be one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, " +
            "1096, 1827, 2192, 2557, 2922, 3288, 3653, got 0",
        ],
      ],
    ];
    for (const [what, args, faults] of refused) {
      it(`makes nothing of ${what}`, async () => {
        const sandbox = await sandboxMocks();
        const message = ["invalid arguments", ...faults.map((fault) => `  ${fault}`)].join("\n");
        assert.throws(network(args), { name: "ArgumentError", message });
        await sandbox.settled();
        assert.deepEqual(sandbox.names, ["main"]);
      });
    }

    it("makes nothing of a name the flow log's role has no room for", async () => {
      const sandbox = await sandboxMocks();
      const name = "n".repeat(47);
      assert.throws(() => new Network(name, { zones }), {
        message:
          'invalid arguments\n  name: must have 46 characters or fewer to leave room for "-flow-logs", got 47',
      });
      await sandbox.settled();
      assert.deepEqual(sandbox.names, [name]);
    });
  });
});
