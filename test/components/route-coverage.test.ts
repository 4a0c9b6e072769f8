import assert from "node:assert/strict";
import fc from "fast-check";
import type { Conditions } from "../../components/lib/route-conditions";
import { covers, meet } from "../../components/lib/route-coverage";
import { allot, RouteOrder, specificityOf } from "../../components/lib/route-priorities";

/** A request, as far as conditions look at it. */
interface Request {
  readonly path: string;
  readonly host: string;
  readonly method: string;
  readonly header: string | undefined;
  readonly query: readonly (readonly [string, string])[];
  readonly source: number;
}

function form(pattern: string, flags = ""): RegExp {
  return new RegExp(`^${pattern.replaceAll(".", "\\.").replaceAll("*", ".*").replaceAll("?", ".")}$`, flags);
}

/** Whether a request is in a block such as `10.0.0.4/30`. */
function inBlock(block: string, source: number): boolean {
  const [, start, prefix] = /\.([0-9]+)\/([0-9]+)$/.exec(block) ?? [];
  return prefix === "0" || (source >= Number(start) && source < Number(start) + 2 ** (32 - Number(prefix)));
}

/** What a load balancer does with conditions; written apart from what is tested. */
function takes(conditions: Conditions, request: Request): boolean {
  const any = (values: readonly string[] | undefined, test: (value: string) => boolean) =>
    values === undefined || values.some(test);
  return (
    any(conditions.paths, (path) => form(path).test(request.path)) &&
    any(conditions.hosts, (host) => form(host, "i").test(request.host)) &&
    any(conditions.methods, (method) => method === request.method) &&
    any(conditions.sourceIps, (block) => inBlock(block, request.source)) &&
    Object.values(conditions.headers ?? {}).every((values) =>
      any(values, (value) => request.header !== undefined && form(value, "i").test(request.header)),
    ) &&
    Object.entries(conditions.queryStrings ?? {}).every(([key, values]) =>
      any(values, (value) =>
        request.query.some(([name, text]) => form(key, "i").test(name) && form(value, "i").test(text)),
      ),
    )
  );
}

const list = (...values: [string, ...string[]]) =>
  fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 2 });
const conditions: fc.Arbitrary<Conditions> = fc.record(
  {
    paths: list("/*", "/a*", "/a/*", "/a/b", "/?", "*b"),
    hosts: list("*.x.com", "a.x.com", "A.x.com", "*.com"),
    methods: list("GET", "POST"),
    sourceIps: list("0.0.0.0/0", "10.0.0.4/30", "10.0.0.4/31", "10.0.0.8/32"),
    headers: fc.record({ "X-A": list("*", "1", "1*") }),
    queryStrings: fc.dictionary(fc.constantFrom("k", "*"), list("v", "V*"), { minKeys: 1, maxKeys: 1 }),
  },
  { requiredKeys: [] },
);

const paths = ["/", "/a", "/ab", "/a/", "/a/b", "/a/c", "/c", "/b"];
const hosts = ["a.x.com", "b.x.com", "y.com"];
const requests: Request[] = paths.flatMap((path) =>
  hosts.flatMap((host) =>
    ["GET", "POST"].flatMap((method) =>
      [undefined, "1", "12", "2"].flatMap((header) =>
        [[], [["k", "v"]], [["k", "vw"]], [["j", "v"]]].flatMap((query) =>
          [4, 6, 8, 9].map((source) => ({ path, host, method, header, query, source }) as unknown as Request),
        ),
      ),
    ),
  ),
);

describe("a route", () => {
  it("that covers another one takes every request that the other takes", () => {
    let covered = 0;
    fc.assert(
      fc.property(conditions, conditions, (wide, narrow) => {
        if (!covers(wide, narrow)) return;
        covered++;
        assert.deepEqual(
          requests.filter((request) => takes(narrow, request) && !takes(wide, request)),
          [],
        );
      }),
      { numRuns: 3000 },
    );
    assert.ok(covered > 50, `${covered}`);
  });

  it("that meets another one takes some request that the other takes, too", () => {
    fc.assert(
      fc.property(conditions, conditions, (one, other) => {
        if (Object.keys(one.queryStrings ?? {}).length + Object.keys(other.queryStrings ?? {}).length > 1)
          return;
        const shared = requests.some((request) => takes(one, request) && takes(other, request));
        assert.equal(meet(one, other), shared);
      }),
      { numRuns: 1500 },
    );
  });

  it("covers itself, and what it covers of what it covers", () => {
    fc.assert(
      fc.property(conditions, conditions, conditions, (one, two, three) => {
        assert.ok(covers(one, one));
        if (covers(one, two) && covers(two, three)) assert.ok(covers(one, three));
      }),
      { numRuns: 3000 },
    );
  });

  it("never asks for more than one that it covers, and so never comes before it", () => {
    fc.assert(
      fc.property(conditions, conditions, fc.string(), fc.string(), (wide, narrow, one, other) => {
        if (!covers(wide, narrow)) return;
        assert.ok(specificityOf(wide) <= specificityOf(narrow));
        if (specificityOf(wide) === specificityOf(narrow)) return;
        const at = (key: string, match: Conditions) =>
          allot({ from: 1, to: 6400 }, [key], RouteOrder.Normal, match);
        assert.ok(at(one, narrow) < at(other, wide));
      }),
      { numRuns: 3000 },
    );
  });

  const regex = { pathRegexes: ["^/v[0-9]+/"] };
  for (const [title, wide, narrow, expected] of [
    ["any path covers a regular expression", { paths: ["/*"] }, regex, true],
    ["any path covers a route without one", { paths: ["/*"] }, { hosts: ["a.com"] }, true],
    ["a regular expression covers the same one", regex, { ...regex, methods: ["GET"] }, true],
    ["a regular expression is not compared with another one", regex, { pathRegexes: ["^/v1/"] }, false],
    ["a regular expression is not compared with a pattern", regex, { paths: ["/v1/"] }, false],
    ["a pattern is not compared with one", { paths: ["/v*"] }, regex, false],
    [
      "a header is asked for by its name, whatever its case",
      { headers: { "x-a": ["1"] } },
      { headers: { "X-A": ["1"], "X-B": ["2"] } },
      true,
    ],
    ["another header says nothing", { headers: { "X-A": ["1"] } }, { headers: { "X-B": ["1"] } }, false],
    [
      "the same regular expression for a header",
      { headerRegexes: { "X-A": ["^1$"] } },
      { headerRegexes: { "x-a": ["^1$"] } },
      true,
    ],
    [
      "a block covers one within it",
      { sourceIps: ["2001:db8::/32"] },
      { sourceIps: ["2001:db8:1::/48"] },
      true,
    ],
    ["not one of the other version", { sourceIps: ["0.0.0.0/0"] }, { sourceIps: ["2001:db8::/32"] }, false],
    ["case counts in paths", { paths: ["/A*"] }, { paths: ["/a"] }, false],
  ] as const) {
    it(`${title}: ${expected}`, () => {
      assert.equal(covers(wide, narrow), expected);
    });
  }
});

describe("a priority", () => {
  const band = { from: 1000, to: 1999 };
  const of = (conditions: Conditions, order: RouteOrder = RouteOrder.Normal, key = "web") =>
    allot(band, ["endpoints", key, "all"], order, conditions);

  it("stays what it is for a route, from one release to the next", () => {
    assert.equal(of({ paths: ["/*"] }), 1894);
    assert.equal(of({ paths: ["/api/*"] }), 1832);
    assert.equal(of({ paths: ["/api/*"] }, RouteOrder.First), 1091);
    assert.equal(of({ paths: ["/api/*"] }, RouteOrder.Last), 1991);
  });

  it("lies in the band, in the tenth at its end that was asked for", () => {
    fc.assert(
      fc.property(conditions, fc.string(), (match, key) => {
        const within = (order: RouteOrder, from: number, to: number) => {
          const priority = of(match, order, key);
          assert.ok(priority >= from && priority <= to, `${order} ${priority}`);
        };
        within(RouteOrder.First, 1000, 1099);
        within(RouteOrder.Normal, 1100, 1899);
        within(RouteOrder.Last, 1900, 1999);
      }),
    );
  });

  it("is lower the more a route asks for", () => {
    const sorted: Conditions[] = [
      { paths: ["/api/v1/orders"], methods: ["POST"], hosts: ["api.example.com"] },
      { paths: ["/api/v1/orders"], methods: ["POST"] },
      { paths: ["/api/v1/orders"] },
      { paths: ["/api/v1/*"] },
      { paths: ["/api/*"] },
      { hosts: ["*.example.com"] },
      { paths: ["/*"] },
    ];
    const priorities = sorted.map((match) => of(match));
    assert.deepEqual(
      [...priorities].sort((one, other) => one - other),
      priorities,
    );
    assert.equal(new Set(priorities).size, sorted.length);
  });
});
