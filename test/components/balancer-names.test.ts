import assert from "node:assert/strict";
import fc from "fast-check";
import { balancerName, logBucketPrefix } from "../../components/lib/balancer-names";

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
    assert.deepEqual(logBucketPrefix(place), {});
    assert.deepEqual(logBucketPrefix({ ...place, name: "a".repeat(50) }), {});
  });

  it("is put in lower case", () => {
    assert.deepEqual(logBucketPrefix({ ...place, name: "Edge" }), { bucketPrefix: "edge-logs-" });
  });

  it("begins with the prefix", () => {
    assert.deepEqual(logBucketPrefix({ ...place, namePrefix: "Shop" }), { bucketPrefix: "shop-edge-logs-" });
  });

  it("is cut to leave room for what the provider adds", () => {
    const { bucketPrefix = "" } = logBucketPrefix({ ...place, name: "a".repeat(51) });
    assert.equal(bucketPrefix, "aaaaaaaaaaaaaaaaaaaaaaaaaaaa-b07ec06-");
    assert.equal(bucketPrefix.length, 37);
  });
});
