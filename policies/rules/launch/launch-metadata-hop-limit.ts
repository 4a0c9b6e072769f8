import type { WholeNumber } from "../../lib/parameters";
import { rule } from "../../lib/rule";
import { UNKNOWN } from "../../lib/unknown";
import { LAUNCH } from "./launch-kinds";

const path = "metadataOptions.httpPutResponseHopLimit";

const maxHops: WholeNumber = {
  type: "integer",
  description: "Most network hops a metadata token may travel: 1 for instances, 2 for containers on them.",
  default: 1,
  minimum: 1,
  maximum: 64,
};

export const launchMetadataHopLimit = rule({
  name: "launch-metadata-hop-limit",
  title: "Metadata tokens do not leave their instance",
  description:
    "Each hop more lets a token through one more router: a container's bridge, a proxy, a tunnel to somewhere else.",
  severity: "low",
  level: "advisory",
  types: LAUNCH,
  parameters: { maxHops },
  frameworks: {},
  remediation: "Set metadataOptions.httpPutResponseHopLimit to {maxHops} or less.",
  url: "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-options.html",
  judge(launch, { config }) {
    const options = launch.at("metadataOptions");
    const hops = options.at("httpPutResponseHopLimit").number();
    // One hop, two where the image asks for tokens, or what the account says: nothing of that can be seen here.
    if (hops === undefined) return { skip: "left to the image and the account" };
    if (hops <= config.maxHops) return [];
    if (options.at("httpEndpoint").text() === "disabled") return { skip: "no metadata service" };
    return [{ path, says: `${hops}, must be ${config.maxHops} or less` }];
  },
  scenarios: [
    { name: "one", given: { metadataOptions: { httpPutResponseHopLimit: 1 } }, is: "pass" },
    {
      name: "one, as a text, and an endpoint not known yet",
      given: { metadataOptions: { httpPutResponseHopLimit: "1", httpEndpoint: UNKNOWN } },
      is: "pass",
    },
    {
      name: "two, for containers",
      given: { metadataOptions: { httpPutResponseHopLimit: 2 } },
      config: { maxHops: 2 },
      is: "pass",
    },
    {
      name: "two",
      given: { metadataOptions: { httpPutResponseHopLimit: 2 } },
      is: "fail",
      findings: [{ path, says: "2, must be 1 or less" }],
    },
    {
      name: "as many as AWS allows",
      given: { metadataOptions: { httpEndpoint: "enabled", httpPutResponseHopLimit: 64 } },
      config: { maxHops: 2 },
      is: "fail",
      findings: [{ path, says: "64, must be 2 or less" }],
    },
    { name: "left to AWS", given: {}, is: "skip", why: "left to the image and the account" },
    {
      name: "no metadata service",
      given: { metadataOptions: { httpEndpoint: "disabled", httpPutResponseHopLimit: 2 } },
      is: "skip",
      why: "no metadata service",
    },
    {
      name: "not known yet",
      given: { metadataOptions: { httpPutResponseHopLimit: UNKNOWN } },
      is: "deferred",
      deferrals: [{ path, waits: "not known yet" }],
    },
  ],
});
