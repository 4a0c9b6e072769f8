import { type Answer, every, some } from "./answers";
import type { Value } from "./value";

/** One comparison in the condition of a statement. */
interface Comparison {
  /** `StringEquals`, `ForAnyValue:ArnLike`. */
  readonly operator: string;
  /** What is compared, in small letters, since AWS takes any: `aws:sourceaccount`. */
  readonly key: string;
  /** What it is compared with, one text or several. */
  readonly value: Value;
}

/** All of them must hold, so each narrows the statement. */
function comparisonsOf(statement: Value): readonly Comparison[] {
  const condition = statement.at("Condition");
  return condition.keys().flatMap((operator) =>
    condition
      .at(operator)
      .keys()
      .map((key) => ({ operator, key: key.toLowerCase(), value: condition.at(operator, key) })),
  );
}

/**
 * Operators that hold only for a request that has the key, and has one of the values.
 *
 * `…IfExists` and `ForAllValues:` hold where the key is missing, as it is for a request from just anybody.
 */
const demanding =
  /^(?:ForAnyValue:)?(?:StringEquals|StringEqualsIgnoreCase|StringLike|ArnEquals|ArnLike|IpAddress)$/i;

/** Something without wildcards and without variables, which the caller would fill in. */
function isFixed(text: string): boolean {
  return text !== "" && !/[*?]|\$\{/.test(text);
}

/** `arn:aws:cloudwatch:eu-west-1:123456789012:alarm:*`; a bucket's has no account, but belongs to one by its name. */
function hasFixedOwner(arn: string): boolean {
  const [, , service = "", , account = "", resource = ""] = arn.split(":");
  const [bucket = ""] = resource.split("/");
  return isFixed(account) || (service.toLowerCase() === "s3" && isFixed(bucket));
}

/** A range that S3 would not call public: of a size that one organisation can own. */
function isNarrowRange(range: string): boolean {
  const [address = "", size] = range.split("/");
  if (!isFixed(address)) return false;
  return size === undefined || Number(size) >= (address.includes(":") ? 32 : 8);
}

/** `o-a1b2c3d4e5/r-ab12/ou-ab12-*` and `AROA123456789EXAMPLE:*` are of one owner by what stands first. */
function startsFixed(separator: string): (text: string) => boolean {
  return (text) => isFixed(text.split(separator, 1)[0] ?? "");
}

/**
 * Keys that tell whose a request is, and the values that pin it down.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status
 */
const owners: ReadonlyMap<string, (value: string) => boolean> = new Map([
  ...[
    "aws:sourceaccount",
    "aws:sourceowner",
    "aws:sourceorgid",
    "aws:principalaccount",
    "aws:principalorgid",
    "aws:sourcevpc",
    "aws:sourcevpce",
    "aws:vpceaccount",
    "aws:vpceorgid",
    "kms:calleraccount",
    "s3:dataaccesspointaccount",
  ].map((key) => [key, isFixed] as const),
  ...["aws:sourceorgpaths", "aws:principalorgpaths", "aws:vpceorgpaths"].map(
    (key) => [key, startsFixed("/")] as const,
  ),
  ...["aws:sourcearn", "aws:sourcevpcarn", "aws:principalarn", "s3:dataaccesspointarn"].map(
    (key) => [key, hasFixedOwner] as const,
  ),
  ["aws:userid", startsFixed(":")],
  ["aws:sourceip", isNarrowRange],
]);

/** Whether a statement's condition tells whose the request must be: which account's, organisation's or network's. */
export function bindsCaller(statement: Value): Answer {
  return some(comparisonsOf(statement), ({ operator, key, value }) => {
    const pins = owners.get(key);
    if (pins === undefined || !demanding.test(operator)) return false;
    return every(value.list(), (one) => pins(one.text() ?? ""));
  });
}

/** Whether a statement's condition holds only for users and roles, so that no service meets it on its own behalf. */
export function bindsPrincipal(statement: Value): Answer {
  return some(
    comparisonsOf(statement),
    ({ operator, key }) =>
      demanding.test(operator) && (key.startsWith("aws:principal") || key === "kms:calleraccount"),
  );
}

/** Whether a statement's condition holds only for users and roles of an organisation, which AWS's own are not. */
export function bindsOrganisation(statement: Value): Answer {
  return some(
    comparisonsOf(statement),
    ({ operator, key }) => demanding.test(operator) && key.startsWith("aws:principalorg"),
  );
}

/** Whether a statement's condition holds only for what resources of other services cause. */
export function leavesOut(statement: Value, service: string): Answer {
  return some(comparisonsOf(statement), ({ operator, key, value }) => {
    if (key !== "aws:sourcearn" || !demanding.test(operator)) return false;
    return every(value.list(), (one) => isOfAnother(one.text() ?? "", service));
  });
}

/** Whether an ARN is of a service, and of another than the one asked for. */
function isOfAnother(arn: string, service: string): boolean {
  const [, partition = "", named = ""] = arn.split(":");
  // With a wildcard in front of it, this need not be the service.
  return isFixed(partition) && isFixed(named) && named.toLowerCase() !== service;
}

/** Whether a statement holds for requests without TLS, and for all of them. */
export function isOnlyForPlainTransport(statement: Value): Answer {
  const [comparison, ...more] = comparisonsOf(statement);
  if (comparison === undefined || more.length > 0) return false;
  const { operator, key, value } = comparison;
  if (key !== "aws:securetransport" || !/^Bool(?:IfExists)?$/i.test(operator)) return false;
  return some(value.list(), (one) => one.flag() === false);
}
