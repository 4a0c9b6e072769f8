import { checkShape } from "../model/check-shape";
import type { Failure } from "../model/kind";
import { type PropertySchemas, schema } from "../model/type-schema";
import { type Bag, isBag, isUnknown, knownText, memberOf, type Value } from "../values";
import type { Settings } from "./aws-provider";

const awsProvider = "pulumi:providers:aws";

const noRegion =
  "the AWS provider needs a region: set it with `pulumi config set aws:region us-east-1`, in the provider's arguments or as AWS_REGION";

/** What the engine itself says about a provider. */
const ofTheEngine = new Set(["version", "pluginDownloadURL", "__internal"]);

/** The configuration of a provider resource with its defaults, and what is wrong with it. */
export function checkConfig(
  type: string,
  given: Bag,
  env: { readonly [variable: string]: string | undefined },
): { inputs: Bag; failures: Failure[] } {
  if (type !== awsProvider) return { inputs: given, failures: [] };
  const config = Object.fromEntries(Object.entries(given).filter(([key]) => !ofTheEngine.has(key)));
  const unreadable = Object.entries(config).flatMap(([key, value]) => fault(key, value));
  const failures = unreadable.length > 0 ? unreadable : checkShape(awsProvider, readable(config)).failures;
  const region = given.region || env.AWS_REGION || env.AWS_DEFAULT_REGION;
  if (region) return { inputs: { ...given, region }, failures };
  return { inputs: given, failures: [...failures, { property: "region", reason: noRegion }] };
}

/** What the resources of a provider go by. */
export function settingsOf(config: Bag): Settings {
  const tags = memberOf(parsed(config.defaultTags), "tags");
  return { region: knownText(config.region) ?? "", defaultTags: isBag(tags) ? tags : {} };
}

function formOf(property: string): string | undefined {
  const declared: PropertySchemas = schema().types[awsProvider]?.inputs ?? {};
  return Object.hasOwn(declared, property) ? declared[property] : undefined;
}

/** A configuration in which nothing has to be read of what the provider does not know. */
function readable(config: Bag): Bag {
  return Object.fromEntries(
    Object.entries(config).map(([key, value]) => [key, formOf(key) === undefined ? true : value]),
  );
}

/** What keeps a text from being read: whatever is declared to be no text comes as JSON. */
function fault(property: string, value: Value): Failure[] {
  const form = formOf(property);
  if (form === undefined || form.startsWith("s") || typeof value !== "string" || isUnknown(value)) return [];
  try {
    parsed(value);
    return [];
  } catch {
    // The text itself may be a secret.
    return [{ property, reason: `expected JSON such as ${example(form)}, got a text that is none` }];
  }
}

function example(form: string): string {
  if (form.startsWith("b")) return "`true`";
  if (form.startsWith("n")) return "`5`";
  return form.startsWith("[") ? "`[]`" : "`{}`";
}

function parsed(value: Value | undefined): Value | undefined {
  return typeof value === "string" && !isUnknown(value) ? (JSON.parse(value) as Value) : value;
}
