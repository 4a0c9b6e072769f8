import { checkShape } from "../model/check-shape";
import type { Failure } from "../model/kind";
import { type Bag, isBag, isUnknown, knownText, type Value } from "../values";
import type { Settings } from "./aws-provider";

const awsProvider = "pulumi:providers:aws";

const noRegion =
  "the AWS provider needs a region: set it with `pulumi config set aws:region us-east-1`, in the provider's arguments or as AWS_REGION";

/** The configuration of a provider resource with its defaults, and what is wrong with it. */
export function checkConfig(
  type: string,
  given: Bag,
  env: { readonly [variable: string]: string | undefined },
): { inputs: Bag; failures: Failure[] } {
  if (type !== awsProvider) return { inputs: given, failures: [] };
  const { version, pluginDownloadURL, __internal, ...config } = given;
  const { failures } = checkShape(awsProvider, config);
  const region = given.region ?? env.AWS_REGION ?? env.AWS_DEFAULT_REGION;
  if (region === undefined || region === "")
    return { inputs: given, failures: [...failures, { property: "region", reason: noRegion }] };
  return { inputs: { ...given, region }, failures };
}

/** What the resources of a provider go by. */
export function settingsOf(config: Bag): Settings {
  const defaultTags = parsed(config.defaultTags);
  const tags = isBag(defaultTags) ? defaultTags.tags : undefined;
  return { region: knownText(config.region) ?? "", defaultTags: isBag(tags) ? tags : {} };
}

/** Whatever is no text comes as JSON. */
function parsed(value: Value | undefined): Value | undefined {
  return typeof value === "string" && !isUnknown(value) ? (JSON.parse(value) as Value) : value;
}
