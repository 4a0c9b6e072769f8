import { bags, knownText, knownTexts } from "../../values";
import { capitalsOf, dnsSuffixOf, partitionOf } from "../ids";
import { globalArnOf, placeOf, zoneIdOf, zonesOf } from "../places";
import type { Invocation } from "./invocation";

const getRegion: Invocation = (args, where) => {
  const region = knownText(args.region) ?? knownText(args.name) ?? where.region;
  const endpoint = `ec2.${region}.${dnsSuffixOf(region)}`;
  return {
    outputs: { id: region, name: region, region, description: placeOf(region).description, endpoint },
  };
};

const getCallerIdentity: Invocation = (_args, where) => {
  const arn = globalArnOf("iam", where, "user/sandbox");
  const userId = `AIDA${capitalsOf(where.accountId, 17)}`;
  return { outputs: { id: where.accountId, accountId: where.accountId, arn, userId } };
};

const getPartition: Invocation = (_args, { region }) => {
  const partition = partitionOf(region);
  const dnsSuffix = dnsSuffixOf(region);
  const reverseDnsPrefix = dnsSuffix.split(".").reverse().join(".");
  return { outputs: { id: partition, partition, dnsSuffix, reverseDnsPrefix } };
};

const getAvailabilityZones: Invocation = (args, where) => {
  const region = knownText(args.region) ?? where.region;
  const excluded = new Set([
    ...(knownTexts(args.excludeNames) ?? []),
    ...(knownTexts(args.excludeZoneIds) ?? []),
  ]);
  const names = zonesOf(region).filter((zone) => !excluded.has(zone) && !excluded.has(zoneIdOf(zone)));
  const groupNames = [`${region}-zg-1`];
  return { outputs: { ...args, id: region, region, names, zoneIds: names.map(zoneIdOf), groupNames } };
};

const getAvailabilityZone: Invocation = (args, where) => {
  const region = knownText(args.region) ?? where.region;
  const zones = zonesOf(region);
  const name = knownText(args.name) ?? zones.find((zone) => zoneIdOf(zone) === args.zoneId);
  if (name === undefined || !zones.includes(name))
    return { failure: "no matching EC2 Availability Zone found" };
  return {
    outputs: {
      ...args,
      id: name,
      name,
      region,
      nameSuffix: name.slice(region.length),
      zoneId: zoneIdOf(name),
      zoneType: "availability-zone",
      groupName: `${region}-zg-1`,
      groupLongName: `${placeOf(region).description} 1`,
      networkBorderGroup: region,
      optInStatus: "opt-in-not-required",
      parentZoneId: "",
      parentZoneName: "",
      state: "available",
    },
  };
};

interface Statement {
  [element: string]: unknown;
}

/** One text stands alone, several make a list. */
function oneOrMany(values: readonly string[]): string | readonly string[] | undefined {
  return values.length > 1 ? values : values[0];
}

/** Texts from the last to the first, as the provider writes them. */
function backwards(value: unknown): readonly string[] {
  return [...(knownTexts(value) ?? [])].sort().reverse();
}

function principals(value: unknown): unknown {
  const all = bags(value);
  if (all.length === 0) return undefined;
  const [first] = all;
  if (all.length === 1 && first?.type === "*" && String(first.identifiers) === "*") return "*";
  const byType: { [type: string]: string[] } = {};
  for (const { type, identifiers } of all) append(byType, String(type), backwards(identifiers));
  return texts(byType);
}

function append(lists: { [key: string]: string[] }, key: string, values: readonly string[]): void {
  lists[key] = [...(lists[key] ?? []), ...values];
}

function texts(lists: { readonly [key: string]: readonly string[] }): object {
  return Object.fromEntries(Object.entries(lists).map(([key, values]) => [key, oneOrMany(values)]));
}

function conditions(value: unknown): unknown {
  const found: { [test: string]: { [variable: string]: string[] } } = {};
  for (const { test, variable, values } of bags(value)) {
    const ofTest = found[String(test)] ?? {};
    found[String(test)] = ofTest;
    append(ofTest, String(variable), knownTexts(values) ?? []);
  }
  const tests = Object.entries(found).map(([test, variables]) => [test, texts(variables)] as const);
  return tests.length > 0 ? Object.fromEntries(tests) : undefined;
}

/** The statements of documents; a document may hold a single one without a list. */
function statementsIn(documents: unknown): Statement[] {
  return (knownTexts(documents) ?? []).flatMap((text) => {
    const { Statement: found } = JSON.parse(text) as {
      readonly Statement?: Statement | readonly Statement[];
    };
    return found === undefined ? [] : [found].flat();
  });
}

/** Adds statements; one of a `Sid` that is there already takes its place. */
function merge(statements: Statement[], more: readonly Statement[]): void {
  for (const statement of more) {
    const replaced = statements.findIndex(({ Sid }) => Sid !== undefined && Sid === statement.Sid);
    if (replaced < 0) statements.push(statement);
    else statements[replaced] = statement;
  }
}

/** Renders the statements: first those of the sources, then its own, then those that override. */
const getPolicyDocument: Invocation = (args) => {
  const own = bags(args.statements).map(
    (statement): Statement => ({
      Sid: knownText(statement.sid),
      Effect: knownText(statement.effect) ?? "Allow",
      Action: oneOrMany(backwards(statement.actions)),
      NotAction: oneOrMany(backwards(statement.notActions)),
      Resource: oneOrMany(backwards(statement.resources)),
      NotResource: oneOrMany(backwards(statement.notResources)),
      Principal: principals(statement.principals),
      NotPrincipal: principals(statement.notPrincipals),
      Condition: conditions(statement.conditions),
    }),
  );
  const statements = statementsIn(args.sourcePolicyDocuments);
  merge(statements, own);
  merge(statements, statementsIn(args.overridePolicyDocuments));
  const version = knownText(args.version) ?? "2012-10-17";
  const document = { Version: version, Id: knownText(args.policyId), Statement: statements };
  const json = JSON.stringify(document, undefined, 2);
  const minifiedJson = JSON.stringify(document);
  return { outputs: { ...args, id: minifiedJson.length.toString(), json, minifiedJson, version } };
};

/** Functions about the account, its region and its policies. */
export const accountInvocations = {
  "aws:index/getRegion:getRegion": getRegion,
  "aws:index/getCallerIdentity:getCallerIdentity": getCallerIdentity,
  "aws:index/getPartition:getPartition": getPartition,
  "aws:index/getAvailabilityZones:getAvailabilityZones": getAvailabilityZones,
  "aws:index/getAvailabilityZone:getAvailabilityZone": getAvailabilityZone,
  "aws:iam/getPolicyDocument:getPolicyDocument": getPolicyDocument,
} as const;
