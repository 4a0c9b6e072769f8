import { isBag, knownText, type Value } from "../values";
import type { Failure, Made } from "./kind";

/** Where resources of a type name others. */
export interface Reference {
  readonly type: string;
  /** Properties that do, through lists and objects: `defaultActions.forward.targetGroups.arn`. */
  readonly paths: readonly string[];
}

/** Writes down which properties of a type name others. */
export function reference(type: string, ...paths: readonly string[]): Reference {
  return { type, paths };
}

/** Services without regions: what is theirs is used from everywhere. */
const everywhere = /^aws:(iam|route53|s3)\//;

/** What a resource is called in others: its id, its ARN or its name. */
export function callsOf({ id, outputs }: Made): ReadonlySet<string> {
  return new Set(
    [id, outputs.arn, outputs.name].flatMap((call) => {
      const text = knownText(call);
      return text === undefined || text === "" ? [] : [text];
    }),
  );
}

/** Whether a value, or something in it at the end of these steps, is one of the texts. */
function holds(
  value: Value | undefined,
  steps: readonly string[],
  texts: ReadonlySet<string>,
  depth = 0,
): boolean {
  if (Array.isArray(value)) return value.some((item) => holds(item, steps, texts, depth));
  const step = steps[depth];
  if (step === undefined) return typeof value === "string" && texts.has(value);
  return isBag(value) && holds(value[step], steps, texts, depth + 1);
}

/**
 * The resources that name one, looked for among the types that may.
 *
 * @param counts Which of those found count.
 * @default all of them
 */
export function usersOf(
  made: Made,
  references: readonly Reference[],
  counts: (user: Made) => boolean = () => true,
): Made[] {
  const texts = callsOf(made);
  const anywhere = everywhere.test(made.type);
  return references.flatMap(({ type, paths }) => {
    const alike = made.world.all(type);
    if (alike.length === 0) return [];
    const steps = paths.map((path) => path.split("."));
    return alike.filter(
      (user) =>
        user !== made &&
        (anywhere || user.region === made.region) &&
        steps.some((keys) => holds(user.inputs, keys, texts)) &&
        counts(user),
    );
  });
}

/** Users named in a message; the rest are counted. */
const mostNamed = 3;

/** `(web-lb, web-nat and 4 more)`, to be put behind what AWS says. */
export function named(users: readonly Made[]): string {
  const names = users.slice(0, mostNamed).map(({ name }) => name);
  const rest = users.length - names.length;
  return `(${names.join(", ")}${rest > 0 ? ` and ${rest} more` : ""})`;
}

/** AWS's refusal to delete what others use, with who they are; nothing if nobody does. */
export function* refusedFor(
  users: readonly Made[],
  reason: string,
  patienceSeconds?: number,
): Iterable<Failure> {
  if (users.length === 0) return;
  const words = `${reason} ${named(users)}`;
  yield patienceSeconds === undefined ? { reason: words } : { reason: words, patienceSeconds };
}
