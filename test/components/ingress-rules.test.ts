import assert from "node:assert/strict";
import { blockSource, checkIngressBlocks, ingressRules } from "../../components/lib/ingress-rules";
import { Problems } from "../../components/lib/problems";

function problemsOf(cidrBlocks: string[], closed?: string): string[] {
  const problems = new Problems();
  checkIngressBlocks(cidrBlocks, closed, problems);
  return problems.found.map(({ path, reason }) => `${path}: ${reason}`);
}

describe("the ingress of a load balancer", () => {
  it("is one rule for each port and block, known by both", () => {
    const [all, ours] = ["0.0.0.0/0", "10.0.0.0/8"].map(blockSource);
    assert.ok(all && ours);
    assert.deepEqual(ingressRules([all, ours], [80, 443]), [
      { key: "80-0.0.0.0-0", port: 80, source: all, description: "HTTP, to be redirected, from 0.0.0.0/0" },
      { key: "443-0.0.0.0-0", port: 443, source: all, description: "HTTPS, from 0.0.0.0/0" },
      {
        key: "80-10.0.0.0-8",
        port: 80,
        source: ours,
        description: "HTTP, to be redirected, from 10.0.0.0/8",
      },
      { key: "443-10.0.0.0-8", port: 443, source: ours, description: "HTTPS, from 10.0.0.0/8" },
    ]);
  });

  it("takes blocks that begin at their first address", () => {
    assert.deepEqual(problemsOf(["0.0.0.0/0", "10.0.0.0/8", "192.0.2.7/32"]), []);
  });

  it("names every block AWS would refuse or rewrite", () => {
    assert.deepEqual(problemsOf(["anywhere", "2001:db8::/32", "10.1.0.0/8", "10.0.0.0/8", "10.0.0.0/8"]), [
      'ingressCidrBlocks[0]: must be an IPv4 block such as "10.0.0.0/16", got "anywhere"',
      'ingressCidrBlocks[1]: must be an IPv4 block such as "10.0.0.0/16", got "2001:db8::/32"',
      'ingressCidrBlocks[2]: must begin at its first address, "10.0.0.0/8", got "10.1.0.0/8"',
      'ingressCidrBlocks[4]: must be named once, got "10.0.0.0/8" again',
    ]);
  });

  it("is never the whole internet where something says otherwise", () => {
    assert.deepEqual(problemsOf(["10.0.0.0/8", "0.0.0.0/0"], 'for exposure "internal"'), [
      'ingressCidrBlocks[1]: must not be the whole internet for exposure "internal", got "0.0.0.0/0"',
    ]);
  });
});
