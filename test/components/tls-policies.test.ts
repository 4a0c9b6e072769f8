import assert from "node:assert/strict";
import { Problems } from "../../components/lib/problems";
import { checkTlsPolicy, defaultTlsPolicy, tlsFloors } from "../../components/lib/tls-policies";

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

describe("TLS policies", () => {
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
