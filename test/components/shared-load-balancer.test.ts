import assert from "node:assert/strict";
import { AppLoadBalancer, Service } from "../../components";
import { quotas } from "../../sandbox/model/quotas";
import { built } from "../support/built";

const vpcId = "vpc-0a1b2c3d4e5f60718";
const subnetIds = ["subnet-0a1b2c3d4e5f60711", "subnet-0a1b2c3d4e5f60712"];
const certificateArn = "arn:aws:acm:us-east-1:123456789012:certificate/12345678-1234-1234-1234-123456789012";

/** A load balancer with so many services, each with two endpoints on one port. */
function shared(services: number): void {
  const { httpsListenerArn, arnSuffix, securityGroupId } = new AppLoadBalancer("edge", {
    vpcId,
    subnetIds,
    certificateArn,
  });
  for (let index = 0; index < services; index++) {
    const name = `svc${index}`;
    const route = (end: string, priority: number) => ({
      routes: { all: { priority, paths: [`/${name}/${end}*`] } },
    });
    new Service(name, {
      vpcId,
      subnetIds,
      loadBalancer: { listenerArn: httpsListenerArn, arnSuffix, securityGroupId },
      endpoints: { api: route("api/", 1000 + 2 * index), main: route("", 1001 + 2 * index) },
      maxSize: 10,
    });
  }
}

const limitOf = (name: string) => quotas.find((quota) => quota.name === name)?.limit ?? 0;

describe("a load balancer of many services", () => {
  it("has room for fifty with two endpoints each within AWS's default quotas", async () => {
    const { names } = await built(() => shared(50));
    const count = (pattern: RegExp) => names.filter((name) => pattern.test(name)).length;
    for (const [pattern, quota, used] of [
      [/^svc\d+-rule-\d+$/, "Rules per Application Load Balancer", 100],
      [/^svc\d+-targets-(main|api)$/, "Target Groups per Application Load Balancer", 100],
      [/^svc\d+-balancer-egress-\d+$/, "Inbound or outbound rules per security group", 50],
    ] as const) {
      assert.equal(count(pattern), used);
      assert.ok(used <= limitOf(quota), quota);
    }
  }).timeout(20_000);
});
