import { parseRange, rangeCovers } from "./address-ranges";
import type { Conditions, Lists } from "./route-conditions";
import { type Pattern, patternCovers, patternsMeet, readPattern } from "./wildcards";

type Texts = readonly string[];

/** Tells of two values whether one takes whatever the other does, or whether both take something. */
type Relation = (first: string, second: string) => boolean;

const patterns = new Map<string, Pattern>();

/** A pattern where case counts, or not. Each is read once. */
function read(text: string, escapes = false): Pattern {
  const key = `${escapes} ${text}`;
  const known = patterns.get(key) ?? readPattern(text, escapes);
  patterns.set(key, known);
  return known;
}

const exactly =
  (relate: (first: Pattern, second: Pattern) => boolean): Relation =>
  (first, second) =>
    relate(read(first), read(second));
const loosely =
  (relate: (first: Pattern, second: Pattern) => boolean, escapes = false): Relation =>
  (first, second) =>
    relate(read(first.toLowerCase(), escapes), read(second.toLowerCase(), escapes));
const same: Relation = (first, second) => first === second;
const within: Relation = (wide, narrow) => {
  const [outer, inner] = [parseRange(wide), parseRange(narrow)];
  return outer !== undefined && inner !== undefined && rangeCovers(outer, inner);
};

/** Whether a path condition lets every path through. */
function takesEveryPath({ paths = [] }: Conditions): boolean {
  return paths.some((path) => path === "*" || path === "/*");
}

/** Whether each of the narrow values is taken by one of the wide. Without narrow values every request would have to be. */
function eachTaken(wide: Texts | undefined, narrow: Texts | undefined, covers: Relation): boolean {
  if (wide === undefined) return true;
  return narrow?.every((value) => wide.some((each) => covers(each, value))) ?? false;
}

/** Each of the wide conditions must follow from one of the narrow ones, which all hold. */
function allFollow(wide: Lists, narrow: Lists, name: Relation, value: Relation): boolean {
  return Object.entries(wide).every(([key, values]) =>
    Object.entries(narrow).some(([other, taken]) => name(key, other) && eachTaken(values, taken, value)),
  );
}

/**
 * Whether a route certainly takes every request that another one takes.
 *
 * Exact for each pair of patterns. Not found are patterns that only together take what another does; a regular
 * expression takes what the same one does, and is taken by any path.
 */
export function covers(wide: Conditions, narrow: Conditions): boolean {
  const path = takesEveryPath(wide) || eachTaken(wide.paths, narrow.paths, exactly(patternCovers));
  return (
    path &&
    eachTaken(wide.pathRegexes, narrow.pathRegexes, same) &&
    eachTaken(wide.hosts, narrow.hosts, loosely(patternCovers)) &&
    eachTaken(wide.hostRegexes, narrow.hostRegexes, same) &&
    eachTaken(wide.methods, narrow.methods, same) &&
    eachTaken(wide.sourceIps, narrow.sourceIps, within) &&
    allFollow(wide.headers ?? {}, narrow.headers ?? {}, sameName, loosely(patternCovers)) &&
    allFollow(wide.headerRegexes ?? {}, narrow.headerRegexes ?? {}, sameName, same) &&
    allFollow(
      wide.queryStrings ?? {},
      narrow.queryStrings ?? {},
      loosely(patternCovers, true),
      loosely(patternCovers, true),
    )
  );
}

const sameName: Relation = (first, second) => first.toLowerCase() === second.toLowerCase();

/** Whether values of two routes leave room for a request that both take. */
function someShared(first: Texts | undefined, second: Texts | undefined, meet: Relation): boolean {
  if (first === undefined || second === undefined) return true;
  return first.some((one) => second.some((other) => meet(one, other)));
}

/** Whether two routes may be told apart by a regular expression, of which only equal ones are compared. */
function hasRegexes({ pathRegexes, hostRegexes, headerRegexes }: Conditions): boolean {
  return [pathRegexes, hostRegexes, headerRegexes].some((each) => each !== undefined);
}

/**
 * Whether some request is certainly taken by both of two routes. With regular expressions in one of them nothing is
 * certain.
 */
export function meet(first: Conditions, second: Conditions): boolean {
  if (hasRegexes(first) || hasRegexes(second)) return false;
  return (
    someShared(first.paths, second.paths, exactly(patternsMeet)) &&
    someShared(first.hosts, second.hosts, loosely(patternsMeet)) &&
    someShared(first.methods, second.methods, same) &&
    someShared(first.sourceIps, second.sourceIps, (one, other) => within(one, other) || within(other, one)) &&
    headersMeet(first.headers ?? {}, second.headers ?? {})
  );
}

// Different headers can all be there, and so can different query strings, or one of them twice.
function headersMeet(first: Lists, second: Lists): boolean {
  return Object.entries(first).every(([name, values]) =>
    Object.entries(second)
      .filter(([other]) => sameName(name, other))
      .every(([, others]) => someShared(values, others, loosely(patternsMeet))),
  );
}
