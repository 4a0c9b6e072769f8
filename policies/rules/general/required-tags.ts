import { type Answer, some } from "../../lib/answers";
import type { Deferral, Finding, Judgement } from "../../lib/judgement";
import type { Parameters, Texts } from "../../lib/parameters";
import { type Given, rule } from "../../lib/rule";
import { UNKNOWN } from "../../lib/unknown";
import type { Value } from "../../lib/value";
import { DATABASE_CLUSTER_PARAMETERS, SCALING_GROUP, VPC, WEB_ACL_GROUP } from "../types";
import { TAGGABLE } from "./taggable";

const keys: Texts = {
  type: "array",
  description: "Keys of the tags that everything carries.",
  items: { type: "string" },
  default: [],
};

/** Whether tags, a map or a list, hold a key with a value. */
type Holds = (key: string) => Answer;

function inMap(tags: Value): Holds {
  return (key) => (tags.isKnown() ? tags.at(key).isSet() : undefined);
}

function inList(tags: Value): Holds {
  return (key) => some(tags.items(), (tag) => tag.at("key").text() === key && tag.at("value").isSet());
}

/** Where a resource has its tags from. */
function tagsOf(
  props: Value,
  { type, provider }: Pick<Given<Parameters>, "type" | "provider">,
): readonly Holds[] {
  const written = new Set(props.keys());
  // The provider gives its own tags to everything but scaling groups.
  if (SCALING_GROUP.includes(type)) return [inList(props.at("tags"))];
  const byDefault = provider.at("defaultTags").parsed().at("tags").parsed();
  const all = props.at("tagsAll");
  // All of them together say nothing new, unless the provider cannot be seen.
  const together = written.has("tagsAll") && (all.isKnown() || provider.keys().length === 0);
  return [inMap(props.at("tags")), inMap(byDefault), ...(together ? [inMap(all)] : [])];
}

function judgeKey(key: string, holders: readonly Holds[]): readonly (Finding | Deferral)[] {
  const path = `tags.${key}`;
  const is = some(holders, (holds) => holds(key));
  if (is === true) return [];
  return [is === false ? { path, says: "not set, must be set" } : { path, waits: "not known yet" }];
}

function judgeTags(props: Value, { config, ...given }: Given<{ keys: Texts }>): Judgement {
  const holders = tagsOf(props, given);
  if (config.keys.length === 0) return { skip: "no tags are asked for" };
  return config.keys.flatMap((key) => judgeKey(key, holders));
}

const config = { keys: ["Owner", "CostCenter"] };
const byMap = TAGGABLE.filter((type) => !SCALING_GROUP.includes(type));
const unset = { path: "tags.CostCenter", says: "not set, must be set" };

export const requiredTags = rule({
  name: "required-tags",
  title: "Everything carries the tags that are asked for",
  description:
    "Tags tell whom to ask about a resource, and who pays for it. They are hard to add once nobody knows.",
  severity: "low",
  level: "advisory",
  types: TAGGABLE,
  parameters: { keys },
  frameworks: {},
  remediation:
    "Set the tag, or set it for everything in defaultTags of the provider. A scaling group takes it in its own list only.",
  url: "https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html",
  judge: judgeTags,
  scenarios: [
    {
      name: "both",
      given: { tags: { Owner: "web", CostCenter: "4711" } },
      types: byMap,
      config,
      is: "pass",
    },
    {
      name: "values not known yet",
      given: { tags: { Owner: UNKNOWN, CostCenter: UNKNOWN } },
      types: byMap,
      config,
      is: "pass",
    },
    {
      name: "one of its own, one of the provider",
      given: { tags: { Owner: "web" } },
      types: byMap,
      config,
      provider: { defaultTags: { tags: { CostCenter: "4711" } } },
      is: "pass",
    },
    {
      name: "both of the provider, as JSON",
      given: { tagsAll: UNKNOWN },
      types: byMap,
      config,
      provider: { defaultTags: '{"tags":{"Owner":"web","CostCenter":"4711"}}' },
      is: "pass",
    },
    {
      name: "the tags of a provider that cannot be seen",
      given: { tags: { Owner: "web" }, tagsAll: { Owner: "web", CostCenter: "4711" } },
      types: VPC,
      config,
      is: "pass",
    },
    {
      name: "a scaling group",
      given: {
        tags: [
          { key: "Owner", value: "web", propagateAtLaunch: true },
          { key: "CostCenter", value: "4711", propagateAtLaunch: false },
        ],
      },
      types: SCALING_GROUP,
      config,
      is: "pass",
    },
    {
      name: "one, and one without a value",
      given: { tags: { Owner: "web", CostCenter: "" } },
      types: byMap,
      config,
      is: "fail",
      findings: [unset],
    },
    {
      name: "one, and one in other letters",
      given: { tags: { Owner: "web", costcenter: "4711" } },
      types: VPC,
      config,
      is: "fail",
      findings: [unset],
    },
    {
      name: "none",
      given: {},
      config,
      is: "fail",
      findings: [{ path: "tags.Owner", says: "not set, must be set" }, unset],
    },
    {
      name: "one, on the subnets of a database, its parameters and rules of a web ACL",
      given: { tags: { Owner: "web" } },
      types: ["aws:rds/subnetGroup:SubnetGroup", ...DATABASE_CLUSTER_PARAMETERS, ...WEB_ACL_GROUP],
      config,
      is: "fail",
      findings: [unset],
    },
    {
      name: "a scaling group, which gets none of the provider",
      given: { tags: [{ key: "Owner", value: "web", propagateAtLaunch: true }] },
      types: SCALING_GROUP,
      config,
      provider: { defaultTags: { tags: { CostCenter: "4711" } } },
      is: "fail",
      findings: [unset],
    },
    { name: "no tags asked for", given: {}, is: "skip", why: "no tags are asked for" },
    {
      name: "tags not known yet, of which the provider gives one",
      given: { tags: UNKNOWN },
      types: byMap,
      config,
      provider: { defaultTags: { tags: { Owner: "web" } } },
      is: "deferred",
      deferrals: [{ path: "tags.CostCenter", waits: "not known yet" }],
    },
    {
      name: "a scaling group, one of whose keys is not known yet",
      given: {
        tags: [
          { key: "Owner", value: "web" },
          { key: UNKNOWN, value: "4711" },
        ],
      },
      types: SCALING_GROUP,
      config,
      is: "deferred",
      deferrals: [{ path: "tags.CostCenter", waits: "not known yet" }],
    },
  ],
});
