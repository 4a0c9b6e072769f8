import * as lb from "@pulumi/aws/lb";
import type * as pulumi from "@pulumi/pulumi";
import { type Tags, tagged } from "../lib/tags";
import { shaped } from "../lib/transform";
import { type MatchArgs, matchConditions } from "./routes/conditions";
import { type FixedResponseArgs, fixedResponseAction } from "./routes/fixed-responses";
import { forwardActions, type RuleAction } from "./routes/forwarding";
import { type RedirectArgs, redirectAction } from "./routes/redirects";
import { rewriteTransforms } from "./routes/rewrite";
import type { Priorities } from "./routes/settle-routes";
import type { EndpointTransforms, Way } from "./target-groups";

/** An endpoint that rules lead to. */
export interface RuledWay extends Way {
  readonly rules: lb.ListenerRule[];
}

/** Where the rules of a service go. */
export interface RuleSite {
  readonly listenerArn: pulumi.Input<string>;
  readonly priorities: Priorities;
  readonly tags: Tags | undefined;
  readonly transform: EndpointTransforms;
}

/**
 * Creates one rule.
 *
 * A rule is called by its priority, which is what AWS has only one of: a route that takes over another's priority, under
 * a name of its own or in exchange, changes that one's rule. A second rule would be refused while the first is there.
 */
function addRule(
  name: string,
  described: string,
  match: MatchArgs,
  does: Pick<lb.ListenerRuleArgs, "actions" | "transforms">,
  { listenerArn, priorities, tags, transform }: RuleSite,
  opts: pulumi.CustomResourceOptions,
): lb.ListenerRule {
  const priority = priorities.get(match);
  if (priority === undefined) throw new Error(`${described} was not settled`);
  const args = {
    listenerArn,
    priority,
    conditions: matchConditions(match),
    ...does,
    tags: tagged(described, tags),
  };
  return new lb.ListenerRule(`${name}-rule-${priority}`, ...shaped(transform.listenerRule, args, opts));
}

/** Creates the listener rules that lead to the endpoints. */
export function addListenerRules(
  name: string,
  ways: readonly Way[],
  site: RuleSite,
  opts: pulumi.CustomResourceOptions,
): RuledWay[] {
  return ways.map((way) => {
    const rules = Object.entries(way.endpoint.routes).map(([key, route]) => {
      const described = `${name}-rule-${way.key}-${key}`;
      const actions = forwardActions(route, way.targetGroup.arn);
      // Once its logical name.
      const aliases = [{ name: described }];
      const does = { actions, ...rewriteTransforms(route.rewrite) };
      return addRule(name, described, route, does, site, { ...opts, aliases });
    });
    return { ...way, rules };
  });
}

/** Creates the listener rules that answer by themselves. */
export function addAnsweringRules(
  name: string,
  redirects: { readonly [name: string]: RedirectArgs },
  fixedResponses: { readonly [name: string]: FixedResponseArgs },
  site: RuleSite,
  opts: pulumi.CustomResourceOptions,
): void {
  const add = (described: string, match: MatchArgs, action: RuleAction) =>
    addRule(name, described, match, { actions: [action] }, site, opts);
  for (const [key, redirect] of Object.entries(redirects)) {
    add(`${name}-redirect-${key}`, redirect, redirectAction(redirect));
  }
  for (const [key, response] of Object.entries(fixedResponses)) {
    add(`${name}-response-${key}`, response, fixedResponseAction(response));
  }
}
