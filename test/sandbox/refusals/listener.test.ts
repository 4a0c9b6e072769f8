import assert from "node:assert/strict";
import { UNKNOWN } from "../../../sandbox";
import { Account, type Case } from "../account";
import { eachIsRefused } from "./single";

const listener = "aws:lb/listener:Listener";
const rule = "aws:lb/listenerRule:ListenerRule";
const elb = "arn:aws:elasticloadbalancing:us-east-1:123456789012";
const loadBalancerArn = `${elb}:loadbalancer/app/edge/0123456789abcdef`;
const listenerArn = `${elb}:listener/app/edge/0123456789abcdef/0123456789abcdef`;
const certificateArn = "arn:aws:acm:us-east-1:123456789012:certificate/8f9c6f0e-0000-4000-a000-000000000000";
const notFound = { type: "fixed-response", fixedResponse: { contentType: "text/plain", statusCode: "404" } };
const http = { loadBalancerArn, port: 80, protocol: "HTTP", defaultActions: [notFound] };
const https = { ...http, port: 443, protocol: "HTTPS", certificateArn };

const of = (inputs: Case["inputs"]) => ({ type: listener, inputs });

describe("AWS refuses a listener", () => {
  eachIsRefused([
    {
      title: "for HTTPS without a certificate",
      ...of({ ...http, protocol: "HTTPS" }),
      at: "certificateArn",
      reason: "ValidationError: A certificate must be specified for HTTPS listeners",
    },
    {
      title: "for HTTP with a certificate",
      ...of({ ...http, certificateArn }),
      at: "certificateArn",
      reason: "ValidationError: A certificate cannot be specified for HTTP listeners",
    },
    {
      title: "for HTTP with a TLS policy",
      ...of({ ...http, sslPolicy: "ELBSecurityPolicy-2016-08" }),
      at: "sslPolicy",
      reason: "ValidationError: An SSL policy cannot be specified for HTTP listeners",
    },
    {
      title: "with a TLS policy nobody knows",
      ...of({ ...https, sslPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-07" }),
      at: "sslPolicy",
      reason: "SSLPolicyNotFound: SSL policy 'ELBSecurityPolicy-TLS13-1-2-2021-07' not found",
    },
    {
      title: "with a certificate of another region",
      ...of({ ...https, certificateArn: certificateArn.replace("us-east-1", "eu-west-1") }),
      at: "certificateArn",
      reason: `CertificateNotFound: Certificate '${certificateArn.replace("us-east-1", "eu-west-1")}' not found`,
    },
    {
      title: "that redirects to where the request came from",
      ...of({ ...http, defaultActions: [{ type: "redirect", redirect: { statusCode: "HTTP_301" } }] }),
      at: "defaultActions[0].redirect",
      reason: "InvalidLoadBalancerAction: The redirect configuration is not valid because it creates a loop",
    },
    {
      title: "that redirects with another code than 301 and 302",
      ...of({
        ...http,
        defaultActions: [
          { type: "redirect", redirect: { statusCode: "HTTP_308", port: "443", protocol: "HTTPS" } },
        ],
      }),
      at: "defaultActions[0].redirect.statusCode",
      reason: 'expected status_code to be one of ["HTTP_301" "HTTP_302"], got HTTP_308',
    },
    {
      title: "that forwards to nowhere",
      ...of({ ...http, defaultActions: [{ type: "forward" }] }),
      at: "defaultActions[0]",
      reason:
        'Either "defaultActions[0].targetGroupArn" or "defaultActions[0].forward" must be specified when "defaultActions[0].type" is "forward".',
    },
    {
      title: "that answers twice",
      ...of({ ...http, defaultActions: [notFound, notFound] }),
      at: "defaultActions",
      reason:
        "InvalidLoadBalancerAction: Only one action of type 'forward', 'redirect', or 'fixed-response' can be specified",
    },
    {
      title: "that answers with a code of its own making",
      ...of({
        ...http,
        defaultActions: [
          { type: "fixed-response", fixedResponse: { contentType: "text/plain", statusCode: "302" } },
        ],
      }),
      at: "defaultActions[0].fixedResponse.statusCode",
      reason: "ValidationError: The fixed-response status code '302' must be 2XX, 4XX or 5XX",
    },
  ]);

  it("on a port that is taken", () => {
    const account = new Account();
    account.make(listener, "edge-https", https);
    assert.deepEqual(account.failures(listener, https), [
      {
        property: "port",
        reason: "DuplicateListener: A listener already exists on port 443 of this load balancer (edge-https)",
      },
    ]);
    const other = loadBalancerArn.replace("/edge/", "/inner/");
    assert.deepEqual(account.failures(listener, { ...https, loadBalancerArn: other }), []);
  });

  it("with a certificate that is not issued yet, and takes it once it is", () => {
    const account = new Account("preview");
    const certificate = account.make("aws:acm/certificate:Certificate", "cert", {
      domainName: "app.example.com",
      validationMethod: "DNS",
    });
    const inputs = { ...https, certificateArn: UNKNOWN };
    assert.deepEqual(account.failures(listener, inputs, { certificateArn: [certificate] }), [
      {
        property: "certificateArn",
        reason:
          "UnsupportedCertificate: The certificate of cert is not issued yet: use the certificateArn of an aws.acm.CertificateValidation",
      },
    ]);
    const validation = account.make(
      "aws:acm/certificateValidation:CertificateValidation",
      "valid",
      { certificateArn: UNKNOWN },
      { certificateArn: [certificate] },
    );
    assert.deepEqual(account.failures(listener, inputs, { certificateArn: [validation] }), []);
  });
});

const forward = { type: "forward", targetGroupArn: `${elb}:targetgroup/web/0123456789abcdef` };
const paths = (...values: string[]) => ({ pathPattern: { values } });
const good = { listenerArn, priority: 10, actions: [forward], conditions: [paths("/*")] };

function ruleCase(title: string, inputs: Case["inputs"], at: string, reason: string): Case {
  return { title, type: rule, inputs: { ...good, ...inputs }, at, reason };
}

describe("AWS refuses a listener rule", () => {
  eachIsRefused([
    ruleCase(
      "of priority 0",
      { priority: 0 },
      "priority",
      "expected priority to be in the range (1 - 50000), got 0",
    ),
    ruleCase(
      "of priority 50,001",
      { priority: 50001 },
      "priority",
      "expected priority to be in the range (1 - 50000), got 50001",
    ),
    ruleCase(
      "without conditions",
      { conditions: [] },
      "conditions",
      "ValidationError: A rule must have at least one condition",
    ),
    ruleCase(
      "with six values in its conditions",
      {
        conditions: [
          paths("/a", "/b", "/c", "/d"),
          { hostHeader: { values: ["a.example.com", "b.example.com"] } },
        ],
      },
      "conditions",
      "ValidationError: A rule can only have '5' condition values",
    ),
    ruleCase(
      "with two path conditions",
      { conditions: [paths("/a"), paths("/b")] },
      "conditions",
      "ValidationError: A rule can only have one 'path-pattern' condition",
    ),
    ruleCase(
      "with two things in one condition",
      { conditions: [{ ...paths("/a"), hostHeader: { values: ["a.example.com"] } }] },
      "conditions[0]",
      "Only one condition block can be set at a time, got hostHeader and pathPattern",
    ),
    ruleCase(
      "for a path without a slash",
      { conditions: [paths("api/*")] },
      "conditions[0].pathPattern.values[0]",
      "ValidationError: The path pattern 'api/*' is not valid: it must begin with '/'",
    ),
    ruleCase(
      "for a host that is none",
      { conditions: [{ hostHeader: { values: ["localhost"] } }] },
      "conditions[0].hostHeader.values[0]",
      "ValidationError: The host header value 'localhost' is not valid: a host name is wanted",
    ),
  ]);

  it("of a priority that is in use on the listener", () => {
    const account = new Account();
    account.make(rule, "web-all", good);
    assert.deepEqual(account.failures(rule, good), [
      { property: "priority", reason: "PriorityInUse: Priority '10' is currently in use (web-all)" },
    ]);
    const other = listenerArn.replace("/edge/", "/inner/");
    assert.deepEqual(account.failures(rule, { ...good, listenerArn: other }), []);
  });

  it("to a target group that serves another load balancer, not one that serves the same", () => {
    const account = new Account();
    const group = account.make("aws:lb/targetGroup:TargetGroup", "web", {
      port: 80,
      protocol: "HTTP",
      vpcId: "vpc-0a",
    });
    const listeners = ["one", "two"].map((name) => {
      const balancer = account.make("aws:lb/loadBalancer:LoadBalancer", name, {
        subnets: ["subnet-0a", "subnet-0b"],
      });
      return account.make(listener, name, { ...http, loadBalancerArn: balancer.id });
    });
    const actions = [{ type: "forward", targetGroupArn: group.id }];
    const [first, second] = listeners.map(({ id }) => ({ ...good, listenerArn: id, actions }));
    account.make(rule, "first", first ?? {});
    assert.deepEqual(account.failures(rule, second ?? {}), [
      {
        property: "actions",
        reason:
          "TargetGroupAssociationLimit: The following target groups cannot be associated with more than one load balancer: web",
      },
    ]);
    assert.deepEqual(account.failures(rule, { ...first, priority: 11 }), []);
  });
});
