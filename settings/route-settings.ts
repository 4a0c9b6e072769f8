import type { Text } from "./settings";

/** Lists of values by a name. */
interface Lists {
  [name: string]: string[];
}

/** What a request must match, and where the route stands. */
export interface MatchSettings {
  readonly priority?: number;
  readonly order?: "first" | "normal" | "last";
  readonly paths?: string[];
  readonly pathRegexes?: string[];
  readonly hosts?: string[];
  readonly hostRegexes?: string[];
  readonly headers?: Lists;
  readonly headerRegexes?: Lists;
  readonly methods?: string[];
  readonly queryStrings?: Lists;
  readonly sourceIps?: string[];
}

interface Rewriting {
  readonly regex: string;
  readonly replace: string;
}

/** Who may come in: what a route asks of users. */
export interface AuthenticateSettings {
  readonly oidc?: {
    readonly issuer: string;
    readonly authorizationEndpoint: string;
    readonly tokenEndpoint: string;
    readonly userInfoEndpoint: string;
    readonly clientId: Text;
    readonly clientSecret: Text;
  };
  readonly cognito?: {
    readonly userPoolArn: Text;
    readonly userPoolClientId: Text;
    readonly userPoolDomain: string;
  };
  readonly onUnauthenticatedRequest: "authenticate" | "allow" | "deny";
  readonly scope: string;
  readonly sessionTimeoutSeconds: number;
  readonly sessionCookieName?: string;
  readonly authenticationRequestExtraParams?: { [name: string]: string };
}

/** One way to an endpoint. */
export interface RouteSettings extends MatchSettings {
  readonly rewrite?: { readonly path?: Rewriting; readonly host?: Rewriting };
  readonly authenticate?: AuthenticateSettings;
  readonly jwtValidation?: {
    readonly issuer: string;
    readonly jwksEndpoint: string;
    readonly additionalClaims?: {
      [name: string]: {
        readonly format: "single-string" | "string-array" | "space-separated-values";
        readonly values: string[];
      };
    };
  };
}

/** Requests that the load balancer sends elsewhere. */
export interface RedirectSettings extends MatchSettings {
  readonly to: {
    readonly host?: string;
    readonly path?: string;
    readonly port?: string;
    readonly query?: string;
  };
  readonly statusCode: "HTTP_301" | "HTTP_302";
}

/** Requests that the load balancer answers itself. */
export interface FixedResponseSettings extends MatchSettings {
  readonly statusCode: string;
  readonly contentType:
    | "text/plain"
    | "text/css"
    | "text/html"
    | "application/javascript"
    | "application/json";
  readonly messageBody?: string;
}
