import * as pulumi from "@pulumi/pulumi";
import { Alarms, AlarmTopics, AppLoadBalancer, LogQueries, ZonalAutoshift } from "evenkeel";

const config = new pulumi.Config();

// Requests are kept for a quarter, to compare releases; connections and health checks for as long as anybody asks.
const balancer = new AppLoadBalancer("shop", {
  vpcId: config.require("vpcId"),
  subnetIds: config.requireObject<string[]>("publicSubnetIds"),
  certificateArn: config.require("certificateArn"),
  accessLogs: { retentionDays: 90 },
  connectionLogs: { retentionDays: 14 },
  healthCheckLogs: { retentionDays: 14 },
});

// Each query reads one day and ends at 5 GiB.
const queries = new LogQueries("shop-queries", {
  bucketName: balancer.accessLogsBucketName,
  accessLogs: { retentionDays: 90 },
  connectionLogs: { retentionDays: 14 },
  healthCheckLogs: { retentionDays: 14 },
  maxScannedGiB: 5,
});

// AWS takes a zone out once a week, outside office hours, and puts it back as soon as clients notice.
const topics = new AlarmTopics("shop-notices", { emails: ["oncall@example.com"] });
const { alarmArns } = new Alarms("shop-alarms", {
  warningTopicArn: topics.warningTopicArn,
  criticalTopicArn: topics.criticalTopicArn,
  loadBalancer: { arnSuffix: balancer.arnSuffix },
});
new ZonalAutoshift("shop-zones", {
  resourceArn: balancer.loadBalancerArn,
  outcomeAlarmArns: Object.values(alarmArns),
  blockedWindows: ["Mon:07:00-Mon:19:00", "Fri:07:00-Fri:19:00"],
  blockedDates: ["2026-11-27"],
});

export const { databaseName, workgroupName, queryIds } = queries;
