import type * as cloudwatch from "@pulumi/aws/cloudwatch";
import type * as types from "@pulumi/aws/types";
import type * as pulumi from "@pulumi/pulumi";

/** How soon somebody has to look: a critical alarm at once, a warning within the working day. */
export const Severity = { Warning: "warning", Critical: "critical" } as const;
export type Severity = (typeof Severity)[keyof typeof Severity];

/** Every kind of alarm. Each has a runbook of its name. */
export const alarmKinds = [
  "balancer-errors",
  "certificate-expiry",
  "error-ratio",
  "latency-high",
  "unhealthy-hosts",
  "healthy-hosts-low",
  "cpu-high",
  "cpu-low",
  "memory-high",
  "in-service-low",
] as const;
export type AlarmKind = (typeof alarmKinds)[number];

/** An alarm, apart from its name and from who is told. */
export interface AlarmDefinition {
  readonly kind: AlarmKind;
  /** What tells it from its siblings: `main-latency-high`. */
  readonly key: string;
  readonly severity: Severity;
  /** What it means that it rings, as one sentence. */
  readonly meaning: string;
  /** Metric, threshold, and how long it takes. */
  readonly watch: cloudwatch.MetricAlarmArgs;
}

/** CloudWatch's name for the metrics of application load balancers. */
export const balancerSpace = "AWS/ApplicationELB";

/** Names and values that tell one series of a metric from another. */
export interface Dimensions {
  readonly [name: string]: pulumi.Input<string>;
}

/** A load balancer to watch. */
export interface WatchedBalancer {
  readonly arnSuffix: pulumi.Input<string>;
  readonly errorHighPercent: number;
  readonly certificateArns: { readonly [name: string]: pulumi.Input<string> };
  readonly certificateExpiryDays: number;
}

/** An endpoint to watch. */
export interface WatchedEndpoint {
  readonly loadBalancerArnSuffix: pulumi.Input<string>;
  readonly targetGroupArnSuffix: pulumi.Input<string>;
  readonly minHealthy: number;
  readonly latencyHighSeconds: number;
  readonly errorHighPercent: number;
}

/** A group of instances to watch. */
export interface WatchedGroup {
  readonly name: pulumi.Input<string>;
  readonly minSize: number;
  readonly cpuHighPercent: number;
  readonly cpuLowPercent: number;
  readonly memoryHighPercent: number;
}

/** A count of an application load balancer by the minute, as a term of an expression. */
export function minuteSum(
  id: string,
  metricName: string,
  dimensions: Dimensions,
): types.input.cloudwatch.MetricAlarmMetricQuery {
  return { id, metric: { namespace: balancerSpace, metricName, dimensions, period: 60, stat: "Sum" } };
}

/**
 * What to watch of a load balancer.
 *
 * A request it rejects before it has chosen a target is in none of its request counts, so the errors themselves are the
 * least there can have been: with no target left the ratio is 100, not missing.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html
 */
export function balancerAlarms(balancer: WatchedBalancer): AlarmDefinition[] {
  const { arnSuffix, errorHighPercent, certificateArns, certificateExpiryDays } = balancer;
  const dimensions = { LoadBalancer: arnSuffix };
  return [
    {
      kind: "balancer-errors",
      key: "balancer-errors",
      severity: Severity.Critical,
      meaning: `The load balancer itself has answered more than ${errorHighPercent} % of requests with an error for 5 minutes.`,
      watch: {
        metricQueries: [
          {
            id: "ratio",
            expression: "100*FILL(e5xx,0)/MAX([FILL(req,0),FILL(e5xx,0)])",
            label: "Requests the load balancer failed, percent",
            returnData: true,
          },
          minuteSum("e5xx", "HTTPCode_ELB_5XX_Count", dimensions),
          minuteSum("req", "RequestCount", dimensions),
        ],
        comparisonOperator: "GreaterThanThreshold",
        threshold: errorHighPercent,
        evaluationPeriods: 5,
        treatMissingData: "notBreaching",
      },
    },
    ...Object.entries(certificateArns).map(([name, arn]) =>
      certificateExpiry(name, arn, certificateExpiryDays),
    ),
  ];
}

const daySeconds = 86_400;

/**
 * A certificate that should have been renewed and was not.
 *
 * ACM reports the days twice a day, from the day the certificate is issued to the day it expires. The alarm keeps its state
 * where nothing is reported: neither does it ring for a certificate that is an hour old, nor does it say that all is well
 * once the certificate has expired.
 *
 * @see https://docs.aws.amazon.com/acm/latest/userguide/cloudwatch-metrics.html
 */
function certificateExpiry(name: string, arn: pulumi.Input<string>, days: number): AlarmDefinition {
  return {
    kind: "certificate-expiry",
    key: `${name}-certificate-expiry`,
    severity: Severity.Warning,
    meaning: `Certificate ${name} of the load balancer expires in fewer than ${days} days and has not been renewed.`,
    watch: {
      namespace: "AWS/CertificateManager",
      metricName: "DaysToExpiry",
      dimensions: { CertificateArn: arn },
      statistic: "Minimum",
      period: daySeconds,
      comparisonOperator: "LessThanThreshold",
      threshold: days,
      evaluationPeriods: 1,
      treatMissingData: "ignore",
    },
  };
}
