import { type Bag, bags, isBag, isUnknown, knownNumber, knownText } from "../../values";
import { all, arns, type Check, longest, oneOf, pattern, range, uniqueName } from "../checks";
import { fill } from "../fill";
import { type Failure, isSet, type Kinds } from "../kind";
import { arnOf } from "../places";
import { policyOf } from "../policy-document";
import { whereOf } from "../where";

const operators = [
  "GreaterThanOrEqualToThreshold",
  "GreaterThanThreshold",
  "LessThanThreshold",
  "LessThanOrEqualToThreshold",
  "LessThanLowerOrGreaterThanUpperThreshold",
  "LessThanLowerThreshold",
  "GreaterThanUpperThreshold",
];

const statistics = oneOf("statistic", "SampleCount", "Average", "Sum", "Minimum", "Maximum");

/** Seconds of a day, the longest most alarms may look back. */
const day = 86_400;

function periodFault(seconds: number): string | undefined {
  if ([10, 20, 30].includes(seconds) || (seconds > 0 && seconds % 60 === 0)) return undefined;
  return `ValidationError: Period must be 10, 20, 30 or a multiple of 60, got ${seconds}`;
}

const periods: Check = function* ({ inputs }) {
  const period = knownNumber(inputs.period);
  const fault = period === undefined ? undefined : periodFault(period);
  if (fault !== undefined) yield { property: "period", reason: fault };
  const evaluations = knownNumber(inputs.evaluationPeriods);
  if (evaluations === undefined) return;
  if (period !== undefined) {
    const most = period >= 3600 ? 7 * day : day;
    if (period * evaluations > most) {
      const reason = `ValidationError: Metrics cannot be checked across more than ${most / day} day(s) (EvaluationPeriods * Period must be <= ${most})`;
      yield { property: "evaluationPeriods", reason };
    }
  }
  const datapoints = knownNumber(inputs.datapointsToAlarm);
  if (datapoints !== undefined && datapoints > evaluations) {
    const reason = `ValidationError: DatapointsToAlarm must be less than or equal to EvaluationPeriods, got ${datapoints} and ${evaluations}`;
    yield { property: "datapointsToAlarm", reason };
  }
};

const singleMetric = ["dimensions", "extendedStatistic", "namespace", "period", "statistic", "unit"];

const measured: Check = function* ({ inputs }) {
  const queries = isSet(inputs.metricQueries);
  if (queries === isSet(inputs.metricName)) {
    const what = queries ? "only one of" : "one of";
    yield {
      property: "metricName",
      reason: `${what} \`metric_name\` and \`metric_queries\` must be set for a cloudwatch metric alarm`,
    };
  }
  if (queries) {
    for (const property of singleMetric.filter((name) => isSet(inputs[name]))) {
      yield { property, reason: `"${property}": conflicts with metric_queries` };
    }
    // What is not known yet may be any query.
    if (Array.isArray(inputs.metricQueries) && !inputs.metricQueries.some(isUnknown)) {
      yield* queryFaults(bags(inputs.metricQueries));
    }
    return;
  }
  yield* one(inputs);
};

function* one(inputs: Bag): Iterable<Failure> {
  const [plain, extended] = [isSet(inputs.statistic), isSet(inputs.extendedStatistic)];
  if (plain === extended) {
    const what = plain ? "Only one" : "One";
    const reason = `${what} of \`statistic\` or \`extended_statistic\` must be set for a cloudwatch metric alarm`;
    yield { property: "statistic", reason };
  }
  for (const property of ["namespace", "period"].filter((name) => !isSet(inputs[name]))) {
    yield { property, reason: `ValidationError: ${property} is required with metricName` };
  }
  if (isSet(inputs.threshold) === isSet(inputs.thresholdMetricId)) {
    yield {
      property: "threshold",
      reason: "exactly one of `threshold,threshold_metric_id` must be specified",
    };
  }
}

function* queryFaults(queries: readonly Bag[]): Iterable<Failure> {
  const returned = queries.filter(({ returnData }) => returnData === true);
  const sure = queries.every(({ returnData }) => !isUnknown(returnData));
  if (sure && returned.length !== 1) {
    const reason = `ValidationError: Exactly one element of the metrics list should return data, got ${returned.length}`;
    yield { property: "metricQueries", reason };
  }
  const ids = queries.map(({ id }) => knownText(id));
  for (const [index, query] of queries.entries()) {
    const property = `metricQueries[${index}]`;
    const id = ids[index];
    if (id !== undefined && ids.indexOf(id) < index) {
      yield { property, reason: `ValidationError: Duplicate identifier ${id}` };
    }
    yield* queryFault(query, property);
  }
}

function* queryFault(query: Bag, property: string): Iterable<Failure> {
  if (!/^[a-z]\w*$/.test(knownText(query.id) ?? "unknown")) {
    const reason = `ValidationError: The id '${query.id}' must start with a lower case letter and hold letters, digits and _ only`;
    yield { property, reason };
  }
  if (isSet(query.metric) === isSet(query.expression)) {
    yield { property, reason: "ValidationError: A metric query has either a metric or an expression" };
  }
  for (const { period } of bags(query.metric)) {
    const fault = periodFault(knownNumber(period) ?? 60);
    if (fault !== undefined) yield { property: `${property}.metric.period`, reason: fault };
  }
}

const actionCount: Check = function* ({ inputs }) {
  for (const property of ["alarmActions", "okActions", "insufficientDataActions"]) {
    const list = inputs[property];
    if (!Array.isArray(list) || list.length <= 5) continue;
    yield {
      property,
      reason: `ValidationError: Member must have length less than or equal to 5, got ${list.length}`,
    };
  }
};

/**
 * An expression of ALARM("…"), OK("…"), INSUFFICIENT_DATA("…"), AT_LEAST(n, state, (alarms)), TRUE, FALSE with AND, OR, NOT
 * and brackets.
 */
const alarmRule: Check = function* ({ inputs }) {
  const text = knownText(inputs.alarmRule);
  if (text === undefined) return;
  const term = /(ALARM|OK|INSUFFICIENT_DATA)\(\s*("[^"]+"|[^()"\s]+)\s*\)|\b(TRUE|FALSE)\b/g;
  const many = /AT_LEAST\(\s*\d+%?\s*,[^(]*\([^()]*\)\s*\)/g;
  let rest = text.replace(many, "T").replace(term, "T").replace(/\s+/g, " ").trim();
  for (let before = ""; before !== rest; ) {
    before = rest;
    rest = rest
      .replace(/NOT T/g, "T")
      .replace(/T (AND|OR) T/g, "T")
      .replace(/\( ?T ?\)/g, "T");
  }
  if (rest !== "T")
    yield {
      property: "alarmRule",
      reason: `ValidationError: AlarmRule must be a valid expression, got "${text}"`,
    };
};

const actions = all(actionCount, arns("alarmActions"), arns("okActions"), arns("insufficientDataActions"));

const alarmName = all(
  longest("name", 255),
  pattern("name", /^[^\p{Cc}]+$/u, () => `"name" holds control characters`),
);

const widgetTypes = ["alarm", "custom", "explorer", "log", "metric", "text"];

function widgetFault(widget: unknown): string | undefined {
  if (!isBag(widget)) return "a widget must be an object";
  const { type, properties, x = 0, width = 6, height = 6 } = widget;
  if (!widgetTypes.includes(String(type))) return `unknown widget type "${type}"`;
  if (!isBag(properties)) return "a widget must have properties";
  const regional = type === "metric" || type === "log";
  if (regional && typeof properties.region !== "string") return `a ${type} widget must have a region`;
  const [left, wide, high] = [x, width, height].map(Number) as [number, number, number];
  if (!(wide >= 1 && wide <= 24 && left >= 0 && left + wide <= 24))
    return `x and width must lie within 24 columns, got ${left} and ${wide}`;
  return high >= 1 && high <= 1000 ? undefined : `height must be 1 to 1000, got ${high}`;
}

const dashboardBody: Check = function* ({ inputs }) {
  const text = knownText(inputs.dashboardBody);
  if (text === undefined) return;
  const property = "dashboardBody";
  const body = policyOf(text);
  if (!body || !Array.isArray(body.widgets)) {
    yield {
      property,
      reason: "DashboardInvalidInputError: The field dashboardBody must be a valid JSON object with widgets",
    };
    return;
  }
  for (const [index, widget] of body.widgets.entries()) {
    const fault = widgetFault(widget);
    if (fault !== undefined)
      yield { property, reason: `DashboardInvalidInputError: /widgets/${index}: ${fault}` };
  }
};

/** Days CloudWatch keeps logs for; 0 is for ever. */
const retentions = [
  0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

/** Alarms, dashboards and logs. */
export const monitoringKinds: Kinds = {
  "aws:cloudwatch/metricAlarm:MetricAlarm": {
    autoName: { property: "name", max: 255 },
    fill: fill({ actionsEnabled: true, treatMissingData: "missing" }),
    id: ({ inputs }) => String(inputs.name),
    computed: (subject, id) => ({ arn: arnOf("cloudwatch", whereOf(subject), `alarm:${id}`) }),
    refuse: all(
      alarmName,
      oneOf("comparisonOperator", ...operators),
      statistics,
      pattern(
        "extendedStatistic",
        /^(p|tm|tc|ts|wm|iqm|pr|IQM|PR|TM|TC|TS|WM)[\d.:()%]*$/,
        (text) => `invalid extended_statistic "${text}"`,
      ),
      oneOf("treatMissingData", "breaching", "notBreaching", "ignore", "missing"),
      range("evaluationPeriods", 1, 10000),
      range("datapointsToAlarm", 1, 10000),
      longest("alarmDescription", 1024),
      periods,
      measured,
      actions,
    ),
  },
  "aws:cloudwatch/compositeAlarm:CompositeAlarm": {
    fill: fill({ actionsEnabled: true }),
    id: ({ inputs }) => String(inputs.alarmName),
    computed: (subject, id) => ({ arn: arnOf("cloudwatch", whereOf(subject), `alarm:${id}`) }),
    refuse: all(
      longest("alarmName", 255),
      longest("alarmRule", 10240),
      longest("alarmDescription", 1024),
      alarmRule,
      actions,
    ),
  },
  "aws:cloudwatch/dashboard:Dashboard": {
    json: ["dashboardBody"],
    id: ({ inputs }) => String(inputs.dashboardName),
    computed: ({ world }, id) => ({
      dashboardArn: `arn:aws:cloudwatch::${world.options.accountId}:dashboard/${id}`,
    }),
    refuse: all(
      longest("dashboardName", 255),
      pattern(
        "dashboardName",
        /^[A-Za-z0-9_-]+$/,
        (text) =>
          `InvalidParameterValue: The dashboard name '${text}' may hold letters, digits, - and _ only`,
      ),
      dashboardBody,
    ),
  },
  "aws:cloudwatch/logGroup:LogGroup": {
    autoName: { property: "name", max: 512, unless: "namePrefix" },
    fill: fill({ retentionInDays: 0, skipDestroy: false }),
    id: ({ inputs }) => String(inputs.name),
    computed: (subject, id) => ({
      arn: arnOf("logs", whereOf(subject), `log-group:${id}`),
      logGroupClass: "STANDARD",
    }),
    refuse: all(
      pattern(
        "name",
        /^[.\-_/#A-Za-z0-9]+$/,
        (text) => `invalid value for name "${text}": letters, digits, . - _ / and # only`,
      ),
      arns("kmsKeyId"),
      oneOf("logGroupClass", "STANDARD", "INFREQUENT_ACCESS", "DELIVERY"),
      uniqueName(
        "name",
        (name) => `ResourceAlreadyExistsException: The specified log group already exists: ${name}`,
      ),
      function* ({ inputs }) {
        const days = knownNumber(inputs.retentionInDays);
        if (days === undefined || retentions.includes(days)) return;
        const reason = `expected retention_in_days to be one of [${retentions.join(" ")}], got ${days}`;
        yield { property: "retentionInDays", reason };
      },
    ),
    refuseDelete: function* ({ inputs }) {
      // With `skipDestroy` the provider asks for nothing.
      if (inputs.deletionProtectionEnabled !== true || inputs.skipDestroy === true) return;
      const reason =
        "ValidationException: Cannot delete log group with deletion protection enabled. Disable deletion protection first.";
      yield { property: "deletionProtectionEnabled", reason };
    },
  },
};
