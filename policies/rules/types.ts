/**
 * Type tokens of the load balancer's resources.
 *
 * `lb` and `alb` are two live names of the same resource. The two older modules are names that state files and programs
 * on early versions of the provider still carry.
 */
const modules = ["lb", "alb", "elasticloadbalancingv2", "applicationloadbalancing"];

/** A load balancer's listener. */
export const LISTENER = modules.map((module) => `aws:${module}/listener:Listener`);

/** A rule of a listener. */
export const LISTENER_RULE = modules.map((module) => `aws:${module}/listenerRule:ListenerRule`);

/** An application, network or gateway load balancer. */
export const LOAD_BALANCER = modules.map((module) => `aws:${module}/loadBalancer:LoadBalancer`);

/** What a load balancer sends requests to. */
export const TARGET_GROUP = modules.map((module) => `aws:${module}/targetGroup:TargetGroup`);

/** An auto scaling group. */
export const SCALING_GROUP = ["aws:autoscaling/group:Group"];

/** A change of a group's size at a given time. */
export const SCALING_SCHEDULE = ["aws:autoscaling/schedule:Schedule"];

/** A group joined to a load balancer by a resource of its own. */
export const SCALING_ATTACHMENT = [
  "aws:autoscaling/attachment:Attachment",
  "aws:autoscaling/trafficSourceAttachment:TrafficSourceAttachment",
];
