import { each, type Judgement } from "../../lib/judgement";
import { isMadeByAws } from "../../lib/makers";
import { rule, type ScenarioResource } from "../../lib/rule";
import type { StackResource } from "../../lib/stack";
import { UNKNOWN } from "../../lib/unknown";
import { brief, shown } from "../../lib/value";
import { DNS_RECORD } from "../types";
import { type Alias, leadsTo, type Target, targetNamed, WEBSITE } from "./alias-targets";

const skip = "no alias";

function judgeAlias(alias: Alias): Judgement {
  const { stack, record, name } = alias;
  const sources = stack.sourcesOf(record, name);
  if (name.isKnown()) {
    const target = targetNamed(name.text() ?? "");
    return target === undefined ? [] : judgeTarget(alias, target, sources);
  }
  // Which bucket a website is of, the record's own name tells: that is known before the alias is.
  if (areAll(sources, WEBSITE)) return judgeTarget(alias, WEBSITE, sources);
  return sources.some(isMadeByAws) ? [] : [{ path: name.path, waits: "not known yet" }];
}

function judgeTarget(alias: Alias, target: Target, sources: readonly StackResource[]): Judgement {
  const { path } = alias.name;
  const found = leadsTo(alias, target);
  if (found === true) return [];
  // Other things have names of the same shape, such as an API's domain: what it came from is there.
  if (sources.some((source) => isMadeByAws(source) && !target.types.includes(source.type))) return [];
  if (found === undefined) return [{ path, waits: "not known whether its target is in this stack" }];
  const [source] = sources;
  if (source !== undefined && areAll(sources, target)) {
    return [{ path, says: `${gone(alias, target, source)}, must lead to something that exists` }];
  }
  const what = target === WEBSITE ? "a bucket of the record's name" : brief(alias.name.text() ?? "");
  return [{ path, waits: `${what} is not in this stack` }];
}

/** What is wrong with an alias that came from a resource which it does not lead to. */
function gone({ name }: Alias, target: Target, source: StackResource): string {
  return target === WEBSITE
    ? `leads to a bucket of the record's name, which is not the name of ${brief(source.name)}`
    : `${shown(name.text())}, which is not the name of ${brief(source.name)} any more`;
}

function areAll(sources: readonly StackResource[], { types }: Target): boolean {
  return sources.length > 0 && sources.every(({ type }) => types.includes(type));
}

const path = "aliases[0].name";
const first = "edge-1.eu-west-1.elb.amazonaws.com";
const second = "edge-2.eu-west-1.elb.amazonaws.com";
const website = "s3-website.eu-central-1.amazonaws.com";
const sovereign = "s3-website.eusc-de-east-1.amazonaws.eu";

/** A record that leads somewhere, and where that comes from. */
const leading = (name: string, ...from: readonly string[]) => ({
  given: { name: "www", type: "A", aliases: [{ name, zoneId: UNKNOWN, evaluateTargetHealth: true }] },
  from: { aliases: from },
});

function balancer(name: string, dnsName: string): ScenarioResource {
  return { name, type: "aws:lb/loadBalancer:LoadBalancer", props: { dnsName } };
}

function bucket(name: string): ScenarioResource {
  return { name: "files", type: "aws:s3/bucket:Bucket", props: { bucket: name } };
}

/** What serves a bucket as a website, by the bucket's name or before there is one. */
function site(name: string): ScenarioResource {
  const type = "aws:s3/bucketWebsiteConfiguration:BucketWebsiteConfiguration";
  return { name: "site", type, props: { bucket: name }, from: { bucket: ["files"] } };
}

const domain: ScenarioResource = {
  name: "login",
  type: "aws:cognito/userPoolDomain:UserPoolDomain",
  props: {},
};
const shared: ScenarioResource = { name: "shared", type: "pulumi:pulumi:StackReference", props: {} };

export const dnsNoDanglingAlias = rule({
  name: "dns-no-dangling-alias",
  title: "Aliases lead to load balancers, distributions and buckets that exist",
  description:
    "Whoever gets the name an old alias leads to gets its visitors: anybody can create a bucket of the record's name. Seen is an alias taken from a resource of this stack that has another name; what is outside the stack is told as not decided.",
  severity: "low",
  level: "advisory",
  types: DNS_RECORD,
  frameworks: {},
  remediation:
    "Take the alias from the resource it leads to, and call a bucket that is a website like the record; delete records that lead nowhere.",
  url: "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resource-record-sets-choosing-alias-non-alias.html",
  judgeInStack(record, { stack }) {
    const aliases = record.outputs.at("aliases");
    if (aliases.items().length === 0) return { skip };
    return each(aliases, (alias) => judgeAlias({ stack, record, name: alias.at("name") }));
  },
  scenarios: [
    {
      name: "a load balancer that exists",
      ...leading(`dualstack.${first.toUpperCase()}.`, "edge"),
      stack: [balancer("edge", first)],
      is: "pass",
    },
    {
      name: "a load balancer that is not created yet",
      ...leading(UNKNOWN, "edge"),
      stack: [balancer("edge", UNKNOWN)],
      is: "pass",
    },
    {
      name: "a load balancer of the stack, by a name that was copied",
      ...leading(first),
      stack: [balancer("other", UNKNOWN), balancer("edge", first)],
      is: "pass",
    },
    {
      name: "one zone of a network load balancer",
      ...leading(`eu-west-1a.${first}`, "edge"),
      stack: [balancer("edge", first)],
      is: "pass",
    },
    {
      name: "a distribution",
      ...leading("d111111abcdef8.cloudfront.net", "cdn"),
      stack: [
        {
          name: "cdn",
          type: "aws:cloudfront/distribution:Distribution",
          props: { domainName: "d111111abcdef8.cloudfront.net" },
        },
      ],
      is: "pass",
    },
    {
      name: "something else of the stack that CloudFront serves",
      ...leading("d222222abcdef8.cloudfront.net", "login"),
      stack: [domain],
      is: "pass",
    },
    {
      name: "the website of a bucket with the record's name",
      ...leading(website, "site"),
      outputs: { ...leading(website).given, fqdn: "www.example.com" },
      stack: [bucket("www.example.com"), site("www.example.com")],
      is: "pass",
    },
    {
      name: "the website of a bucket with the record's name, before it is created",
      ...leading(UNKNOWN, "site"),
      stack: [bucket("www.example.com"), site(UNKNOWN)],
      is: "pass",
    },
    { name: "another record of the zone", ...leading("web.example.com"), is: "pass" },
    {
      name: "a load balancer that was replaced since",
      ...leading(first, "edge"),
      stack: [balancer("edge", second)],
      is: "fail",
      findings: [
        {
          path,
          says: `"${first}", which is not the name of edge any more, must lead to something that exists`,
        },
      ],
    },
    {
      name: "the website of a bucket with another name",
      ...leading(website, "files"),
      outputs: { ...leading(website).given, fqdn: "www.example.com" },
      stack: [bucket("www.example.com-1234567")],
      is: "fail",
      findings: [
        {
          path,
          says: "leads to a bucket of the record's name, which is not the name of files, must lead to something that exists",
        },
      ],
    },
    {
      name: "the same in the sovereign cloud",
      ...leading(sovereign, "files"),
      outputs: { ...leading(sovereign).given, fqdn: "www.example.com" },
      stack: [bucket("www.example.com-1234567")],
      is: "fail",
      findings: [
        {
          path,
          says: "leads to a bucket of the record's name, which is not the name of files, must lead to something that exists",
        },
      ],
    },
    {
      name: "the website of a bucket with another name, before it is created",
      ...leading(UNKNOWN, "site"),
      stack: [bucket("files-1234567"), site(UNKNOWN)],
      is: "fail",
      findings: [
        {
          path,
          says: "leads to a bucket of the record's name, which is not the name of site, must lead to something that exists",
        },
      ],
    },
    { name: "no alias", given: { type: "A", ttl: 60, records: ["192.0.2.1"] }, is: "skip", why: skip },
    {
      name: "a load balancer from elsewhere",
      ...leading(first, "shared"),
      stack: [shared, balancer("edge", second)],
      is: "deferred",
      deferrals: [{ path, waits: `${first} is not in this stack` }],
    },
    {
      name: "the website of a bucket from elsewhere",
      ...leading(website),
      is: "deferred",
      deferrals: [{ path, waits: "a bucket of the record's name is not in this stack" }],
    },
    {
      name: "a copied name, and a load balancer that is not created yet",
      ...leading(first),
      stack: [balancer("edge", UNKNOWN)],
      is: "deferred",
      deferrals: [{ path, waits: "not known whether its target is in this stack" }],
    },
    {
      name: "not known yet, and from nothing in the stack",
      ...leading(UNKNOWN),
      is: "deferred",
      deferrals: [{ path, waits: "not known yet" }],
    },
  ],
});
