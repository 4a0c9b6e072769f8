import type { Link, Linked } from "../../lib/links";
import type { Stack, StackResource } from "../../lib/stack";
import type { Value } from "../../lib/value";
import {
  BUCKET,
  BUCKET_ENCRYPTION,
  CACHE_GROUP,
  DATABASE_CLUSTER,
  DATABASE_CLUSTER_INSTANCE,
  DATABASE_INSTANCE,
  DELIVERY_STREAM,
  KEY,
  KEY_ALIAS,
  LAUNCH_TEMPLATE,
  LOG_GROUP,
  SECRET,
  TABLE,
  TABLE_REPLICA,
  TRAIL,
} from "../types";

type KeysOf = (props: Value) => readonly Value[];

/** Elements of a list, or of what may stand alone in its place; what is not known yet stands for itself. */
function among(value: Value): readonly Value[] {
  return value.isKnown() ? value.list() : [value];
}

function named(...properties: readonly string[]): KeysOf {
  return (props) => properties.map((property) => props.at(property));
}

function ofEncryption(rule: Value): Value {
  return rule.at("applyServerSideEncryptionByDefault", "kmsMasterKeyId");
}

/** What keeps data, and where it names the key it encrypts it with. A topic keeps none: what it is told, it passes on. */
const stores: readonly (readonly [types: readonly string[], keys: KeysOf])[] = [
  [
    [...DATABASE_INSTANCE, ...DATABASE_CLUSTER, ...DATABASE_CLUSTER_INSTANCE],
    named("kmsKeyId", "masterUserSecretKmsKeyId", "performanceInsightsKmsKeyId"),
  ],
  [
    TABLE,
    (table) => [
      table.at("serverSideEncryption", "kmsKeyArn"),
      ...among(table.at("replicas")).map((replica) => replica.at("kmsKeyArn")),
    ],
  ],
  [BUCKET_ENCRYPTION, (encryption) => among(encryption.at("rules")).map(ofEncryption)],
  [
    BUCKET,
    (bucket) =>
      ["serverSideEncryptionConfiguration", "serverSideEncryptionConfigurations"]
        .flatMap((key) => among(bucket.at(key)))
        .flatMap((encryption) => [...among(encryption.at("rule")), ...among(encryption.at("rules"))])
        .map(ofEncryption),
  ],
  [
    LAUNCH_TEMPLATE,
    (template) => among(template.at("blockDeviceMappings")).map((device) => device.at("ebs", "kmsKeyId")),
  ],
  [[...LOG_GROUP, ...SECRET, ...CACHE_GROUP, ...TRAIL], named("kmsKeyId")],
  [TABLE_REPLICA, named("kmsKeyArn")],
  [DELIVERY_STREAM, (stream) => [stream.at("serverSideEncryption", "keyArn")]],
  [
    ["aws:ecr/repository:Repository"],
    (one) => among(one.at("encryptionConfigurations")).map((how) => how.at("kmsKey")),
  ],
  [["aws:opensearch/domain:Domain"], (domain) => [domain.at("encryptAtRest", "kmsKeyId")]],
  [["aws:sqs/queue:Queue"], named("kmsMasterKeyId")],
  [["aws:ssm/parameter:Parameter"], named("keyId")],
  [
    ["aws:backup/vault:Vault", "aws:memorydb/cluster:Cluster", "aws:neptune/cluster:Cluster"],
    named("kmsKeyArn"),
  ],
  [
    [
      "aws:docdb/cluster:Cluster",
      "aws:ebs/volume:Volume",
      "aws:efs/fileSystem:FileSystem",
      "aws:elasticache/serverlessCache:ServerlessCache",
      "aws:kinesis/stream:Stream",
      "aws:redshift/cluster:Cluster",
    ],
    named("kmsKeyId"),
  ],
];

const keysOf = new Map(stores.flatMap(([types, keys]) => types.map((type) => [type, keys] as const)));

const encrypts: Link = {
  from: [...keysOf.keys()],
  names: ({ type, inputs }) => keysOf.get(type)?.(inputs) ?? [],
  to: [...KEY, ...KEY_ALIAS],
};

const aliases: Link = { from: KEY_ALIAS, names: ({ outputs }) => [outputs.at("targetKeyId")], to: KEY };

/** What encrypts with a key, or with an alias of it, the data that it keeps. */
export function storesUnder(key: StackResource, stack: Stack): Linked {
  const names = [key, ...stack.linked(key, aliases).certain];
  const linked = names.map((name) => stack.linked(name, encrypts));
  return {
    certain: linked.flatMap(({ certain }) => certain),
    possible: linked.flatMap(({ possible }) => possible),
  };
}
