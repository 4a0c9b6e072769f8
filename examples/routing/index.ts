import * as pulumi from "@pulumi/pulumi";
import { AppLoadBalancer, Service } from "evenkeel";

const config = new pulumi.Config();
const vpcId = config.require("vpcId");

const balancer = new AppLoadBalancer("shop", {
  vpcId,
  subnetIds: config.requireObject<string[]>("publicSubnetIds"),
  certificateArn: config.require("certificateArn"),
  // To reach the identity provider, for the routes that authenticate and validate.
  outbound: "https",
});

const login = "https://login.example.com";
const { httpsListenerArn: listenerArn, arnSuffix, securityGroupId } = balancer;
new Service("shop", {
  vpcId,
  subnetIds: config.requireObject<string[]>("privateSubnetIds"),
  loadBalancer: { listenerArn, arnSuffix, securityGroupId },
  image: { id: config.require("imageId") },
  minSize: 3,
  maxSize: 12,
  // Routes say no priority: the more specific comes first, and none moves when another is added.
  priorities: { from: 1000, to: 1999 },
  endpoints: {
    web: {
      routes: {
        all: { paths: ["/*"] },
        // Staff sign in.
        backoffice: {
          paths: ["/backoffice/*"],
          authenticate: {
            oidc: {
              issuer: login,
              authorizationEndpoint: `${login}/authorize`,
              tokenEndpoint: `${login}/token`,
              userInfoEndpoint: `${login}/userinfo`,
              clientId: "backoffice",
              clientSecret: config.requireSecret("clientSecret"),
            },
            scope: "openid email",
            sessionTimeoutSeconds: 28_800,
          },
        },
      },
    },
    api: {
      port: 8081,
      routes: {
        // The application knows nothing of /api; callers show a token.
        all: {
          paths: ["/api/*"],
          rewrite: { path: { regex: "^/api/(.*)$", replace: "/$1" } },
          jwtValidation: {
            issuer: login,
            jwksEndpoint: `${login}/.well-known/jwks.json`,
            additionalClaims: { scope: { format: "space-separated-values", values: ["orders"] } },
          },
        },
        // Reads of any version go to the same instances without one.
        catalogue: { pathRegexes: ["^/v[0-9]+/catalogue/"], methods: ["GET", "HEAD"] },
        preview: { paths: ["/catalogue/*"], headers: { "X-Preview": ["on"] }, queryStrings: { v: ["2*"] } },
        partners: { hosts: ["partners.example.com"], sourceIps: ["192.0.2.0/24"] },
      },
    },
  },
  redirects: {
    moved: {
      hosts: ["old.example.com"],
      to: { host: "www.example.com" },
      statusCode: "HTTP_301",
      order: "first",
    },
  },
  fixedResponses: {
    metrics: { paths: ["/metrics", "/metrics/*"], statusCode: "404", messageBody: "Not here." },
  },
});

export const url = balancer.url;
