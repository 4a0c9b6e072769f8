import type { wafv2 } from "@pulumi/aws/types/input";
import type * as pulumi from "@pulumi/pulumi";
import type { ForwardedIp } from "./forwarded-ip";

/** What a rule looks for. */
export type Statement = wafv2.WebAclRuleStatement;
/** What narrows a rate limit down. The SDK has types of its own for it, with the same members. */
export type ScopeDown = wafv2.WebAclRuleStatementRateBasedStatementScopeDownStatement;

/** A statement, and the units of capacity it takes. */
export interface Priced<Kind> {
  readonly statement: Kind;
  readonly capacity: number;
}

const asItIs = [{ priority: 0, type: "NONE" }];
// `/static/../account` and `/static/%2e%2e/account` are not below /static/.
const resolved = [
  { priority: 0, type: "URL_DECODE" },
  { priority: 1, type: "NORMALIZE_PATH" },
];

// https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statements-match.html
const units = { match: 2, transformation: 10, addresses: 1, anyPosition: 4 } as const;

/** Units a rate limit takes for itself. https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-type-rate-based.html */
export const rateUnits = 2;

/** A path, or with `/*` at its end all below it. */
export function pathIs(path: string): Priced<ScopeDown> {
  const below = path.endsWith("/*");
  const byteMatchStatement = {
    fieldToMatch: { uriPath: {} },
    positionalConstraint: below ? "STARTS_WITH" : "EXACTLY",
    searchString: below ? path.slice(0, -1) : path,
    textTransformations: below ? resolved : asItIs,
  };
  const capacity = units.match + (below ? resolved.length * units.transformation : 0);
  return { statement: { byteMatchStatement }, capacity };
}

/** A header that has a value. */
export function headerIs(name: string, value: pulumi.Input<string>): Priced<Statement> {
  const byteMatchStatement = {
    fieldToMatch: { singleHeader: { name } },
    positionalConstraint: "EXACTLY",
    searchString: value,
    textTransformations: asItIs,
  };
  return { statement: { byteMatchStatement }, capacity: units.match };
}

/** An address in an IP set: the client's own, or the one in a header. */
export function addressIn(
  arn: pulumi.Input<string>,
  forwarded: ForwardedIp | undefined,
  fallbackBehavior: string,
): Priced<Statement> {
  if (!forwarded) return { statement: { ipSetReferenceStatement: { arn } }, capacity: units.addresses };
  const { headerName, position } = forwarded;
  const ipSetForwardedIpConfig = { headerName, position, fallbackBehavior };
  const more = position === "ANY" ? units.anyPosition : 0;
  return {
    statement: { ipSetReferenceStatement: { arn, ipSetForwardedIpConfig } },
    capacity: units.addresses + more,
  };
}

/** One of several statements, or the only one: AWS takes no "or" of one. */
export function oneOf<Kind extends Statement | ScopeDown>(
  priced: readonly Priced<Kind>[],
  or: (statements: Kind[]) => Kind,
): Priced<Kind> | undefined {
  const [first, ...more] = priced;
  if (!first) return undefined;
  if (more.length === 0) return first;
  return {
    statement: or(priced.map(({ statement }) => statement)),
    capacity: priced.reduce((sum, { capacity }) => sum + capacity, 0),
  };
}
