import * as assert from "node:assert/strict";
import { apart, concluded, each } from "../../../policies/lib/judgement";
import { UNKNOWN } from "../../../policies/lib/unknown";
import { Value } from "../../../policies/lib/value";

const props = Value.of({ known: "HTTP", unknown: UNKNOWN, list: ["Launch", UNKNOWN, "Terminate"] });
const found = { path: "known", says: "wrong" };
const open = { path: "unknown", waits: "not known yet" };

describe("a judgement", () => {
  it("keeps what was certain before it came upon an unknown value", () => {
    const outcome = concluded(function* () {
      yield found;
      props.at("unknown").text();
      return undefined;
    });
    assert.deepEqual(outcome, { findings: [found], deferrals: [open] });
  });

  it("may end with a reason to skip", () => {
    const outcome = concluded(function* () {
      yield* [];
      return { skip: "HTTP listener" };
    });
    assert.deepEqual(outcome, { findings: [], deferrals: [], skip: "HTTP listener" });
  });

  it("waits for a value once, however many parts read it", () => {
    const read = () => [{ path: "x", says: props.at("unknown").text() ?? "" }];
    assert.deepEqual(
      concluded(() => apart(read, () => [found], read)),
      { findings: [found], deferrals: [open] },
    );
  });

  it("judges each element on its own", () => {
    const outcome = concluded(() =>
      each(props.at("list"), (one) => [{ path: one.path, says: one.text() ?? "" }]),
    );
    assert.deepEqual(outcome, {
      findings: [
        { path: "list[0]", says: "Launch" },
        { path: "list[2]", says: "Terminate" },
      ],
      deferrals: [{ path: "list[1]", waits: "not known yet" }],
    });
  });

  it("does not take a mistake in a judge for an unknown value", () => {
    const broken = () => {
      throw new TypeError("no such thing");
    };
    assert.throws(() => concluded(broken), new TypeError("no such thing"));
  });
});
