import assert from "node:assert/strict";
import { UNKNOWN } from "../../../sandbox";
import { Account, type Case } from "../account";
import { eachIsRefused } from "./single";

const type = "aws:lb/targetGroup:TargetGroup";
const good = { port: 8080, protocol: "HTTP", vpcId: "vpc-0a" };

function probe(title: string, healthCheck: Case["inputs"], at: string, reason: string): Case {
  return { title, type, inputs: { ...good, healthCheck }, at: `healthCheck.${at}`, reason };
}

function bound(title: string, inputs: Case["inputs"], at: string, reason: string): Case {
  return { title, type, inputs: { ...good, ...inputs }, at, reason };
}

describe("AWS refuses a target group", () => {
  eachIsRefused([
    bound(
      "with a prefix of seven characters",
      { namePrefix: "website" },
      "namePrefix",
      '"name_prefix" cannot be longer than 6 characters, got 7',
    ),
    bound("on port 0", { port: 0 }, "port", "expected port to be in the range (1 - 65535), got 0"),
    {
      title: "of instances in no VPC",
      type,
      inputs: { port: 80, protocol: "HTTP" },
      at: "vpcId",
      reason: 'Attribute "vpc_id" must be specified when "target_type" is "instance".',
    },
    probe(
      "probed more often than every 5 s",
      { interval: 4, timeout: 2 },
      "interval",
      "expected interval to be in the range (5 - 300), got 4",
    ),
    probe(
      "probed with more patience than 120 s",
      { interval: 300, timeout: 121 },
      "timeout",
      "expected timeout to be in the range (2 - 120), got 121",
    ),
    probe(
      "healthy after one probe",
      { healthyThreshold: 1 },
      "healthyThreshold",
      "expected healthy_threshold to be in the range (2 - 10), got 1",
    ),
    probe(
      "unhealthy after eleven probes",
      { unhealthyThreshold: 11 },
      "unhealthyThreshold",
      "expected unhealthy_threshold to be in the range (2 - 10), got 11",
    ),
    probe(
      "whose probe may take as long as the next one is away",
      { interval: 30, timeout: 30 },
      "timeout",
      "ValidationError: Health check interval must be greater than the timeout, got 30 and 30",
    ),
    probe(
      "probed at a path without a slash",
      { path: "health" },
      "path",
      "ValidationError: Health check path 'health' must begin with a '/' character",
    ),
    probe(
      "that takes a failure for health",
      { matcher: "200-599" },
      "matcher",
      "ValidationError: Health check matcher HTTP code '200-599' must be within '200-499' inclusive",
    ),
    probe(
      "with a matcher that is no code",
      { matcher: "OK" },
      "matcher",
      "ValidationError: Health check matcher HTTP code 'OK' is not valid",
    ),
    probe(
      "probed on a port that is none",
      { port: "http" },
      "port",
      'expected health_check.port to be "traffic-port" or a port number, got http',
    ),
    bound(
      "that starts slowly within 29 s",
      { slowStart: 29 },
      "slowStart",
      "expected slow_start to be in the range (30 - 900), got 29",
    ),
    bound(
      "that starts slowly and counts outstanding requests",
      { slowStart: 30, loadBalancingAlgorithmType: "least_outstanding_requests" },
      "slowStart",
      "InvalidConfigurationRequest: You cannot enable both slow start and least outstanding requests algorithm on a target group",
    ),
    bound(
      "that starts slowly and picks at random",
      { slowStart: 30, loadBalancingAlgorithmType: "weighted_random" },
      "slowStart",
      "InvalidConfigurationRequest: You cannot enable both slow start and weighted random algorithm on a target group",
    ),
    bound(
      "that mitigates anomalies in turn",
      { loadBalancingAnomalyMitigation: "on" },
      "loadBalancingAnomalyMitigation",
      "InvalidConfigurationRequest: Anomaly mitigation requires the load balancing algorithm 'weighted_random'",
    ),
    ...["lb_cookie", "app_cookie"].map((type) =>
      bound(
        `that picks at random and sticks by ${type}`,
        {
          loadBalancingAlgorithmType: "weighted_random",
          stickiness: { type, ...(type === "app_cookie" ? { cookieName: "SESSION" } : {}) },
        },
        "stickiness",
        "InvalidConfigurationRequest: You cannot have both stickiness and weighted random algorithm enabled on the same target group.",
      ),
    ),
    bound(
      "that keeps to its zone and sticks",
      { loadBalancingCrossZoneEnabled: "false", stickiness: { type: "lb_cookie", enabled: true } },
      "stickiness",
      "InvalidConfigurationRequest: Target stickiness is not supported when cross-zone load balancing is off",
    ),
    {
      title: "of a function that keeps to its zone",
      type,
      inputs: { targetType: "lambda", loadBalancingCrossZoneEnabled: "false" },
      at: "loadBalancingCrossZoneEnabled",
      reason:
        "InvalidConfigurationRequest: Lambda functions as targets are not supported when cross-zone load balancing is off",
    },
    bound(
      "whose zones stay in DNS although their requests go anywhere",
      {
        targetGroupHealth: {
          dnsFailover: { minimumHealthyTargetsCount: "1" },
          unhealthyStateRouting: { minimumHealthyTargetsCount: 2 },
        },
      },
      "targetGroupHealth.dnsFailover.minimumHealthyTargetsCount",
      "InvalidConfigurationRequest: The threshold for DNS failover must be greater than or equal to the threshold for unhealthy state routing, got 1 and 2",
    ),
    bound(
      "whose zones stay in DNS although their requests go anywhere, by share",
      {
        targetGroupHealth: {
          dnsFailover: { minimumHealthyTargetsPercentage: "49" },
          unhealthyStateRouting: { minimumHealthyTargetsPercentage: "50" },
        },
      },
      "targetGroupHealth.dnsFailover.minimumHealthyTargetsPercentage",
      "InvalidConfigurationRequest: The threshold for DNS failover must be greater than or equal to the threshold for unhealthy state routing, got 49 and 50",
    ),
    bound(
      "that wants more than all targets healthy",
      { targetGroupHealth: { dnsFailover: { minimumHealthyTargetsPercentage: "101" } } },
      "targetGroupHealth.dnsFailover.minimumHealthyTargetsPercentage",
      "\"minimum_healthy_targets_percentage\" must be an integer between 0 and 100 or 'off'",
    ),
    bound(
      "that wants no target healthy",
      { targetGroupHealth: { unhealthyStateRouting: { minimumHealthyTargetsCount: 0 } } },
      "targetGroupHealth.unhealthyStateRouting.minimumHealthyTargetsCount",
      "ValidationError: The minimum healthy target count '0' must be 'off' or an integer of 1 or more",
    ),
    bound(
      "of a version of HTTP nobody has heard of",
      { protocolVersion: "HTTP3" },
      "protocolVersion",
      'expected protocol_version to be one of ["HTTP1" "HTTP2" "GRPC"], got HTTP3',
    ),
    bound(
      "for gRPC whose answer is a code of HTTP",
      { protocolVersion: "GRPC", healthCheck: { matcher: "200" } },
      "healthCheck.matcher",
      "ValidationError: Health check matcher GRPC code '200' must be within '0-99' inclusive",
    ),
    bound(
      "that drains for more than an hour",
      { deregistrationDelay: 3601 },
      "deregistrationDelay",
      "expected deregistration_delay to be in the range (0 - 3600), got 3601",
    ),
    bound(
      "that sticks for more than a week",
      { stickiness: { type: "lb_cookie", cookieDuration: 604801 } },
      "stickiness.cookieDuration",
      "expected cookie_duration to be in the range (1 - 604800), got 604801",
    ),
    bound(
      "that sticks to an application's cookie without a name",
      { stickiness: { type: "app_cookie" } },
      "stickiness.cookieName",
      "ValidationError: A cookie name must be specified for stickiness of type 'app_cookie'",
    ),
    ...["AWSALB", "AWSALBAPP", "AWSALBTG"].map((cookieName) =>
      bound(
        `that sticks to the cookie ${cookieName}`,
        { stickiness: { type: "app_cookie", cookieName } },
        "stickiness.cookieName",
        `ValidationError: The cookie name '${cookieName}' is reserved: AWSALB, AWSALBAPP and AWSALBTG are AWS's own`,
      ),
    ),
  ]);

  for (const [title, inputs] of [
    [
      "picks at random and does not stick",
      { loadBalancingAlgorithmType: "weighted_random", stickiness: { type: "lb_cookie", enabled: false } },
    ],
    [
      "keeps to its zone and does not stick",
      { loadBalancingCrossZoneEnabled: "false", stickiness: { type: "lb_cookie", enabled: false } },
    ],
    ["takes turns, starts slowly and sticks", { slowStart: 30, stickiness: { type: "lb_cookie" } }],
    [
      "has zones that leave DNS first, or at once",
      {
        targetGroupHealth: {
          dnsFailover: { minimumHealthyTargetsCount: "2", minimumHealthyTargetsPercentage: "off" },
          unhealthyStateRouting: { minimumHealthyTargetsCount: 2, minimumHealthyTargetsPercentage: "50" },
        },
      },
    ],
    [
      "speaks gRPC and is asked AWS's way",
      { protocolVersion: "GRPC", healthCheck: { path: "/AWS.ALB/healthcheck", matcher: "12" } },
    ],
  ] as const) {
    it(`never one that ${title}`, () => {
      assert.deepEqual(new Account().failures(type, { ...good, ...inputs }), []);
    });
  }

  it("never for pairs of which one is not known", () => {
    const pairs = {
      loadBalancingAlgorithmType: UNKNOWN,
      loadBalancingAnomalyMitigation: "on",
      loadBalancingCrossZoneEnabled: UNKNOWN,
      slowStart: 30,
      stickiness: { type: "lb_cookie" },
      targetGroupHealth: {
        dnsFailover: { minimumHealthyTargetsCount: UNKNOWN },
        unhealthyStateRouting: { minimumHealthyTargetsCount: 2 },
      },
    };
    assert.deepEqual(new Account("preview").failures(type, { ...good, ...pairs }), []);
    const random = {
      loadBalancingAlgorithmType: "weighted_random",
      stickiness: { type: "lb_cookie", enabled: UNKNOWN },
    };
    assert.deepEqual(new Account("preview").failures(type, { ...good, ...random }), []);
  });

  it("never for values only a deployment can tell", () => {
    const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
    const inputs = { port: unknown, protocol: unknown, vpcId: unknown, slowStart: unknown, name: unknown };
    const healthCheck = { interval: unknown, timeout: 300, matcher: unknown };
    assert.deepEqual(
      new Account("preview").failures(type, { ...inputs, healthCheck: { ...healthCheck, timeout: 100 } }),
      [],
    );
  });
});

describe("AWS sends HTTP/2 and gRPC only on from HTTPS", () => {
  const elb = "arn:aws:elasticloadbalancing:us-east-1:123456789012";
  const loadBalancerArn = `${elb}:loadbalancer/app/edge/0123456789abcdef`;
  const certificateArn =
    "arn:aws:acm:us-east-1:123456789012:certificate/8f9c6f0e-0000-4000-a000-000000000000";
  const listener = "aws:lb/listener:Listener";
  const rule = "aws:lb/listenerRule:ListenerRule";
  const notFound = {
    type: "fixed-response",
    fixedResponse: { contentType: "text/plain", statusCode: "404" },
  };
  const http = { loadBalancerArn, port: 80, protocol: "HTTP", defaultActions: [notFound] };
  const https = { ...http, port: 443, protocol: "HTTPS", certificateArn };

  /** What is wrong with a listener, and with a rule of one, that lead to a target group of a version. */
  function failures(base: typeof http, protocolVersion: string) {
    const account = new Account();
    const targets = account.make(type, "targets", { ...good, protocolVersion });
    const { outputs } = account.make(listener, "listener", base);
    const forward = [{ type: "forward", targetGroupArn: targets.outputs.arn ?? null }];
    const conditions = [{ pathPattern: { values: ["/*"] } }];
    return [
      ...account.failures(listener, { ...base, port: 8443, defaultActions: forward }),
      ...account.failures(rule, {
        listenerArn: outputs.arn ?? null,
        priority: 1,
        conditions,
        actions: forward,
      }),
    ];
  }

  for (const version of ["HTTP2", "GRPC"]) {
    it(`to targets of ${version}`, () => {
      const reason = `InvalidLoadBalancerAction: Listener protocol 'HTTP' is not supported with a target group with the protocol-version '${version}'`;
      assert.deepEqual(failures(http, version), [
        { property: "defaultActions", reason },
        { property: "actions", reason },
      ]);
      assert.deepEqual(failures(https, version), []);
    });
  }

  it("and HTTP/1.1 from anywhere", () => {
    assert.deepEqual(failures(http, "HTTP1"), []);
  });
});

describe("the model's answers for a target group", () => {
  it("are AWS's own for the probe of a gRPC server", () => {
    const account = new Account();
    const probeOf = (name: string, more: object) => account.make(type, name, { ...good, ...more }).outputs;
    const grpc = probeOf("grpc", { protocolVersion: "GRPC", namePrefix: "g" });
    const plain = probeOf("plain", { namePrefix: "p" });
    const asked = ({ healthCheck }: typeof grpc) => healthCheck as { path: string; matcher: string };
    assert.deepEqual([asked(grpc).path, asked(grpc).matcher], ["/AWS.ALB/healthcheck", "12"]);
    assert.deepEqual([asked(plain).path, asked(plain).matcher], ["/", "200"]);
    assert.deepEqual([grpc.protocolVersion, plain.protocolVersion], ["GRPC", "HTTP1"]);
  });
});
