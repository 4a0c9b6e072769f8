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
  [
    ["aws:ec2/instance:Instance"],
    (instance) =>
      ["rootBlockDevice", "ebsBlockDevices"]
        .flatMap((key) => among(instance.at(key)))
        .map((device) => device.at("kmsKeyId")),
  ],
  [[...LOG_GROUP, ...SECRET, ...CACHE_GROUP, ...TRAIL], named("kmsKeyId")],
  [TABLE_REPLICA, named("kmsKeyArn")],
  [DELIVERY_STREAM, (stream) => [stream.at("serverSideEncryption", "keyArn")]],
  [
    ["aws:ecr/repository:Repository"],
    (one) => among(one.at("encryptionConfigurations")).map((how) => how.at("kmsKey")),
  ],
  [["aws:msk/cluster:Cluster"], (cluster) => [cluster.at("encryptionInfo", "encryptionAtRestKmsKeyArn")]],
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
      "aws:docdb/elasticCluster:ElasticCluster",
      "aws:ebs/volume:Volume",
      "aws:efs/fileSystem:FileSystem",
      "aws:elasticache/serverlessCache:ServerlessCache",
      "aws:fsx/lustreFileSystem:LustreFileSystem",
      "aws:fsx/ontapFileSystem:OntapFileSystem",
      "aws:fsx/openZfsFileSystem:OpenZfsFileSystem",
      "aws:fsx/windowsFileSystem:WindowsFileSystem",
      "aws:kinesis/stream:Stream",
      "aws:redshift/cluster:Cluster",
      "aws:redshiftserverless/namespace:Namespace",
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
  const own = stack.linked(key, aliases);
  const linked = [key, ...own.certain].map((name) => stack.linked(name, encrypts));
  const certain = linked.flatMap((stores) => stores.certain);
  const possible = linked.flatMap((stores) => stores.possible);
  if (certain.length > 0 || possible.length > 0) return { certain, possible };
  // What encrypts with an alias of this key or of another one may do so with this key.
  return { certain, possible: own.possible.flatMap((alias) => stack.linked(alias, encrypts).certain) };
}
