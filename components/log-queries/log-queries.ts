import * as athena from "@pulumi/aws/athena";
import * as glue from "@pulumi/aws/glue";
import * as pulumi from "@pulumi/pulumi";
import { type LogKind, logFolders, logKinds, logRetentionRange } from "../lib/balancer-logs";
import { checkBetween, checkWhole } from "../lib/bounds";
import { databaseName } from "../lib/catalog-names";
import { checkName, checkNamePrefix } from "../lib/child-names";
import { placeOf } from "../lib/place";
import { Problems } from "../lib/problems";
import { queryScanRange } from "../lib/query-limits";
import { type Tags, tagged } from "../lib/tags";
import { shaped, type Transform } from "../lib/transform";
import { logFormats } from "./log-formats";
import { questions, type Scope } from "./statements";
import { tableDefinition } from "./table-definition";
import { addWorkgroup, longestWorkgroup, type Naming } from "./workgroup";

/** Logs of one kind that can be asked. */
export interface QueriedLogsArgs {
  /**
   * Folder of the bucket they are in, without slashes at its ends.
   * @default where AppLoadBalancer puts them
   */
  readonly prefix?: string;
  /**
   * How far back there are any, in days, 1 to 3650.
   * @default 90
   */
  readonly retentionDays?: number;
}

/** Logs to ask, and what a query may take. */
export interface LogQueriesArgs {
  /** Bucket of the logs. It has to be in the provider's account and region. */
  readonly bucketName: pulumi.Input<string>;
  /**
   * What names in AWS begin with: letters, digits and hyphens, 32 at most. Two stacks of one account and region need
   * different ones.
   * @default project and stack, or as the provider names it
   */
  readonly namePrefix?: string;
  /** Access logs. */
  readonly accessLogs?: QueriedLogsArgs;
  /** Connection logs. */
  readonly connectionLogs?: QueriedLogsArgs;
  /** Health-check logs. */
  readonly healthCheckLogs?: QueriedLogsArgs;
  /**
   * How many days back the queries read, 1 to 90. What they cost grows with it.
   * @default 1
   */
  readonly days?: number;
  /**
   * How much a query may read before Athena ends it, in GiB, 1 to 10,240. Athena charges by what is read.
   * @default 10
   * @see https://docs.aws.amazon.com/athena/latest/ug/workgroups-setting-control-limits-cloudwatch.html
   */
  readonly maxScannedGiB?: number;
  /**
   * Spread of requests between targets that is accepted, as the coefficient of variation in percent, 1 to 100.
   * @default 10
   */
  readonly spreadLimitPercent?: number;
  /**
   * Time within which a health check is to be answered, in seconds, 0.001 to 120.
   * @default 0.1
   */
  readonly probeLimitSeconds?: number;
  /**
   * Bucket that results go to, in the folder `query-results`. What is in it should expire.
   * @default bucketName: that of AppLoadBalancer ends results with its oldest logs
   */
  readonly resultBucketName?: pulumi.Input<string>;
  /** Added to every child that can carry tags. */
  readonly tags?: Tags;
}

/** The last word on each child. */
export interface LogQueriesTransforms {
  /** The database. */
  readonly database?: Transform<glue.CatalogDatabaseArgs>;
  /** Tables by name: `access_logs`. */
  readonly tables?: { readonly [table: string]: Transform<glue.CatalogTableArgs> };
  /** Queries by what follows the component's name: `request-spread`. */
  readonly queries?: { readonly [query: string]: Transform<athena.NamedQueryArgs> };
  /** Where queries run. */
  readonly workgroup?: Transform<athena.WorkgroupArgs>;
}

/** Resource options, and the last word on each child. */
export interface LogQueriesOptions extends pulumi.ComponentResourceOptions {
  readonly transform?: LogQueriesTransforms;
}

/** Logs of one kind, with every default in place. */
interface Source {
  readonly kind: LogKind;
  readonly prefix: string;
  readonly retentionDays: number;
}

interface Plan {
  readonly sources: readonly Source[];
  readonly scope: Scope;
  readonly cutoffBytes: number;
}

/**
 * Tables over a load balancer's logs in S3, and questions to ask them in Athena.
 *
 * Creates `<name>-database`; `<name>-access-logs`, `-connection-logs` and `-health-check-logs`, a table for each kind that
 * is named; `<name>-workgroup`, which ends a query that reads too much; and saved queries. For access logs
 * `<name>-request-spread`, `-slowest-routes`, `-top-clients`, `-errors-by-target` and `-tls-in-use`; for connection logs
 * `-failed-handshakes`; for health-check logs `-probe-latency`.
 *
 * None of it costs anything until a query runs.
 *
 * @throws {ArgumentError} for no logs to ask, numbers out of range, a prefix with slashes at its ends, or names with
 * characters AWS does not take.
 */
export class LogQueries extends pulumi.ComponentResource {
  /** Name of the Glue database. */
  readonly databaseName: pulumi.Output<string>;
  /** Name of the workgroup that queries run in. */
  readonly workgroupName: pulumi.Output<string>;
  /** Ids of the saved queries by what follows the component's name: `request-spread`. */
  readonly queryIds: { [query: string]: pulumi.Output<string> };

  constructor(name: string, args: LogQueriesArgs, opts: LogQueriesOptions = {}) {
    const { transform = {}, ...resourceOpts } = opts;
    super("evenkeel:index:LogQueries", name, args, resourceOpts);

    const problems = new Problems();
    const plan = settle(name, args, problems);
    problems.throwFor(this);

    const child = { parent: this };
    const naming = { name, namePrefix: args.namePrefix, tags: args.tags };
    const database = addDatabase(naming, transform.database, child);
    for (const source of plan.sources) addTable(name, args.bucketName, source, database, transform, child);
    const { cutoffBytes } = plan;
    const { resultBucketName = args.bucketName } = args;
    const workgroup = addWorkgroup(naming, { resultBucketName, cutoffBytes }, transform.workgroup, child);
    this.databaseName = database.name;
    this.workgroupName = workgroup.name;

    const kinds = plan.sources.map(({ kind }) => kind);
    const queries = questions(kinds, plan.scope).map(({ key, title, description, sql }) => {
      const query = new athena.NamedQuery(
        `${name}-${key}`,
        ...shaped(
          transform.queries?.[key],
          { name: title, description, database: database.name, workgroup: workgroup.name, query: sql },
          child,
        ),
      );
      return [key, query.id] as const;
    });
    this.queryIds = Object.fromEntries(queries);

    this.registerOutputs({
      databaseName: this.databaseName,
      workgroupName: this.workgroupName,
      queryIds: this.queryIds,
    });
  }
}

function addDatabase(
  { name, namePrefix, tags }: Naming,
  transform: Transform<glue.CatalogDatabaseArgs> | undefined,
  child: pulumi.CustomResourceOptions,
): glue.CatalogDatabase {
  const own = `${name}-database`;
  const owner = { name, namePrefix, project: pulumi.getProject(), stack: pulumi.getStack() };
  return new glue.CatalogDatabase(
    own,
    ...shaped(
      transform,
      { name: databaseName(owner), description: `Logs of load balancers, ${name}`, tags: tagged(own, tags) },
      child,
    ),
  );
}

function addTable(
  name: string,
  bucketName: pulumi.Input<string>,
  { kind, prefix, retentionDays }: Source,
  database: glue.CatalogDatabase,
  transform: LogQueriesTransforms,
  child: pulumi.CustomResourceOptions & { parent: pulumi.Resource },
): void {
  const { table } = logFormats[kind];
  const definition = pulumi
    .all([placeOf({ parent: child.parent }), bucketName])
    .apply(([{ accountId, region }, bucket]) =>
      tableDefinition(logFormats[kind], { bucket, folder: prefix, accountId, region }, retentionDays),
    );
  const args: glue.CatalogTableArgs = {
    databaseName: database.name,
    name: table,
    tableType: "EXTERNAL_TABLE",
    parameters: definition.parameters,
    partitionKeys: definition.partitionKeys,
    storageDescriptor: definition.storageDescriptor,
  };
  new glue.CatalogTable(
    `${name}-${table.replaceAll("_", "-")}`,
    ...shaped(transform.tables?.[table], args, child),
  );
}

const gibibyte = 2 ** 30;
const longestPrefix = 32;

function settle(name: string, args: LogQueriesArgs, problems: Problems): Plan {
  const { days = 1, maxScannedGiB = 10, spreadLimitPercent = 10, probeLimitSeconds = 0.1 } = args;
  checkName(name, "-workgroup", longestWorkgroup, problems);
  checkNamePrefix(args.namePrefix, longestPrefix, problems);
  checkWhole(days, [1, 90], "days", problems);
  checkWhole(maxScannedGiB, queryScanRange, "maxScannedGiB", problems);
  checkWhole(spreadLimitPercent, [1, 100], "spreadLimitPercent", problems);
  checkBetween(probeLimitSeconds, [0.001, 120], "probeLimitSeconds", problems);
  return {
    sources: settleSources(args, problems),
    scope: { days, spreadLimitPercent, probeLimitSeconds },
    cutoffBytes: maxScannedGiB * gibibyte,
  };
}

function settleSources(args: LogQueriesArgs, problems: Problems): Source[] {
  const given = {
    access: args.accessLogs,
    connection: args.connectionLogs,
    healthCheck: args.healthCheckLogs,
  };
  const sources = logKinds.flatMap((kind) => {
    const logs = given[kind];
    if (logs === undefined) return [];
    const { prefix = logFolders[kind], retentionDays = 90 } = logs;
    const path = `${kind}Logs`;
    const plain = /^[^/]+(\/[^/]+)*$/.test(prefix) && !prefix.includes("AWSLogs");
    const wanted = 'must be a folder without slashes at its ends and without "AWSLogs"';
    problems.unless(plain, `${path}.prefix`, `${wanted}, got ${JSON.stringify(prefix)}`);
    checkWhole(retentionDays, logRetentionRange, `${path}.retentionDays`, problems);
    return [{ kind, prefix, retentionDays }];
  });
  const some = sources.length > 0;
  problems.unless(
    some,
    "accessLogs",
    "needs accessLogs, connectionLogs or healthCheckLogs, got none of them",
  );
  return sources;
}
