import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";
import * as fc from "fast-check";
import { type Config, service, settingsOf, stack } from "./configured";

function messageOf(config: Config, name?: string, secretKeys?: string[]): string {
  try {
    settingsOf(config, name, secretKeys);
  } catch (error) {
    assert(pulumi.RunError.isInstance(error));
    return error.message;
  }
  assert.fail("the configuration was accepted");
}

/** The lines below the title. */
function faultsOf(config: Config, name?: string, secretKeys?: string[]): string[] {
  const [title, ...lines] = messageOf(config, name, secretKeys).split("\n");
  assert.equal(title, `invalid configuration of stack ${name ?? "staging"}`);
  return lines.map((line) => line.trimStart());
}

const web = (more: object) => ({ "evenkeel:services": { web: service(more) } });
const endpoint = (more: object) =>
  web({ endpoints: { main: { routes: { all: { priority: 1, paths: ["/*"] } }, ...more } } });
const route = (more: object) => web({ endpoints: { main: { routes: { all: { priority: 1, ...more } } } } });
const network = (more: object) => ({
  "evenkeel:network": { zones: ["us-east-1a", "us-east-1b"], ...more },
});
const balancer = (more: object) => ({ "evenkeel:loadBalancer": more });
const without = (key: string): Config =>
  Object.fromEntries(Object.entries(stack()).filter(([each]) => each !== key));
const arn = "arn:aws:acm:us-east-1:123456789012:certificate/0";
const name = "must be a name of lower-case letters, digits and single dashes that begins with a letter";

/** The way to every value in a configuration. */
function placesIn(value: unknown, before: string[] = []): string[][] {
  const inside = typeof value === "object" && value !== null ? Object.entries(value) : [];
  const deeper = inside.flatMap(([key, each]) => placesIn(each, [...before, key]));
  return before.length === 0 ? deeper : [before, ...deeper];
}

function put(root: Record<string, unknown>, place: string[], value: unknown): void {
  let holder = root;
  for (const step of place.slice(0, -1)) holder = holder[step] as Record<string, unknown>;
  holder[place.at(-1) ?? ""] = value;
}

/** Services with this many endpoints each, of this many routes each, and what else is said of them. */
function many(services: number, endpoints: number, routes: number, more: object = {}): Config {
  const routesOf = (first: number) =>
    Object.fromEntries(
      Array.from({ length: routes }, (_, index) => [
        `r${index}`,
        { priority: first + index, paths: [`/${first + index}`] },
      ]),
    );
  const endpointsOf = (place: number) =>
    Object.fromEntries(
      Array.from({ length: endpoints }, (_, index) => [
        `e${index}`,
        { routes: routesOf(1 + (place * endpoints + index) * routes) },
      ]),
    );
  const all = Array.from({ length: services }, (_, place) => [
    `s${place}`,
    service({ endpoints: endpointsOf(place), ...more }),
  ]);
  return { "evenkeel:services": Object.fromEntries(all) };
}

const rows: readonly [what: string, config: Config, ...faults: string[]][] = [
  ["no region", without("aws:region"), 'aws:region: not set, must be an AWS region such as "us-east-1"'],
  [
    "no environment",
    without("evenkeel:environment"),
    'evenkeel:environment: not set, must be one of "production", "staging", "development"',
  ],
  [
    "an unknown environment",
    stack({ "evenkeel:environment": "prod" }),
    'evenkeel:environment: "prod", must be one of "production", "staging", "development"',
  ],
  [
    "no services",
    without("evenkeel:services"),
    "evenkeel:services: not set, must be a map of services by name, one or more",
  ],
  [
    "an empty map of services",
    stack({ "evenkeel:services": {} }),
    "evenkeel:services: a map, must be a map of services by name, one or more",
  ],
  [
    "a map that is text",
    stack({ "evenkeel:alarms": "none" }),
    'evenkeel:alarms: "none", must be a map with emails, certificateExpiryDays, runbookUrl',
  ],
  [
    "a map with nothing in it but a colon",
    stack({ "evenkeel:alarms": "" }),
    "evenkeel:alarms: empty, must be a map with emails, certificateExpiryDays, runbookUrl",
  ],
  [
    "a prefix AWS keeps to itself",
    stack({ "evenkeel:namePrefix": "internal-shop" }),
    'evenkeel:namePrefix: "internal-shop", must be lower-case letters, digits and single dashes, beginning with a letter but not with "internal", up to 20 characters',
  ],
  [
    "a misspelt key",
    stack({ "evenkeel:netwrok": {} }),
    'evenkeel:netwrok: unknown key, did you mean "network"?',
  ],
  [
    "a key like no other",
    stack({ "evenkeel:verbose": "true" }),
    "evenkeel:verbose: unknown key, known are environment, namePrefix, network, loadBalancer, services, quotas, failoverTargetSeconds, discovery, alarms, tags",
  ],
  [
    "a misspelt key inside",
    stack(web({ sizng: {}, sizing: { maximum: 4 } })),
    "evenkeel:services.web.sizing.maximum: unknown key, known are min, max, desired, singleInstance",
    'evenkeel:services.web.sizng: unknown key, did you mean "sizing"?',
  ],
  // network
  [
    "one zone",
    stack(network({ zones: ["us-east-1a"] })),
    "evenkeel:network.zones: a list of 1, must be a list of 2 to 6 availability zones",
  ],
  [
    "zones of another region, and none at all",
    stack(network({ zones: ["us-east-1a", "eu-west-1b", "b"] })),
    'evenkeel:network.zones[1]: "eu-west-1b", must be an availability zone of aws:region such as "us-east-1a"',
    'evenkeel:network.zones[2]: "b", must be an availability zone of aws:region such as "us-east-1a"',
  ],
  [
    "a zone twice",
    stack(network({ zones: ["us-east-1a", "us-east-1b", "us-east-1a"] })),
    'evenkeel:network.zones[2]: "us-east-1a", must differ from the zones before it',
  ],
  [
    "too small a block",
    stack(network({ cidrBlock: "10.0.0.0/28" })),
    'evenkeel:network.cidrBlock: "10.0.0.0/28", must be an IPv4 block from /16 to /24 that begins at its first address, such as "10.0.0.0/16"',
  ],
  [
    "a block that begins in the middle",
    stack(network({ cidrBlock: "10.0.1.0/16" })),
    'evenkeel:network.cidrBlock: "10.0.1.0/16", must be an IPv4 block from /16 to /24 that begins at its first address, such as "10.0.0.0/16"',
  ],
  [
    "a block without room for the zones",
    stack(network({ zones: ["us-east-1a", "us-east-1b", "us-east-1c"], cidrBlock: "10.0.0.0/24" })),
    'evenkeel:network.cidrBlock: "10.0.0.0/24", must be wider: it has room for 2 zones, and there are 3',
  ],
  [
    "an unknown NAT mode",
    stack(network({ nat: "many" })),
    'evenkeel:network.nat: "many", must be "perZone", "single", "none" or a map with mode and elasticIpIds',
  ],
  [
    "an unknown NAT mode in a map",
    stack(network({ nat: { mode: "many", ips: [] } })),
    'evenkeel:network.nat.mode: "many", must be one of "perZone", "single", "none"',
    "evenkeel:network.nat.ips: unknown key, known are mode, elasticIpIds",
  ],
  [
    "fewer addresses than gateways",
    stack(network({ nat: { mode: "perZone", elasticIpIds: ["eipalloc-0a"] } })),
    'evenkeel:network.nat.elasticIpIds: a list of 1, must be 2 for mode "perZone"',
  ],
  [
    "addresses without a gateway",
    stack({
      ...network({ nat: { mode: "none", elasticIpIds: ["eipalloc-0a"] }, uses: ["monitoring"] }),
    }),
    'evenkeel:network.nat.elasticIpIds: a list of 1, must be left out with mode "none"',
  ],
  [
    "memory to follow and no way to report it",
    stack(network({ nat: "none" })),
    'evenkeel:network.uses: a list of 0, must include "monitoring" for nat "none": service web follows its memory use and has no other way to report it',
  ],
  [
    "a retention CloudWatch Logs does not offer",
    stack(network({ flowLogRetentionDays: 31 })),
    "evenkeel:network.flowLogRetentionDays: 31, must be a number of days CloudWatch Logs offers: 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653",
  ],
  // load balancer
  [
    "no certificate",
    stack(balancer({})),
    "evenkeel:loadBalancer: no certificate, must have either certificateArn, or domainName and hostedZoneId",
  ],
  [
    "a domain without its zone",
    stack(balancer({ domainName: "app.example.com" })),
    "evenkeel:loadBalancer: domainName, must have either certificateArn, or domainName and hostedZoneId",
  ],
  [
    "a certificate and a domain",
    stack(balancer({ certificateArn: arn, domainName: "app.example.com", hostedZoneId: "Z1" })),
    "evenkeel:loadBalancer: certificateArn, domainName and hostedZoneId, must have either certificateArn, or domainName and hostedZoneId",
  ],
  [
    "two names",
    stack(balancer({ hostName: "a.example.com", domainName: "b.example.com", hostedZoneId: "Z1" })),
    'evenkeel:loadBalancer.hostName: "a.example.com", must be left out beside domainName, which is the name already',
  ],
  [
    "a malformed ARN, and no second message about it",
    stack(balancer({ certificateArn: "arn:aws:iam::1:server-certificate/x" })),
    'evenkeel:loadBalancer.certificateArn: "arn:aws:iam::1:server-certificate/x", must be the ARN of an ACM certificate such as "arn:aws:acm:us-east-1:123456789012:certificate/…"',
  ],
  [
    "an old TLS policy",
    stack(balancer({ certificateArn: arn, sslPolicy: "ELBSecurityPolicy-2016-08" })),
    'evenkeel:loadBalancer.sslPolicy: "ELBSecurityPolicy-2016-08", must be an AWS security policy that accepts TLS 1.2 and newer only, such as "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09"',
  ],
  [
    "addresses that are no blocks",
    stack(balancer({ certificateArn: arn, ingressCidrBlocks: ["10.0.0.1/8", "everybody"] })),
    'evenkeel:loadBalancer.ingressCidrBlocks[0]: "10.0.0.1/8", must be an IPv4 block that begins at its first address such as "203.0.113.0/24"',
    'evenkeel:loadBalancer.ingressCidrBlocks[1]: "everybody", must be an IPv4 block that begins at its first address such as "203.0.113.0/24"',
  ],
  [
    "a flag for a word",
    stack(balancer({ certificateArn: arn, deletionProtection: true })),
    'evenkeel:loadBalancer.deletionProtection: true, must be one of "on", "off"',
  ],
  // services: names and routes
  [
    "a name in capitals",
    stack({ "evenkeel:services": { Web: service() } }),
    `evenkeel:services.Web: "Web", ${name}, up to 20 characters`,
  ],
  [
    "a name no path can spell plainly",
    stack({ "evenkeel:services": { "my.app": service() } }),
    `evenkeel:services["my.app"]: "my.app", ${name}, up to 20 characters`,
  ],
  [
    "a service called like another one's resources",
    stack({
      "evenkeel:services": {
        web: service(),
        "web-targets": { endpoints: { main: { routes: { all: { priority: 2, paths: ["/a"] } } } } },
      },
    }),
    'evenkeel:services.web-targets: "web-targets", must be another name: resources of service "web" begin with it',
  ],
  [
    "two rules of one name",
    stack(
      web({
        endpoints: {
          api: { routes: { "v1-all": { priority: 1, paths: ["/a"] } } },
          "api-v1": { routes: { all: { priority: 2, paths: ["/b"] } } },
        },
      }),
    ),
    'evenkeel:services.web.endpoints.api-v1.routes.all: "all", must be another name: with its endpoint it reads like api.routes.v1-all',
  ],
  [
    "a priority taken by another service",
    stack({ "evenkeel:services": { web: service(), api: service() } }),
    "evenkeel:services.api.endpoints.main.routes.all.priority: 1000, must differ from the priority of web.main.all",
  ],
  [
    "no endpoints",
    stack(web({ endpoints: {} })),
    "evenkeel:services.web.endpoints: a map, must be a map of endpoints by name, one or more",
  ],
  [
    "a route to everything",
    stack(route({})),
    "evenkeel:services.web.endpoints.main.routes.all: must have a condition, one or more of paths, pathRegexes, hosts, hostRegexes, methods, sourceIps, headers, headerRegexes, queryStrings",
  ],
  [
    "more patterns than a rule takes",
    stack(route({ paths: ["/a", "/b", "/c"], hosts: ["a.b", "b.b", "c.b"] })),
    "evenkeel:services.web.endpoints.main.routes.all: 6 values, must have 5 at most in all its conditions",
  ],
  [
    "more wildcards than a rule takes",
    stack(route({ paths: ["/*/*/*/*", "/???"] })),
    "evenkeel:services.web.endpoints.main.routes.all: 7 wildcards, must have 6 at most in all its conditions",
  ],
  [
    "a path without its slash",
    stack(route({ paths: ["api/*"] })),
    'evenkeel:services.web.endpoints.main.routes.all.paths[0]: "api/*", must be a path pattern of up to 128 characters such as "/api/*"',
  ],
  [
    "a probe path without its slash",
    stack(web({ health: { path: "health", matcher: "200-499" } })),
    'evenkeel:services.web.health.path: "health", must be a path that begins with a slash such as "/health"',
    'evenkeel:services.web.health.matcher: "200-499", must be status codes of 200 to 399 such as "200", "200,204" or "200-299"',
  ],
  // endpoints
  [
    "a cookie AWS reserves",
    stack(endpoint({ stickiness: { mode: "applicationCookie", cookieName: "AWSALBAPP-0" } })),
    'evenkeel:services.web.endpoints.main.stickiness.cookieName: "AWSALBAPP-0", must not begin with AWSALB: those names (AWSALB, AWSALBAPP, AWSALBTG) are the load balancer\'s own',
  ],
  [
    "an application's cookie without a name",
    stack(endpoint({ stickiness: { mode: "applicationCookie" } })),
    'evenkeel:services.web.endpoints.main.stickiness.cookieName: not set, must be the name of the application\'s cookie for mode "applicationCookie"',
  ],
  [
    "a cookie for nothing",
    stack(endpoint({ stickiness: { cookieName: "SESSION", durationSeconds: 60 } })),
    'evenkeel:services.web.endpoints.main.stickiness.cookieName: "SESSION", must be left out for mode "off"',
    'evenkeel:services.web.endpoints.main.stickiness.durationSeconds: 60, must be left out for mode "off"',
  ],
  [
    "what an algorithm excludes",
    stack(endpoint({ slowStartSeconds: 60, anomalyMitigation: "on" })),
    'evenkeel:services.web.endpoints.main.slowStartSeconds: 60, must be left out unless algorithm is "round_robin"',
    'evenkeel:services.web.endpoints.main.anomalyMitigation: "on", must be left out or "off" unless algorithm is "weighted_random"',
  ],
  // sizing
  [
    "a maximum below the minimum",
    stack(web({ sizing: { min: 3, max: 2 } })),
    "evenkeel:services.web.sizing.max: 2, must be more than min (3)",
  ],
  [
    "a minimum above the environment's maximum",
    stack(web({ sizing: { min: 10 } })),
    "evenkeel:services.web.sizing.max: 10, must be more than min (10)",
  ],
  [
    "a first size out of bounds",
    stack(web({ sizing: { min: 3, max: 5, desired: 2 } })),
    "evenkeel:services.web.sizing.desired: 2, must be from min (3) to max (5)",
  ],
  [
    "one instance in staging",
    stack(web({ sizing: { min: 1 } })),
    "evenkeel:services.web.sizing.min: 1, must be at least 2 in staging",
  ],
  [
    "one instance in production, whatever it accepts",
    stack({
      "evenkeel:environment": "production",
      ...web({ sizing: { min: 1, singleInstance: "accepted" } }),
    }),
    'evenkeel:services.web.sizing.singleInstance: "accepted", must be "refused" in production: one instance is an outage whenever it is replaced',
  ],
  [
    "one instance in development, refused",
    stack({ "evenkeel:environment": "development", ...web({ sizing: { singleInstance: "refused" } }) }),
    'evenkeel:services.web.sizing.min: 1, must be at least 2 unless singleInstance is "accepted"',
  ],
  [
    "half an instance",
    stack(web({ sizing: { min: 2.5 } })),
    "evenkeel:services.web.sizing.min: 2.5, must be a whole number from 1 to 1000",
  ],
  // scaling
  [
    "thresholds the wrong way round",
    stack(web({ scaling: { highPercent: 30, lowPercent: 40, mode: "none" } })),
    "evenkeel:services.web.scaling.lowPercent: 40, must be less than highPercent (30)",
  ],
  [
    "a target outside the thresholds",
    stack(web({ scaling: { targetCpuPercent: 85 } })),
    "evenkeel:services.web.scaling.targetCpuPercent: 85, must be between lowPercent (40) and highPercent (85)",
  ],
  [
    "thresholds between which one instance becomes two and two become one",
    stack({ "evenkeel:environment": "development", ...web({ scaling: { lowPercent: 50 } }) }),
    "evenkeel:services.web.scaling.lowPercent: 50, must be less than 45: 90 % on 1 is that much on 2, and instances would come and go without end",
  ],
  [
    "steps that come and go without end",
    stack(web({ scaling: { mode: "step", addInstances: 4, highPercent: 80, lowPercent: 30 } })),
    "evenkeel:services.web.scaling.lowPercent: 30, must be less than 26.6: 80 % on 2 is that much on 6, and instances would come and go without end",
  ],
  [
    "fast in, slowly out",
    stack(web({ sizing: { min: 8 }, scaling: { mode: "step", addInstances: 1, removeInstances: 2 } })),
    "evenkeel:services.web.scaling.removeInstances: 2, must not be more than addInstances (1)",
  ],
  [
    "members of a mode that is not chosen",
    stack(web({ scaling: { addInstances: 3, memoryMode: "none", targetMemoryPercent: 50 } })),
    'evenkeel:services.web.scaling.addInstances: 3, must be left out for mode "targetTracking"',
    'evenkeel:services.web.scaling.targetMemoryPercent: 50, must be left out for memoryMode "none"',
  ],
  [
    "a memory target above its alarm",
    stack(web({ scaling: { targetMemoryPercent: 95 } })),
    "evenkeel:services.web.scaling.targetMemoryPercent: 95, must be less than alarms.memoryHighPercent (90)",
  ],
  // what a service runs on
  [
    "one type to mix",
    stack(web({ instanceTypes: ["c6i.large"] })),
    'evenkeel:services.web.instanceTypes: a list of 1, must be 2 or more for purchase.mode "mixed"',
  ],
  [
    "types of two processors, and one twice",
    stack(web({ instanceTypes: ["c6i.large", "c7g.large", "c6i.large"] })),
    'evenkeel:services.web.instanceTypes[2]: "c6i.large", must be named once',
    "evenkeel:services.web.instanceTypes: a list of 3, must share one processor, because they share one image, not x86_64 and arm64",
  ],
  [
    "an unknown type",
    stack(web({ instanceTypes: ["c6i", "c6i.large"] })),
    'evenkeel:services.web.instanceTypes[0]: "c6i", must be an instance type such as "c6i.large"',
  ],
  [
    "a spot share without spot",
    stack(web({ purchase: { mode: "onDemand", onDemandBase: 2 } })),
    'evenkeel:services.web.purchase.onDemandBase: 2, must be left out for mode "onDemand"',
  ],
  [
    "an image by id and by parameter",
    stack(web({ image: { id: "ami-0123456789abcdef0", parameter: "/app/image" } })),
    "evenkeel:services.web.image: a map, must have either id or parameter",
  ],
  [
    "a start script that is not there",
    stack(web({ userDataFile: "workload/nothing.sh" })),
    'evenkeel:services.web.userDataFile: "workload/nothing.sh", must be a file of the project that can be read',
  ],
  [
    "a start script outside the project",
    stack(web({ userDataFile: "../secret" })),
    'evenkeel:services.web.userDataFile: "../secret", must be a file inside the project such as "workload/user-data.sh"',
  ],
  [
    "a volume that is faster than its size allows",
    stack(web({ volume: { iops: 12_000, throughputMiBps: 2000 }, instanceTypes: ["c5.large", "c6i.large"] })),
    "evenkeel:services.web.volume.iops: 12000, must be at most 500 for each GiB (10000)",
  ],
  [
    "a throughput above a quarter of the operations",
    stack(web({ volume: { throughputMiBps: 1000 } })),
    "evenkeel:services.web.volume.throughputMiBps: 1000, must be at most a quarter of iops (750)",
  ],
  [
    "a refresh that cannot begin",
    stack(web({ instanceRefresh: { minHealthyPercent: 100, maxHealthyPercent: 100 } })),
    "evenkeel:services.web.instanceRefresh.maxHealthyPercent: 100, must be more than minHealthyPercent (100), or nothing can be replaced",
  ],
  [
    "a refresh over too wide a range",
    stack(web({ instanceRefresh: { minHealthyPercent: 50, maxHealthyPercent: 200 } })),
    "evenkeel:services.web.instanceRefresh.maxHealthyPercent: 200, must be at most 100 above minHealthyPercent (50)",
  ],
  // the rest
  [
    "an address that is none",
    stack({ "evenkeel:alarms": { emails: ["oncall"], runbookUrl: "http://example.com/" } }),
    'evenkeel:alarms.emails[0]: "oncall", must be an e-mail address such as "oncall@example.com"',
    'evenkeel:alarms.runbookUrl: "http://example.com/", must be an https URL without a slash at its end such as "https://docs.example.com/runbooks"',
  ],
  [
    "tags that belong to others",
    stack({ "evenkeel:tags": { Name: "x", "AWS:y": "z" } }),
    'evenkeel:tags.Name: "Name", must be a tag key of letters, digits, spaces and _.:/=+-@, up to 128 characters, that does not begin with "aws:" and is not "Name"',
    'evenkeel:tags["AWS:y"]: "AWS:y", must be a tag key of letters, digits, spaces and _.:/=+-@, up to 128 characters, that does not begin with "aws:" and is not "Name"',
  ],
  [
    "a value too long to show",
    stack({ "evenkeel:environment": "x".repeat(100) }),
    `evenkeel:environment: "${"x".repeat(59)}…, must be one of "production", "staging", "development"`,
  ],
  [
    "more routes than a load balancer has rules",
    stack(many(1, 1, 101)),
    "evenkeel:services: 101 routes, each of them a rule of the load balancer, must be 100 at most, AWS's quota for the account: ask for more, then say so in quotas.rulesPerLoadBalancer",
  ],
  [
    "more endpoints than a load balancer has target groups",
    stack({
      ...many(1, 101, 1),
      "evenkeel:quotas": { rulesPerLoadBalancer: 200, targetsPerLoadBalancer: 2000 },
    }),
    "evenkeel:services: 101 endpoints, each of them a target group of the load balancer, must be 100 at most, for any account: a second stack has another",
  ],
  [
    "more targets than a load balancer has, once every service has grown",
    stack(many(2, 1, 1, { sizing: { max: 501 } })),
    "evenkeel:services: 1002 targets of the load balancer with every service at its max, an instance counting once for each endpoint, must be 1000 at most, AWS's quota for the account: ask for more, then say so in quotas.targetsPerLoadBalancer",
  ],
  [
    "more ports than a security group has rules",
    stack(many(31, 1, 1, { health: { port: 9000 } })),
    "evenkeel:services: 62 ports of services that the load balancer's security group lets out to, each by a rule, must be 60 at most, AWS's quota for the account: ask for more, then say so in quotas.rulesPerSecurityGroup",
  ],
  [
    "less room on a shared load balancer",
    stack({ ...many(1, 2, 1), "evenkeel:quotas": { rulesPerLoadBalancer: 1 } }),
    "evenkeel:services: 2 routes, each of them a rule of the load balancer, must be 1 at most, AWS's quota for the account: ask for more, then say so in quotas.rulesPerLoadBalancer",
  ],
  [
    "quotas that are none",
    stack({ "evenkeel:quotas": { rulesPerLoadBalancer: 0, targetGroupsPerLoadBalancer: 200 } }),
    "evenkeel:quotas.rulesPerLoadBalancer: 0, must be a whole number from 1 to 10000",
    'evenkeel:quotas.targetGroupsPerLoadBalancer: unknown key, did you mean "targetsPerLoadBalancer"?',
  ],
];

describe("a wrong configuration", () => {
  for (const [what, config, ...faults] of rows) {
    it(`is refused for ${what}`, () => assert.deepEqual(faultsOf(config), faults));
  }

  it("is reported whole, key by key, faults inside a value beside those between values", () => {
    const config = stack({
      "evenkeel:colour": "blue",
      "evenkeel:tags": { "aws:x": "y" },
      "evenkeel:services": {
        web: service({ sizing: { min: 3, max: 2 }, port: "http" }),
        api: service({ sizing: { min: "many" }, purchase: { mode: "onDemand", onDemandBase: 1 } }),
      },
      "evenkeel:loadBalancer": {},
      "evenkeel:network": { zones: ["us-east-1a", "us-east-1a"], cidrBlock: "10.0.0.0/8" },
    });
    assert.equal(
      messageOf(config),
      `invalid configuration of stack staging
  evenkeel:network.cidrBlock: "10.0.0.0/8", must be an IPv4 block from /16 to /24 that begins at its first address, such as "10.0.0.0/16"
  evenkeel:network.zones[1]: "us-east-1a", must differ from the zones before it
  evenkeel:loadBalancer: no certificate, must have either certificateArn, or domainName and hostedZoneId
  evenkeel:services.web.port: "http", must be a whole number from 1 to 65535
  evenkeel:services.api.sizing.min: "many", must be a whole number from 1 to 1000
  evenkeel:services.web.sizing.max: 2, must be more than min (3)
  evenkeel:services.api.purchase.onDemandBase: 1, must be left out for mode "onDemand"
  evenkeel:services.api.endpoints.main.routes.all.priority: 1000, must differ from the priority of web.main.all
  evenkeel:tags["aws:x"]: "aws:x", must be a tag key of letters, digits, spaces and _.:/=+-@, up to 128 characters, that does not begin with "aws:" and is not "Name"
  evenkeel:colour: unknown key, known are environment, namePrefix, network, loadBalancer, services, quotas, failoverTargetSeconds, discovery, alarms, tags`,
    );
  });

  it("is not judged by the defaults of an environment it does not name", () => {
    const config = stack({ "evenkeel:environment": "test", ...web({ sizing: { min: 1, max: 30 } }) });
    assert.deepEqual(faultsOf(config), [
      'evenkeel:environment: "test", must be one of "production", "staging", "development"',
    ]);
  });

  it("is named by its own stack", () => {
    assert.deepEqual(faultsOf({ ...stack(), "evenkeel:environment": "live" }, "blue"), [
      'evenkeel:environment: "live", must be one of "production", "staging", "development"',
    ]);
  });

  it("never ends in anything but settings or one error, whatever stands where", () => {
    const valid = stack({ ...balancer({ certificateArn: arn }), "evenkeel:alarms": { emails: [] } });
    const places = placesIn(valid);
    fc.assert(
      fc.property(fc.constantFrom(...places), fc.jsonValue(), fc.boolean(), (place, value, secret) => {
        const config = structuredClone(valid) as Record<string, unknown>;
        put(config, place, value);
        try {
          settingsOf(config, "staging", secret ? [String(place[0])] : []);
        } catch (error) {
          assert(pulumi.RunError.isInstance(error), String(error));
        }
      }),
      { numRuns: 150 },
    );
  });

  it("gets the message the reference shows", () => {
    const message = messageOf(
      stack({
        ...network({ cidrBlock: "10.1.0.0/28" }),
        ...web({ sizing: { max: 2 } }),
        "evenkeel:alarm": "x",
      }),
    );
    assert(readFileSync("docs/configuration.md", "utf8").includes(`\`\`\`\n${message}\n\`\`\``));
  });
});
