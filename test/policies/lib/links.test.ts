import * as assert from "node:assert/strict";
import type { Link } from "../../../policies/lib/links";
import { type RawResource, Stack } from "../../../policies/lib/stack";
import { UNKNOWN } from "../../../policies/lib/unknown";

const link: Link = { from: ["log"], names: ({ outputs }) => [outputs.at("vpcId")], to: ["vpc"] };

function raw(name: string, type: string, props: object, ...sources: readonly RawResource[]): RawResource {
  return { urn: `urn:${name}`, type, name, props, propertyDependencies: { vpcId: sources } };
}

const red = raw("red", "vpc", { id: "vpc-1" });
const blue = raw("blue", "vpc", { id: UNKNOWN });

/** Names of the logs that name each network, for certain and possibly. */
function linked(...logs: readonly RawResource[]) {
  const stack = new Stack([red, blue, ...logs]);
  return Object.fromEntries(
    stack.ofType(["vpc"]).map((vpc) => {
      const { certain, possible } = stack.linked(vpc, link);
      return [vpc.name, [certain.map(({ name }) => name), possible.map(({ name }) => name)]];
    }),
  );
}

describe("the resources that name another", () => {
  it("are certain where the name is known", () => {
    assert.deepEqual(linked(raw("log", "log", { vpcId: "vpc-1" })), { red: [["log"], []], blue: [[], []] });
  });

  it("are certain where an unknown name comes from one resource alone", () => {
    assert.deepEqual(linked(raw("log", "log", { vpcId: UNKNOWN }, blue)), {
      red: [[], []],
      blue: [["log"], []],
    });
  });

  it("are possible where it may come from several", () => {
    assert.deepEqual(linked(raw("log", "log", { vpcId: UNKNOWN }, red, blue)), {
      red: [[], ["log"]],
      blue: [[], ["log"]],
    });
  });

  it("are possible for all where nothing is known of it", () => {
    assert.deepEqual(linked(raw("log", "log", { vpcId: UNKNOWN })), {
      red: [[], ["log"]],
      blue: [[], ["log"]],
    });
  });

  it("are none where the name is of something else, or is not set", () => {
    assert.deepEqual(linked(raw("a", "log", { vpcId: "vpc-9" }), raw("b", "log", {})), {
      red: [[], []],
      blue: [[], []],
    });
  });

  it("are searched once for the whole stack", () => {
    let read = 0;
    const counting: Link = {
      ...link,
      names: (log) => {
        read += 1;
        return link.names(log);
      },
    };
    const stack = new Stack([red, blue, raw("log", "log", { vpcId: "vpc-1" })]);
    for (const vpc of stack.ofType(["vpc"])) stack.linked(vpc, counting);
    assert.equal(read, 1);
  });
});
