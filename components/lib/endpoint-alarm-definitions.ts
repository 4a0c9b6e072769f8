import {
  type AlarmDefinition,
  balancerSpace,
  type Dimensions,
  minuteSum,
  Severity,
  type WatchedEndpoint,
} from "./alarm-definitions";

/**
 * What to watch of an endpoint.
 *
 * Without requests there is neither an error ratio nor a response time, which is as it should be. Without hosts there are
 * no host counts, which is as bad as a count of none.
 *
 * @param key What tells the endpoint from its siblings.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html
 */
export function endpointAlarms(key: string, endpoint: WatchedEndpoint): AlarmDefinition[] {
  return [
    errorRatio(key, endpoint),
    latencyHigh(key, endpoint),
    unhealthyHosts(key, endpoint),
    healthyHostsLow(key, endpoint),
  ];
}

function dimensionsOf({ loadBalancerArnSuffix, targetGroupArnSuffix }: WatchedEndpoint): Dimensions {
  return { LoadBalancer: loadBalancerArnSuffix, TargetGroup: targetGroupArnSuffix };
}

/**
 * CloudWatch does not say for which target group a load balancer's own errors were. Each endpoint bears as much of them
 * as it has of the requests: alone on its load balancer all of them, beside others its share.
 */
function errorRatio(key: string, endpoint: WatchedEndpoint): AlarmDefinition {
  const { errorHighPercent } = endpoint;
  const dimensions = dimensionsOf(endpoint);
  const balancer = { LoadBalancer: endpoint.loadBalancerArnSuffix };
  return {
    kind: "error-ratio",
    key: `${key}-error-ratio`,
    severity: Severity.Critical,
    meaning: `More than ${errorHighPercent} % of the requests to endpoint ${key} have failed for 5 minutes.`,
    watch: {
      metricQueries: [
        {
          id: "ratio",
          expression: "100*(FILL(t5xx,0)+FILL(e5xx,0))/req",
          label: "Requests failed, percent",
          returnData: true,
        },
        minuteSum("t5xx", "HTTPCode_Target_5XX_Count", dimensions),
        { id: "e5xx", expression: "FILL(all5xx,0)*req/total", label: "Share of the load balancer's errors" },
        minuteSum("all5xx", "HTTPCode_ELB_5XX_Count", balancer),
        minuteSum("req", "RequestCount", dimensions),
        minuteSum("total", "RequestCount", balancer),
      ],
      comparisonOperator: "GreaterThanThreshold",
      threshold: errorHighPercent,
      evaluationPeriods: 5,
      treatMissingData: "notBreaching",
    },
  };
}

function latencyHigh(key: string, endpoint: WatchedEndpoint): AlarmDefinition {
  const { latencyHighSeconds } = endpoint;
  return {
    kind: "latency-high",
    key: `${key}-latency-high`,
    severity: Severity.Warning,
    meaning: `One request in twenty to endpoint ${key} has waited longer than ${latencyHighSeconds} s for 5 minutes.`,
    watch: {
      namespace: balancerSpace,
      metricName: "TargetResponseTime",
      dimensions: dimensionsOf(endpoint),
      extendedStatistic: "p95",
      period: 60,
      comparisonOperator: "GreaterThanThreshold",
      threshold: latencyHighSeconds,
      evaluationPeriods: 5,
      treatMissingData: "notBreaching",
    },
  };
}

function unhealthyHosts(key: string, endpoint: WatchedEndpoint): AlarmDefinition {
  return {
    kind: "unhealthy-hosts",
    key: `${key}-unhealthy-hosts`,
    severity: Severity.Warning,
    meaning: `At least one host of endpoint ${key} has failed its health check for 2 minutes.`,
    watch: {
      namespace: balancerSpace,
      metricName: "UnHealthyHostCount",
      dimensions: dimensionsOf(endpoint),
      statistic: "Maximum",
      period: 60,
      comparisonOperator: "GreaterThanThreshold",
      threshold: 0,
      evaluationPeriods: 2,
      treatMissingData: "breaching",
    },
  };
}

function healthyHostsLow(key: string, endpoint: WatchedEndpoint): AlarmDefinition {
  // One host less than wanted is a deploy or a replacement at work; with a single host, none is what must not be.
  const least = Math.max(1, endpoint.minHealthy - 1);
  return {
    kind: "healthy-hosts-low",
    key: `${key}-healthy-hosts-low`,
    severity: Severity.Critical,
    meaning:
      least === 1
        ? `Endpoint ${key} has had no healthy host for 2 minutes.`
        : `Endpoint ${key} has had fewer than ${least} healthy hosts for 2 minutes.`,
    watch: {
      namespace: balancerSpace,
      metricName: "HealthyHostCount",
      dimensions: dimensionsOf(endpoint),
      statistic: "Minimum",
      period: 60,
      comparisonOperator: "LessThanThreshold",
      threshold: least,
      evaluationPeriods: 2,
      treatMissingData: "breaching",
    },
  };
}
