import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { orphansOf, vainlyBegun } from "../../../sandbox/account/orphans";
import { stackStates } from "../../../sandbox/account/stack-states";
import { World } from "../../../sandbox/model/world";
import { ownFolder } from "./support/folder";
import { make, types } from "./support/made";

const folder = ownFolder();

function state(latest: object): string {
  return JSON.stringify({ version: 3, checkpoint: { stack: "organization/shop/staging", latest } });
}

function put(path: string, content: string | Buffer): void {
  const stacks = join(folder(), ".pulumi", "stacks");
  mkdirSync(join(stacks, path, ".."), { recursive: true });
  writeFileSync(join(stacks, path), content);
}

describe("the states of stacks", () => {
  it("are none where there is no backend", () => {
    assert.deepEqual(stackStates(join(folder(), "nowhere")), []);
  });

  it("are read with resources and pending creations, backups and other files apart, compressed or not", () => {
    const urn = "urn:pulumi:staging::shop::aws:sns/topic:Topic::alarms";
    const component = {
      urn: "urn:pulumi:staging::shop::evenkeel:index:Service::web",
      type: "evenkeel:index:Service",
    };
    const topic = { urn, type: types.topic, id: "arn:topic", custom: true };
    const latest = {
      resources: [component, topic, { ...topic, id: "arn:former", delete: true }],
      pending_operations: [
        {
          resource: { urn: "urn:a", type: types.topic, parent: "urn:p", provider: "urn:q::1" },
          type: "creating",
        },
        { resource: { urn: "urn:c", type: types.topic }, type: "creating" },
        { resource: { urn: "urn:b", type: types.topic, id: "b" }, type: "deleting" },
      ],
    };
    put("shop/staging.json", state(latest));
    put("shop/staging.json.bak", "{");
    put("shop/staging.json.attrs", "{");
    put("shop/empty.json", state({}));
    put("other/new.json", JSON.stringify({ version: 3, checkpoint: { stack: "organization/other/new" } }));
    put("other/small.json.gz", gzipSync(state({ resources: [topic] })));
    put("notes.json", "{");
    const held = { urn, type: types.topic, id: "arn:topic" };
    assert.deepEqual(stackStates(folder()), [
      { project: "other", stack: "new", resources: [], pendingCreates: [] },
      { project: "other", stack: "small", resources: [held], pendingCreates: [] },
      { project: "shop", stack: "empty", resources: [], pendingCreates: [] },
      {
        project: "shop",
        stack: "staging",
        resources: [component, held, { ...held, id: "arn:former", isLeaving: true }],
        pendingCreates: [{ urn: "urn:a", parent: "urn:p", provider: "urn:q::1" }, { urn: "urn:c" }],
      },
    ]);
  });

  for (const [content, why] of [
    ["{", "Expected property name"],
    ["[]", "it has no checkpoint"],
    ['{"version": 3}', "it has no checkpoint"],
  ] as const) {
    it(`are not read from ${content}`, () => {
      put("shop/staging.json", content);
      assert.throws(
        () => stackStates(folder()),
        new RegExp(`^AccountError: cannot read .*staging\\.json as the state of a stack: ${why}`),
      );
    });
  }
});

describe("an orphan", () => {
  const world = new World({ preview: false, region: "us-east-1", accountId: "123456789012" });
  const [held, pending, lost] = ["held", "pending", "lost"].map((name) => make(world, types.topic, name, {}));
  const stack = (resources: readonly object[], pendingCreates: readonly { urn: string }[] = []) => {
    const all = resources as { type: string; urn: string; id?: string }[];
    return { project: "shop", stack: "staging", resources: all, pendingCreates };
  };

  it("is a resource that no stack holds, with the stack that waits for it, if one does", () => {
    const state = stack([{ type: types.topic, urn: "urn:any", id: held?.id }], [{ urn: pending?.urn ?? "" }]);
    assert.deepEqual(orphansOf(world, [stack([]), state]), [
      { resource: pending, pending: { urn: pending?.urn, stack: "staging" } },
      { resource: lost },
    ]);
  });

  it("is one too if what has its URN or its id is another resource, a double if that one stays", () => {
    const replaced = stack([
      { type: types.topic, urn: lost?.urn, id: "another" },
      { type: types.topic, urn: held?.urn, id: "leaving", isLeaving: true },
      { type: types.vpc, urn: "urn:x", id: lost?.id },
    ]);
    assert.deepEqual(orphansOf(world, [replaced]), [
      { resource: held },
      { resource: pending },
      { resource: lost, isDouble: true },
    ]);
  });

  it("is a double if there is a newer one of it", () => {
    const two = new World({ preview: false, region: "us-east-1", accountId: "123456789012" });
    const made = ["a", "b"].map((seed) =>
      two.create({
        urn: "urn:a",
        seed,
        type: types.topic,
        name: "a",
        inputs: {},
        propertyDependencies: {},
        region: "us-east-1",
      }),
    );
    assert.deepEqual(orphansOf(two, []), [{ resource: made[0], isDouble: true }, { resource: made[1] }]);
  });

  it("is none where a creation came to nothing", () => {
    const state = stack([], [{ urn: pending?.urn ?? "" }, { urn: "urn:nothing" }]);
    const vain = vainlyBegun([state], orphansOf(world, [state]));
    assert.deepEqual(vain, [{ urn: "urn:nothing", stack: "staging" }]);
  });
});
