import { type Answer, answer, every, some } from "../../lib/answers";
import { isOnlyForPlainTransport } from "../../lib/conditions";
import { isDeny, namesPrincipal, statementsOf, takesIn } from "../../lib/documents";
import type { Value } from "../../lib/value";

/** What a bucket policy can let requests without TLS reach. */
const parts = ["the bucket", "its objects"] as const;
type Part = (typeof parts)[number];

/**
 * Whether a policy is of a directory bucket, which can be accessed over TLS only and has actions of its own.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-express-data-protection.html
 */
export function isOfDirectoryBucket(policy: Value, bucket: Value): boolean {
  const name = bucket.isKnown() ? bucket.text() : undefined;
  if (name !== undefined) return name.endsWith("--x-s3");
  const isOwn = (action: Value) => action.text()?.toLowerCase().startsWith("s3express:") === true;
  const speaksSo = () =>
    some(statementsOf(policy), (statement) => some(statement.at("Action").list(), isOwn));
  return answer(speaksSo) === true;
}

/** What a bucket policy lets requests without TLS reach; nothing while it is not known. */
export function openWithoutTls(policy: Value, bucket: Value): readonly Part[] | undefined {
  const name = bucket.isKnown() ? bucket.text() : undefined;
  const statements = statementsOf(policy);
  const closed = (part: Part) =>
    some(statements, (statement) =>
      every(
        [
          () => deniesWithoutTls(statement),
          () => some(statement.at("Resource").list(), (resource) => covers(resource, name, part)),
        ],
        (ask) => ask(),
      ),
    );
  const answers = parts.map((part) => ({ part, is: closed(part) }));
  const open = answers.filter(({ is }) => is === false).map(({ part }) => part);
  return open.length === 0 && answers.some(({ is }) => is === undefined) ? undefined : open;
}

/** Whether a statement turns everybody away who comes without TLS, whatever they want. */
function deniesWithoutTls(statement: Value): Answer {
  return every(
    [
      () => isDeny(statement),
      () => namesPrincipal(statement, (principal) => principal === "*"),
      () => some(statement.at("Action").list(), (action) => takesIn(action.text() ?? "", "s3:~")),
      () => some([isOnlyForPlainTransport, wantsTlsVersion], (holds) => holds(statement)),
    ],
    (ask) => ask(),
  );
}

/** Whether a statement holds where there is no TLS version: only `IfExists` does, any other comparison needs one. */
function wantsTlsVersion(statement: Value): boolean {
  const condition = statement.at("Condition");
  const [operator = "", ...operators] = condition.keys();
  const [key = "", ...keys] = condition.at(operator).keys();
  // What stands beside it has to hold too, and lets somebody through.
  if (operators.length + keys.length > 0) return false;
  return `${operator} ${key}`.toLowerCase() === "numericlessthanifexists s3:tlsversion";
}

/** Whether a resource of a bucket's policy takes in the bucket, or all of its objects. */
function covers(resource: Value, bucket: string | undefined, part: Part): boolean {
  const named = resource.text()?.replace(/^arn:[^:]*:s3:::/, "");
  if (named === undefined) return false;
  // AWS takes no policy about another bucket, so one whose bucket is not known yet is taken to speak of its own.
  const name = bucket ?? named.split("/", 1)[0]?.replace(/\*+$/, "") ?? "";
  return takesIn(named, part === "the bucket" ? name : `${name}/~`);
}
