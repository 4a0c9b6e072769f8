import assert from "node:assert/strict";
import { logFormats } from "../../../components/log-queries/log-formats";
import { logLocation, tableDefinition } from "../../../components/log-queries/table-definition";

const place = { bucket: "edge-logs", folder: "alb-logs", accountId: "123456789012", region: "eu-west-1" };

describe("the table of a kind of log", () => {
  it("works its days out from the query", () => {
    const location = "s3://edge-logs/alb-logs/AWSLogs/123456789012/elasticloadbalancing/eu-west-1/";
    const { parameters, partitionKeys, storageDescriptor } = tableDefinition(
      logFormats.healthCheck,
      place,
      30,
    );
    assert.deepEqual(parameters, {
      EXTERNAL: "TRUE",
      "projection.enabled": "true",
      "projection.day.type": "date",
      "projection.day.format": "yyyy/MM/dd",
      "projection.day.interval": "1",
      "projection.day.interval.unit": "DAYS",
      "projection.day.range": "NOW-30DAYS,NOW",
      "storage.location.template": `${location}\${day}`,
    });
    assert.deepEqual(partitionKeys, [{ name: "day", type: "string" }]);
    assert.deepEqual(storageDescriptor, {
      location,
      inputFormat: "org.apache.hadoop.mapred.TextInputFormat",
      outputFormat: "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat",
      columns: [
        { name: "type", type: "string" },
        { name: "time", type: "string" },
        { name: "latency", type: "double" },
        { name: "target", type: "string" },
        { name: "target_group", type: "string" },
        { name: "status", type: "string" },
        { name: "status_code", type: "string" },
        { name: "reason_code", type: "string" },
      ],
      serDeInfo: {
        serializationLibrary: "org.apache.hadoop.hive.serde2.RegexSerDe",
        parameters: { "serialization.format": "1", "input.regex": logFormats.healthCheck.regex },
      },
    });
  });

  it("reads the bucket itself where there is no folder", () => {
    assert.equal(
      logLocation({ ...place, folder: "" }),
      "s3://edge-logs/AWSLogs/123456789012/elasticloadbalancing/eu-west-1/",
    );
  });
});
