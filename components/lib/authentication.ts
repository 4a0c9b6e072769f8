import type { Form, RouteFault } from "./route-conditions";

const like = (form: RegExp, allowed: string): Form => ({ passes: (text) => form.test(text), allowed });

/** Most of what AWS takes, and of what we let it take: a session of more than a week is none. */
export const authenticationLimits = {
  sessionTimeoutSeconds: [1, 604_800],
  extraParams: 10,
  claims: 10,
  claimValues: 10,
} as const;

/** Forms of what authentication is told. */
export const authenticationForms = {
  issuer: like(
    /^https:\/\/[!-~]{1,248}$/,
    'an https URL of up to 256 characters such as "https://login.example.com"',
  ),
  endpoint: like(
    /^(?=.{1,256}$)https:\/\/[^\s/?#]+\/[!-~]*$/,
    'an https URL with a path, of up to 256 characters, such as "https://login.example.com/oauth2/token"',
  ),
  clientId: like(/^[ -~]{1,1024}$/, "the id of a client"),
  clientSecret: like(/^[ -~]{1,1024}$/, "the secret of a client"),
  userPoolArn: like(
    /^arn:aws[a-z-]*:cognito-idp:[a-z0-9-]+:[0-9]{12}:userpool\/[\w-]+$/,
    "the ARN of a Cognito user pool",
  ),
  userPoolDomain: like(
    /^[a-z0-9]([a-z0-9.-]{0,253}[a-z0-9])?$/,
    'the prefix of a Cognito domain, or a domain name such as "login.example.com"',
  ),
  // A token as OAuth calls it: https://www.rfc-editor.org/rfc/rfc6749#appendix-A.4
  scope: like(
    /^(?=(.* )?openid( |$))[!#-[\]-~]+( [!#-[\]-~]+)*$/,
    'words between single spaces, one of which is openid, such as "openid email"',
  ),
  sessionCookieName: like(
    /^(?!AWSALB)[\w!#$%&'*+\-.^`|~]{1,64}$/i,
    'the name of a cookie of up to 64 characters such as "AppSession", and none that begins with AWSALB',
  ),
  jwtIssuer: like(/^[!-~]{1,256}$/, 'an issuer of up to 256 characters such as "https://login.example.com"'),
  claimName: like(
    /^(?!(exp|iss|nbf|iat)$)[!-~]{1,256}$/,
    "the name of a claim, and none of exp, iss, nbf and iat, which are always validated",
  ),
  claimValue: like(/^[ -~]{1,256}$/, "a value of up to 256 characters"),
} as const satisfies { readonly [name: string]: Form };

/** Checks a value that is at hand; one that is known only later is not judged. */
function* ofForm(value: unknown, form: Form, at: RouteFault["at"]): Iterable<RouteFault> {
  if (typeof value === "string" && !form.passes(value))
    yield { at, found: value, must: `be ${form.allowed}` };
}

/** Who knows the users, and what becomes of those it does not know. */
export interface Authentication {
  readonly oidc?: object | undefined;
  readonly cognito?: object | undefined;
  readonly scope?: string | undefined;
  readonly sessionTimeoutSeconds?: number | undefined;
  readonly sessionCookieName?: string | undefined;
  readonly authenticationRequestExtraParams?: { readonly [name: string]: unknown } | undefined;
}

const oidcForms: { readonly [name: string]: Form } = {
  issuer: authenticationForms.issuer,
  authorizationEndpoint: authenticationForms.endpoint,
  tokenEndpoint: authenticationForms.endpoint,
  userInfoEndpoint: authenticationForms.endpoint,
  clientId: authenticationForms.clientId,
};
const cognitoForms: { readonly [name: string]: Form } = {
  userPoolArn: authenticationForms.userPoolArn,
  userPoolClientId: authenticationForms.clientId,
  userPoolDomain: authenticationForms.userPoolDomain,
};

function* ofForms(
  values: { readonly [name: string]: unknown },
  forms: { readonly [name: string]: Form },
  at: RouteFault["at"],
): Iterable<RouteFault> {
  for (const [name, form] of Object.entries(forms)) yield* ofForm(values[name], form, [...at, name]);
}

/**
 * What is wrong with the authentication of a route.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-authenticate-users.html
 */
export function* authenticationFaults(authenticate: Authentication): Iterable<RouteFault> {
  const { oidc, cognito, scope, sessionTimeoutSeconds, sessionCookieName } = authenticate;
  const at = ["authenticate"] as const;
  if ((oidc === undefined) === (cognito === undefined)) {
    yield { at, must: `have oidc or cognito, and has ${oidc === undefined ? "neither" : "both"}` };
  }
  yield* ofForms({ ...oidc }, oidcForms, [...at, "oidc"]);
  yield* ofForms({ ...cognito }, cognitoForms, [...at, "cognito"]);
  yield* ofForm(scope, authenticationForms.scope, [...at, "scope"]);
  yield* ofForm(sessionCookieName, authenticationForms.sessionCookieName, [...at, "sessionCookieName"]);
  const [min, max] = authenticationLimits.sessionTimeoutSeconds;
  const seconds = sessionTimeoutSeconds ?? max;
  if (!Number.isInteger(seconds) || seconds < min || seconds > max) {
    const must = `be a whole number from ${min} to ${max}`;
    yield { at: [...at, "sessionTimeoutSeconds"], found: seconds, must };
  }
  const params = Object.keys(authenticate.authenticationRequestExtraParams ?? {}).length;
  if (params > authenticationLimits.extraParams) {
    const must = `have ${authenticationLimits.extraParams} at most`;
    yield { at: [...at, "authenticationRequestExtraParams"], found: params, unit: "parameters", must };
  }
}

/** How a claim holds its values, in AWS's words. */
export const ClaimFormat = {
  /** One text. */
  SingleString: "single-string",
  /** A list of texts. */
  StringArray: "string-array",
  /** Words between spaces, as in `scope`. */
  SpaceSeparatedValues: "space-separated-values",
} as const;
export type ClaimFormat = (typeof ClaimFormat)[keyof typeof ClaimFormat];

/** What a token must say. */
export interface Validation {
  readonly issuer: unknown;
  readonly jwksEndpoint: unknown;
  readonly additionalClaims?:
    | { readonly [name: string]: { readonly format: string; readonly values: readonly string[] } }
    | undefined;
}

/**
 * What is wrong with the validation of tokens.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_JwtValidationActionConfig.html
 */
export function* validationFaults(validation: Validation): Iterable<RouteFault> {
  const { issuer, jwksEndpoint, additionalClaims = {} } = validation;
  const at = ["jwtValidation"] as const;
  yield* ofForm(issuer, authenticationForms.jwtIssuer, [...at, "issuer"]);
  yield* ofForm(jwksEndpoint, authenticationForms.endpoint, [...at, "jwksEndpoint"]);
  const count = Object.keys(additionalClaims).length;
  if (count > authenticationLimits.claims) {
    const must = `have ${authenticationLimits.claims} at most`;
    yield { at: [...at, "additionalClaims"], found: count, unit: "claims", must };
  }
  for (const [name, { format, values }] of Object.entries(additionalClaims)) {
    const claim = [...at, "additionalClaims", name];
    yield* ofForm(name, authenticationForms.claimName, claim);
    yield* claimFaults(format, values, claim);
  }
}

function* claimFaults(
  format: string,
  values: readonly string[],
  at: readonly string[],
): Iterable<RouteFault> {
  const most = format === ClaimFormat.SingleString ? 1 : authenticationLimits.claimValues;
  if (values.length < 1 || values.length > most) {
    const must = most === 1 ? `have 1 for format "${format}"` : `have 1 to ${most}`;
    yield { at: [...at, "values"], found: values.length, unit: "values", must };
  }
  for (const [index, value] of values.entries()) {
    const here = [...at, "values", index];
    yield* ofForm(value, authenticationForms.claimValue, here);
    if (format === ClaimFormat.SpaceSeparatedValues && value.includes(" ")) {
      yield { at: here, found: value, must: `be without spaces for format "${format}"` };
    }
  }
}
