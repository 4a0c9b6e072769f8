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

/** One text stands alone, several make a list, as the provider writes them. */
function oneOrMany(values: string[] | undefined): string | string[] | undefined {
  if (!values || values.length === 0) return undefined;
  return values.length === 1 ? values[0] : [...values].sort();
}

function principals(value: unknown): unknown {
  const all = bags(value);
  if (all.length === 0) return undefined;
  if (all.some(({ type, identifiers }) => type === "*" && knownTexts(identifiers)?.[0] === "*")) return "*";
  return Object.fromEntries(
    all.map(({ type, identifiers }) => [String(type), oneOrMany(knownTexts(identifiers))]),
  );
}

function conditions(value: unknown): unknown {
  const found: { [test: string]: { [variable: string]: unknown } } = {};
  for (const { test, variable, values } of bags(value)) {
    const ofTest = found[String(test)] ?? {};
    found[String(test)] = ofTest;
    ofTest[String(variable)] = oneOrMany(knownTexts(values));
  }
  return Object.keys(found).length > 0 ? found : undefined;
}

function documentOf(text: string | undefined): { Version?: string; Id?: string; Statement?: Statement[] } {
  return text === undefined ? {} : JSON.parse(text);
}

/** Renders the statements; later documents replace those of the same `Sid`. */
const getPolicyDocument: Invocation = (args) => {
  const own = bags(args.statements).map(
    (statement): Statement => ({
      Sid: knownText(statement.sid),
      Effect: knownText(statement.effect) ?? "Allow",
      Action: oneOrMany(knownTexts(statement.actions)),
      NotAction: oneOrMany(knownTexts(statement.notActions)),
      Resource: oneOrMany(knownTexts(statement.resources)),
      NotResource: oneOrMany(knownTexts(statement.notResources)),
      Principal: principals(statement.principals),
      NotPrincipal: principals(statement.notPrincipals),
      Condition: conditions(statement.conditions),
    }),
  );
  const sources = knownTexts(args.sourcePolicyDocuments) ?? [];
  const overrides = knownTexts(args.overridePolicyDocuments) ?? [];
  const statements = sources.flatMap((text) => documentOf(text).Statement ?? []).concat(own);
  for (const statement of overrides.flatMap((text) => documentOf(text).Statement ?? [])) {
    const replaced = statements.findIndex(({ Sid }) => Sid !== undefined && Sid === statement.Sid);
    if (replaced < 0) statements.push(statement);
    else statements[replaced] = statement;
  }
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
