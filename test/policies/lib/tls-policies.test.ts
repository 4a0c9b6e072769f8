import * as assert from "node:assert/strict";
import { lowestVersion, lowestVersions } from "../../../policies/lib/tls-policies";

/** Names as AWS publishes them on the pages for application and network load balancers, by the lowest version. */
const published: { readonly [version: string]: readonly string[] } = {
  "1.0": [
    "ELBSecurityPolicy-2015-05",
    "ELBSecurityPolicy-2016-08",
    "ELBSecurityPolicy-FS-2018-06",
    "ELBSecurityPolicy-TLS-1-0-2015-04",
    "ELBSecurityPolicy-TLS13-1-0-2021-06",
    "ELBSecurityPolicy-TLS13-1-0-FIPS-2023-04",
    "ELBSecurityPolicy-TLS13-1-0-FIPS-PQ-2025-09",
    "ELBSecurityPolicy-TLS13-1-0-PQ-2025-09",
  ],
  "1.1": [
    "ELBSecurityPolicy-FS-1-1-2019-08",
    "ELBSecurityPolicy-TLS-1-1-2017-01",
    "ELBSecurityPolicy-TLS13-1-1-2021-06",
    "ELBSecurityPolicy-TLS13-1-1-FIPS-2023-04",
  ],
  "1.2": [
    "ELBSecurityPolicy-FS-1-2-2019-08",
    "ELBSecurityPolicy-FS-1-2-Res-2019-08",
    "ELBSecurityPolicy-FS-1-2-Res-2020-10",
    "ELBSecurityPolicy-TLS-1-2-2017-01",
    "ELBSecurityPolicy-TLS-1-2-Ext-2018-06",
    "ELBSecurityPolicy-TLS13-1-2-2021-06",
    "ELBSecurityPolicy-TLS13-1-2-Ext0-FIPS-2023-04",
    "ELBSecurityPolicy-TLS13-1-2-Ext0-FIPS-PQ-2025-09",
    "ELBSecurityPolicy-TLS13-1-2-Ext0-RFC9151-FIPS-2023-07",
    "ELBSecurityPolicy-TLS13-1-2-Ext1-2021-06",
    "ELBSecurityPolicy-TLS13-1-2-Ext1-FIPS-2023-04",
    "ELBSecurityPolicy-TLS13-1-2-Ext1-FIPS-PQ-2025-09",
    "ELBSecurityPolicy-TLS13-1-2-Ext1-PQ-2025-09",
    "ELBSecurityPolicy-TLS13-1-2-Ext2-2021-06",
    "ELBSecurityPolicy-TLS13-1-2-Ext2-FIPS-2023-04",
    "ELBSecurityPolicy-TLS13-1-2-Ext2-FIPS-PQ-2025-09",
    "ELBSecurityPolicy-TLS13-1-2-Ext2-PQ-2025-09",
    "ELBSecurityPolicy-TLS13-1-2-FIPS-2023-04",
    "ELBSecurityPolicy-TLS13-1-2-FIPS-PQ-2025-09",
    "ELBSecurityPolicy-TLS13-1-2-PQ-2025-09",
    "ELBSecurityPolicy-TLS13-1-2-RFC9151-FIPS-2023-07",
    "ELBSecurityPolicy-TLS13-1-2-RFC9151-INTEROP1-FIPS-2023-07",
    "ELBSecurityPolicy-TLS13-1-2-RFC9151-INTEROP2-FIPS-2023-07",
    "ELBSecurityPolicy-TLS13-1-2-RFC9151-INTEROP3-FIPS-2023-07",
    "ELBSecurityPolicy-TLS13-1-2-RFC9151-INTEROP4-FIPS-2023-07",
    "ELBSecurityPolicy-TLS13-1-2-Res-2021-06",
    "ELBSecurityPolicy-TLS13-1-2-Res-FIPS-2023-04",
    "ELBSecurityPolicy-TLS13-1-2-Res-FIPS-PQ-2025-09",
    "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
  ],
  "1.3": [
    "ELBSecurityPolicy-TLS13-1-3-2021-06",
    "ELBSecurityPolicy-TLS13-1-3-FIPS-2023-04",
    "ELBSecurityPolicy-TLS13-1-3-FIPS-PQ-2025-09",
    "ELBSecurityPolicy-TLS13-1-3-PQ-2025-09",
    "ELBSecurityPolicy-TLS13-1-3-RFC9151-FIPS-2023-07",
  ],
};

describe("lowestVersion", () => {
  for (const [version, names] of Object.entries(published)) {
    for (const name of names) {
      it(`is ${version} for ${name}`, () => {
        assert.equal(lowestVersion(name), version);
      });
    }
  }

  it("knows every published name and no other", () => {
    assert.deepEqual(Object.keys(lowestVersions).sort(), Object.values(published).flat().sort());
  });

  for (const [name, version] of [
    ["ELBSecurityPolicy-TLS13-1-2-Res-PQ-2027-03", "1.2"],
    ["ELBSecurityPolicy-TLS13-1-0-FIPS-2027-03", "1.0"],
    ["ELBSecurityPolicy-TLS13-1-3-Ext1-FIPS-PQ-2030-12", "1.3"],
  ] as const) {
    it(`reads the digit of a name to come, ${name}`, () => {
      assert.equal(lowestVersion(name), version);
    });
  }

  for (const name of [
    "",
    "ELBSecurityPolicy-",
    "ELBSecurityPolicy-TLS-1-2-2027-01",
    "ELBSecurityPolicy-TLS13-1-2",
    "ELBSecurityPolicy-TLS13-1-4-2027-01",
    "ELBSecurityPolicy-TLS13-1-2-Compat-2027-01",
    "ELBSecurityPolicy-TLS13-1-2-2021-13",
    "elbsecuritypolicy-tls13-1-2-2021-06",
    "xELBSecurityPolicy-TLS13-1-2-2021-06",
    "ELBSecurityPolicy-TLS13-1-2-2021-06 ",
    "constructor",
  ]) {
    it(`trusts no name of another shape: ${JSON.stringify(name)}`, () => {
      assert.equal(lowestVersion(name), undefined);
    });
  }
});
