import { knownNumber, knownText } from "../../values";
import { all, type Check, oneOf, pattern, textsAt, uniqueName } from "../checks";
import { fill } from "../fill";
import { uuidOf } from "../ids";
import { formerOf, type Kinds } from "../kind";
import { arnOf } from "../places";
import { reference, refusedFor, usersOf } from "../users";
import { whereOf } from "../where";

const databaseType = "aws:glue/catalogDatabase:CatalogDatabase";
const tableType = "aws:glue/catalogTable:CatalogTable";
const queryType = "aws:athena/namedQuery:NamedQuery";

/** A text of so many characters, in the provider's words. */
function sized(path: string, min: number, max: number, called: string): Check {
  return function* ({ inputs }) {
    for (const { path: property, text } of textsAt(inputs, path)) {
      if (text.length >= min && text.length <= max) continue;
      const reason = `expected length of ${called} to be in the range (${min} - ${max}), got ${text}`;
      yield { property, reason };
    }
  };
}

/** The same in AWS's words, where the provider looks at nothing. */
function sizedByAws(path: string, max: number): Check {
  return function* ({ inputs }) {
    for (const { path: property, text } of textsAt(inputs, path)) {
      if (text.length <= max) continue;
      const constraint = `Member must have length less than or equal to ${max}`;
      const reason = `InvalidRequestException: 1 validation error detected: Value at '${path}' failed to satisfy constraint: ${constraint}`;
      yield { property, reason };
    }
  };
}

const lowerCase = pattern(
  "name",
  /^[^A-Z]*$/,
  () => "invalid value for name (uppercase characters cannot be used)",
);

const cutoff: Check = function* ({ inputs }) {
  const { configuration } = inputs;
  const bytes = knownNumber(
    (configuration as { bytesScannedCutoffPerQuery?: number } | undefined)?.bytesScannedCutoffPerQuery,
  );
  if (bytes === undefined || bytes === 0 || bytes >= 10_485_760) return;
  const property = "configuration.bytesScannedCutoffPerQuery";
  const reason = `expected configuration.0.bytes_scanned_cutoff_per_query to be at least (10485760), got ${bytes}`;
  yield { property, reason };
};

/** A table is looked for in its database only. */
const tableOnce: Check = function* (subject) {
  const { inputs, world } = subject;
  const [database, name] = [knownText(inputs.databaseName), knownText(inputs.name)];
  if (database === undefined || name === undefined || formerOf(subject)) return;
  const taken = world
    .all(tableType)
    .some(
      (other) =>
        other.seed !== subject.seed &&
        other.region === subject.region &&
        other.inputs.databaseName === database &&
        other.inputs.name === name,
    );
  if (taken) yield { property: "name", reason: "AlreadyExistsException: Table already exists." };
};

/** Tables over files, and what asks them. */
export const queryKinds: Kinds = {
  [databaseType]: {
    autoName: { property: "name", max: 255 },
    id: ({ inputs, world }) => `${world.options.accountId}:${inputs.name}`,
    computed: (subject) => ({
      arn: arnOf("glue", whereOf(subject), `database/${subject.inputs.name}`),
      catalogId: subject.world.options.accountId,
      locationUri: "",
    }),
    refuse: all(
      lowerCase,
      sized("description", 0, 2048, "description"),
      uniqueName("name", () => "AlreadyExistsException: Database already exists."),
    ),
  },
  [tableType]: {
    autoName: { property: "name", max: 255 },
    id: ({ inputs, world }) => `${world.options.accountId}:${inputs.databaseName}:${inputs.name}`,
    computed: (subject) => {
      const { databaseName, name } = subject.inputs;
      return {
        arn: arnOf("glue", whereOf(subject), `table/${databaseName}/${name}`),
        catalogId: subject.world.options.accountId,
      };
    },
    refuse: all(
      lowerCase,
      sized("description", 0, 2048, "description"),
      sized("partitionKeys.name", 1, 255, "partition_keys.0.name"),
      sized("storageDescriptor.columns.name", 1, 255, "storage_descriptor.0.columns.0.name"),
      tableOnce,
    ),
  },
  "aws:athena/workgroup:Workgroup": {
    autoName: { property: "name", max: 255 },
    fill: fill({
      state: "ENABLED",
      forceDestroy: false,
      "configuration.enforceWorkgroupConfiguration": true,
      "configuration.publishCloudwatchMetricsEnabled": true,
    }),
    id: ({ inputs }) => String(inputs.name),
    computed: (subject, id) => ({ arn: arnOf("athena", whereOf(subject), `workgroup/${id}`) }),
    refuse: all(
      sized("name", 1, 128, "name"),
      pattern(
        "name",
        /^[A-Za-z0-9._-]*$/,
        () =>
          "invalid value for name (must contain only alphanumeric characters, periods, underscores, and hyphens)",
      ),
      sized("description", 0, 1024, "description"),
      oneOf("state", "ENABLED", "DISABLED"),
      oneOf(
        "configuration.resultConfiguration.encryptionConfiguration.encryptionOption",
        "SSE_S3",
        "SSE_KMS",
        "CSE_KMS",
      ),
      cutoff,
      uniqueName("name", (name) => `InvalidRequestException: WorkGroup ${name} is already created`),
    ),
    // Queries that have run count as well, of which the model knows nothing.
    refuseDelete: (made) => {
      if (made.inputs.forceDestroy === true) return [];
      const queries = usersOf(made, [reference(queryType, "workgroup")]);
      return refusedFor(queries, `InvalidRequestException: WorkGroup ${made.id} is not empty`);
    },
  },
  [queryType]: {
    autoName: { property: "name", max: 255 },
    id: ({ seed }) => uuidOf(seed),
    refuse: all(sizedByAws("name", 128), sizedByAws("description", 1024), sizedByAws("query", 262_144)),
  },
};
