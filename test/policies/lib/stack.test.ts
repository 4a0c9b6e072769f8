import * as assert from "node:assert/strict";
import { type RawResource, Stack } from "../../../policies/lib/stack";
import { UNKNOWN, Undecided } from "../../../policies/lib/unknown";

function raw(name: string, type: string, props: object, more: Partial<RawResource> = {}): RawResource {
  return { urn: `urn:${name}`, type, name, props, propertyDependencies: {}, ...more };
}

const vpc = raw("vpc", "vpc", {});
const one = raw("one", "subnet", { id: "subnet-1", arn: "arn:subnet-1" }, { parent: vpc });
const two = raw("two", "subnet", { id: UNKNOWN }, { parent: vpc });
const other = raw("other", "reference", {});

/** What a stack says about the property `id` of a resource that came from the given ones. */
function refer(id: unknown, ...sources: readonly RawResource[]) {
  const from = raw("from", "group", { id }, { propertyDependencies: { id: sources } });
  const stack = new Stack([two, other, from, one, vpc]);
  const [subject] = stack.ofType(["group"]);
  assert.ok(subject);
  const reference = stack.refer(subject, subject.outputs.at("id"), ["subnet"]);
  if (reference?.kind === "one") return ["one", reference.resource.name];
  if (reference?.kind === "among")
    return ["among", reference.resources.map(({ name }) => name), reference.others];
  return reference === undefined ? [] : [reference.kind, reference.value];
}

describe("what a property refers to", () => {
  it("is found by id and by ARN", () => {
    assert.deepEqual(
      [refer("subnet-1"), refer("arn:subnet-1")],
      [
        ["one", "one"],
        ["one", "one"],
      ],
    );
  });

  /** What the name "web" says in a stack of these groups, if it came from the given ones. */
  function named(groups: readonly RawResource[], ...sources: readonly RawResource[]) {
    const from = raw("from", "alarm", { group: "web" }, { propertyDependencies: { group: sources } });
    const stack = new Stack([from, ...groups]);
    const [subject] = stack.ofType(["alarm"]);
    assert.ok(subject);
    const reference = stack.refer(subject, subject.outputs.at("group"), ["group", "fleet"]);
    if (reference?.kind === "one") return reference.resource.name;
    return reference?.kind === "among" ? reference.resources.map(({ name }) => name) : reference?.kind;
  }
  const near = raw("near", "group", { id: "web", name: "web" });
  const far = raw("far", "group", { id: "web", name: "web" });
  const fleet = raw("fleet", "fleet", { id: "fleet-1", name: "web" });

  it("may be any of several that share a name, unless the value came from one of them", () => {
    assert.deepEqual(named([near, far]), ["far", "near"]);
    assert.deepEqual(named([near, far], far), "far");
    assert.deepEqual(named([near, far], near, far), ["far", "near"]);
    assert.deepEqual(named([near, far], raw("config", "other", {})), ["far", "near"]);
  });

  it("is who has it for an id rather than who has it for a name", () => {
    assert.deepEqual([named([fleet, near]), named([fleet])], ["near", "fleet"]);
  });

  it("is outside the stack when no resource has its name", () => {
    assert.deepEqual(refer("subnet-9"), ["outside", "subnet-9"]);
  });

  it("is nothing when the property is not set", () => {
    assert.deepEqual([refer(null), refer([])], [[], []]);
  });

  it("is one of the resources an unknown value came from", () => {
    assert.deepEqual(refer(UNKNOWN, two, one), ["among", ["one", "two"], false]);
  });

  it("is not widened by what holds those resources", () => {
    assert.deepEqual(refer(UNKNOWN, one, vpc), ["among", ["one"], false]);
  });

  it("is not widened by what those resources hold", () => {
    const child = raw("child", "route", {}, { parent: two });
    const from = raw("from", "group", { id: UNKNOWN }, { propertyDependencies: { id: [two, child] } });
    const stack = new Stack([two, child, from, vpc]);
    const [subject] = stack.ofType(["group"]);
    assert.ok(subject);
    const reference = stack.refer(subject, subject.outputs.at("id"), ["subnet"]);
    assert.deepEqual(reference?.kind === "among" && [reference.resources.length, reference.others], [
      1,
      false,
    ]);
  });

  it("may be something else when the value came from elsewhere too", () => {
    assert.deepEqual(refer(UNKNOWN, one, other), ["among", ["one"], true]);
    assert.deepEqual(refer(UNKNOWN, vpc), ["among", [], true]);
    assert.deepEqual(refer(UNKNOWN), ["among", [], false]);
  });

  it("survives parents that go round in a circle", () => {
    const a: { -readonly [K in keyof RawResource]: RawResource[K] } = raw("a", "subnet", { id: UNKNOWN });
    a.parent = a;
    assert.deepEqual(
      new Stack([a]).ofType(["subnet"]).map(({ name }) => name),
      ["a"],
    );
    const from = raw("from", "group", { id: UNKNOWN }, { propertyDependencies: { id: [a] } });
    const stack = new Stack([a, from]);
    const [subject] = stack.ofType(["group"]);
    assert.ok(subject);
    assert.equal(stack.refer(subject, subject.outputs.at("id"), ["subnet"])?.kind, "among");
  });
});

describe("the resources a property came from", () => {
  it("are those of the stack, in the order of their URNs, whether the value is known or not", () => {
    const gone = raw("gone", "subnet", {});
    for (const id of ["subnet-1", UNKNOWN]) {
      const from = raw("from", "group", { id }, { propertyDependencies: { id: [two, gone, one, two] } });
      const stack = new Stack([two, from, one]);
      const [subject] = stack.ofType(["group"]);
      assert.ok(subject);
      const sources = stack.sourcesOf(subject, subject.outputs.at("id"));
      assert.deepEqual(
        sources.map(({ name }) => name),
        ["one", "two"],
      );
      assert.deepEqual(stack.sourcesOf(subject, subject.outputs.at("other")), []);
    }
  });
});

describe("the resources of a stack", () => {
  it("come in the order of their URNs, whatever the engine's order", () => {
    const names = new Stack([two, one]).ofType(["subnet", "group"]).map(({ name }) => name);
    assert.deepEqual(names, ["one", "two"]);
  });
});

describe("a resource of a stack", () => {
  const optionsOf = (more: Partial<RawResource>) => {
    const [resource] = new Stack([raw("store", "bucket", {}, more)]).ofType(["bucket"]);
    return resource?.options;
  };

  it("has the options its program gave it", () => {
    assert.deepEqual(optionsOf({ opts: { protect: true } }), { protect: true });
  });

  it("is not protected where nobody says so, or an older engine does not", () => {
    assert.deepEqual([optionsOf({ opts: {} }), optionsOf({})], [{ protect: false }, { protect: false }]);
  });

  it("is named by nobody knows whom while nothing is known of it", () => {
    const stack = new Stack([raw("net", "vpc", UNKNOWN as unknown as object)]);
    const [subject] = stack.ofType(["vpc"]);
    assert.ok(subject);
    assert.throws(() => stack.linked(subject, { from: [], names: () => [], to: ["vpc"] }), Undecided);
  });
});
