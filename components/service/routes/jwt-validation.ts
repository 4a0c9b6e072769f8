import type * as pulumi from "@pulumi/pulumi";
import { ClaimFormat, validationFaults } from "../../lib/authentication";
import { checkOneOf } from "../../lib/closed-set";
import type { Problems } from "../../lib/problems";
import { noteFaults } from "./conditions";
import type { RuleAction } from "./forwarding";

/** What a claim of a token must hold. */
export interface JwtClaimArgs {
  /** How the claim holds its values: "single-string", "string-array" or "space-separated-values". */
  readonly format: ClaimFormat;
  /** Values, 1 to 10 of up to 256 characters; one for "single-string", and without spaces for "space-separated-values". */
  readonly values: string[];
}

/**
 * Validation of the bearer token of a request, signed with RS256, before it is forwarded. A request without a valid one
 * is answered 401. Signature, issuer and times are validated always. On an HTTPS listener only, and from a load balancer
 * that reaches the keys: `outbound` "https" of `AppLoadBalancer`.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-verify-jwt.html
 */
export interface JwtValidationArgs {
  /** Who issued it: what its claim `iss` says, up to 256 characters. */
  readonly issuer: pulumi.Input<string>;
  /** Where the issuer's keys are: an https URL with a path, up to 256 characters. At most 10 keys and 150 KB. */
  readonly jwksEndpoint: pulumi.Input<string>;
  /**
   * What else it must say, by the claim's name; up to 10, and none of exp, iss, nbf and iat.
   * @default nothing
   */
  readonly additionalClaims?: { [name: string]: JwtClaimArgs };
}

/** Notes what is wrong with the validation of tokens. */
export function checkJwtValidation(args: JwtValidationArgs, path: string, problems: Problems): void {
  noteFaults(validationFaults(args), path, problems);
  for (const [name, { format }] of Object.entries(args.additionalClaims ?? {})) {
    checkOneOf(ClaimFormat, format, `${path}.jwtValidation.additionalClaims.${name}.format`, problems);
  }
}

/** The action that comes before the forward, for the provider. */
export function jwtValidationAction({ additionalClaims, ...validation }: JwtValidationArgs): RuleAction {
  const claims = Object.entries(additionalClaims ?? {}).map(([name, claim]) => ({ name, ...claim }));
  const more = claims.length > 0 ? { additionalClaims: claims } : {};
  return { type: "jwt-validation", jwtValidation: { ...validation, ...more } };
}
