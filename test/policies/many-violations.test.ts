import * as assert from "node:assert/strict";
import { inFolder } from "../planner/support/folder";
import { planIn, projectFiles } from "../planner/support/project";
import { compilePack, packFolder } from "./support/compiled-pack";

/** Groups open to the world on many ports, and buckets with nothing set on them. */
const program = `
import * as ec2 from "@pulumi/aws/ec2";
import * as s3 from "@pulumi/aws/s3";
const ingress = Array.from({ length: 60 }, (_, port) => ({
  protocol: "tcp", fromPort: 20 + port, toPort: 20 + port, cidrBlocks: ["0.0.0.0/0"],
}));
for (let index = 0; index < 40; index++) {
  new ec2.SecurityGroup("open" + index, { vpcId: "vpc-1", ingress });
  new s3.Bucket("bare" + index, { tags: { note: "x".repeat(256) } });
}
`;

describe("a stack with a thousand violations", () => {
  before(compilePack);

  it("is told of them all within bounds, a resource a score of times at most", () =>
    inFolder(projectFiles(program), async (folder) => {
      const { code, stdout, stderr } = await planIn(folder, ["--json", "--policy-pack", packFolder]);
      assert.deepEqual([code, stderr], [1, ""]);
      const { violations } = JSON.parse(stdout) as {
        violations: readonly { policy: string; urn: string; message: string }[];
      };
      assert.ok(violations.length >= 1000, `${violations.length}`);
      const counts = new Map<string, number>();
      for (const { policy, urn, message } of violations) {
        counts.set(`${policy} ${urn}`, (counts.get(`${policy} ${urn}`) ?? 0) + 1);
        assert.ok(message.length < 500, message);
      }
      assert.equal(Math.max(...counts.values()), 20);
      assert.ok(violations.some(({ message }) => /: \d+ more of the same/.test(message)));
    }));

  it("is shown on a screen as well, and refused", () =>
    inFolder(projectFiles(program), async (folder) => {
      const { code, stdout } = await planIn(folder, ["--policy-pack", packFolder]);
      assert.equal(code, 1);
      assert.match(stdout, /\d{3,} mandatory/);
    }));
});
