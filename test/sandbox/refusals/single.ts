import assert from "node:assert/strict";
import { Account, type Case } from "../account";

/** One test a case: the resource alone is refused, for this reason and no other. */
export function eachIsRefused(cases: readonly Case[]): void {
  for (const { title, type, inputs, at, reason } of cases) {
    it(title, () => {
      const expected = at === undefined ? { reason } : { property: at, reason };
      assert.deepEqual(new Account().failures(type, inputs), [expected]);
    });
  }
}
