import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as ec2 from "@pulumi/aws/ec2";
import * as iam from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";
import { checkLogRetention } from "../lib/log-retention";
import { type Place, placeOf } from "../lib/place";
import type { Problems } from "../lib/problems";
import { tagged } from "../lib/tags";
import { shaped, type Transform } from "../lib/transform";
import type { Part } from "./part";

/** The record of who talked to whom. */
export interface FlowLogsArgs {
  /**
   * How long the records are kept, in days: one of the periods CloudWatch Logs offers, 1 to 3653.
   * @default 30
   * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
   */
  readonly retentionDays?: number;
}

/** The last word on each child of a network's flow log. */
export interface FlowLogTransforms {
  /** Log group the records go to. */
  readonly flowLogGroup?: Transform<cloudwatch.LogGroupArgs>;
  /** Role that delivers them. */
  readonly flowLogRole?: Transform<iam.RoleArgs>;
  /** The flow log itself. */
  readonly flowLog?: Transform<ec2.FlowLogArgs>;
}

/** Role of the children that record traffic: the end of their names. */
export const flowLogsRole = "flow-logs";

/** Settles for how many days records are kept, and notes under `flowLogs` what is wrong with it. */
export function settleFlowLogs({ retentionDays = 30 }: FlowLogsArgs, problems: Problems): number {
  checkLogRetention(retentionDays, "flowLogs.retentionDays", problems);
  return retentionDays;
}

/** Records all traffic of a VPC, accepted and rejected. */
export function recordTraffic(
  { name, tags, transform, child }: Part<FlowLogTransforms>,
  vpcId: pulumi.Input<string>,
  retentionDays: number,
): void {
  const own = `${name}-${flowLogsRole}`;

  const group = new cloudwatch.LogGroup(
    own,
    ...shaped(transform.flowLogGroup, { retentionInDays: retentionDays, tags: tagged(own, tags) }, child),
  );

  // A preview knows the group's name but not its ARN. Put together from the name, the policies can be judged there.
  const site = pulumi.all([placeOf(child), group.name]);

  const role = new iam.Role(
    own,
    ...shaped(
      transform.flowLogRole,
      {
        description: "Delivers VPC flow logs to CloudWatch Logs",
        assumeRolePolicy: site.apply(([place]) => trustPolicy(place)),
        tags: tagged(own, tags),
      },
      child,
    ),
  );

  const delivery = new iam.RolePolicy(
    own,
    { role: role.name, policy: site.apply(([place, groupName]) => deliveryPolicy(place, groupName)) },
    child,
  );

  new ec2.FlowLog(
    own,
    ...shaped(
      transform.flowLog,
      {
        vpcId,
        trafficType: "ALL",
        logDestinationType: "cloud-watch-logs",
        logDestination: group.arn,
        iamRoleArn: role.arn,
        // The default, 600, hides short bursts. https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-basics.html
        maxAggregationInterval: 60,
        tags: tagged(own, tags),
      },
      // The service drops what it may not yet deliver.
      { ...child, dependsOn: [delivery] },
    ),
  );
}

/**
 * Who may assume the delivery role: the flow log service, for flow logs of the account and region the log group is in.
 * Without the condition another account could have the service write here.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-iam-role.html
 */
function trustPolicy({ partition, region, accountId: account }: Place): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Service: "vpc-flow-logs.amazonaws.com" },
        Action: "sts:AssumeRole",
        Condition: {
          StringEquals: { "aws:SourceAccount": account },
          ArnLike: { "aws:SourceArn": `arn:${partition}:ec2:${region}:${account}:vpc-flow-log/*` },
        },
      },
    ],
  });
}

/**
 * What the delivery role may do: write to this one log group. It may not create groups, which AWS's own example allows:
 * the service would make the group anew, without retention, while it is being destroyed.
 */
function deliveryPolicy({ partition, region, accountId }: Place, groupName: string): string {
  const logGroupArn = `arn:${partition}:logs:${region}:${accountId}:log-group:${groupName}`;
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Action: [
          "logs:CreateLogStream",
          "logs:DescribeLogGroups",
          "logs:DescribeLogStreams",
          "logs:PutLogEvents",
        ],
        Resource: [logGroupArn, `${logGroupArn}:*`],
      },
    ],
  });
}
