import assert from "node:assert/strict";
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
      "InvalidConfigurationRequest: Slow start is not supported with the load balancing algorithm 'least_outstanding_requests'",
    ),
    bound(
      "that starts slowly and picks at random",
      { slowStart: 30, loadBalancingAlgorithmType: "weighted_random" },
      "slowStart",
      "InvalidConfigurationRequest: Slow start is not supported with the load balancing algorithm 'weighted_random'",
    ),
    bound(
      "that mitigates anomalies in turn",
      { loadBalancingAnomalyMitigation: "on" },
      "loadBalancingAnomalyMitigation",
      "InvalidConfigurationRequest: Anomaly mitigation requires the load balancing algorithm 'weighted_random'",
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
