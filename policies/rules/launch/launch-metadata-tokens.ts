import type { Judgement } from "../../lib/judgement";
import { type Change, rule } from "../../lib/rule";
import { UNKNOWN } from "../../lib/unknown";
import { shown, type Value } from "../../lib/value";
import { LAUNCH_CONFIGURATION, LAUNCH_TEMPLATE } from "../types";
import { isTemplate, LAUNCH } from "./launch-kinds";

const tokensPath = "metadataOptions.httpTokens";
const endpointPath = "metadataOptions.httpEndpoint";

/** The provider leaves the tokens of a launch configuration out unless the endpoint is written beside them. */
const unsent = {
  path: endpointPath,
  says: 'not set, without which httpTokens is not sent, must be "enabled"',
};

function judgeTokens(launch: Value, type: string): Judgement {
  const options = launch.at("metadataOptions");
  const endpoint = options.at("httpEndpoint");
  if (endpoint.isKnown() && endpoint.text() === "disabled") return [];
  const tokens = options.at("httpTokens").text();
  if (tokens === "required") return isTemplate(type) || endpoint.isSet() ? [] : [unsent];
  const is = tokens === undefined ? "not set, which leaves it to the image and the account" : shown(tokens);
  // Tokens matter only where there is a metadata service, which is read last because the tokens may settle it.
  return endpoint.text() === "disabled" ? [] : [{ path: tokensPath, says: `${is}, must be "required"` }];
}

function requireTokens(launch: Value, type: string): readonly Change[] {
  const tokens = { path: tokensPath, value: "required" };
  const sent = isTemplate(type) || launch.at("metadataOptions", "httpEndpoint").isSet();
  return sent ? [tokens] : [{ path: endpointPath, value: "enabled" }, tokens];
}

export const launchMetadataTokens = rule({
  name: "launch-metadata-tokens",
  title: "Instances give their metadata only to who brings a token",
  description:
    "Without tokens, a service that can be talked into one request hands the credentials of its role to whoever asked for it.",
  severity: "high",
  level: "mandatory",
  types: LAUNCH,
  frameworks: { fsbp: ["EC2.170", "AutoScaling.3"] },
  remediation:
    'Set metadataOptions.httpTokens to "required" and httpEndpoint to "enabled", or httpEndpoint to "disabled" where nothing needs metadata.',
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-170",
  judge: (launch, { type }) => judgeTokens(launch, type),
  fix: (launch, { type }) => requireTokens(launch, type),
  scenarios: [
    {
      name: "required",
      given: { metadataOptions: { httpEndpoint: "enabled", httpTokens: "required" } },
      is: "pass",
    },
    {
      name: "required, and the endpoint left to AWS",
      types: LAUNCH_TEMPLATE,
      given: { metadataOptions: { httpTokens: "required" } },
      is: "pass",
    },
    {
      name: "no metadata service",
      given: { metadataOptions: { httpEndpoint: "disabled", httpTokens: UNKNOWN } },
      is: "pass",
    },
    {
      name: "required, and an endpoint not known yet",
      given: { metadataOptions: { httpEndpoint: UNKNOWN, httpTokens: "required" } },
      is: "pass",
    },
    {
      name: "left to AWS",
      given: {},
      is: "fail",
      findings: [
        {
          path: tokensPath,
          says: 'not set, which leaves it to the image and the account, must be "required"',
        },
      ],
    },
    {
      name: "optional",
      given: { metadataOptions: { httpEndpoint: "enabled", httpTokens: "optional" } },
      is: "fail",
      findings: [{ path: tokensPath, says: '"optional", must be "required"' }],
    },
    {
      name: "required in a launch configuration, and not sent",
      types: LAUNCH_CONFIGURATION,
      given: { metadataOptions: { httpTokens: "required" } },
      is: "fail",
      findings: [unsent],
    },
    {
      name: "not known yet",
      given: { metadataOptions: { httpTokens: UNKNOWN } },
      is: "deferred",
      deferrals: [{ path: tokensPath, waits: "not known yet" }],
    },
    {
      name: "optional, and an endpoint not known yet",
      given: { metadataOptions: { httpEndpoint: UNKNOWN, httpTokens: "optional" } },
      is: "deferred",
      deferrals: [{ path: endpointPath, waits: "not known yet" }],
    },
  ],
});
