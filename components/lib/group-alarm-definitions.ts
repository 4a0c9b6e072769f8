import { type AlarmDefinition, Severity, type WatchedGroup } from "./alarm-definitions";

/**
 * What to watch of a group of instances.
 *
 * Load that nobody measures is neither high nor low: those alarms then show "insufficient data". A group without a count
 * of instances has none.
 *
 * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-metrics.html
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/viewing_metrics_with_cloudwatch.html
 */
export function groupAlarms(group: WatchedGroup): AlarmDefinition[] {
  return [cpuHigh(group), cpuLow(group), memoryHigh(group), inServiceLow(group)];
}

function cpuHigh({ name, cpuHighPercent }: WatchedGroup): AlarmDefinition {
  return {
    kind: "cpu-high",
    key: "cpu-high",
    severity: Severity.Warning,
    meaning: `The group's instances have used more than ${cpuHighPercent} % of their CPU for 5 minutes.`,
    watch: {
      namespace: "AWS/EC2",
      metricName: "CPUUtilization",
      dimensions: { AutoScalingGroupName: name },
      statistic: "Average",
      period: 60,
      comparisonOperator: "GreaterThanThreshold",
      threshold: cpuHighPercent,
      evaluationPeriods: 5,
      treatMissingData: "missing",
    },
  };
}

/**
 * Idle instances the group could do without. A quiet group at its minimum is as it should be and counts as busy, so that
 * this one does not ring every night.
 */
function cpuLow({ name, minSize, cpuLowPercent }: WatchedGroup): AlarmDefinition {
  const dimensions = { AutoScalingGroupName: name };
  const term = (id: string, namespace: string, metricName: string) => ({
    id,
    metric: { namespace, metricName, dimensions, period: 300, stat: "Average" },
  });
  return {
    kind: "cpu-low",
    key: "cpu-low",
    severity: Severity.Warning,
    meaning: `The group has kept more instances than its minimum at less than ${cpuLowPercent} % CPU for an hour.`,
    watch: {
      metricQueries: [
        {
          id: "load",
          expression: `IF(instances > ${minSize}, cpu, 100)`,
          label: "CPU of a group above its minimum, percent",
          returnData: true,
        },
        term("cpu", "AWS/EC2", "CPUUtilization"),
        term("instances", "AWS/AutoScaling", "GroupInServiceInstances"),
      ],
      comparisonOperator: "LessThanThreshold",
      threshold: cpuLowPercent,
      evaluationPeriods: 12,
      treatMissingData: "ignore",
    },
  };
}

function memoryHigh({ name, memoryHighPercent }: WatchedGroup): AlarmDefinition {
  return {
    kind: "memory-high",
    key: "memory-high",
    severity: Severity.Warning,
    meaning: `The group's instances have used more than ${memoryHighPercent} % of their memory for 5 minutes.`,
    watch: {
      namespace: "CWAgent",
      metricName: "mem_used_percent",
      dimensions: { AutoScalingGroupName: name },
      statistic: "Average",
      period: 60,
      comparisonOperator: "GreaterThanThreshold",
      threshold: memoryHighPercent,
      evaluationPeriods: 5,
      treatMissingData: "missing",
    },
  };
}

function inServiceLow({ name, minSize }: WatchedGroup): AlarmDefinition {
  return {
    kind: "in-service-low",
    key: "in-service-low",
    severity: Severity.Critical,
    meaning: `The group has had fewer than its minimum of ${minSize} instances in service for 3 minutes.`,
    watch: {
      namespace: "AWS/AutoScaling",
      metricName: "GroupInServiceInstances",
      dimensions: { AutoScalingGroupName: name },
      statistic: "Minimum",
      period: 60,
      comparisonOperator: "LessThanThreshold",
      threshold: minSize,
      evaluationPeriods: 3,
      treatMissingData: "breaching",
    },
  };
}
