import assert from "node:assert/strict";
import { Account } from "../account";
import { Life } from "../model/life";
import { eachIsRefused } from "./single";

const database = "aws:glue/catalogDatabase:CatalogDatabase";
const table = "aws:glue/catalogTable:CatalogTable";
const workgroup = "aws:athena/workgroup:Workgroup";
const query = "aws:athena/namedQuery:NamedQuery";

describe("AWS refuses", () => {
  eachIsRefused([
    {
      title: "a database with capitals in its name",
      type: database,
      inputs: { name: "Logs" },
      at: "name",
      reason: "invalid value for name (uppercase characters cannot be used)",
    },
    {
      title: "a database whose name is longer than 255 characters",
      type: database,
      inputs: { name: "a".repeat(256) },
      at: "name",
      reason: `"name" cannot be longer than 255 characters, got 256: "${"a".repeat(256)}"`,
    },
    {
      title: "a table with capitals in its name",
      type: table,
      inputs: { databaseName: "logs", name: "Access" },
      at: "name",
      reason: "invalid value for name (uppercase characters cannot be used)",
    },
    {
      title: "a column without a name",
      type: table,
      inputs: { databaseName: "logs", name: "access", storageDescriptor: { columns: [{ name: "" }] } },
      at: "storageDescriptor.columns[0].name",
      reason: "expected length of storage_descriptor.0.columns.0.name to be in the range (1 - 255), got ",
    },
    {
      title: "a workgroup with a space in its name",
      type: workgroup,
      inputs: { name: "my queries" },
      at: "name",
      reason:
        "invalid value for name (must contain only alphanumeric characters, periods, underscores, and hyphens)",
    },
    {
      title: "a workgroup whose name is longer than 128 characters",
      type: workgroup,
      inputs: { name: "a".repeat(129) },
      at: "name",
      reason: `expected length of name to be in the range (1 - 128), got ${"a".repeat(129)}`,
    },
    {
      title: "a workgroup whose queries may read less than 10 MB",
      type: workgroup,
      inputs: { name: "a", configuration: { bytesScannedCutoffPerQuery: 1 } },
      at: "configuration.bytesScannedCutoffPerQuery",
      reason: "expected configuration.0.bytes_scanned_cutoff_per_query to be at least (10485760), got 1",
    },
    {
      title: "a workgroup that is neither enabled nor disabled",
      type: workgroup,
      inputs: { name: "a", state: "ON" },
      at: "state",
      reason: 'expected state to be one of ["ENABLED" "DISABLED"], got ON',
    },
    {
      title: "results encrypted in a way Athena does not know",
      type: workgroup,
      inputs: {
        name: "a",
        configuration: { resultConfiguration: { encryptionConfiguration: { encryptionOption: "AES256" } } },
      },
      at: "configuration.resultConfiguration.encryptionConfiguration.encryptionOption",
      reason: 'expected encryption_option to be one of ["SSE_S3" "SSE_KMS" "CSE_KMS"], got AES256',
    },
    {
      title: "a saved query whose name is longer than 128 characters",
      type: query,
      inputs: { database: "logs", query: "SELECT 1", name: "a".repeat(129) },
      at: "name",
      reason:
        "InvalidRequestException: 1 validation error detected: Value at 'name' failed to satisfy constraint: Member must have length less than or equal to 128",
    },
    {
      title: "a saved query of more than 262,144 characters",
      type: query,
      inputs: { database: "logs", query: "a".repeat(262_145), name: "a" },
      at: "query",
      reason:
        "InvalidRequestException: 1 validation error detected: Value at 'query' failed to satisfy constraint: Member must have length less than or equal to 262144",
    },
  ]);

  it("a second database, table or workgroup of one name", () => {
    const account = new Account();
    account.make(database, "one", { name: "logs" });
    account.make(table, "one", { databaseName: "logs", name: "access" });
    account.make(workgroup, "one", { name: "queries" });
    assert.deepEqual(account.failures(database, { name: "logs" }), [
      { property: "name", reason: "AlreadyExistsException: Database already exists." },
    ]);
    assert.deepEqual(account.failures(table, { databaseName: "logs", name: "access" }), [
      { property: "name", reason: "AlreadyExistsException: Table already exists." },
    ]);
    assert.deepEqual(account.failures(table, { databaseName: "other", name: "access" }), []);
    assert.deepEqual(account.failures(workgroup, { name: "queries" }), [
      { property: "name", reason: "InvalidRequestException: WorkGroup queries is already created" },
    ]);
  });

  it("to delete a workgroup with saved queries, unless they go with it", () => {
    const life = new Life();
    const kept = life.make(workgroup, "kept", { name: "kept" });
    const going = life.make(workgroup, "going", { name: "going", forceDestroy: true });
    for (const { name } of [kept, going])
      life.make(query, `${name}-top`, { name: "top", database: "logs", query: "SELECT 1", workgroup: name });
    assert.deepEqual(life.kept(kept), [
      { reason: "InvalidRequestException: WorkGroup kept is not empty (kept-top)" },
    ]);
    assert.deepEqual(life.kept(going), []);
  });
});

describe("what AWS hands out for queries", () => {
  it("is ARNs with names, and ids with the account", () => {
    const account = new Account();
    const made = [
      account.make(database, "logs", { name: "logs" }),
      account.make(table, "access", { databaseName: "logs", name: "access" }),
      account.make(workgroup, "queries", { name: "queries" }),
    ];
    assert.deepEqual(
      made.map(({ id, outputs }) => [id, outputs.arn]),
      [
        ["123456789012:logs", "arn:aws:glue:us-east-1:123456789012:database/logs"],
        ["123456789012:logs:access", "arn:aws:glue:us-east-1:123456789012:table/logs/access"],
        ["queries", "arn:aws:athena:us-east-1:123456789012:workgroup/queries"],
      ],
    );
  });
});
