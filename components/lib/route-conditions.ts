import { parseRange } from "./address-ranges";
import { regexFault } from "./regular-expressions";
import { wildcardsIn } from "./wildcards";

/** Lists by a name. */
export interface Lists {
  readonly [name: string]: readonly string[];
}

/** What a request must match, in the shape of arguments and of configuration. */
export interface Conditions {
  readonly paths?: readonly string[] | undefined;
  readonly pathRegexes?: readonly string[] | undefined;
  readonly hosts?: readonly string[] | undefined;
  readonly hostRegexes?: readonly string[] | undefined;
  readonly headers?: Lists | undefined;
  readonly headerRegexes?: Lists | undefined;
  readonly methods?: readonly string[] | undefined;
  readonly queryStrings?: Lists | undefined;
  readonly sourceIps?: readonly string[] | undefined;
}

/** A form of text: what passes, and what is said of it after "must be". */
export interface Form {
  readonly passes: (text: string) => boolean;
  readonly allowed: string;
}

const like = (form: RegExp, allowed: string): Form => ({ passes: (text) => form.test(text), allowed });

/**
 * Most that one listener rule holds.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html
 */
export const ruleLimits = { values: 5, wildcards: 6, characters: 128 };

const regex: Form = {
  passes: (text) => regexFault(text, ruleLimits.characters) === undefined,
  allowed:
    'a regular expression of up to 128 characters such as "^/v[0-9]+/", without look-around, back references, atomic groups, possessive quantifiers, recursion and Unicode classes',
};

/**
 * The forms of what conditions compare with.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html
 */
export const conditionForms = {
  paths: like(/^[/*][\w\-.$/~"'@:+&*?]{0,127}$/, 'a path pattern of up to 128 characters such as "/api/*"'),
  hosts: like(
    /^(?=.{1,128}$)[\w\-.*?]*\.[A-Za-z*?]+$/,
    'a host name or pattern of up to 128 characters such as "*.example.com"',
  ),
  headerName: like(
    /^(?!host$)[A-Za-z0-9_!#$%&'*+,.^`|~-]{1,40}$/i,
    'the name of a header of up to 40 characters such as "X-Version", and not Host, for which there is hosts',
  ),
  headers: like(/^[ -~]{1,128}$/, 'a value or pattern of up to 128 ASCII characters such as "*Chrome*"'),
  methods: like(/^[A-Z_-]{1,40}$/, 'a method of up to 40 capital letters such as "POST"'),
  queryKey: like(/^[!-~]{1,128}$/, 'a key or pattern of up to 128 ASCII characters such as "version"'),
  queryStrings: like(/^[!-~]{1,128}$/, 'a value or pattern of up to 128 ASCII characters such as "v1"'),
  sourceIps: {
    passes: (text) => parseRange(text) !== undefined && text !== "255.255.255.255/32",
    allowed: 'a block of addresses that begins with its first one, such as "10.0.0.0/8" or "2001:db8::/32"',
  },
  pathRegexes: regex,
  hostRegexes: regex,
  headerRegexes: regex,
} as const satisfies { readonly [name: string]: Form };

/** Something wrong with a route. */
export interface RouteFault {
  /** Where, below the route. */
  readonly at: readonly (string | number)[];
  /** What is there, if that says something. */
  readonly found?: string | number;
  /** What `found` counts. */
  readonly unit?: string;
  /** What is allowed, after "must". */
  readonly must: string;
}

const lists = ["paths", "pathRegexes", "hosts", "hostRegexes", "methods", "sourceIps"] as const;
const maps = ["headers", "headerRegexes", "queryStrings"] as const;

function* ofForm(values: readonly string[], form: Form, at: RouteFault["at"]): Iterable<RouteFault> {
  if (values.length === 0) yield { at, found: 0, unit: "values", must: "have 1 or more" };
  for (const [index, found] of values.entries()) {
    if (!form.passes(found)) yield { at: [...at, index], found, must: `be ${form.allowed}` };
  }
}

/** What is wrong with each value that conditions compare with. */
export function* formFaults(conditions: Conditions): Iterable<RouteFault> {
  for (const list of lists) {
    const values = conditions[list];
    if (values !== undefined) yield* ofForm(values, conditionForms[list], [list]);
  }
  for (const map of maps) {
    const name = map === "queryStrings" ? conditionForms.queryKey : conditionForms.headerName;
    const entries = Object.entries(conditions[map] ?? {});
    if (conditions[map] !== undefined && entries.length === 0) {
      yield { at: [map], found: 0, unit: "entries", must: "have 1 or more" };
    }
    for (const [key, values] of entries) {
      if (!name.passes(key)) yield { at: [map, key], found: key, must: `be ${name.allowed}` };
      yield* ofForm(values, conditionForms[map], [map, key]);
    }
  }
}

/** How often conditions compare a request with something. */
function valuesIn(conditions: Conditions): number {
  const named = maps.flatMap((map) => Object.values(conditions[map] ?? {}));
  return [...lists.map((list) => conditions[list] ?? []), ...named].flat().length;
}

function wildcardCount({ paths = [], hosts = [], headers = {}, queryStrings = {} }: Conditions): number {
  const texts = [...paths, ...hosts, ...Object.values(headers).flat()];
  // The key "*" is left out of the rule, where it stands for any key.
  const keys = Object.entries(queryStrings).flatMap(([key, values]) =>
    values.map(() => (key === "*" ? "" : key)),
  );
  const queries = [...keys, ...Object.values(queryStrings).flat()];
  const count = (sum: number, text: string) => sum + wildcardsIn(text);
  return texts.reduce(count, 0) + queries.reduce((sum, text) => sum + wildcardsIn(text, true), 0);
}

/** What is wrong with conditions as a whole. */
export function* wholeFaults(conditions: Conditions): Iterable<RouteFault> {
  const named = [...lists, ...maps].filter((name) => conditions[name] !== undefined);
  if (named.length === 0) {
    yield { at: [], must: `have a condition, one or more of ${[...lists, ...maps].join(", ")}` };
  }
  const values = valuesIn(conditions);
  if (values > ruleLimits.values) {
    yield {
      at: [],
      found: values,
      unit: "values",
      must: `have ${ruleLimits.values} at most in all its conditions`,
    };
  }
  const wildcards = wildcardCount(conditions);
  if (wildcards > ruleLimits.wildcards) {
    const must = `have ${ruleLimits.wildcards} at most in all its conditions`;
    yield { at: [], found: wildcards, unit: "wildcards", must };
  }
  for (const [plain, pattern] of [
    ["paths", "pathRegexes"],
    ["hosts", "hostRegexes"],
  ] as const) {
    if (conditions[plain] === undefined || conditions[pattern] === undefined) continue;
    yield { at: [pattern], must: `be left out beside ${plain}: a rule has one or the other` };
  }
  for (const map of maps) yield* sameNames(conditions[map] ?? {}, map);
}

// Case means nothing in names of headers and in query strings.
function* sameNames(entries: Lists, at: string): Iterable<RouteFault> {
  const first = new Map<string, string>();
  for (const name of Object.keys(entries)) {
    const owner = first.get(name.toLowerCase());
    if (owner === undefined) first.set(name.toLowerCase(), name);
    else yield { at: [at, name], found: name, must: `be told apart from "${owner}" by more than case` };
  }
}
