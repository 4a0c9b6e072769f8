import assert from "node:assert/strict";
import { service, settingsOf, stack } from "./configured";

const least = { domainName: "app.example.com", hostedZoneId: "Z0123456789ABCDEFGHIJ" };
const configured = (more: object, environment = "staging") =>
  settingsOf(
    stack({ "evenkeel:environment": environment, "evenkeel:loadBalancer": { ...least, ...more } }),
    environment,
  );

function faultsOf(more: object, services?: object): string[] {
  try {
    const own = services === undefined ? {} : { "evenkeel:services": services };
    settingsOf(stack({ "evenkeel:loadBalancer": { ...least, ...more }, ...own }));
  } catch (error) {
    return String((error as Error).message)
      .split("\n")
      .slice(1)
      .map((line) => line.trim());
  }
  assert.fail("the configuration was accepted");
}

describe("what a stack says of its load balancer's logs", () => {
  it("follows the environment", () => {
    const rows = ["production", "staging", "development"].map((environment) => {
      const { loadBalancer, logQueries } = configured({}, environment);
      const { accessLogs, connectionLogs, healthCheckLogs } = loadBalancer;
      return [
        accessLogs.delivery,
        `${connectionLogs.delivery} ${connectionLogs.retentionDays}`,
        `${healthCheckLogs.delivery} ${healthCheckLogs.retentionDays}`,
        logQueries,
      ];
    });
    const queries = (retentionDays: number) => ({
      accessLogs: { retentionDays },
      connectionLogs: { retentionDays },
      healthCheckLogs: { retentionDays },
      maxScannedGiB: 10,
    });
    assert.deepEqual(rows, [
      ["on", "on 90", "on 90", queries(90)],
      ["on", "on 30", "on 30", queries(30)],
      ["on", "off 7", "off 7", undefined],
    ]);
  });

  it("wins over the environment", () => {
    const logs = {
      access: "off",
      connections: "off",
      connectionRetentionDays: 3,
      healthCheckRetentionDays: 60,
      queryScanGiB: 50,
    };
    const { loadBalancer, logQueries } = configured({ logs, accessLogRetentionDays: 10 });
    const { accessLogs, connectionLogs, healthCheckLogs } = loadBalancer;
    assert.deepEqual(accessLogs, { delivery: "off", retentionDays: 10, bucketDeletion: "empty" });
    assert.deepEqual(connectionLogs, { delivery: "off", retentionDays: 3 });
    assert.deepEqual(healthCheckLogs, { delivery: "on", retentionDays: 60 });
    assert.deepEqual(logQueries, { healthCheckLogs: { retentionDays: 60 }, maxScannedGiB: 50 });
  });

  it("asks nothing where there is nothing to ask, or nobody is to", () => {
    const none = { access: "off", connections: "off", healthChecks: "off" };
    assert.equal(configured({ logs: none }).logQueries, undefined);
    assert.equal(configured({ logs: { queries: "off" } }).logQueries, undefined);
    assert.deepEqual(configured({ logs: { queries: "on" } }, "development").logQueries, {
      accessLogs: { retentionDays: 7 },
      maxScannedGiB: 10,
    });
  });

  it("is refused with what AWS does not take", () => {
    assert.deepEqual(
      faultsOf({ logs: { access: "yes", connectionRetentionDays: 0, queryScanGiB: 10_241, every: "on" } }),
      [
        'evenkeel:loadBalancer.logs.access: "yes", must be one of "on", "off"',
        "evenkeel:loadBalancer.logs.connectionRetentionDays: 0, must be a whole number from 1 to 3650",
        "evenkeel:loadBalancer.logs.queryScanGiB: 10241, must be a whole number from 1 to 10240",
        "evenkeel:loadBalancer.logs.every: unknown key, known are access, connections, connectionRetentionDays, healthChecks, healthCheckRetentionDays, queries, queryScanGiB",
      ],
    );
  });
});

describe("what a stack says of its load balancer's zones and addresses", () => {
  it("leaves autoshift off, capacity to AWS and addresses to IPv4", () => {
    const { loadBalancer, zonalAutoshift } = configured({}, "production");
    const { minimumCapacityUnits, ipAddressType } = loadBalancer;
    assert.deepEqual([zonalAutoshift, minimumCapacityUnits, ipAddressType], [undefined, undefined, "ipv4"]);
  });

  it("is handed on", () => {
    const times = { blockedDates: ["2026-11-27"], blockedWindows: ["Mon:08:00-Mon:18:00"] };
    const { loadBalancer, zonalAutoshift } = configured({
      minimumCapacityUnits: 250,
      zonalAutoshift: { mode: "on", ...times },
    });
    assert.equal(loadBalancer.minimumCapacityUnits, 250);
    assert.deepEqual(zonalAutoshift, { ...times, allowedWindows: [] });
  });

  it("is refused with what AWS, or the rest of the stack, does not take", () => {
    const zonalAutoshift = {
      blockedDates: ["2026-02-30"],
      blockedWindows: ["Mon:08:00-Mon:18:00"],
      allowedWindows: ["Tue:08:00-Tue:18:00"],
    };
    assert.deepEqual(faultsOf({ minimumCapacityUnits: 99, zonalAutoshift }), [
      "evenkeel:loadBalancer.minimumCapacityUnits: 99, must be a whole number from 100 to 15000",
      'evenkeel:loadBalancer.zonalAutoshift.blockedDates[0]: "2026-02-30", must be a date such as "2026-11-27"',
      "evenkeel:loadBalancer.zonalAutoshift.allowedWindows: a list of 1, must be left out beside blockedWindows",
    ]);
    const { blockedDates: _, ...windows } = zonalAutoshift;
    assert.deepEqual(faultsOf({ ipAddressType: "dualstack", zonalAutoshift: windows }), [
      'evenkeel:loadBalancer.ipAddressType: "dualstack", must be "ipv4": the subnets of a stack have no IPv6 addresses',
      "evenkeel:loadBalancer.zonalAutoshift.allowedWindows: a list of 1, must be left out beside blockedWindows",
    ]);
  });

  it("takes no more endpoints than AWS watches alarms", () => {
    const of = (count: number) => ({
      web: service({
        endpoints: Object.fromEntries(
          Array.from({ length: count }, (_, index) => [
            `e${index}`,
            { routes: { all: { priority: index + 1, paths: [`/${index}`] } } },
          ]),
        ),
      }),
    });
    const on = { zonalAutoshift: { mode: "on" } };
    assert.deepEqual(faultsOf(on, of(10)), [
      'evenkeel:loadBalancer.zonalAutoshift.mode: "on", must be "off" with more than 9 endpoints, of which there are 10: AWS watches 10 alarms, one of them the load balancer\'s',
    ]);
    const settings = settingsOf(
      stack({ "evenkeel:loadBalancer": { ...least, ...on }, "evenkeel:services": of(9) }),
    );
    assert.deepEqual(settings.zonalAutoshift, { blockedDates: [], blockedWindows: [], allowedWindows: [] });
  });
});
