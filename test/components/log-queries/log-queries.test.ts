import assert from "node:assert/strict";
import { logFormats } from "../../../components/log-queries/log-formats";
import {
  LogQueries,
  type LogQueriesArgs,
  type LogQueriesOptions,
} from "../../../components/log-queries/log-queries";
import { questions } from "../../../components/log-queries/statements";
import { tableDefinition } from "../../../components/log-queries/table-definition";
import { type Sandbox, type SandboxOptions, UNKNOWN } from "../../../sandbox";
import { built } from "../../support/built";
import { refused } from "../../support/refused";

const all: LogQueriesArgs = {
  bucketName: "shop-edge-logs",
  accessLogs: {},
  connectionLogs: { retentionDays: 30 },
  healthCheckLogs: { prefix: "probes/edge" },
};

function ask(
  args: LogQueriesArgs = all,
  options: SandboxOptions = {},
  opts: LogQueriesOptions = {},
): Promise<Sandbox> {
  return built(() => new LogQueries("edge-queries", args, opts), options);
}

describe("LogQueries", () => {
  it("makes a database, a table for each kind of log, a workgroup and queries", async () => {
    const stack = await ask();
    assert.deepEqual(stack.names, [
      "edge-queries",
      "edge-queries-access-logs",
      "edge-queries-connection-logs",
      "edge-queries-database",
      "edge-queries-errors-by-target",
      "edge-queries-failed-handshakes",
      "edge-queries-health-check-logs",
      "edge-queries-probe-latency",
      "edge-queries-request-spread",
      "edge-queries-slowest-routes",
      "edge-queries-tls-in-use",
      "edge-queries-top-clients",
      "edge-queries-workgroup",
    ]);
    const { urn, type } = stack.resource("edge-queries");
    const parents = new Set(stack.registrations.filter(({ custom }) => custom).map(({ parent }) => parent));
    assert.deepEqual([type, ...parents], ["evenkeel:index:LogQueries", urn]);
  });

  it("makes nothing for logs that are not named", async () => {
    const stack = await ask({ bucketName: "shop-edge-logs", healthCheckLogs: {} });
    assert.deepEqual(stack.names, [
      "edge-queries",
      "edge-queries-database",
      "edge-queries-health-check-logs",
      "edge-queries-probe-latency",
      "edge-queries-workgroup",
    ]);
  });

  it("looks for each kind where the load balancer puts it, or where it is told", async () => {
    const stack = await ask();
    const account = { bucket: "shop-edge-logs", accountId: "123456789012", region: "us-east-1" };
    const tables = [
      ["access-logs", "access_logs", logFormats.access, "alb-logs", 90],
      ["connection-logs", "connection_logs", logFormats.connection, "alb-connection-logs", 30],
      ["health-check-logs", "health_check_logs", logFormats.healthCheck, "probes/edge", 90],
    ] as const;
    for (const [role, name, format, folder, days] of tables) {
      assert.deepEqual(stack.inputs(`edge-queries-${role}`), {
        databaseName: stack.outputs("edge-queries-database").name,
        name,
        tableType: "EXTERNAL_TABLE",
        ...tableDefinition(format, { ...account, folder }, days),
      });
    }
  });

  it("ends queries that read too much and keeps their results encrypted, beside the logs", async () => {
    const stack = await ask();
    assert.deepEqual(stack.inputs("edge-queries-workgroup"), {
      description: "Queries of the logs, edge-queries",
      forceDestroy: true,
      configuration: {
        enforceWorkgroupConfiguration: true,
        publishCloudwatchMetricsEnabled: true,
        bytesScannedCutoffPerQuery: 10_737_418_240,
        resultConfiguration: {
          outputLocation: "s3://shop-edge-logs/query-results/",
          encryptionConfiguration: { encryptionOption: "SSE_S3" },
          expectedBucketOwner: "123456789012",
        },
      },
      tags: { Name: "edge-queries-workgroup" },
    });
  });

  it("does as it is told", async () => {
    const limits = { days: 7, spreadLimitPercent: 20, probeLimitSeconds: 0.5 };
    const stack = await ask({ ...all, ...limits, maxScannedGiB: 1, resultBucketName: "results" });
    const { configuration } = stack.inputs("edge-queries-workgroup") as {
      configuration: { bytesScannedCutoffPerQuery: number; resultConfiguration: { outputLocation: string } };
    };
    assert.equal(configuration.bytesScannedCutoffPerQuery, 1_073_741_824);
    assert.equal(configuration.resultConfiguration.outputLocation, "s3://results/query-results/");
    for (const { key, title, description, sql } of questions(["access", "connection", "healthCheck"], limits))
      assert.deepEqual(stack.inputs(`edge-queries-${key}`), {
        name: title,
        description,
        database: stack.outputs("edge-queries-database").name,
        workgroup: stack.outputs("edge-queries-workgroup").name,
        query: sql,
      });
  });

  it("is named for the stack, or for the prefix, so that SQL takes it without quotes", async () => {
    const named = async (namePrefix?: string) => {
      const stack = await ask(namePrefix === undefined ? all : { ...all, namePrefix });
      return [stack.inputs("edge-queries-database").name, stack.inputs("edge-queries-workgroup").name];
    };
    const [own] = await named();
    assert.match(String(own), /^[a-z][a-z0-9_]*_edge_queries$/);
    assert.deepEqual(await named("shop-production"), [
      "shop_production_edge_queries",
      "shop-production-edge-queries",
    ]);
  });

  it("waits in a preview for a bucket whose name is not known", async () => {
    const stack = await built(
      () => {
        const { bucketName: _, ...rest } = all;
        return new LogQueries("edge-queries", { ...rest, bucketName: UNKNOWN });
      },
      { mode: "preview" },
    );
    assert.equal(stack.inputs("edge-queries-access-logs").name, "access_logs");
  });

  it("hands out what it made", async () => {
    const stack = await ask();
    const { databaseName, workgroupName, queryIds } = stack.outputs("edge-queries") as {
      databaseName: string;
      workgroupName: string;
      queryIds: { [query: string]: string };
    };
    assert.equal(databaseName, stack.outputs("edge-queries-database").name);
    assert.equal(workgroupName, stack.outputs("edge-queries-workgroup").name);
    assert.equal(Object.keys(queryIds).length, 7);
    assert.equal(queryIds["top-clients"], stack.resource("edge-queries-top-clients").id);
  });

  it("gives the caller the last word on each child", async () => {
    const described = <Args>(shape: { args: Args; opts: object }) => ({
      args: { ...shape.args, description: "bent" },
      opts: shape.opts,
    });
    const stack = await ask(
      all,
      {},
      {
        transform: {
          database: described,
          workgroup: described,
          tables: { access_logs: described },
          queries: { "top-clients": described },
        },
      },
    );
    const bent = stack.names.filter((name) => {
      const inputs = name === "edge-queries" ? {} : stack.inputs(name);
      return inputs.description === "bent";
    });
    assert.deepEqual(bent, [
      "edge-queries-access-logs",
      "edge-queries-database",
      "edge-queries-top-clients",
      "edge-queries-workgroup",
    ]);
  });

  it("says everything that is wrong, and makes nothing", async () => {
    const { message, names } = await refused(
      () =>
        new LogQueries("edge queries", {
          bucketName: "shop-edge-logs",
          namePrefix: "x".repeat(33),
          accessLogs: { prefix: "/alb-logs/", retentionDays: 0 },
          connectionLogs: { prefix: "AWSLogs" },
          days: 91,
          maxScannedGiB: 0,
          spreadLimitPercent: 0.5,
          probeLimitSeconds: 0,
        }),
    );
    assert.equal(
      message,
      [
        "invalid arguments",
        '  name: must be letters, digits and hyphens, beginning with a letter, got "edge queries"',
        "  namePrefix: must have 32 characters or fewer, got 33",
        "  days: must be a whole number from 1 to 90, got 91",
        "  maxScannedGiB: must be a whole number from 1 to 10240, got 0",
        "  spreadLimitPercent: must be a whole number from 1 to 100, got 0.5",
        "  probeLimitSeconds: must be a number from 0.001 to 120, got 0",
        '  accessLogs.prefix: must be a folder without slashes at its ends and without "AWSLogs", got "/alb-logs/"',
        "  accessLogs.retentionDays: must be a whole number from 1 to 3650, got 0",
        '  connectionLogs.prefix: must be a folder without slashes at its ends and without "AWSLogs", got "AWSLogs"',
      ].join("\n"),
    );
    assert.deepEqual(names, ["edge queries"]);
  });

  it("needs logs to ask, and a name that leaves room", async () => {
    const { message } = await refused(
      () => new LogQueries("q".repeat(111), { bucketName: "shop-edge-logs" }),
    );
    assert.equal(
      message,
      [
        "invalid arguments",
        '  name: must have 110 characters or fewer to leave room for "-workgroup", got 111',
        "  accessLogs: needs accessLogs, connectionLogs or healthCheckLogs, got none of them",
      ].join("\n"),
    );
  });
});
