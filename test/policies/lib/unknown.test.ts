import * as assert from "node:assert/strict";
import * as proxy from "@pulumi/policy/proxy";
import { saysUnknown, UNKNOWN, whyUndecided } from "../../../policies/lib/unknown";

/** The SDK's own list, which its types do not show. */
const sdk = proxy as unknown as { readonly [name: string]: unknown };

describe("an unknown value", () => {
  it("is every marker the policy SDK knows", () => {
    const markers = Object.entries(sdk).flatMap(([name, value]) =>
      /^unknown\w+Value$/.test(name) ? value : [],
    );
    assert.equal(markers.length, 7);
    assert.deepEqual(
      markers.map(whyUndecided),
      markers.map(() => "not known yet"),
    );
    assert.ok(markers.includes(UNKNOWN));
  });

  it("is not a plain text, and not what looks like a marker", () => {
    assert.deepEqual(["", "HTTP", `${UNKNOWN} `, null, {}].map(whyUndecided), Array(5).fill(undefined));
  });

  it("is not the same as a secret that could not be read", () => {
    assert.equal(whyUndecided("[secret]"), "secret");
  });

  it("is recognised in an error of another copy of the SDK", () => {
    const foreign = Object.assign(new Error("unknown"), { unknownTypeSentinel: UNKNOWN });
    assert.deepEqual([saysUnknown(foreign), saysUnknown(new Error("unknown"))], [true, false]);
  });
});
