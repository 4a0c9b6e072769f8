import type { Made } from "../../../../sandbox/model/kind";
import type { World } from "../../../../sandbox/model/world";
import type { Bag } from "../../../../sandbox/values";

/** Makes a resource in a world, or says what is wrong with it. */
export function make(world: World, type: string, name: string, inputs: Bag, stack = "staging"): Made {
  const urn = `urn:pulumi:${stack}::shop::${type}::${name}`;
  const wanted = { urn, type, name, inputs, propertyDependencies: {}, region: "us-east-1" };
  const checked = world.check(wanted);
  const [first] = checked.failures;
  if (first) throw new Error(`${name}: ${first.property}: ${first.reason}`);
  return world.create({ ...wanted, inputs: checked.inputs });
}

export const types = {
  parameter: "aws:ssm/parameter:Parameter",
  topic: "aws:sns/topic:Topic",
  vpc: "aws:ec2/vpc:Vpc",
  subnet: "aws:ec2/subnet:Subnet",
  securityGroup: "aws:ec2/securityGroup:SecurityGroup",
  ingressRule: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
  balancer: "aws:lb/loadBalancer:LoadBalancer",
  listener: "aws:lb/listener:Listener",
  scalingGroup: "aws:autoscaling/group:Group",
  logGroup: "aws:cloudwatch/logGroup:LogGroup",
} as const;

/** A network with a group, a balancer with a listener, and a scaling group. */
export function makeShop(world: World): void {
  const vpc = make(world, types.vpc, "net", { cidrBlock: "10.0.0.0/16" });
  const subnets = ["a", "b"].map((zone, index) =>
    make(world, types.subnet, `net-${zone}`, {
      vpcId: vpc.id,
      cidrBlock: `10.0.${index}.0/24`,
      availabilityZone: `us-east-1${zone}`,
    }),
  );
  const group = make(world, types.securityGroup, "web-sg", { vpcId: vpc.id });
  const balancer = make(world, types.balancer, "edge-lb", {
    loadBalancerType: "application",
    subnets: subnets.map(({ id }) => id),
    securityGroups: [group.id],
  });
  make(world, types.listener, "edge-http", {
    loadBalancerArn: balancer.id,
    port: 80,
    protocol: "HTTP",
    defaultActions: [
      { type: "fixed-response", fixedResponse: { contentType: "text/plain", statusCode: "404" } },
    ],
  });
  make(world, types.scalingGroup, "web-asg", {
    minSize: 2,
    maxSize: 4,
    desiredCapacity: 2,
    launchTemplate: { id: "lt-0123456789abcdef0", version: "1" },
    vpcZoneIdentifiers: subnets.map(({ id }) => id),
  });
}
