import { type Bag, bags, isUnknown, knownNumber, knownText } from "../../values";
import { all, type Check, longest, oneOf, pattern, range, rangeOr, uniqueName } from "../checks";
import { fill } from "../fill";
import { hexOf } from "../ids";
import { type Failure, isSet, type Kinds, type Made, type Subject } from "../kind";
import { arnOf } from "../places";
import { type Reference, reference, refusedFor, usersOf } from "../users";
import { whereOf } from "../where";
import { elb, plainName } from "./balancer";
import { patience } from "./removal";
import { attributePairs, healthThresholds } from "./target-group-attributes";

/** Cookies AWS sets itself. */
const reservedCookies = ["AWSALB", "AWSALBAPP", "AWSALBTG"];

const protocols = ["HTTP", "HTTPS", "TCP", "TLS", "UDP", "TCP_UDP", "GENEVE", "QUIC", "TCP_QUIC"] as const;

const overHttp = (protocol: unknown) => protocol === "HTTP" || protocol === "HTTPS";

const whatTargetsNeed: Check = function* ({ inputs }) {
  if (inputs.targetType === "lambda") return;
  for (const property of ["port", "protocol", "vpcId"]) {
    if (isSet(inputs[property])) continue;
    const name = property === "vpcId" ? "vpc_id" : property;
    const reason = `Attribute "${name}" must be specified when "target_type" is "${inputs.targetType}".`;
    yield { property, reason };
  }
};

const probeFitsInterval: Check = function* ({ inputs }) {
  for (const { interval, timeout } of bags(inputs.healthCheck)) {
    const [every, limit] = [knownNumber(interval), knownNumber(timeout)];
    if (every === undefined || limit === undefined || limit < every) continue;
    const reason = `ValidationError: Health check interval must be greater than the timeout, got ${every} and ${limit}`;
    yield { property: "healthCheck.timeout", reason };
  }
};

const matcher: Check = function* ({ inputs }) {
  for (const check of bags(inputs.healthCheck)) {
    const codes = knownText(check.matcher);
    if (codes === undefined || !overHttp(inputs.protocol) || isUnknown(inputs.protocolVersion)) continue;
    const [name, least, most] = inputs.protocolVersion === "GRPC" ? ["GRPC", 0, 99] : ["HTTP", 200, 499];
    const property = "healthCheck.matcher";
    if (!/^\d{1,3}(-\d{1,3})?(,\d{1,3}(-\d{1,3})?)*$/.test(codes)) {
      yield {
        property,
        reason: `ValidationError: Health check matcher ${name} code '${codes}' is not valid`,
      };
    } else if (codes.split(/[-,]/).some((code) => Number(code) < least || Number(code) > most)) {
      const reason = `ValidationError: Health check matcher ${name} code '${codes}' must be within '${least}-${most}' inclusive`;
      yield { property, reason };
    }
  }
};

const cookie: Check = function* ({ inputs }) {
  for (const { type, cookieName, enabled } of bags(inputs.stickiness)) {
    const name = knownText(cookieName);
    const property = "stickiness.cookieName";
    if (type === "app_cookie" && enabled !== false && !isSet(cookieName)) {
      yield {
        property,
        reason: "ValidationError: A cookie name must be specified for stickiness of type 'app_cookie'",
      };
    }
    if (name !== undefined && reservedCookies.includes(name.toUpperCase())) {
      const reason = `ValidationError: The cookie name '${name}' is reserved: AWSALB, AWSALBAPP and AWSALBTG are AWS's own`;
      yield { property, reason };
    }
    if (overHttp(inputs.protocol) && typeof type === "string" && type.startsWith("source_ip")) {
      const reason = `InvalidConfigurationRequest: Stickiness type '${type}' is not supported for target groups with the ${inputs.protocol} protocol`;
      yield { property: "stickiness.type", reason };
    }
  }
};

/** What AWS asks for, and takes for an answer, where nobody says. */
function probeOf({ inputs }: Subject): Bag {
  return inputs.protocolVersion === "GRPC"
    ? { matcher: "12", path: "/AWS.ALB/healthcheck" }
    : { matcher: "200", path: "/" };
}

function arnSuffix({ inputs, seed }: Subject): string {
  return `targetgroup/${inputs.name}/${hexOf(seed, 16)}`;
}

const actionPaths = (property: string) => [
  `${property}.targetGroupArn`,
  `${property}.forward.targetGroups.arn`,
];

const users: readonly Reference[] = [
  reference("aws:lb/listener:Listener", ...actionPaths("defaultActions")),
  reference("aws:lb/listenerRule:ListenerRule", ...actionPaths("actions")),
];

/** A target group stays as long as requests are sent to it, whether or not it has targets. */
function inUse(group: Made): Iterable<Failure> {
  const reason = `ResourceInUse: Target group '${group.id}' is currently in use by a listener or a rule`;
  return refusedFor(usersOf(group, users), reason, patience.targetGroup);
}

/** Target groups. */
export const targetGroupKinds: Kinds = {
  "aws:lb/targetGroup:TargetGroup": {
    autoName: { property: "name", max: 32, unless: "namePrefix" },
    fill: fill({
      deregistrationDelay: 300,
      lambdaMultiValueHeadersEnabled: false,
      proxyProtocolV2: false,
      slowStart: 0,
      targetType: "instance",
      "healthCheck.enabled": true,
      "healthCheck.healthyThreshold": 3,
      "healthCheck.interval": 30,
      "healthCheck.port": "traffic-port",
      "healthCheck.protocol": "HTTP",
      "healthCheck.unhealthyThreshold": 3,
      "stickiness.cookieDuration": 86400,
      "stickiness.enabled": true,
    }),
    id: (subject) => arnOf(elb, whereOf(subject), arnSuffix(subject)),
    computed: (subject, id) => ({
      arn: id,
      arnSuffix: arnSuffix(subject),
      name: arnSuffix(subject).split("/")[1] ?? "",
      ipAddressType: "ipv4",
      protocolVersion: overHttp(subject.inputs.protocol) ? "HTTP1" : "",
      loadBalancingAlgorithmType: "round_robin",
      loadBalancingAnomalyMitigation: "off",
      loadBalancingCrossZoneEnabled: "use_load_balancer_configuration",
      healthCheck: {
        enabled: true,
        healthyThreshold: 5,
        interval: 30,
        ...probeOf(subject),
        port: "traffic-port",
        protocol: "HTTP",
        timeout: 5,
        unhealthyThreshold: 2,
      },
      stickiness: { enabled: false, type: "lb_cookie", cookieDuration: 86400 },
    }),
    refuse: all(
      plainName,
      longest("namePrefix", 6),
      range("port", 1, 65535),
      oneOf("protocol", ...protocols),
      oneOf("targetType", "instance", "ip", "lambda", "alb"),
      oneOf("protocolVersion", "HTTP1", "HTTP2", "GRPC"),
      whatTargetsNeed,
      range("healthCheck.interval", 5, 300),
      range("healthCheck.timeout", 2, 120),
      range("healthCheck.healthyThreshold", 2, 10),
      range("healthCheck.unhealthyThreshold", 2, 10),
      longest("healthCheck.path", 1024),
      pattern(
        "healthCheck.path",
        /^\//,
        (text) => `ValidationError: Health check path '${text}' must begin with a '/' character`,
      ),
      pattern(
        "healthCheck.port",
        /^(traffic-port|[1-9]\d{0,4})$/,
        (text) => `expected health_check.port to be "traffic-port" or a port number, got ${text}`,
      ),
      oneOf("healthCheck.protocol", ...protocols),
      probeFitsInterval,
      matcher,
      rangeOr("slowStart", [0], 30, 900),
      range("deregistrationDelay", 0, 3600),
      oneOf("loadBalancingAlgorithmType", "round_robin", "least_outstanding_requests", "weighted_random"),
      oneOf("loadBalancingAnomalyMitigation", "on", "off"),
      oneOf("loadBalancingCrossZoneEnabled", "true", "false", "use_load_balancer_configuration"),
      oneOf(
        "stickiness.type",
        "lb_cookie",
        "app_cookie",
        "source_ip",
        "source_ip_dest_ip",
        "source_ip_dest_ip_proto",
      ),
      range("stickiness.cookieDuration", 1, 604800),
      cookie,
      attributePairs,
      healthThresholds,
      uniqueName(
        "name",
        (name) =>
          `DuplicateTargetGroupName: A target group with the same name '${name}' exists, but with different settings`,
      ),
    ),
    refuseDelete: inUse,
  },
  "aws:lb/targetGroupAttachment:TargetGroupAttachment": {
    id: ({ inputs, seed }) => `${inputs.targetGroupArn}-${hexOf(seed, 26)}`,
    refuse: range("port", 1, 65535),
  },
};
