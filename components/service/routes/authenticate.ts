import * as pulumi from "@pulumi/pulumi";
import { authenticationFaults } from "../../lib/authentication";
import { checkOneOf } from "../../lib/closed-set";
import type { Problems } from "../../lib/problems";
import { noteFaults } from "./conditions";
import type { RuleAction } from "./forwarding";

/** What becomes of a request of somebody who has not signed in. */
export const UnauthenticatedRequest = {
  /** It is sent to where one signs in. */
  Authenticate: "authenticate",
  /** It is forwarded all the same, without a word about the user. */
  Allow: "allow",
  /** It is answered 401: right for calls by scripts, which cannot follow to a sign-in page. */
  Deny: "deny",
} as const;
export type UnauthenticatedRequest = (typeof UnauthenticatedRequest)[keyof typeof UnauthenticatedRequest];

/** An identity provider that speaks OpenID Connect. Its client must allow `https://<host>/oauth2/idpresponse`. */
export interface OidcArgs {
  /** Who it is, as it says itself: an https URL. */
  readonly issuer: pulumi.Input<string>;
  /** Where users sign in: an https URL with a path. */
  readonly authorizationEndpoint: pulumi.Input<string>;
  /** Where tokens are fetched: an https URL with a path. */
  readonly tokenEndpoint: pulumi.Input<string>;
  /** Where it says who a user is: an https URL with a path. */
  readonly userInfoEndpoint: pulumi.Input<string>;
  /** Id of the client. */
  readonly clientId: pulumi.Input<string>;
  /** Secret of the client; plain text is refused. */
  readonly clientSecret: pulumi.Input<string>;
}

/** A Cognito user pool. */
export interface CognitoArgs {
  /** ARN of the pool. */
  readonly userPoolArn: pulumi.Input<string>;
  /** Id of the pool's client, which must have a secret. */
  readonly userPoolClientId: pulumi.Input<string>;
  /** Prefix of the pool's domain, or the domain. */
  readonly userPoolDomain: pulumi.Input<string>;
}

/**
 * Signing in, before a request is forwarded: by oidc or by cognito. On an HTTPS listener only, and from a load balancer
 * that reaches the identity provider: `outbound` "https" of `AppLoadBalancer`.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-authenticate-users.html
 */
export interface AuthenticateArgs {
  /** An identity provider that speaks OpenID Connect. Takes the place of cognito. */
  readonly oidc?: OidcArgs;
  /** A Cognito user pool. Takes the place of oidc. */
  readonly cognito?: CognitoArgs;
  /**
   * What becomes of requests of those who have not signed in: "authenticate", "allow" or "deny".
   * @default "authenticate"
   */
  readonly onUnauthenticatedRequest?: UnauthenticatedRequest;
  /**
   * What is asked of the identity provider, in words between spaces; one is openid.
   * @default "openid"
   */
  readonly scope?: string;
  /**
   * How long a session lasts, in seconds, 1 to 604800.
   * @default 604800
   */
  readonly sessionTimeoutSeconds?: number;
  /**
   * Name of the session's cookie.
   * @default "AWSELBAuthSessionCookie"
   */
  readonly sessionCookieName?: string;
  /**
   * Up to ten more parameters for where users sign in.
   * @default none
   */
  readonly authenticationRequestExtraParams?: { [name: string]: string };
}

/** Notes what is wrong with the authentication of a route. */
export function checkAuthenticate(args: AuthenticateArgs, path: string, problems: Problems): void {
  const { onUnauthenticatedRequest = UnauthenticatedRequest.Authenticate, oidc } = args;
  noteFaults(authenticationFaults(args), path, problems);
  const own = `${path}.authenticate`;
  checkOneOf(UnauthenticatedRequest, onUnauthenticatedRequest, `${own}.onUnauthenticatedRequest`, problems);
  problems.unless(
    typeof oidc?.clientSecret !== "string",
    `${own}.oidc.clientSecret`,
    "must be a secret, such as config.requireSecret gives, got plain text",
  );
}

/** The action that comes before the forward, for the provider. */
export function authenticateAction(args: AuthenticateArgs): RuleAction {
  const { oidc, cognito, scope = "openid", sessionTimeoutSeconds = 604_800 } = args;
  const { onUnauthenticatedRequest = UnauthenticatedRequest.Authenticate } = args;
  const { sessionCookieName = "AWSELBAuthSessionCookie", authenticationRequestExtraParams: params } = args;
  const common = {
    onUnauthenticatedRequest,
    scope,
    sessionTimeout: sessionTimeoutSeconds,
    sessionCookieName,
    ...(params ? { authenticationRequestExtraParams: params } : {}),
  };
  if (cognito) return { type: "authenticate-cognito", authenticateCognito: { ...cognito, ...common } };
  if (!oidc) throw new Error("authentication was not checked");
  const clientSecret = pulumi.secret(oidc.clientSecret);
  return { type: "authenticate-oidc", authenticateOidc: { ...oidc, clientSecret, ...common } };
}
