import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { parse } from "yaml";
import type { Settings } from "../../settings";
import { type Config, settingsOf } from "./configured";

function shipped(stack: string): Settings {
  const { config } = parse(readFileSync(`Pulumi.${stack}.yaml`, "utf8")) as { config: Config };
  return settingsOf(config, stack);
}

/** The figures of each service, and of each of its endpoints. */
function figuresOf({ services }: Settings) {
  return Object.entries(services).map(([name, service]) => ({
    name,
    size: `${service.minSize}-${service.maxSize} from ${service.desiredCapacity}`,
    onDemand: service.purchase,
    types: service.instanceTypes.length,
    endpoints: Object.entries(service.endpoints).map(
      ([endpoint, { stickiness, algorithm, drainSeconds }]) => [
        endpoint,
        stickiness.mode,
        stickiness.durationSeconds,
        algorithm,
        drainSeconds,
      ],
    ),
  }));
}

const endpoints = [
  ["main", "off", undefined, "round_robin", 60],
  ["api", "applicationCookie", 3600, "least_outstanding_requests", 60],
  ["ws", "balancerCookie", 86_400, "round_robin", 300],
];

const mixed = (onDemandPercentAboveBase: number) => ({
  mode: "mixed",
  onDemandBase: 1,
  onDemandPercentAboveBase,
  spotAllocationStrategy: "capacity-optimized",
});

describe("the stacks that are shipped", () => {
  it("run production on three zones, half of it on demand, with a service of its own for search", () => {
    const settings = shipped("production");
    assert.deepEqual(settings.network.zones, ["us-east-1a", "us-east-1b", "us-east-1c"]);
    assert.deepEqual(figuresOf(settings), [
      { name: "web", size: "3-20 from 3", onDemand: mixed(50), types: 4, endpoints },
      {
        name: "search",
        size: "2-15 from 3",
        onDemand: { mode: "onDemand" },
        types: 1,
        endpoints: [["main", "off", undefined, "least_outstanding_requests", 60]],
      },
    ]);
  });

  it("run staging like production, smaller and mostly on spot", () => {
    const settings = shipped("staging");
    assert.deepEqual(settings.network.zones, ["us-east-1a", "us-east-1b", "us-east-1c"]);
    assert.deepEqual(figuresOf(settings), [
      { name: "web", size: "2-10 from 2", onDemand: mixed(25), types: 4, endpoints },
    ]);
  });

  it("run development on one instance", () => {
    const settings = shipped("development");
    assert.deepEqual(settings.network.zones, ["us-east-1a", "us-east-1b"]);
    assert.deepEqual(figuresOf(settings), [
      {
        name: "web",
        size: "1-3 from 1",
        onDemand: { mode: "onDemand" },
        types: 1,
        endpoints: [["main", "off", undefined, "least_outstanding_requests", 60]],
      },
    ]);
  });

  it("start every instance with the script of the workload, and keep their addresses apart", () => {
    const script = readFileSync("workload/user-data.sh", "utf8");
    const blocks = ["production", "staging", "development"].map((stack) => {
      const { network, services } = shipped(stack);
      for (const { userData } of Object.values(services)) assert.equal(userData, script);
      return network.cidrBlock;
    });
    assert.deepEqual(blocks, ["10.0.0.0/16", "10.1.0.0/16", "10.2.0.0/16"]);
  });
});
