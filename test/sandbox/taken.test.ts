import assert from "node:assert/strict";
import { type Bag, UNKNOWN } from "../../sandbox";
import type { Made } from "../../sandbox/model/kind";
import { Account } from "./account";

const subnetType = "aws:ec2/subnet:Subnet";
const balancerType = "aws:lb/loadBalancer:LoadBalancer";

/** Subnets of one VPC, placed as told. */
function subnets(account: Account, ...places: readonly Bag[]): Made[] {
  const vpc = account.make("aws:ec2/vpc:Vpc", "net", {
    cidrBlock: "10.0.0.0/16",
    enableDnsHostnames: true,
  });
  return places.map((place, index) => {
    const inputs = { vpcId: vpc.id, cidrBlock: `10.0.${index}.0/24`, ...place };
    return account.make(subnetType, `s${index}`, inputs, { vpcId: [vpc] });
  });
}

const ids = (made: readonly Made[]) => made.map(({ id }) => id);

/** What the model says of subnets used together, by what uses them. */
function together(...places: readonly Bag[]): readonly unknown[] {
  const account = new Account();
  const made = subnets(account, ...places);
  const endpoint = { vpcId: made[0]?.inputs.vpcId ?? "", serviceName: "s", vpcEndpointType: "Interface" };
  return [
    ...account.failures(balancerType, { subnets: ids(made) }, { subnets: made }),
    ...account.failures("aws:ec2/vpcEndpoint:VpcEndpoint", { ...endpoint, subnetIds: ids(made) }),
  ];
}

describe("AWS takes subnets together", () => {
  const cases: readonly (readonly [title: string, ...places: Bag[]])[] = [
    ["in two zones named by id", { availabilityZoneId: "use1-az1" }, { availabilityZoneId: "use1-az2" }],
    ["that leave their zones to AWS", {}, {}],
    ["whose zones are not known yet", { availabilityZone: UNKNOWN }, { availabilityZone: UNKNOWN }],
    ["one of which leaves its zone to AWS", { availabilityZone: "us-east-1a" }, {}],
  ];
  for (const [title, ...places] of cases) it(title, () => assert.deepEqual(together(...places), []));

  it("but not in one zone named by id", () => {
    const zone = { availabilityZoneId: "use1-az1" };
    assert.equal(together(zone, zone).length, 2);
  });
});

describe("AWS takes a subnet", () => {
  function inZone(availabilityZone: string, region: string): number {
    const inputs = { vpcId: "vpc-1", cidrBlock: "10.0.0.0/24", availabilityZone, region };
    return new Account().failures(subnetType, inputs).length;
  }

  it("in a local zone, and in a zone of a region the model knows nothing of", () => {
    assert.deepEqual(
      [
        inZone("us-west-2-lax-1a", "us-west-2"),
        inZone("xx-new-1d", "xx-new-1"),
        inZone("us-west-1b", "us-west-1"),
      ],
      [0, 0, 1],
    );
  });

  it("by the id of its zone, and says its name", () => {
    const [made] = subnets(new Account(), { availabilityZoneId: "use1-az3" });
    assert.equal(made?.outputs.availabilityZone, "us-east-1c");
  });
});

describe("AWS takes", () => {
  const key = (action: string) => ({
    policy: JSON.stringify({
      Statement: [
        { Effect: "Allow", Principal: { AWS: "123456789012" }, Action: action, Resource: "*" },
        { Effect: "Allow", Principal: "*", Action: "kms:Decrypt", Resource: "*" },
      ],
    }),
  });
  const alarm = (more: Bag): Bag => ({
    comparisonOperator: "GreaterThanThreshold",
    evaluationPeriods: 3,
    metricName: "m",
    namespace: "n",
    period: 60,
    statistic: "Sum",
    threshold: 1,
    ...more,
  });
  const queried = (metricQueries: Bag["x"]): Bag => ({
    comparisonOperator: "GreaterThanThreshold",
    evaluationPeriods: 3,
    threshold: 1,
    metricQueries: metricQueries ?? null,
  });
  const group = (more: Bag): Bag => ({
    minSize: 1,
    maxSize: 2,
    vpcZoneIdentifiers: ["subnet-1"],
    launchTemplate: { id: "lt-1" },
    ...more,
  });
  const targets = (matcher: string, protocolVersion: string): Bag => ({
    port: 80,
    protocol: "HTTP",
    vpcId: "vpc-1",
    protocolVersion,
    healthCheck: { matcher },
  });
  const bucketPolicy = (resource: string): Bag => ({
    bucket: "logs",
    policy: JSON.stringify({
      Statement: [{ Effect: "Deny", Principal: "*", Action: "s3:*", Resource: resource }],
    }),
  });
  const metricAlarm = "aws:cloudwatch/metricAlarm:MetricAlarm";
  const composite = "aws:cloudwatch/compositeAlarm:CompositeAlarm";
  const scalingGroup = "aws:autoscaling/group:Group";
  const targetGroup = "aws:lb/targetGroup:TargetGroup";

  const cases: readonly (readonly [title: string, type: string, inputs: Bag])[] = [
    ["a key whose policy keeps control in other words", "aws:kms/key:Key", key("KMS:*keypolicy")],
    [
      "an alarm of periods not known yet",
      metricAlarm,
      alarm({ evaluationPeriods: UNKNOWN, datapointsToAlarm: 2 }),
    ],
    ["an alarm of queries not known yet", metricAlarm, queried(UNKNOWN)],
    ["an alarm of a query not known yet", metricAlarm, queried([{ id: "a", expression: "1" }, UNKNOWN])],
    [
      "an alarm of queries of which it is not known which returns data",
      metricAlarm,
      queried([{ id: "a", expression: "1", returnData: UNKNOWN }]),
    ],
    [
      "a composite alarm that counts",
      composite,
      { alarmName: "c", alarmRule: 'AT_LEAST(60%, NOT OK, ("a", "b")) AND NOT ALARM("d")' },
    ],
    ["a group with several health checks", scalingGroup, group({ healthCheckType: "EBS,ELB" })],
    ["gRPC codes of a gRPC target", targetGroup, targets("0,12-99", "GRPC")],
    [
      "a policy for buckets of a pattern",
      "aws:s3/bucketPolicy:BucketPolicy",
      bucketPolicy("arn:aws:s3:::log*/*"),
    ],
  ];
  for (const [title, type, inputs] of cases) {
    it(title, () => assert.deepEqual(new Account().failures(type, inputs), []));
  }

  const refused: readonly (readonly [
    title: string,
    type: string,
    inputs: Bag,
    at: string,
    reason: RegExp,
  ])[] = [
    [
      "a key nobody keeps control of",
      "aws:kms/key:Key",
      key("kms:Encrypt"),
      "policy",
      /update the key policy/,
    ],
    [
      "more points than periods",
      metricAlarm,
      alarm({ datapointsToAlarm: 4 }),
      "datapointsToAlarm",
      /got 4 and 3/,
    ],
    [
      "two queries that return data",
      metricAlarm,
      queried([1, 2].map((n) => ({ id: `q${n}`, expression: "1", returnData: true }))),
      "metricQueries",
      /got 2/,
    ],
    [
      "a count of nothing",
      composite,
      { alarmName: "c", alarmRule: "AT_LEAST(2, ALARM)" },
      "alarmRule",
      /valid expression/,
    ],
    [
      "a health check nobody makes",
      scalingGroup,
      group({ healthCheckType: "ELB,HTTP" }),
      "healthCheckType",
      /'ELB,HTTP'/,
    ],
    [
      "HTTP codes of a gRPC target",
      targetGroup,
      targets("200", "GRPC"),
      "healthCheck.matcher",
      /GRPC code '200' must be within '0-99'/,
    ],
    [
      "gRPC codes of an HTTP target",
      targetGroup,
      targets("0-99", "HTTP1"),
      "healthCheck.matcher",
      /HTTP code '0-99'/,
    ],
    [
      "a policy for another bucket",
      "aws:s3/bucketPolicy:BucketPolicy",
      bucketPolicy("arn:aws:s3:::other/*"),
      "policy",
      /other/,
    ],
  ];
  for (const [title, type, inputs, at, reason] of refused) {
    it(`but not ${title}`, () => {
      const failures = new Account().failures(type, inputs);
      assert.deepEqual(
        failures.map(({ property }) => property),
        [at],
      );
      assert.match(failures[0]?.reason ?? "", reason);
    });
  }
});

describe("AWS takes a listener", () => {
  const listener = (more: Bag): Bag => ({
    loadBalancerArn:
      "arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/a/0123456789abcdef",
    port: 443,
    protocol: "HTTPS",
    defaultActions: [
      { type: "fixed-response", fixedResponse: { contentType: "text/plain", statusCode: "404" } },
    ],
    ...more,
  });
  const type = "aws:lb/listener:Listener";

  it("with a certificate of one's own authority, which is issued at once", () => {
    const account = new Account();
    const authority = "arn:aws:acm-pca:us-east-1:123456789012:certificate-authority/a";
    const inputs = { domainName: "a.internal.example", certificateAuthorityArn: authority };
    const certificate = account.make("aws:acm/certificate:Certificate", "own", inputs);
    const sources = { certificateArn: [certificate] };
    assert.deepEqual(account.failures(type, listener({ certificateArn: certificate.id }), sources), []);
  });

  it("but not one that redirects to HTTP, nor one that changes only the query", () => {
    const to = (redirect: Bag, protocol: string) => {
      const certificate = "arn:aws:acm:us-east-1:123456789012:certificate/a";
      const defaultActions = [{ type: "redirect", redirect: { statusCode: "HTTP_301", ...redirect } }];
      const secured = protocol === "HTTPS" ? { certificateArn: certificate } : {};
      return new Account()
        .failures(type, { ...listener({ protocol, defaultActions }), ...secured })
        .map(({ reason }) => reason);
    };
    assert.deepEqual(to({ protocol: "HTTP", port: "80" }, "HTTPS"), [
      "InvalidLoadBalancerAction: You cannot redirect HTTPS to HTTP",
    ]);
    assert.deepEqual(to({ query: "again=yes" }, "HTTP"), [
      "InvalidLoadBalancerAction: The redirect configuration is not valid because it creates a loop",
    ]);
    assert.deepEqual(to({ host: "www.example.com" }, "HTTPS"), []);
  });
});
