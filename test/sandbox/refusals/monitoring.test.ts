import type { Case } from "../account";
import { eachIsRefused } from "./single";

const alarmType = "aws:cloudwatch/metricAlarm:MetricAlarm";
const alarm = {
  namespace: "AWS/EC2",
  metricName: "CPUUtilization",
  comparisonOperator: "GreaterThanThreshold",
  evaluationPeriods: 2,
  period: 120,
  statistic: "Average",
  threshold: 70,
};

function alarmCase(title: string, inputs: Case["inputs"], at: string, reason: string): Case {
  return { title, type: alarmType, inputs: { ...alarm, ...inputs }, at, reason };
}

const expression = { id: "ratio", expression: "errors / requests", returnData: true };
const byQuery = (metricQueries: Case["inputs"][]) => ({
  type: alarmType,
  inputs: { comparisonOperator: "GreaterThanThreshold", evaluationPeriods: 2, threshold: 1, metricQueries },
});

describe("AWS refuses an alarm", () => {
  eachIsRefused([
    alarmCase(
      "that looks every 45 s",
      { period: 45 },
      "period",
      "ValidationError: Period must be 10, 20, 30 or a multiple of 60, got 45",
    ),
    alarmCase(
      "that looks back further than a day",
      { period: 300, evaluationPeriods: 289 },
      "evaluationPeriods",
      "ValidationError: Metrics cannot be checked across more than 1 day(s) (EvaluationPeriods * Period must be <= 86400)",
    ),
    alarmCase(
      "that wants more bad periods than it looks at",
      { datapointsToAlarm: 3 },
      "datapointsToAlarm",
      "ValidationError: DatapointsToAlarm must be less than or equal to EvaluationPeriods, got 3 and 2",
    ),
    alarmCase(
      "that compares in a way of its own",
      { comparisonOperator: "GreaterThan" },
      "comparisonOperator",
      'expected comparison_operator to be one of ["GreaterThanOrEqualToThreshold" "GreaterThanThreshold" "LessThanThreshold" "LessThanOrEqualToThreshold" "LessThanLowerOrGreaterThanUpperThreshold" "LessThanLowerThreshold" "GreaterThanUpperThreshold"], got GreaterThan',
    ),
    alarmCase(
      "with two statistics",
      { extendedStatistic: "p99" },
      "statistic",
      "Only one of `statistic` or `extended_statistic` must be set for a cloudwatch metric alarm",
    ),
    alarmCase(
      "that treats missing data in a way of its own",
      { treatMissingData: "bad" },
      "treatMissingData",
      'expected treat_missing_data to be one of ["breaching" "notBreaching" "ignore" "missing"], got bad',
    ),
    alarmCase(
      "that tells nobody AWS knows",
      { alarmActions: ["ops"] },
      "alarmActions[0]",
      '"alarm_actions" (ops) is an invalid ARN: arn: invalid prefix',
    ),
    {
      title: "of nothing",
      type: alarmType,
      inputs: {
        comparisonOperator: "GreaterThanThreshold",
        evaluationPeriods: 1,
        threshold: 1,
        statistic: "Sum",
        namespace: "X",
        period: 60,
      },
      at: "metricName",
      reason: "one of `metric_name` and `metric_queries` must be set for a cloudwatch metric alarm",
    },
    {
      title: "whose queries return nothing",
      ...byQuery([{ ...expression, returnData: false }]),
      at: "metricQueries",
      reason: "ValidationError: Exactly one element of the metrics list should return data, got 0",
    },
    {
      title: "with a query named in capitals",
      ...byQuery([{ ...expression, id: "Ratio" }]),
      at: "metricQueries[0]",
      reason:
        "ValidationError: The id 'Ratio' must start with a lower case letter and hold letters, digits and _ only",
    },
    {
      title: "made of alarms that do not add up",
      type: "aws:cloudwatch/compositeAlarm:CompositeAlarm",
      inputs: { alarmName: "down", alarmRule: 'ALARM("a") AND' },
      at: "alarmRule",
      reason: 'ValidationError: AlarmRule must be a valid expression, got "ALARM("a") AND"',
    },
  ]);
});

const dashboard = (body: unknown) => ({
  type: "aws:cloudwatch/dashboard:Dashboard",
  inputs: { dashboardName: "ops", dashboardBody: typeof body === "string" ? body : JSON.stringify(body) },
  at: "dashboardBody",
});

describe("AWS refuses a", () => {
  eachIsRefused([
    {
      title: "dashboard that is not JSON",
      ...dashboard("widgets"),
      reason: "DashboardInvalidInputError: The field dashboardBody must be a valid JSON object with widgets",
    },
    {
      title: "dashboard with a widget beyond its edge",
      ...dashboard({ widgets: [{ type: "text", x: 20, width: 6, properties: { markdown: "hi" } }] }),
      reason: "DashboardInvalidInputError: /widgets/0: x and width must lie within 24 columns, got 20 and 6",
    },
    {
      title: "dashboard with a graph of no region",
      ...dashboard({ widgets: [{ type: "metric", properties: { metrics: [] } }] }),
      reason: "DashboardInvalidInputError: /widgets/0: a metric widget must have a region",
    },
    {
      title: "log group that keeps logs for 31 days",
      type: "aws:cloudwatch/logGroup:LogGroup",
      inputs: { retentionInDays: 31 },
      at: "retentionInDays",
      reason:
        "expected retention_in_days to be one of [0 1 3 5 7 14 30 60 90 120 150 180 365 400 545 731 1096 1827 2192 2557 2922 3288 3653], got 31",
    },
    {
      title: "subscription by pigeon",
      type: "aws:sns/topicSubscription:TopicSubscription",
      inputs: { topic: "arn:aws:sns:us-east-1:123456789012:ops", protocol: "pigeon", endpoint: "home" },
      at: "protocol",
      reason:
        'expected protocol to be one of ["application" "email" "email-json" "firehose" "http" "https" "lambda" "sms" "sqs"], got pigeon',
    },
    {
      title: "subscription to an address that is none",
      type: "aws:sns/topicSubscription:TopicSubscription",
      inputs: { topic: "arn:aws:sns:us-east-1:123456789012:ops", protocol: "email", endpoint: "ops" },
      at: "endpoint",
      reason: 'InvalidParameter: Invalid parameter: Endpoint "ops" for the protocol email',
    },
  ]);
});
