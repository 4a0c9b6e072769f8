import assert from "node:assert/strict";
import { Problems } from "../../components/lib/problems";
import { checkTlsPolicy, defaultTlsPolicy, tlsFloors, tlsPolicies } from "../../components/lib/tls-policies";

const wanted =
  "must be a policy of TLS 1.2 or newer, such as ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09, " +
  "ELBSecurityPolicy-TLS13-1-3-PQ-2025-09, ELBSecurityPolicy-TLS13-1-2-Res-FIPS-PQ-2025-09, got";

function problemsOf(name: string): readonly { path: string; reason: string }[] {
  const problems = new Problems();
  checkTlsPolicy(name, "sslPolicy", problems);
  return problems.found;
}

function namesFrom(floor: string): string[] {
  return [...tlsFloors].filter(([, from]) => from === floor).map(([name]) => name);
}

/** As AWS's tables have them: the lowest version, then whether forward secrecy is certain, post-quantum, FIPS. */
const published = `
TLS13-1-3-2021-06                        1.3 fs -  -
TLS13-1-3-PQ-2025-09                     1.3 fs pq -
TLS13-1-3-FIPS-2023-04                   1.3 fs -  fips
TLS13-1-3-FIPS-PQ-2025-09                1.3 fs pq fips
TLS13-1-3-RFC9151-FIPS-2023-07           1.3 fs -  fips
TLS13-1-2-2021-06                        1.2 fs -  -
TLS13-1-2-PQ-2025-09                     1.2 fs pq -
TLS13-1-2-Res-2021-06                    1.2 fs -  -
TLS13-1-2-Res-PQ-2025-09                 1.2 fs pq -
TLS13-1-2-Ext1-2021-06                   1.2 -  -  -
TLS13-1-2-Ext1-PQ-2025-09                1.2 -  pq -
TLS13-1-2-Ext2-2021-06                   1.2 -  -  -
TLS13-1-2-Ext2-PQ-2025-09                1.2 -  pq -
TLS13-1-2-FIPS-2023-04                   1.2 fs -  fips
TLS13-1-2-FIPS-PQ-2025-09                1.2 fs pq fips
TLS13-1-2-Res-FIPS-2023-04               1.2 fs -  fips
TLS13-1-2-Res-FIPS-PQ-2025-09            1.2 fs pq fips
TLS13-1-2-Ext0-FIPS-2023-04              1.2 fs -  fips
TLS13-1-2-Ext0-FIPS-PQ-2025-09           1.2 fs pq fips
TLS13-1-2-Ext1-FIPS-2023-04              1.2 -  -  fips
TLS13-1-2-Ext1-FIPS-PQ-2025-09           1.2 -  pq fips
TLS13-1-2-Ext2-FIPS-2023-04              1.2 -  -  fips
TLS13-1-2-Ext2-FIPS-PQ-2025-09           1.2 -  pq fips
TLS13-1-2-RFC9151-FIPS-2023-07           1.2 fs -  fips
TLS13-1-2-Ext0-RFC9151-FIPS-2023-07      1.2 -  -  fips
TLS13-1-2-RFC9151-INTEROP1-FIPS-2023-07  1.2 fs -  fips
TLS13-1-2-RFC9151-INTEROP2-FIPS-2023-07  1.2 fs -  fips
TLS13-1-2-RFC9151-INTEROP3-FIPS-2023-07  1.2 fs -  fips
TLS13-1-2-RFC9151-INTEROP4-FIPS-2023-07  1.2 -  -  fips
TLS-1-2-2017-01                          1.2 -  -  -
TLS-1-2-Ext-2018-06                      1.2 -  -  -
FS-1-2-2019-08                           1.2 fs -  -
FS-1-2-Res-2019-08                       1.2 fs -  -
FS-1-2-Res-2020-10                       1.2 fs -  -
TLS13-1-1-2021-06                        1.1 -  -  -
TLS13-1-1-FIPS-2023-04                   1.1 -  -  fips
TLS-1-1-2017-01                          1.1 -  -  -
FS-1-1-2019-08                           1.1 fs -  -
TLS13-1-0-2021-06                        1.0 -  -  -
TLS13-1-0-PQ-2025-09                     1.0 -  pq -
TLS13-1-0-FIPS-2023-04                   1.0 -  -  fips
TLS13-1-0-FIPS-PQ-2025-09                1.0 -  pq fips
TLS-1-0-2015-04                          1.0 -  -  -
FS-2018-06                               1.0 fs -  -
2016-08                                  1.0 -  -  -
2015-05                                  1.0 -  -  -
`;
const rows = published
  .trim()
  .split("\n")
  .map((row) => row.split(/ +/));

describe("TLS policies", () => {
  for (const [name = "", floor, forwardSecrecy, postQuantum, fips] of rows) {
    it(`are known for what they accept: ${name}`, () => {
      assert.deepEqual(tlsPolicies.get(`ELBSecurityPolicy-${name}`), {
        floor,
        forwardSecrecy: forwardSecrecy === "fs",
        postQuantum: postQuantum === "pq",
        fips: fips === "fips",
      });
    });
  }

  it("are known as far as AWS has published them, and no others", () => {
    assert.deepEqual(
      [...tlsPolicies.keys()].sort(),
      rows.map(([name]) => `ELBSecurityPolicy-${name}`).sort(),
    );
  });

  it("are accepted from TLS 1.2 on", () => {
    const fine = [...namesFrom("1.2"), ...namesFrom("1.3")];
    assert.equal(fine.length, 34);
    assert.deepEqual(fine.flatMap(problemsOf), []);
  });

  it("are refused below TLS 1.2, with what they accept", () => {
    const weak = [...namesFrom("1.1"), ...namesFrom("1.0")];
    assert.equal(weak.length, 12);
    for (const name of weak) {
      const reason = `${wanted} "${name}", which accepts TLS ${tlsFloors.get(name)}`;
      assert.deepEqual(problemsOf(name), [{ path: "sslPolicy", reason }]);
    }
  });

  for (const name of ["", "ELBSecurityPolicy-TLS13-1-2-2031-01", "TLS13-1-2-2021-06", "constructor"]) {
    it(`are refused when unknown: "${name}"`, () => {
      assert.deepEqual(problemsOf(name), [{ path: "sslPolicy", reason: `${wanted} unknown "${name}"` }]);
    });
  }

  it("say their floor in the digit after TLS13-1-, which nothing else in a name does", () => {
    for (const [name, floor] of tlsFloors) {
      const digit = /TLS13-1-(\d)/.exec(name)?.[1];
      if (digit !== undefined) assert.equal(`1.${digit}`, floor, name);
    }
  });

  it("begin with the one AWS recommends, which accepts TLS 1.2", () => {
    assert.equal(tlsFloors.get(defaultTlsPolicy), "1.2");
  });
});
