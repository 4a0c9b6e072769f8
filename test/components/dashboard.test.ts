import assert from "node:assert/strict";
import * as lb from "@pulumi/aws/lb";
import { Dashboard, type DashboardArgs, type DashboardOptions } from "../../components/dashboard";
import { dashboardBody } from "../../components/lib/dashboard-body";
import { type Sandbox, type SandboxOptions, sandboxMocks, UNKNOWN } from "../../sandbox";
import { built } from "../support/built";

const subject = {
  loadBalancerArnSuffix: "app/edge/50dc6c495c0c9188",
  services: {
    web: { groupName: "web-asg", targetGroupArnSuffixes: { main: "targetgroup/main/73e2d6bc24d8a067" } },
  },
};

function dashboard(
  args: DashboardArgs = subject,
  options: SandboxOptions = {},
  opts: DashboardOptions = {},
): Promise<Sandbox> {
  return built(() => new Dashboard("ops", args, opts), options);
}

describe("Dashboard", () => {
  it("makes one dashboard, of which it is the parent", async () => {
    const stack = await dashboard();
    assert.deepEqual(stack.names, ["ops", "ops-dashboard"]);
    assert.equal(stack.resource("ops-dashboard").parent, stack.resource("ops").urn);
    assert.equal(stack.resource("ops").type, "evenkeel:index:Dashboard");
  });

  it("shows what it is given, in the stack's region", async () => {
    const stack = await dashboard(subject, { region: "eu-west-1" });
    const body = JSON.parse(String(stack.inputs("ops-dashboard").dashboardBody));
    assert.deepEqual(body, dashboardBody({ ...subject, region: "eu-west-1" }));
  });

  it("is named for project and stack, or for the prefix", async () => {
    const stack = await dashboard(subject, { project: "shop", stack: "eu.production" });
    assert.equal(stack.inputs("ops-dashboard").dashboardName, "shop-eu-production-ops");
    assert.deepEqual(stack.outputs("ops"), { dashboardName: "shop-eu-production-ops" });
    const prefixed = await dashboard({ ...subject, namePrefix: "live" });
    assert.equal(prefixed.inputs("ops-dashboard").dashboardName, "live-ops");
  });

  it("is named in a first preview, while what is in it is not known", async () => {
    const stack = await built(
      () => {
        const edge = new lb.LoadBalancer("edge", { subnets: ["subnet-0a", "subnet-0b"] });
        new Dashboard("ops", { namePrefix: "live", loadBalancerArnSuffix: edge.arnSuffix, services: {} });
      },
      { mode: "preview" },
    );
    assert.deepEqual(stack.inputs("ops-dashboard"), { dashboardName: "live-ops", dashboardBody: UNKNOWN });
  });

  it("gives the user the last word", async () => {
    const stack = await dashboard(
      subject,
      {},
      {
        transform: {
          dashboard: ({ args, opts }) => ({ args: { ...args, dashboardName: "mine" }, opts }),
        },
      },
    );
    assert.equal(stack.inputs("ops-dashboard").dashboardName, "mine");
  });

  it("refuses names AWS does not take, before anything is made", async () => {
    const sandbox = await sandboxMocks();
    const { web } = subject.services;
    assert.throws(() => new Dashboard("ops", { ...subject, namePrefix: "a b", services: { "web/1": web } }), {
      name: "ArgumentError",
      message: [
        "invalid arguments",
        '  namePrefix: must be letters, digits and hyphens, beginning with a letter, got "a b"',
        '  services.web/1: key must be letters, digits and hyphens, beginning with a letter, got "web/1"',
      ].join("\n"),
    });
    await sandbox.settled();
    assert.deepEqual(sandbox.names, ["ops"]);
  });
});
