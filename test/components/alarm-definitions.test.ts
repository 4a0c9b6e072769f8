import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import path from "node:path";
import { type AlarmDefinition, alarmKinds, balancerAlarms } from "../../components/lib/alarm-definitions";
import { endpointAlarms } from "../../components/lib/endpoint-alarm-definitions";
import { groupAlarms } from "../../components/lib/group-alarm-definitions";

const loadBalancer = "app/edge/50dc6c495c0c9188";
const targetGroup = "targetgroup/main/73e2d6bc24d8a067";

const certificate = "arn:aws:acm:us-east-1:123456789012:certificate/0f0e0d0c-1111-2222-3333-444455556666";

const balancer = balancerAlarms({
  arnSuffix: loadBalancer,
  errorHighPercent: 5,
  certificateArns: { shop: certificate },
  certificateExpiryDays: 30,
});
const endpoint = endpointAlarms("main", {
  loadBalancerArnSuffix: loadBalancer,
  targetGroupArnSuffix: targetGroup,
  minHealthy: 3,
  latencyHighSeconds: 1,
  errorHighPercent: 5,
});
const group = groupAlarms({
  name: "web-asg",
  minSize: 3,
  cpuHighPercent: 80,
  cpuLowPercent: 30,
  memoryHighPercent: 85,
});
const all = [...balancer, ...endpoint, ...group];

function definition(key: string): AlarmDefinition {
  const found = all.find((each) => each.key === key);
  assert.ok(found, `no alarm ${key}`);
  return found;
}

function sum(id: string, metricName: string, dimensions: object) {
  return { id, metric: { namespace: "AWS/ApplicationELB", metricName, dimensions, period: 60, stat: "Sum" } };
}

const ofBalancer = { LoadBalancer: loadBalancer };
const ofEndpoint = { LoadBalancer: loadBalancer, TargetGroup: targetGroup };
const ofGroup = { AutoScalingGroupName: "web-asg" };

describe("alarm definitions", () => {
  it("are one for each kind, in their order", () => {
    assert.deepEqual(
      all.map(({ kind }) => kind),
      [...alarmKinds],
    );
    assert.deepEqual(
      all.map(({ key }) => key),
      [
        "balancer-errors",
        "shop-certificate-expiry",
        "main-error-ratio",
        "main-latency-high",
        "main-unhealthy-hosts",
        "main-healthy-hosts-low",
        "cpu-high",
        "cpu-low",
        "memory-high",
        "in-service-low",
      ],
    );
  });

  it("are critical where requests fail or hosts are missing, and warnings elsewhere", () => {
    const critical = all.filter(({ severity }) => severity === "critical").map(({ kind }) => kind);
    assert.deepEqual(critical, ["balancer-errors", "error-ratio", "healthy-hosts-low", "in-service-low"]);
  });

  it("say in one sentence what it means that they ring", () => {
    assert.deepEqual(
      all.map(({ meaning }) => meaning),
      [
        "The load balancer itself has answered more than 5 % of requests with an error for 5 minutes.",
        "Certificate shop of the load balancer expires in fewer than 30 days and has not been renewed.",
        "More than 5 % of the requests to endpoint main have failed for 5 minutes.",
        "One request in twenty to endpoint main has waited longer than 1 s for 5 minutes.",
        "At least one host of endpoint main has failed its health check for 2 minutes.",
        "Endpoint main has had fewer than 2 healthy hosts for 2 minutes.",
        "The group's instances have used more than 80 % of their CPU for 5 minutes.",
        "The group has kept more instances than its minimum at less than 30 % CPU for an hour.",
        "The group's instances have used more than 85 % of their memory for 5 minutes.",
        "The group has had fewer than its minimum of 3 instances in service for 3 minutes.",
      ],
    );
  });

  it("count a load balancer's own errors against its requests, or against themselves if it rejected all", () => {
    assert.deepEqual(definition("balancer-errors").watch, {
      metricQueries: [
        {
          id: "ratio",
          expression: "100*FILL(e5xx,0)/MAX([FILL(req,0),FILL(e5xx,0)])",
          label: "Requests the load balancer failed, percent",
          returnData: true,
        },
        sum("e5xx", "HTTPCode_ELB_5XX_Count", ofBalancer),
        sum("req", "RequestCount", ofBalancer),
      ],
      comparisonOperator: "GreaterThanThreshold",
      threshold: 5,
      evaluationPeriods: 5,
      treatMissingData: "notBreaching",
    });
  });

  it("look at a certificate's days once a day, and stay as they are when nobody counts them any more", () => {
    assert.deepEqual(definition("shop-certificate-expiry").watch, {
      namespace: "AWS/CertificateManager",
      metricName: "DaysToExpiry",
      dimensions: { CertificateArn: certificate },
      statistic: "Minimum",
      period: 86_400,
      comparisonOperator: "LessThanThreshold",
      threshold: 30,
      evaluationPeriods: 1,
      treatMissingData: "ignore",
    });
  });

  it("add up an endpoint's errors and its share of the load balancer's before they divide", () => {
    assert.deepEqual(definition("main-error-ratio").watch, {
      metricQueries: [
        {
          id: "ratio",
          expression: "100*(FILL(t5xx,0)+FILL(e5xx,0))/req",
          label: "Requests failed, percent",
          returnData: true,
        },
        sum("t5xx", "HTTPCode_Target_5XX_Count", ofEndpoint),
        { id: "e5xx", expression: "FILL(all5xx,0)*req/total", label: "Share of the load balancer's errors" },
        sum("all5xx", "HTTPCode_ELB_5XX_Count", ofBalancer),
        sum("req", "RequestCount", ofEndpoint),
        sum("total", "RequestCount", ofBalancer),
      ],
      comparisonOperator: "GreaterThanThreshold",
      threshold: 5,
      evaluationPeriods: 5,
      treatMissingData: "notBreaching",
    });
  });

  it("measure an endpoint's response time at the 95th percentile", () => {
    assert.deepEqual(definition("main-latency-high").watch, {
      namespace: "AWS/ApplicationELB",
      metricName: "TargetResponseTime",
      dimensions: ofEndpoint,
      extendedStatistic: "p95",
      period: 60,
      comparisonOperator: "GreaterThanThreshold",
      threshold: 1,
      evaluationPeriods: 5,
      treatMissingData: "notBreaching",
    });
  });

  it("count an endpoint's unhealthy hosts", () => {
    assert.deepEqual(definition("main-unhealthy-hosts").watch, {
      namespace: "AWS/ApplicationELB",
      metricName: "UnHealthyHostCount",
      dimensions: ofEndpoint,
      statistic: "Maximum",
      period: 60,
      comparisonOperator: "GreaterThanThreshold",
      threshold: 0,
      evaluationPeriods: 2,
      treatMissingData: "breaching",
    });
  });

  it("count an endpoint's healthy hosts", () => {
    assert.deepEqual(definition("main-healthy-hosts-low").watch, {
      namespace: "AWS/ApplicationELB",
      metricName: "HealthyHostCount",
      dimensions: ofEndpoint,
      statistic: "Minimum",
      period: 60,
      comparisonOperator: "LessThanThreshold",
      threshold: 2,
      evaluationPeriods: 2,
      treatMissingData: "breaching",
    });
  });

  for (const [minHealthy, threshold, meaning] of [
    [1, 1, "Endpoint main has had no healthy host for 2 minutes."],
    [2, 1, "Endpoint main has had no healthy host for 2 minutes."],
    [3, 2, "Endpoint main has had fewer than 2 healthy hosts for 2 minutes."],
    [20, 19, "Endpoint main has had fewer than 19 healthy hosts for 2 minutes."],
  ] as const) {
    it(`ring below ${threshold} healthy hosts where ${minHealthy} are wanted`, () => {
      const low = endpointAlarms("main", {
        loadBalancerArnSuffix: loadBalancer,
        targetGroupArnSuffix: targetGroup,
        minHealthy,
        latencyHighSeconds: 1,
        errorHighPercent: 5,
      }).find(({ kind }) => kind === "healthy-hosts-low");
      assert.deepEqual([low?.watch.threshold, low?.meaning], [threshold, meaning]);
    });
  }

  it("measure a group's CPU", () => {
    assert.deepEqual(definition("cpu-high").watch, {
      namespace: "AWS/EC2",
      metricName: "CPUUtilization",
      dimensions: ofGroup,
      statistic: "Average",
      period: 60,
      comparisonOperator: "GreaterThanThreshold",
      threshold: 80,
      evaluationPeriods: 5,
      treatMissingData: "missing",
    });
  });

  it("look for idle instances only while a group is above its minimum", () => {
    const term = (id: string, namespace: string, metricName: string) => ({
      id,
      metric: { namespace, metricName, dimensions: ofGroup, period: 300, stat: "Average" },
    });
    assert.deepEqual(definition("cpu-low").watch, {
      metricQueries: [
        {
          id: "load",
          expression: "IF(instances > 3, cpu, 100)",
          label: "CPU of a group above its minimum, percent",
          returnData: true,
        },
        term("cpu", "AWS/EC2", "CPUUtilization"),
        term("instances", "AWS/AutoScaling", "GroupInServiceInstances"),
      ],
      comparisonOperator: "LessThanThreshold",
      threshold: 30,
      evaluationPeriods: 12,
      treatMissingData: "ignore",
    });
  });

  it("measure a group's memory by what the agent reports", () => {
    assert.deepEqual(definition("memory-high").watch, {
      namespace: "CWAgent",
      metricName: "mem_used_percent",
      dimensions: ofGroup,
      statistic: "Average",
      period: 60,
      comparisonOperator: "GreaterThanThreshold",
      threshold: 85,
      evaluationPeriods: 5,
      treatMissingData: "missing",
    });
  });

  it("count a group's instances in service", () => {
    assert.deepEqual(definition("in-service-low").watch, {
      namespace: "AWS/AutoScaling",
      metricName: "GroupInServiceInstances",
      dimensions: ofGroup,
      statistic: "Minimum",
      period: 60,
      comparisonOperator: "LessThanThreshold",
      threshold: 3,
      evaluationPeriods: 3,
      treatMissingData: "breaching",
    });
  });

  it("have a runbook each, and no runbook is without its alarm", () => {
    const folder = path.join(__dirname, "..", "..", "docs", "runbooks");
    const runbooks = readdirSync(folder).filter((file) => file !== "README.md");
    assert.deepEqual(runbooks.sort(), alarmKinds.map((kind) => `${kind}.md`).sort());
  });
});
