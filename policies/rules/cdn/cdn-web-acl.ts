import { isMadeByAws } from "../../lib/makers";
import { rule, type ScenarioResource } from "../../lib/rule";
import { UNKNOWN } from "../../lib/unknown";
import { DISTRIBUTION } from "../types";

const path = "webAclId";
const findings = [{ path, says: "not set, must be the ARN of a web ACL" }];
const deferrals = [{ path, waits: "not known yet" }];

const list: ScenarioResource = { name: "edge", type: "aws:wafv2/webAcl:WebAcl", props: { arn: UNKNOWN } };

export const cdnWebAcl = rule({
  name: "cdn-web-acl",
  title: "Distributions stand behind a web ACL",
  description:
    "A web ACL turns common attacks away at the edge, before they cost an origin anything. A distribution is on the internet and gets them all day.",
  severity: "medium",
  level: "production",
  types: DISTRIBUTION,
  frameworks: { fsbp: ["CloudFront.6"] },
  remediation:
    'Set webAclId to the ARN of an aws.wafv2.WebAcl of scope "CLOUDFRONT", which lives in us-east-1.',
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/cloudfront-controls.html#cloudfront-6",
  judge: (distribution) => (distribution.at(path).isSet() ? [] : findings),
  judgeInStack(distribution, { stack }) {
    const acl = distribution.outputs.at(path);
    // What is created in the same deployment will be there; what comes from elsewhere may turn out to be nothing.
    return acl.isKnown() || stack.sourcesOf(distribution, acl).some(isMadeByAws) ? [] : deferrals;
  },
  scenarios: [
    {
      name: "a web ACL",
      given: {
        [path]:
          "arn:aws:wafv2:us-east-1:123456789012:global/webacl/edge/12345678-1234-1234-1234-123456789012",
      },
      is: "pass",
    },
    { name: "one of the older kind", given: { [path]: "12345678-1234-1234-1234-123456789012" }, is: "pass" },
    {
      name: "a web ACL that is created in the same deployment",
      given: { [path]: UNKNOWN },
      from: { [path]: ["edge"] },
      stack: [list],
      is: "pass",
    },
    { name: "none", given: {}, is: "fail", findings },
    { name: "an empty one", given: { [path]: "" }, is: "fail", findings },
    {
      name: "none on a staging distribution, whose settings the primary one takes over",
      given: { staging: true },
      is: "fail",
      findings,
    },
    {
      name: "not known yet, and from nothing in the stack",
      given: { [path]: UNKNOWN },
      is: "deferred",
      deferrals,
    },
  ],
});
