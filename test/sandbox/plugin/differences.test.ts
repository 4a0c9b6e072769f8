import assert from "node:assert/strict";
import { differences, isEmpty, meansTheSame } from "../../../sandbox/plugin/differences";
import { type Facts, factsOf } from "../../../sandbox/plugin/facts";
import { type Bag, UNKNOWN } from "../../../sandbox/values";

/** What is known of a type of which nothing is known. */
const bare = factsOf("none:of/those:These");

interface Case {
  /** What was asked for; what there is, where that is left out. */
  readonly former?: Bag;
  readonly old: Bag;
  readonly wanted: Bag;
  readonly facts?: Partial<Facts>;
}

/** Differences by path, those that replace with an exclamation mark. */
function found({ old, former = old, wanted, facts = {} }: Case): { [path: string]: string } {
  const declared = Object.keys({ ...old, ...wanted });
  const all = differences({ inputs: former, outputs: old }, wanted, declared, { ...bare, ...facts });
  return Object.fromEntries(all.map(({ path, kind, replaces }) => [path, kind + (replaces ? "!" : "")]));
}

const withKey = (key: string, value: Bag[string]): Bag => Object.fromEntries([[key, value]]);

describe("differences", () => {
  it("are none between empty and unset, whichever way", () => {
    const empties: readonly Bag[string][] = ["", 0, false, [], {}, null];
    for (const empty of empties) {
      assert.deepEqual(found({ old: { a: empty }, wanted: {} }), {});
      assert.deepEqual(found({ old: {}, wanted: { a: empty } }), {});
    }
  });

  it("are some between empty and not, whichever way", () => {
    assert.deepEqual(found({ old: { a: "x" }, wanted: { a: "" } }), { a: "update" });
    assert.deepEqual(found({ old: { a: "" }, wanted: { a: "x" } }), { a: "add" });
    assert.deepEqual(found({ old: { a: true }, wanted: { a: false } }), { a: "update" });
    assert.deepEqual(found({ old: { a: 0 }, wanted: { a: 5 } }), { a: "update" });
    assert.deepEqual(found({ old: { a: ["x"] }, wanted: { a: [] } }), { "a[0]": "delete" });
    assert.deepEqual(found({ old: { a: { b: "x" } }, wanted: { a: {} } }), { "a.b": "delete" });
  });

  it("look at properties that can be set, and at no notes of the provider", () => {
    const before = { inputs: {}, outputs: { a: 1, arn: "x", __defaults: ["a"] } };
    assert.deepEqual(differences(before, { a: 1, __defaults: [] }, ["a"], bare), []);
    const inside = { old: { a: { b: 1, __defaults: [] } }, wanted: { a: { b: 1, __defaults: ["b"] } } };
    assert.deepEqual(found(inside), {});
  });

  it("do not look at what AWS never tells", () => {
    const facts = { writeOnly: ["secretWo"] };
    assert.deepEqual(found({ old: {}, wanted: { secretWo: "x", a: 1 }, facts }), { a: "add" });
  });

  describe("in lists", () => {
    it("go by position", () => {
      assert.deepEqual(found({ old: { a: ["x", "y"] }, wanted: { a: ["y", "x"] } }), {
        "a[0]": "update",
        "a[1]": "update",
      });
    });

    it("are elements more or fewer", () => {
      assert.deepEqual(found({ old: { a: ["x"] }, wanted: { a: ["x", "y", "z"] } }), {
        "a[1]": "add",
        "a[2]": "add",
      });
      assert.deepEqual(found({ old: { a: ["x", "y", "z"] }, wanted: { a: ["x"] } }), {
        "a[1]": "delete",
        "a[2]": "delete",
      });
    });

    it("reach into objects", () => {
      const old = { a: [{ b: 1, c: [2] }, { b: 3 }] };
      assert.deepEqual(found({ old, wanted: { a: [{ b: 1, c: [4] }, { b: 5 }] } }), {
        "a[0].c[0]": "update",
        "a[1].b": "update",
      });
    });
  });

  describe("in sets", () => {
    const facts = { sets: ["a", "b.c"] };

    it("do not go by order, nor by how often a member comes in another set", () => {
      assert.deepEqual(found({ old: { a: ["x", "y"] }, wanted: { a: ["y", "x"] }, facts }), {});
      assert.deepEqual(found({ old: { b: [{ c: [1, 2] }] }, wanted: { b: [{ c: [2, 1] }] }, facts }), {});
      assert.deepEqual(
        found({ old: { a: [{ p: 1 }, { p: 2 }] }, wanted: { a: [{ p: 2 }, { p: 1 }] }, facts }),
        {},
      );
    });

    it("show what comes where it is, what goes where it was, and both at one place as a change", () => {
      const old = { a: ["k", "l", "m", "n"] };
      assert.deepEqual(found({ old, wanted: { a: ["n", "x"] }, facts }), {
        "a[0]": "delete",
        "a[1]": "update",
        "a[2]": "delete",
      });
      assert.deepEqual(found({ old: { a: ["k"] }, wanted: { a: ["x", "k", "y"] }, facts }), {
        "a[0]": "add",
        "a[2]": "add",
      });
    });

    it("of objects do not mind what AWS has added to a member", () => {
      const old = {
        a: [
          { p: 2, id: "i-2" },
          { p: 1, id: "i-1" },
        ],
      };
      const former = { a: [{ p: 1 }, { p: 2 }] };
      assert.deepEqual(found({ old, former, wanted: { a: [{ p: 1 }, { p: 2 }] }, facts }), {});
    });

    it("are found where a member is unknown", () => {
      assert.deepEqual(found({ old: { a: ["x", "y"] }, wanted: { a: ["y", UNKNOWN] }, facts }), {
        "a[0]": "delete",
        "a[1]": "add",
      });
    });
  });

  describe("of what is left out", () => {
    it("are found where the program asked for it before", () => {
      assert.deepEqual(found({ old: { a: { b: 1, c: 2 } }, wanted: { a: { b: 1 } } }), { "a.c": "delete" });
    });

    it("are none where AWS has filled it in", () => {
      const case_ = { old: { a: { b: 1, c: 2 }, d: 3 }, former: { a: { b: 1 } }, wanted: { a: { b: 1 } } };
      assert.deepEqual(found(case_), {});
    });

    it("are none where AWS computes it, though the program had asked for it", () => {
      const facts = { computed: ["a", "b.c"] };
      assert.deepEqual(found({ old: { a: 1, b: { c: 2 } }, wanted: { b: {} }, facts }), {});
    });

    it("are found where somebody else has set what AWS would not answer with", () => {
      const facts = { optional: new Set(["a"]) };
      assert.deepEqual(found({ old: { a: 1 }, former: {}, wanted: {}, facts }), { a: "delete" });
    });

    it("are found in maps, whoever has put it there, down to the empty text", () => {
      const facts = { maps: new Set(["tags", "rules.tags"]) };
      const old = { tags: { a: "", b: "x" }, rules: [{ tags: { c: "y" } }] };
      const case_ = { old, former: {}, wanted: { tags: {}, rules: [{ tags: {} }] }, facts };
      assert.deepEqual(found(case_), {
        "tags.a": "delete",
        "tags.b": "delete",
        "rules[0].tags.c": "delete",
      });
      assert.deepEqual(found({ old: { tags: { b: "x" } }, wanted: { tags: { a: "", b: "x" } }, facts }), {
        "tags.a": "add",
      });
      assert.deepEqual(found({ old: { tags: { __a: "x" } }, wanted: { tags: { __a: "y" } }, facts }), {
        "tags.__a": "update",
      });
    });
  });

  it("do not take what every object has for a member", () => {
    const facts = { maps: new Set(["tags"]) };
    for (const key of ["constructor", "toString", "hasOwnProperty"]) {
      assert.deepEqual(found({ old: { tags: {} }, wanted: { tags: withKey(key, "x") }, facts }), {
        [`tags.${key}`]: "add",
      });
      assert.deepEqual(found({ old: { tags: withKey(key, "x") }, wanted: { tags: {} }, facts }), {
        [`tags.${key}`]: "delete",
      });
    }
    const proto = found({ old: { tags: {} }, wanted: { tags: withKey("__proto__", "x") }, facts });
    assert.deepEqual(Object.entries(proto), [["tags.__proto__", "add"]]);
  });

  it("of unknown values are additions where nothing is yet", () => {
    assert.deepEqual(
      found({
        old: { a: "x", b: "", d: { e: 1 } },
        wanted: { a: UNKNOWN, b: UNKNOWN, c: UNKNOWN, d: UNKNOWN },
      }),
      {
        a: "update",
        b: "add",
        c: "add",
        d: "update",
      },
    );
  });

  it("are found between values of different forms", () => {
    const pairs: readonly (readonly [Bag[string], Bag[string]])[] = [
      [["x"], "x"],
      ["x", ["x"]],
      [{ b: 1 }, "[object Object]"],
      [{ b: 1 }, [1]],
      [[1], { b: 1 }],
    ];
    for (const [old, wanted] of pairs) {
      assert.deepEqual(found({ old: { a: old }, wanted: { a: wanted } }), { a: "update" });
    }
  });

  it("are none between a number or truth and its text", () => {
    assert.deepEqual(found({ old: { a: 5, b: "true" }, wanted: { a: "5", b: true } }), {});
  });

  it("of documents go by what they say, others by how they are written", () => {
    const facts = { json: ["body"] };
    const texts = { old: '{"a":1,"b":2}', wanted: '{ "b": 2, "a": 1 }' };
    assert.deepEqual(found({ old: { body: texts.old }, wanted: { body: texts.wanted }, facts }), {});
    assert.deepEqual(found({ old: { body: texts.old }, wanted: { body: texts.wanted } }), { body: "update" });
    assert.deepEqual(found({ old: { body: "no JSON" }, wanted: { body: "nor that" }, facts }), {
      body: "update",
    });
  });

  describe("replace", () => {
    it("where facts say so, at and below that place", () => {
      const facts = { replace: ["a", "b.c"] };
      const old = { a: { x: 1 }, b: [{ c: 1, d: 1 }] };
      assert.deepEqual(found({ old, wanted: { a: { x: 2 }, b: [{ c: 2, d: 2 }] }, facts }), {
        "a.x": "update!",
        "b[0].c": "update!",
        "b[0].d": "update",
      });
    });

    it("not where a name only starts alike", () => {
      assert.deepEqual(found({ old: { ab: 1 }, wanted: { ab: 2 }, facts: { replace: ["a"] } }), {
        ab: "update",
      });
    });

    it("where something that does comes or goes with what is around it", () => {
      const facts = { replace: ["a.b.c"] };
      assert.deepEqual(found({ old: {}, wanted: { a: [{ b: { c: 1 } }] }, facts }), { a: "add!" });
      assert.deepEqual(found({ old: { a: { b: { c: 1 } } }, wanted: {}, facts }), { a: "delete!" });
      assert.deepEqual(found({ old: {}, wanted: { a: { b: { d: 1 } } }, facts }), { a: "add" });
      assert.deepEqual(found({ old: { a: { b: { c: 1 } } }, wanted: { a: UNKNOWN }, facts }), {
        a: "update!",
      });
      assert.deepEqual(found({ old: { a: { b: { d: 1 } } }, wanted: { a: UNKNOWN }, facts }), {
        a: "update",
      });
    });

    it("in the cases a rule tells", () => {
      const facts: Partial<Facts> = {
        when: [
          { path: "a", change: "lowered" },
          { path: "b.c", is: { d: [1] } },
        ],
      };
      assert.deepEqual(found({ old: { a: 5 }, wanted: { a: 4 }, facts }), { a: "update!" });
      assert.deepEqual(found({ old: { a: 5 }, wanted: { a: 6 }, facts }), { a: "update" });
      assert.deepEqual(found({ old: { b: { c: 1 } }, wanted: { b: { c: 2 }, d: 1 }, facts }), {
        "b.c": "update!",
        d: "add",
      });
    });

    it("going by what was there, and by what was asked for where AWS says nothing", () => {
      const facts: Partial<Facts> = { when: [{ path: "a", change: "presence" }] };
      assert.deepEqual(found({ old: { a: "" }, former: {}, wanted: { a: "x" }, facts }), { a: "add!" });
      assert.deepEqual(found({ old: { a: "x" }, wanted: { a: "y" }, facts }), { a: "update" });
    });
  });

  it("are none in the cases a rule tells", () => {
    const facts: Partial<Facts> = { ignored: [{ path: "log.bucket", is: { "log.on": [false, null] } }] };
    assert.deepEqual(found({ old: { log: { bucket: "a" } }, wanted: { log: { bucket: "b" } }, facts }), {});
    assert.deepEqual(
      found({ old: { log: { bucket: "a", on: true } }, wanted: { log: { bucket: "b", on: true } }, facts }),
      { "log.bucket": "update" },
    );
  });
});

describe("what is empty", () => {
  it("is as good as nothing", () => {
    const empty: readonly (Bag[string] | undefined)[] = [
      undefined,
      null,
      "",
      0,
      false,
      [],
      {},
      { __defaults: [] },
    ];
    assert.deepEqual(
      empty.filter((value) => !isEmpty(value)),
      [],
    );
    const full: readonly Bag[string][] = [" ", 1, true, [""], { a: "" }];
    assert.deepEqual(full.filter(isEmpty), []);
  });
});

describe("meaning the same", () => {
  it("is being equal but for what the provider does not mind", () => {
    const facts = { ...bare, sets: ["set"], json: ["doc"] };
    assert.equal(meansTheSame("set", ["a", "b"], ["b", "a"], facts), true);
    assert.equal(meansTheSame("list", ["a", "b"], ["b", "a"], facts), false);
    assert.equal(meansTheSame("doc", '{"a": 1}', '{"a":1}', facts), true);
    assert.equal(meansTheSame("number", 5, "5", facts), true);
    assert.equal(meansTheSame("object", { a: 1, more: 2 }, { a: 1 }, facts), true);
    assert.equal(meansTheSame("object", { a: 1 }, { a: 1, more: 2 }, facts), false);
  });
});
