import type { lb } from "@pulumi/aws/types/input";
import type * as pulumi from "@pulumi/pulumi";
import type { Problems } from "../../lib/problems";
import { rewriteFaults } from "../../lib/rewrites";
import { type AuthenticateArgs, authenticateAction, checkAuthenticate } from "./authenticate";
import { checkMatch, type MatchArgs, noteFaults } from "./conditions";
import { checkJwtValidation, type JwtValidationArgs, jwtValidationAction } from "./jwt-validation";
import type { RewriteArgs } from "./rewrite";

/** One thing that a listener rule does. */
export type RuleAction = lb.ListenerRuleAction;

/** Requests that a listener rule leads to an endpoint, and what happens to them on the way. */
export interface RouteArgs extends MatchArgs {
  /**
   * What is changed in a request before it is forwarded.
   * @default nothing
   */
  readonly rewrite?: RewriteArgs;
  /**
   * Signing in, before a request is forwarded. Takes the place of jwtValidation.
   * @default nobody has to sign in
   */
  readonly authenticate?: AuthenticateArgs;
  /**
   * Validation of the request's bearer token, before it is forwarded. Takes the place of authenticate.
   * @default tokens are left to the application
   */
  readonly jwtValidation?: JwtValidationArgs;
}

/** Routes by name. */
export interface Routes {
  readonly [name: string]: RouteArgs;
}

/** Notes what is wrong with a route to an endpoint. */
export function checkForwarding(route: RouteArgs, path: string, problems: Problems): void {
  const { rewrite, authenticate, jwtValidation } = route;
  checkMatch(route, path, problems);
  if (rewrite) noteFaults(rewriteFaults(rewrite), path, problems);
  if (authenticate) checkAuthenticate(authenticate, path, problems);
  if (jwtValidation) checkJwtValidation(jwtValidation, path, problems);
  problems.unless(
    authenticate === undefined || jwtValidation === undefined,
    `${path}.jwtValidation`,
    "must be left out beside authenticate: a rule has one or the other",
  );
}

/** What a route does before it forwards, and the forward, for the provider. */
export function forwardActions(route: RouteArgs, targetGroupArn: pulumi.Input<string>): RuleAction[] {
  const { authenticate, jwtValidation } = route;
  return [
    ...(authenticate ? [authenticateAction(authenticate)] : []),
    ...(jwtValidation ? [jwtValidationAction(jwtValidation)] : []),
    { type: "forward", targetGroupArn },
  ];
}
