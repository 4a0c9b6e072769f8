import type { Failure, Made } from "../../../sandbox/model/kind";
import { World } from "../../../sandbox/model/world";
import type { Bag } from "../../../sandbox/values";
import { Account } from "../account";

/** An account in which resources change and go, as deployments have them do. */
export class Life extends Account {
  /** What is wrong with other inputs for a resource. */
  changeFailures(made: Made, inputs: Bag): readonly Failure[] {
    return made.world.check({ ...made, inputs }).failures;
  }

  /** The resource with other inputs that nothing is wrong with. */
  change(made: Made, inputs: Bag): Made {
    const { inputs: checked, failures } = made.world.check({ ...made, inputs });
    const [first] = failures;
    if (first) throw new Error(`${made.name}: ${first.property}: ${first.reason}`);
    return made.world.update(made, checked);
  }

  /** What keeps a resource. */
  kept(made: Made): readonly Failure[] {
    return made.world.refusalsOfDelete(made);
  }

  /** The same account, written down and taken up again. */
  restored(): World {
    const world = new World(this.world.options);
    for (const { urn, seed, type, name, region, id, inputs, outputs } of this.world.everything()) {
      world.restore(JSON.parse(JSON.stringify({ urn, seed, type, name, region, id, inputs, outputs })));
    }
    return world;
  }

  /** A VPC with a subnet in each of two zones. */
  network(options: { readonly public?: boolean } = {}): { vpc: Made; subnets: [Made, Made] } {
    const vpc = this.make("aws:ec2/vpc:Vpc", "net", { cidrBlock: "10.0.0.0/16" });
    const subnet = (zone: string, index: number) =>
      this.make("aws:ec2/subnet:Subnet", `net-${zone}`, {
        vpcId: vpc.id,
        cidrBlock: `10.0.${index}.0/24`,
        availabilityZone: `us-east-1${zone}`,
        mapPublicIpOnLaunch: options.public ?? false,
      });
    return { vpc, subnets: [subnet("a", 0), subnet("b", 1)] };
  }

  /** A load balancer with a target group and a listener that leads to it. */
  balanced(): { balancer: Made; group: Made; listener: Made; vpc: Made; subnets: [Made, Made] } {
    const { vpc, subnets } = this.network();
    const balancer = this.make("aws:lb/loadBalancer:LoadBalancer", "edge", {
      subnets: subnets.map(({ id }) => id),
    });
    const group = this.make("aws:lb/targetGroup:TargetGroup", "web", {
      port: 80,
      protocol: "HTTP",
      vpcId: vpc.id,
    });
    const listener = this.make("aws:lb/listener:Listener", "edge-80", {
      loadBalancerArn: balancer.id,
      port: 80,
      defaultActions: [{ type: "forward", targetGroupArn: group.id }],
    });
    return { balancer, group, listener, vpc, subnets };
  }
}
