import { type Bag, bags, isBag, knownText, type Value } from "../values";
import { argumentName, type Check } from "./checks";
import type { Failure } from "./kind";

/** Where a policy is attached, which decides what its statements have to say. */
export type PolicyUse = "identity" | "trust" | "resource";

const versions = ["2012-10-17", "2008-10-17"];

/** Parses a policy; `undefined` when it is not JSON or not an object. */
export function policyOf(text: string): Bag | undefined {
  try {
    const document: unknown = JSON.parse(text);
    return isBag(document) ? document : undefined;
  } catch {
    return undefined;
  }
}

/** Texts of a policy's element, which may be one or a list. */
export function listOf(value: Value | undefined): string[] {
  return [value].flat().filter((item): item is string => typeof item === "string");
}

function statementFault(statement: Bag, use: PolicyUse): string | undefined {
  const { Effect, Action, NotAction, Resource, NotResource, Principal, NotPrincipal } = statement;
  if (Effect !== "Allow" && Effect !== "Deny") return "Syntax errors in policy.";
  if (Action === undefined && NotAction === undefined) return "Policy statement must contain actions.";
  const wrong = [Action, NotAction]
    .flatMap(listOf)
    .find((action) => action !== "*" && !/^[A-Za-z0-9-]+:[\w*?]+$/.test(action));
  if (wrong !== undefined)
    return `Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc., got "${wrong}"`;
  const named = Principal !== undefined || NotPrincipal !== undefined;
  if (use === "identity" && named) return "Policy document should not specify a principal.";
  if (use !== "identity" && !named) return "Missing required field Principal";
  if (use === "trust" && Resource !== undefined) return "Has prohibited field Resource";
  if (use !== "trust" && Resource === undefined && NotResource === undefined)
    return "Policy statement must contain resources.";
  return undefined;
}

function policyFault(text: string, use: PolicyUse): string | undefined {
  const document = policyOf(text);
  if (!document) return "not a JSON object";
  const { Version, Statement } = document;
  if (Version !== undefined && !versions.includes(String(Version)))
    return "The policy must contain a valid version string";
  if (!Array.isArray(Statement) && !isBag(Statement)) return "Syntax errors in policy.";
  const statements = bags(Statement);
  if (statements.length === 0) return "Syntax errors in policy.";
  const ids = statements.map(({ Sid }) => knownText(Sid)).filter((sid) => sid !== undefined && sid !== "");
  if (new Set(ids).size < ids.length) return "Statement IDs (SID) in a single policy must be unique.";
  return statements.map((statement) => statementFault(statement, use)).find((fault) => fault !== undefined);
}

/** A policy AWS would take, no larger than `max` characters without white space. */
export function policy(property: string, use: PolicyUse, max: number): Check {
  return function* ({ inputs }): Iterable<Failure> {
    const text = knownText(inputs[property]);
    if (text === undefined) return;
    const fault = policyFault(text, use);
    if (fault === "not a JSON object") {
      yield {
        property,
        reason: `"${argumentName(property)}" contains an invalid JSON policy: not a JSON object`,
      };
    } else if (fault !== undefined) yield { property, reason: `MalformedPolicyDocument: ${fault}` };
    const size = text.replace(/\s/g, "").length;
    if (size > max)
      yield { property, reason: `LimitExceeded: Cannot exceed quota for PolicySize: ${max}, got ${size}` };
  };
}
