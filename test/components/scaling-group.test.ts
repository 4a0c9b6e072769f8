import assert from "node:assert/strict";
import { ScalingGroup, type ScalingGroupArgs } from "../../components/scaling-group/scaling-group";
import { UNKNOWN } from "../../sandbox";
import { built } from "../support/built";

const args: ScalingGroupArgs = {
  vpcId: "vpc-0a1b2c3d4e5f60718",
  subnetIds: ["subnet-0a1b2c3d4e5f60711", "subnet-0a1b2c3d4e5f60712"],
  maxSize: 10,
};
const balancerGroup = "sg-0a1b2c3d4e5f60718";
const targetGroupArn = "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/web/943f017f100becff";

function preview(more: Partial<ScalingGroupArgs> = {}) {
  return built(() => new ScalingGroup("web", { ...args, ...more }), { mode: "preview" });
}

describe("a scaling group", () => {
  it("has these children and no others", async () => {
    assert.deepEqual((await preview()).names, [
      "web",
      "web-asg",
      "web-cpu",
      "web-drain",
      "web-egress-443",
      "web-egress-80",
      "web-profile",
      "web-role",
      "web-role-cloudwatch-agent",
      "web-role-session-manager",
      "web-sg",
      "web-template",
    ]);
  });

  it("takes AWS's own policies from the partition it is in", async () => {
    const stack = await built(() => new ScalingGroup("web", args), { region: "us-gov-west-1" });
    assert.deepEqual(
      ["session-manager", "cloudwatch-agent"].map((key) => stack.inputs(`web-role-${key}`).policyArn),
      [
        "arn:aws-us-gov:iam::aws:policy/AmazonSSMManagedInstanceCore",
        "arn:aws-us-gov:iam::aws:policy/CloudWatchAgentServerPolicy",
      ],
    );
  });

  it("has a child more for each traffic source's port, policy, target group and target it is given", async () => {
    const stack = await preview({
      trafficSources: { balancer: { securityGroupId: balancerGroup, ports: [8080, 9090] } },
      managedPolicyArns: { "read-parameters": "arn:aws:iam::123456789012:policy/read-parameters" },
      targetGroupArns: { main: targetGroupArn },
      scaling: {
        memory: { targetPercent: 80 },
        requests: {
          main: {
            loadBalancerArnSuffix: "app/edge/50dc6c495c0c9188",
            targetGroupArnSuffix: "targetgroup/web/943f",
          },
        },
      },
    });
    const plain = new Set((await preview()).names);
    assert.deepEqual(
      stack.names.filter((name) => !plain.has(name)),
      [
        "web-attachment-main",
        "web-ingress-balancer-8080",
        "web-ingress-balancer-9090",
        "web-memory",
        "web-requests-main",
        "web-role-read-parameters",
      ],
    );
  });

  it("is the parent of each of its children", async () => {
    const stack = await preview();
    const own = stack.resource("web").urn;
    const others = stack.registrations.filter(({ name }) => name !== "web");
    assert.deepEqual([...new Set(others.map(({ parent }) => parent))], [own]);
  });

  it("launches over its subnets, balances zones, and reports its sizes every minute", async () => {
    assert.deepEqual((await preview()).inputs("web-asg"), {
      vpcZoneIdentifiers: args.subnetIds,
      availabilityZoneDistribution: { capacityDistributionStrategy: "balanced-best-effort" },
      minSize: 2,
      maxSize: 10,
      desiredCapacity: 2,
      waitForCapacityTimeout: "10m",
      healthCheckType: "EC2",
      healthCheckGracePeriod: 300,
      defaultInstanceWarmup: 90,
      enabledMetrics: [
        "GroupDesiredCapacity",
        "GroupInServiceInstances",
        "GroupPendingInstances",
        "GroupTerminatingInstances",
        "GroupTotalInstances",
      ],
      metricsGranularity: "1Minute",
      terminationPolicies: ["OldestLaunchTemplate", "Default"],
      maxInstanceLifetime: 2_592_000,
      capacityRebalance: false,
      instanceMaintenancePolicy: { minHealthyPercentage: 100, maxHealthyPercentage: 150 },
      instanceRefresh: {
        strategy: "Rolling",
        preferences: {
          minHealthyPercentage: 100,
          maxHealthyPercentage: 150,
          instanceWarmup: "120",
          autoRollback: false,
        },
      },
      launchTemplate: { id: UNKNOWN, version: UNKNOWN },
      tags: [{ key: "Name", value: "web", propagateAtLaunch: true }],
    });
  });

  it("leaves capacity to its policies once it is there", async () => {
    const stack = await preview({ minSize: 3, desiredCapacity: 5 });
    assert.equal(stack.inputs("web-asg").desiredCapacity, 5);
    assert.deepEqual(stack.resource("web-asg").ignoreChanges, ["desiredCapacity"]);
  });

  it("launches its template by number, so that a new one starts a refresh", async () => {
    const stack = await built(() => new ScalingGroup("web", args));
    assert.deepEqual(stack.inputs("web-asg").launchTemplate, {
      id: stack.resource("web-template").id,
      version: `${stack.outputs("web-template").latestVersion}`,
    });
  });

  it("boots no instance that may not yet call AWS, or cannot reach it", async () => {
    const stack = await preview();
    const names = stack.resource("web-asg").dependencies.map((urn) => urn.split("::").at(-1));
    assert.deepEqual(names.sort(), [
      "web-egress-443",
      "web-egress-80",
      "web-role-cloudwatch-agent",
      "web-role-session-manager",
      "web-template",
    ]);
  });

  it("trusts the load balancer's probes and attaches each target group by itself", async () => {
    const stack = await preview({ targetGroupArns: { main: targetGroupArn } });
    assert.equal(stack.inputs("web-asg").healthCheckType, "ELB");
    assert.deepEqual(stack.inputs("web-attachment-main"), {
      autoscalingGroupName: stack.outputs("web-asg").name,
      lbTargetGroupArn: targetGroupArn,
    });
  });

  for (const [drainSeconds, heartbeatTimeout] of [
    [undefined, 90],
    [0, 90],
    [60, 90],
    [300, 330],
    [3600, 3630],
  ] as const) {
    it(`gives a terminating instance ${heartbeatTimeout} s when it drains for ${drainSeconds ?? "the usual time"}`, async () => {
      const stack = await preview(drainSeconds === undefined ? {} : { drainSeconds });
      assert.deepEqual(stack.inputs("web-drain"), {
        autoscalingGroupName: stack.outputs("web-asg").name,
        lifecycleTransition: "autoscaling:EC2_INSTANCE_TERMINATING",
        heartbeatTimeout,
        defaultResult: "CONTINUE",
      });
    });
  }

  it("starts physical names with the prefix it is given", async () => {
    const stack = await preview({ namePrefix: "shop-production" });
    assert.deepEqual(
      ["web-asg", "web-template", "web-sg"].map((name) => stack.inputs(name).namePrefix),
      ["shop-production-web-asg-", "shop-production-web-template-", "shop-production-web-sg-"],
    );
  });

  it("tags every child, its instances and their volumes", async () => {
    const stack = await preview({ tags: { owner: "platform", Name: "ignored" } });
    assert.deepEqual(stack.inputs("web-asg").tags, [
      { key: "owner", value: "platform", propagateAtLaunch: true },
      { key: "Name", value: "web", propagateAtLaunch: true },
    ]);
    assert.deepEqual(stack.inputs("web-template").tagSpecifications, [
      { resourceType: "instance", tags: { owner: "platform", Name: "web" } },
      { resourceType: "volume", tags: { owner: "platform", Name: "web" } },
    ]);
    for (const name of ["web-role", "web-profile", "web-sg", "web-egress-443", "web-template"]) {
      assert.deepEqual(stack.inputs(name).tags, { owner: "platform", Name: name });
    }
  });

  it("shows what people attach things to", async () => {
    const stack = await built(() => new ScalingGroup("web", args));
    const of = (name: string) => stack.outputs(name);
    assert.deepEqual(of("web"), {
      groupName: of("web-asg").name,
      groupArn: of("web-asg").arn,
      launchTemplateId: stack.resource("web-template").id,
      securityGroupId: stack.resource("web-sg").id,
      roleArn: of("web-role").arn,
      roleName: of("web-role").name,
      instanceProfileArn: of("web-profile").arn,
      scalingPolicyArns: [of("web-cpu").arn],
    });
  });

  it("lets a user have the last word on a child", async () => {
    const stack = await built(
      () =>
        new ScalingGroup("web", args, {
          transform: {
            group: ({ args, opts }) => ({
              args: { ...args, placementGroup: "close" },
              opts: { ...opts, protect: true },
            }),
            launchTemplate: ({ args, opts }) => ({ args: { ...args, ebsOptimized: "true" }, opts }),
          },
        }),
      { mode: "preview" },
    );
    assert.equal(stack.inputs("web-asg").placementGroup, "close");
    assert.equal(stack.resource("web-asg").protect, true);
    assert.equal(stack.inputs("web-template").ebsOptimized, "true");
  });
});

describe("the instances of a scaling group", () => {
  it("are launched with encrypted disks, session tokens and detailed monitoring", async () => {
    assert.deepEqual((await preview()).inputs("web-template"), {
      updateDefaultVersion: true,
      imageId: "resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64",
      instanceType: "t3.medium",
      iamInstanceProfile: { arn: UNKNOWN },
      vpcSecurityGroupIds: [UNKNOWN],
      monitoring: { enabled: true },
      metadataOptions: {
        httpEndpoint: "enabled",
        httpTokens: "required",
        httpPutResponseHopLimit: 1,
        instanceMetadataTags: "enabled",
      },
      blockDeviceMappings: [
        {
          deviceName: "/dev/xvda",
          ebs: {
            volumeType: "gp3",
            volumeSize: 20,
            iops: 3000,
            throughput: 125,
            encrypted: "true",
            deleteOnTermination: "true",
          },
        },
      ],
      tagSpecifications: [
        { resourceType: "instance", tags: { Name: "web" } },
        { resourceType: "volume", tags: { Name: "web" } },
      ],
      tags: { Name: "web-template" },
    });
  });

  it("run Amazon Linux for Graviton where the types are", async () => {
    assert.equal(
      (await preview({ instanceTypes: ["t4g.medium"] })).inputs("web-template").imageId,
      "resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64",
    );
  });

  it("run the image a parameter names", async () => {
    const stack = await preview({ image: { parameter: "/golden/web:42" } });
    assert.equal(stack.inputs("web-template").imageId, "resolve:ssm:/golden/web:42");
  });

  it("run a pinned image, and those that run it already are left alone by a refresh", async () => {
    const stack = await preview({ image: { id: "ami-0a1b2c3d4e5f60718" } });
    assert.equal(stack.inputs("web-template").imageId, "ami-0a1b2c3d4e5f60718");
    assert.deepEqual(stack.inputs("web-asg").instanceRefresh, {
      strategy: "Rolling",
      preferences: {
        minHealthyPercentage: 100,
        maxHealthyPercentage: 150,
        instanceWarmup: "120",
        autoRollback: false,
        skipMatching: true,
      },
    });
  });

  it("run what they are told at their first boot", async () => {
    const stack = await preview({ userData: "#!/bin/sh\necho ready\n", keyName: "ops" });
    assert.equal(stack.inputs("web-template").userData, "IyEvYmluL3NoCmVjaG8gcmVhZHkK");
    assert.equal(stack.inputs("web-template").keyName, "ops");
  });

  it("let containers read their metadata where that is asked for", async () => {
    const stack = await preview({ metadataAccess: "containers" });
    assert.deepEqual(stack.inputs("web-template").metadataOptions, {
      httpEndpoint: "enabled",
      httpTokens: "required",
      httpPutResponseHopLimit: 2,
      instanceMetadataTags: "enabled",
    });
  });

  it("have the volume they are given", async () => {
    const stack = await preview({
      volume: { sizeGiB: 100, iops: 16_000, throughputMiBps: 1000, deviceName: "/dev/sda1" },
    });
    assert.deepEqual(stack.inputs("web-template").blockDeviceMappings, [
      {
        deviceName: "/dev/sda1",
        ebs: {
          volumeType: "gp3",
          volumeSize: 100,
          iops: 16_000,
          throughput: 1000,
          encrypted: "true",
          deleteOnTermination: "true",
        },
      },
    ]);
  });

  it("are replaced as they are told", async () => {
    const stack = await preview({
      instanceRefresh: {
        minHealthyPercent: 90,
        maxHealthyPercent: 110,
        warmupSeconds: 60,
        alarmNames: ["web-5xx"],
      },
      maxInstanceLifetimeDays: 7,
      healthCheckGraceSeconds: 120,
    });
    const group = stack.inputs("web-asg");
    assert.deepEqual(group.instanceMaintenancePolicy, {
      minHealthyPercentage: 90,
      maxHealthyPercentage: 110,
    });
    assert.deepEqual(group.instanceRefresh, {
      strategy: "Rolling",
      preferences: {
        minHealthyPercentage: 90,
        maxHealthyPercentage: 110,
        instanceWarmup: "60",
        autoRollback: false,
        alarmSpecification: { alarms: ["web-5xx"] },
      },
    });
    assert.equal(group.maxInstanceLifetime, 604_800);
    assert.equal(group.healthCheckGracePeriod, 120);
  });

  it("are the first type AWS has, where there are several, and always on demand", async () => {
    const group = (await preview({ instanceTypes: ["c6i.large", "c6a.large"] })).inputs("web-asg");
    assert.equal("launchTemplate" in group, false);
    assert.equal(group.capacityRebalance, false);
    assert.deepEqual(group.mixedInstancesPolicy, {
      instancesDistribution: {
        onDemandAllocationStrategy: "prioritized",
        onDemandBaseCapacity: 0,
        onDemandPercentageAboveBaseCapacity: 100,
      },
      launchTemplate: {
        launchTemplateSpecification: { launchTemplateId: UNKNOWN, version: UNKNOWN },
        overrides: [{ instanceType: "c6i.large" }, { instanceType: "c6a.large" }],
      },
    });
  });

  it("are spot instances above the base, replaced before they are taken away, when mixed", async () => {
    const stack = await preview({ instanceTypes: ["t3.medium", "t3a.medium"], purchase: { mode: "mixed" } });
    const group = stack.inputs("web-asg");
    assert.equal(group.capacityRebalance, true);
    assert.deepEqual(group.mixedInstancesPolicy, {
      instancesDistribution: {
        onDemandAllocationStrategy: "prioritized",
        onDemandBaseCapacity: 1,
        onDemandPercentageAboveBaseCapacity: 25,
        spotAllocationStrategy: "capacity-optimized",
      },
      launchTemplate: {
        launchTemplateSpecification: { launchTemplateId: UNKNOWN, version: UNKNOWN },
        overrides: [{ instanceType: "t3.medium" }, { instanceType: "t3a.medium" }],
      },
    });
  });

  it("are reached by their sources on their ports, and by nobody else", async () => {
    const stack = await preview({
      trafficSources: { balancer: { securityGroupId: balancerGroup, ports: [8080] } },
    });
    assert.deepEqual(stack.inputs("web-sg"), {
      vpcId: args.vpcId,
      description: "Instances of web",
      tags: { Name: "web-sg" },
    });
    assert.deepEqual(stack.inputs("web-ingress-balancer-8080"), {
      securityGroupId: UNKNOWN,
      description: "TCP 8080 from balancer",
      ipProtocol: "tcp",
      fromPort: 8080,
      toPort: 8080,
      referencedSecurityGroupId: balancerGroup,
      tags: { Name: "web-ingress-balancer-8080" },
    });
  });

  it("reach HTTPS and HTTP and nothing else", async () => {
    const stack = await preview();
    const rules = stack.registrations.filter(({ type }) => type.endsWith("SecurityGroupEgressRule"));
    assert.deepEqual(
      rules.map(({ inputs }) => [
        inputs.description,
        inputs.ipProtocol,
        inputs.fromPort,
        inputs.toPort,
        inputs.cidrIpv4,
      ]),
      [
        ["HTTPS to anywhere", "tcp", 443, 443, "0.0.0.0/0"],
        ["HTTP to anywhere, for package mirrors", "tcp", 80, 80, "0.0.0.0/0"],
      ],
    );
  });

  it("assume a role that allows Session Manager, the CloudWatch agent, and what the caller adds", async () => {
    const mine = "arn:aws:iam::123456789012:policy/read-parameters";
    const stack = await preview({ managedPolicyArns: { "read-parameters": mine } });
    const role = stack.outputs("web-role").name;
    assert.deepEqual(stack.inputs("web-role"), {
      description: "Instances of web",
      assumeRolePolicy:
        '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}]}',
      tags: { Name: "web-role" },
    });
    assert.deepEqual(
      ["session-manager", "cloudwatch-agent", "read-parameters"].map((key) =>
        stack.inputs(`web-role-${key}`),
      ),
      [
        { role, policyArn: "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore" },
        { role, policyArn: "arn:aws:iam::aws:policy/CloudWatchAgentServerPolicy" },
        { role, policyArn: mine },
      ],
    );
    assert.deepEqual(stack.inputs("web-profile"), { role, tags: { Name: "web-profile" } });
  });
});
