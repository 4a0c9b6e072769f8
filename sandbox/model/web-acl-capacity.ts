import { type Bag, bags, isBag, knownText, type Value } from "../values";
import { isSet } from "./kind";

/**
 * Units of capacity that AWS's own groups of rules take.
 * https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-list.html
 */
const managedGroups: { readonly [name: string]: number } = {
  AWSManagedRulesACFPRuleSet: 50,
  AWSManagedRulesATPRuleSet: 50,
  AWSManagedRulesAdminProtectionRuleSet: 100,
  AWSManagedRulesAmazonIpReputationList: 25,
  AWSManagedRulesAnonymousIpList: 50,
  AWSManagedRulesBotControlRuleSet: 50,
  AWSManagedRulesCommonRuleSet: 700,
  AWSManagedRulesKnownBadInputsRuleSet: 200,
  AWSManagedRulesLinuxRuleSet: 200,
  AWSManagedRulesPHPRuleSet: 100,
  AWSManagedRulesSQLiRuleSet: 200,
  AWSManagedRulesUnixRuleSet: 100,
  AWSManagedRulesWindowsRuleSet: 200,
  AWSManagedRulesWordPressRuleSet: 100,
};

type Price = (statement: Bag) => number;

/** A transformation of the text costs, leaving it as it is does not. */
function transformations({ textTransformations }: Bag): number {
  return 10 * bags(textTransformations).filter(({ type }) => type !== "NONE").length;
}

/** A price for looking at a part of a request. */
const looking =
  (base: (statement: Bag) => number): Price =>
  (statement) => {
    const [field = {}] = bags(statement.fieldToMatch);
    const price = base(statement) * (isSet(field.jsonBody) ? 2 : 1);
    return price + (isSet(field.allQueryArguments) ? 10 : 0) + transformations(statement);
  };

function containing({ positionalConstraint }: Bag): boolean {
  return ["CONTAINS", "CONTAINS_WORD"].includes(knownText(positionalConstraint) ?? "");
}

const sum = (value: Value | undefined) =>
  bags(value).reduce((total, statement) => total + statementCapacity(statement), 0);

/**
 * Prices of statements. https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statements-match.html
 */
const prices: { readonly [statement: string]: Price } = {
  andStatement: ({ statements }) => sum(statements),
  orStatement: ({ statements }) => sum(statements),
  notStatement: ({ statement, statements }) => sum(statement ?? statements),
  asnMatchStatement: () => 1,
  byteMatchStatement: looking((statement) => (containing(statement) ? 10 : 2)),
  geoMatchStatement: () => 1,
  ipSetReferenceStatement: ({ ipSetForwardedIpConfig: forwarded }) =>
    isBag(forwarded) && forwarded.position === "ANY" ? 5 : 1,
  labelMatchStatement: () => 1,
  managedRuleGroupStatement: ({ vendorName, name, scopeDownStatement }) => {
    const known = vendorName === "AWS" ? managedGroups[knownText(name) ?? ""] : undefined;
    return (known ?? 0) + sum(scopeDownStatement);
  },
  rateBasedStatement: ({ customKeys, scopeDownStatement }) =>
    2 + 30 * bags(customKeys).length + sum(scopeDownStatement),
  regexMatchStatement: looking(() => 3),
  regexPatternSetReferenceStatement: looking(() => 25),
  sizeConstraintStatement: looking(() => 1),
  sqliMatchStatement: looking(({ sensitivityLevel }) => (sensitivityLevel === "HIGH" ? 30 : 20)),
  xssMatchStatement: looking(() => 40),
};

function statementCapacity(statement: Bag): number {
  return Object.entries(statement).reduce((total, [kind, value]) => {
    const price = prices[kind];
    return price && isBag(value) ? total + price(value) : total;
  }, 0);
}

/** Units of capacity that the rules of a web ACL take, as far as they are known. */
export function capacityOf(rules: Value | undefined): number {
  return bags(rules).reduce((total, { statement }) => total + sum(statement), 0);
}
