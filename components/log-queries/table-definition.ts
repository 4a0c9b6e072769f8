import type * as inputs from "@pulumi/aws/types/input";
import type { LogFormat } from "./log-formats";

/** Where the logs of one kind are. */
export interface LogPlace {
  readonly bucket: string;
  /** Folder below which AWS goes on with `AWSLogs`. Empty for the bucket itself. */
  readonly folder: string;
  readonly accountId: string;
  readonly region: string;
}

/** What a table says of where and how its rows are stored. */
export interface TableDefinition {
  readonly parameters: { [key: string]: string };
  readonly partitionKeys: inputs.glue.CatalogTablePartitionKey[];
  readonly storageDescriptor: inputs.glue.CatalogTableStorageDescriptor;
}

/** Where AWS puts the logs of an account and region, with a slash at its end; the days follow. */
export function logLocation({ bucket, folder, accountId, region }: LogPlace): string {
  const root = folder === "" ? bucket : `${bucket}/${folder}`;
  return `s3://${root}/AWSLogs/${accountId}/elasticloadbalancing/${region}/`;
}

/**
 * A table over the logs of one kind. Its days are worked out from the query instead of looked up, so that nothing has to
 * be told of a new day, and a query that names days reads those only.
 *
 * @param days How far back there are logs.
 * @see https://docs.aws.amazon.com/athena/latest/ug/partition-projection-supported-types.html
 */
export function tableDefinition(format: LogFormat, place: LogPlace, days: number): TableDefinition {
  const location = logLocation(place);
  return {
    parameters: {
      EXTERNAL: "TRUE",
      "projection.enabled": "true",
      "projection.day.type": "date",
      "projection.day.format": "yyyy/MM/dd",
      "projection.day.interval": "1",
      "projection.day.interval.unit": "DAYS",
      "projection.day.range": `NOW-${days}DAYS,NOW`,
      "storage.location.template": `${location}\${day}`,
    },
    partitionKeys: [{ name: "day", type: "string" }],
    storageDescriptor: {
      location,
      inputFormat: "org.apache.hadoop.mapred.TextInputFormat",
      outputFormat: "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat",
      columns: format.columns.map(({ name, type }) => ({ name, type })),
      serDeInfo: {
        serializationLibrary: "org.apache.hadoop.hive.serde2.RegexSerDe",
        parameters: { "serialization.format": "1", "input.regex": format.regex },
      },
    },
  };
}
