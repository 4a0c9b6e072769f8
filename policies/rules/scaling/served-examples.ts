import type { ScenarioResource } from "../../lib/rule";
import { UNKNOWN } from "../../lib/unknown";

/** A target group of a scenario. */
export function targetGroup(name: string, props: object): ScenarioResource {
  return { name, type: "aws:lb/targetGroup:TargetGroup", props };
}

/** A scaling group that serves a target group, both not created yet. */
export function joined(group: string, target: string): ScenarioResource {
  return {
    name: `join-${target}`,
    type: "aws:autoscaling/attachment:Attachment",
    props: { autoscalingGroupName: UNKNOWN, lbTargetGroupArn: UNKNOWN },
    from: { autoscalingGroupName: [group], lbTargetGroupArn: [target] },
  };
}
