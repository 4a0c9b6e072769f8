import * as pulumi from "@pulumi/pulumi";
import type {
  AuthenticateSettings,
  FixedResponseSettings,
  MatchSettings,
  RedirectSettings,
  RouteSettings,
} from "./route-settings";
import type { FixedResponseConfig, RedirectConfig, RouteConfig } from "./schema/route";
import type { Text } from "./settings";

/** Wraps a text on its way to AWS where it has to be. */
type Conceal = (text: string) => Text;

type Given<Members> = { [Key in keyof Members]: Exclude<Members[Key], undefined> };

/** Without what is undefined, however deep. */
function given<Value extends object>(value: Value): Given<Value> {
  const entries = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(
    entries.map(([name, member]) => [name, isPlain(member) ? given(member) : member]),
  ) as Given<Value>;
}

function isPlain(value: unknown): value is object {
  return (
    typeof value === "object" && value !== null && !Array.isArray(value) && !pulumi.Output.isInstance(value)
  );
}

function matchOf(match: RouteConfig | RedirectConfig | FixedResponseConfig): MatchSettings {
  const { priority, order, paths, pathRegexes, hosts, hostRegexes, methods, sourceIps } = match;
  const { headers, headerRegexes, queryStrings } = match;
  return given({
    ...{ priority, order, paths, pathRegexes, hosts, hostRegexes },
    ...{ headers, headerRegexes, methods, queryStrings, sourceIps },
  }) as MatchSettings;
}

/** Turns what a checked stack says of a route into a component's argument. */
export function routeOf(route: RouteConfig, conceal: Conceal): RouteSettings {
  const { rewrite, authenticate, jwtValidation } = route;
  return given({
    ...matchOf(route),
    rewrite,
    authenticate: authenticate && authenticateOf(authenticate, conceal),
    jwtValidation,
  }) as RouteSettings;
}

function authenticateOf(
  { oidc, cognito, ...rest }: NonNullable<RouteConfig["authenticate"]>,
  conceal: Conceal,
): AuthenticateSettings {
  return given({
    ...rest,
    oidc: oidc && {
      ...oidc,
      clientId: conceal(oidc.clientId),
      clientSecret: pulumi.secret(oidc.clientSecret),
    },
    cognito: cognito && {
      ...cognito,
      userPoolArn: conceal(cognito.userPoolArn),
      userPoolClientId: conceal(cognito.userPoolClientId),
    },
  }) as AuthenticateSettings;
}

/** Turns what a checked stack says of a redirect into a component's argument. */
export function redirectOf(redirect: RedirectConfig): RedirectSettings {
  return {
    ...matchOf(redirect),
    ...given({ to: redirect.to, statusCode: redirect.statusCode }),
  } as RedirectSettings;
}

/** Turns what a checked stack says of a fixed response into a component's argument. */
export function fixedResponseOf(response: FixedResponseConfig): FixedResponseSettings {
  const { statusCode, contentType, messageBody } = response;
  return {
    ...matchOf(response),
    ...given({ statusCode, contentType, messageBody }),
  } as FixedResponseSettings;
}
