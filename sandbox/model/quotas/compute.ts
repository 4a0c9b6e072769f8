import { knownText, knownTexts } from "../../values";
import type { Subject } from "../kind";
import { counting, inRegion, type Quota } from "./quota";

const groupType = "aws:autoscaling/group:Group";
const attachmentType = "aws:autoscaling/attachment:Attachment";

/** The group something belongs to, a name in its region. */
const inGroup = ({ inputs, region }: Subject): readonly string[] => {
  const name = knownText(inputs.autoscalingGroupName);
  return name === undefined ? [] : [`${region} ${name}`];
};

const exceeded = (what: string) => (limit: number) => `LimitExceeded: ${what} limit exceeded: ${limit}`;

// https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-quotas.html
// https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/launch-template-restrictions.html
/** Groups of instances. */
export const computeQuotas: readonly Quota[] = [
  counting({
    name: "Launch templates per Region",
    limit: 5000,
    types: ["aws:ec2/launchTemplate:LaunchTemplate"],
    per: "Region",
    places: inRegion,
    reason: () =>
      "LaunchTemplateLimitExceeded: You have reached the maximum number of launch templates in this Region.",
  }),
  counting({
    name: "Auto Scaling groups per region",
    code: "L-CDE20ADC",
    limit: 500,
    types: [groupType],
    per: "Region",
    places: inRegion,
    reason: exceeded("AutoScalingGroup"),
  }),
  counting({
    name: "Scaling policies per Auto Scaling group",
    code: "L-72753F6F",
    limit: 50,
    types: ["aws:autoscaling/policy:Policy"],
    per: "Auto Scaling group",
    places: inGroup,
    reason: exceeded("ScalingPolicy"),
  }),
  counting({
    name: "Scheduled actions per Auto Scaling group",
    limit: 125,
    types: ["aws:autoscaling/schedule:Schedule"],
    per: "Auto Scaling group",
    places: inGroup,
    reason: exceeded("ScheduledAction"),
  }),
  counting({
    name: "Lifecycle hooks per Auto Scaling group",
    limit: 50,
    types: ["aws:autoscaling/lifecycleHook:LifecycleHook"],
    per: "Auto Scaling group",
    places: inGroup,
    reason: exceeded("LifecycleHook"),
  }),
  counting({
    name: "SNS topics per Auto Scaling group",
    limit: 10,
    types: ["aws:autoscaling/notification:Notification"],
    per: "Auto Scaling group",
    places: ({ inputs, region }) => (knownTexts(inputs.groupNames) ?? []).map((name) => `${region} ${name}`),
    reason: exceeded("NotificationConfiguration"),
  }),
  counting({
    name: "Target groups per Auto Scaling group",
    limit: 50,
    types: [groupType, attachmentType],
    per: "Auto Scaling group",
    places: (subject) =>
      subject.type === groupType ? [`${subject.region} ${subject.inputs.name}`] : inGroup(subject),
    amount: ({ type, inputs }) =>
      type === groupType ? (knownTexts(inputs.targetGroupArns) ?? []).length : 1,
    reason: exceeded("TargetGroup"),
  }),
  counting({
    name: "Step adjustments per step scaling policy",
    limit: 20,
    types: ["aws:autoscaling/policy:Policy"],
    per: "scaling policy",
    places: ({ seed }) => [seed],
    amount: ({ inputs }) => (Array.isArray(inputs.stepAdjustments) ? inputs.stepAdjustments.length : 0),
    reason: exceeded("StepAdjustment"),
  }),
];
