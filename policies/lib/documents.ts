import { type Answer, every, some } from "./answers";
import { bindsCaller, bindsPrincipal, isOnlyForPlainTransport } from "./conditions";
import type { Value } from "./value";

/**
 * The statements of a policy document, given as an object or as JSON in a text; none if it is neither.
 *
 * Their paths are those of the document: `policy.Statement[0]`, also where it is a text.
 */
export function statementsOf(document: Value): readonly Value[] {
  return document.parsed().at("Statement").list();
}

/** Whether a statement allows something. */
export function isAllow(statement: Value): boolean {
  return statement.at("Effect").text() === "Allow";
}

/** Whether a statement denies something. */
export function isDeny(statement: Value): boolean {
  return statement.at("Effect").text() === "Deny";
}

/** Whether a statement holds under some condition only. */
export function hasCondition(statement: Value): boolean {
  return statement.at("Condition").keys().length > 0;
}

/** The texts of `Action`, `Resource` and the like, one or several. */
export function textsOf(statement: Value, member: string): readonly string[] {
  return statement
    .at(member)
    .list()
    .flatMap((value) => value.text() ?? []);
}

/** Whom a statement speaks of: accounts and users as they are, services as `Service:cloudwatch.amazonaws.com`. */
export function principalsOf(statement: Value): readonly string[] {
  const principal = statement.at("Principal");
  const everybody = principal.text();
  if (everybody !== undefined) return [everybody];
  return principal.keys().flatMap((kind) => {
    const named = textsOf(principal, kind);
    return kind === "AWS" ? named : named.map((name) => `${kind}:${name}`);
  });
}

/** Whether a statement speaks of everybody: `"*"`, or `{ "AWS": "*" }`. */
export function isForEverybody(statement: Value): boolean {
  return principalsOf(statement).some((principal) => principal === "*");
}

/**
 * Whether a statement names somebody, by a test of principals as {@link principalsOf} gives them.
 *
 * Each is looked at by itself, so that one not known yet hides none of the others.
 */
export function namesPrincipal(
  statement: Value,
  is: (principal: string) => boolean,
  member: "Principal" | "NotPrincipal" = "Principal",
): Answer {
  const principal = statement.at(member);
  const everybody = principal.text();
  if (everybody !== undefined) return is(everybody);
  return some(principal.keys(), (kind) =>
    some(principal.at(kind).list(), (value) => {
      const name = value.text();
      return name !== undefined && is(kind === "AWS" ? name : `${kind}:${name}`);
    }),
  );
}

/** Whether a statement speaks of an action: it lists it, or it lists what it does not speak of and leaves it out. */
export function speaksOf(statement: Value, action: string): Answer {
  const takes = (pattern: Value) => takesIn(pattern.text() ?? "", action);
  const others = statement.at("NotAction");
  if (!others.isSet()) return some(statement.at("Action").list(), takes);
  return every(others.list(), (pattern) => !takes(pattern));
}

/** Whether what a policy writes, with its wildcards, takes in a name: `s3:Get*` takes in `s3:GetObject`. */
export function takesIn(pattern: string, name: string): boolean {
  const wanted = pattern.toLowerCase();
  const text = name.toLowerCase();
  // By hand, since a regular expression with many wildcards can take for ever.
  let star = -1;
  let resume = 0;
  let at = 0;
  let read = 0;
  while (read < text.length) {
    const sign = wanted[at];
    if (sign === "*") {
      star = at;
      resume = read;
      at += 1;
    } else if (sign === "?" || sign === text[read]) {
      at += 1;
      read += 1;
    } else if (star >= 0) {
      resume += 1;
      read = resume;
      at = star + 1;
    } else {
      return false;
    }
  }
  return /^\**$/.test(wanted.slice(at));
}

/** Whether a statement names a service, or everybody without a condition that leaves services out. */
export function namesService(statement: Value, service: string): Answer {
  const wanted = `service:${service}`.toLowerCase();
  const isService = (principal: string) => principal.toLowerCase() === wanted;
  if (statement.at("NotPrincipal").isSet()) {
    const left = namesPrincipal(statement, isService, "NotPrincipal");
    return left === undefined ? undefined : !left;
  }
  return some(
    [
      () => namesPrincipal(statement, isService),
      () =>
        every([() => namesPrincipal(statement, isEverybody), () => not(bindsPrincipal(statement))], (ask) =>
          ask(),
        ),
    ],
    (ask) => ask(),
  );
}

/**
 * Whether a document lets somebody do something, under some condition at least.
 *
 * A statement that denies counts where it has no condition. What a statement says of resources is not looked at.
 *
 * @param names Whether a statement speaks of that somebody.
 */
export function admits(document: Value, action: string, names: (statement: Value) => Answer): Answer {
  const statements = statementsOf(document);
  const matches = (statement: Value, applies: (statement: Value) => boolean) =>
    every([() => applies(statement), () => speaksOf(statement, action), () => names(statement)], (ask) =>
      ask(),
    );
  const denied = some(statements, (statement) =>
    matches(statement, (one) => isDeny(one) && !hasCondition(one)),
  );
  const allowed = some(statements, (statement) => matches(statement, isAllow));
  if (denied === true || allowed === false) return false;
  return denied === undefined ? undefined : allowed;
}

/** Whether a statement allows something to everybody, or to all but some, whoever and wherever they are. */
export function isPublic(statement: Value): Answer {
  return every(
    [
      () => isAllow(statement),
      () => statement.at("NotPrincipal").isSet() || namesPrincipal(statement, isEverybody),
      () => not(bindsCaller(statement)),
    ],
    (ask) => ask(),
  );
}

/** Whether a document denies everybody an action without TLS. What it says of resources is not looked at. */
export function refusesPlainTransport(document: Value, action: string): Answer {
  return some(statementsOf(document), (statement) =>
    every(
      [
        () => isDeny(statement),
        () => namesPrincipal(statement, isEverybody),
        () => speaksOf(statement, action),
        () => isOnlyForPlainTransport(statement),
      ],
      (ask) => ask(),
    ),
  );
}

function isEverybody(principal: string): boolean {
  return principal === "*";
}

function not(is: Answer): Answer {
  return is === undefined ? undefined : !is;
}
