import assert from "node:assert/strict";
import fc from "fast-check";
import { balancerName, logBucketStart } from "../../components/lib/balancer-names";

const place = {
  name: "edge",
  namePrefix: undefined,
  exposure: "internet",
  project: "evenkeel",
  stack: "production",
};

describe("the name of a load balancer", () => {
  it("is the provider's when that has room for its own suffix", () => {
    assert.deepEqual(balancerName(place), {});
    assert.deepEqual(balancerName({ ...place, name: "a".repeat(21) }), {});
  });

  it("is cut when the provider would refuse it", () => {
    assert.deepEqual(balancerName({ ...place, name: "a".repeat(22) }), {
      name: "aaaaaaaaaaaaaaaaaaaaaa-l-745ddca",
    });
  });

  it("begins with the prefix and is the same every time", () => {
    const named = { ...place, namePrefix: "omni-keywords-finder" };
    assert.deepEqual(balancerName(named), { name: "omni-keywords-finder-edg-ae79e1c" });
    assert.deepEqual(balancerName(named), balancerName({ ...named }));
  });

  it("changes when the load balancer has to be replaced", () => {
    const named = { ...place, namePrefix: "shop" };
    assert.notDeepEqual(balancerName(named), balancerName({ ...named, exposure: "internal" }));
  });

  it("differs from stack to stack where the prefix does not tell them apart", () => {
    const long = { ...place, name: "edge-of-the-whole-company" };
    assert.notDeepEqual(balancerName(long), balancerName({ ...long, stack: "staging" }));
    assert.notDeepEqual(balancerName(long), balancerName({ ...long, project: "other" }));
  });

  it("is one AWS takes, whatever it is made of", () => {
    const word = fc.stringMatching(/^[A-Za-z][A-Za-z0-9-]{0,60}$/);
    fc.assert(
      fc.property(word, fc.option(word, { nil: undefined }), (name, namePrefix) => {
        const { name: fixed } = balancerName({ ...place, name, namePrefix });
        assert.ok(fixed === undefined || /^[A-Za-z][A-Za-z0-9-]{0,30}[A-Za-z0-9]$/.test(fixed), fixed);
      }),
    );
  });
});

describe("the name of a log bucket", () => {
  it("is the provider's when it is lower case and has room", () => {
    assert.equal(logBucketStart(place), undefined);
    assert.equal(logBucketStart({ ...place, name: "a".repeat(50) }), undefined);
  });

  it("is put in lower case", () => {
    assert.equal(logBucketStart({ ...place, name: "Edge" }), "edge-logs");
  });

  it("begins with the prefix", () => {
    assert.equal(logBucketStart({ ...place, namePrefix: "Shop" }), "shop-edge-logs");
  });

  it("is cut to leave room for the account and the longest region", () => {
    const start = logBucketStart({ ...place, name: "a".repeat(51) }) ?? "";
    assert.match(start, /^a+-[0-9a-f]{7}$/);
    assert.ok(`${start}-123456789012-ap-southeast-1`.length <= 63, start);
    assert.notEqual(start, logBucketStart({ ...place, name: "a".repeat(52) }));
  });
});
